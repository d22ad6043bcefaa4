// A signed statement of how long the log is and what its root is, in the text format of C2SP tlog-checkpoint.
//
// Whoever holds an earlier one can ask for a consistency proof, and so find out whether history was rewritten.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/result.h"
#include "ledger/seal.h"

namespace throughline::ledger {

struct Checkpoint {
  std::string origin;  // Which log: "throughline/" and the first 16 digits of the public key's hash.
  std::int64_t size = 0;
  base::Hash root;
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

[[nodiscard]] std::string origin_of(const PublicKey& key);

// Three lines, a blank one, and a signature line: "— <origin> <base64 of key hash and signature>".
[[nodiscard]] std::string signed_checkpoint(const Checkpoint& checkpoint, const SigningKey& key);

// Reads a text as signed_checkpoint writes it; further signature lines, by whoever co-signed, may stand before or after
// ours. Errors: "checkpoint_malformed" and "checkpoint_foreign" (another log's), both bad command;
// "checkpoint_not_signed" (damaged) when the text is not what the key signed.
[[nodiscard]] base::Result<Checkpoint> read_checkpoint(std::string_view text, const PublicKey& key);

}  // namespace throughline::ledger
