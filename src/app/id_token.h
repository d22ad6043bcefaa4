// Judging an ID token (OpenID Connect Core 1.0, section 3.1.3.7): its signature by the provider's keys, and every claim
// that makes it this person's, for this program, for this sign-in, now.
#pragma once

#include <string>

#include "base/date.h"
#include "base/result.h"

namespace throughline::app {

struct ExpectedToken {
  std::string issuer;
  std::string client_id;
  std::string nonce;
  std::string account_claim;
  base::Instant now;
};

struct TokenPerson {
  std::string subject;
  std::string account_name;
};

// `keys` is the provider's key set (RFC 7517). RS256, PS256 and ES256 alone; RSA keys of 2048 bits and more; clocks may
// differ by 60 s; the person showed who they are within the last 10 minutes. Errors are refused, each with a code of
// its own, "id_token_…", and none holds a text of the token.
[[nodiscard]] base::Result<TokenPerson> judge_id_token(const std::string& token, const std::string& keys,
                                                       const ExpectedToken& expected);

}  // namespace throughline::app
