// Signing in through an agency's own provider: OpenID Connect Core 1.0, the code flow with PKCE (RFC 7636, S256), the
// issuer in the answer checked (RFC 9207).
//
// A provider vouches for accounts of one agency only, those it was set up for. This part says who the provider says it
// is; which account that is, and whether it may, is SignIns' to decide. No token of the provider is kept, and no text
// of it is shown or written down.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace throughline::app {

// By what a person gets an account at their first sign-in through a provider, before anything binds the two: by an
// invitation that somebody made for the account and that has not run out, which is spent; or by the name alone.
enum class FirstSignIn { by_invitation, by_name };

// What the file named by --agency-sign-in says of one provider. docs/how-to/sign_in_through_your_agency.md shows it.
struct AgencyProvider {
  std::string name;    // Short, in addresses: "essex".
  std::string title;   // On the button.
  std::string agency;  // The agency whose accounts it vouches for.
  std::string issuer;  // https, or http on this machine alone.
  std::string client_id;
  std::string client_secret;  // Read from the file that the settings name.
  FirstSignIn first_sign_in = FirstSignIn::by_invitation;
  std::string account_claim = "preferred_username";  // Which claim holds the account's short name.
  std::string ca_file;                               // The certificates to trust; empty: those of the system.
};

// Errors: "file_unreadable", "agency_sign_in_file" with the key and what it should hold.
[[nodiscard]] base::Result<std::vector<AgencyProvider>> read_agency_providers(const std::string& path);

// The person goes to `address`; the browser keeps `cookie` for ten minutes, for /api/session/agency alone, and with
// SameSite=Lax, because it comes back by a navigation from elsewhere.
struct AgencyStart {
  std::string address;
  std::string cookie;
};
// Who asks to be sent to which provider.
struct AgencyAsk {
  std::string provider;
  std::string return_to;  // A path of this site; anything else is replaced by "/".
  std::string peer;       // The address of the other end of the connection.
};
struct AgencyReturn {
  std::string cookie;
  std::string code;
  std::string state;
  std::string issuer;
  bool has_error = false;  // The provider sent one; its text is not for us.
  std::string peer;
};

// Whom a provider vouched for.
struct AgencyPerson {
  std::string provider;  // Its short name.
  std::string agency;
  std::string issuer;
  std::string subject;       // The issuer's own name for the person.
  std::string account_name;  // What the provider's account_claim says.
  FirstSignIn first_sign_in = FirstSignIn::by_invitation;
  std::string return_to;
};

// Thread-safe. Sign-ins that were begun are kept in memory, for ten minutes and at most ten thousand; of one address at
// most k_begun_of_peer_max, where a further one ends its oldest, so that no stranger keeps the others out.
class AgencyDoor {
 public:
  static constexpr std::int64_t k_begun_of_peer_max = 200;

  // Reads each provider's own description. Clock and entropy must outlive it. Errors: "agency_unavailable" (world) when
  // it cannot be read, "agency_unfit" (bad command) when it is not what this program asks for.
  [[nodiscard]] static base::Result<std::unique_ptr<AgencyDoor>> open(std::vector<AgencyProvider> providers,
                                                                      const std::string& public_origin,
                                                                      base::Clock& clock, base::Entropy& entropy);
  AgencyDoor(const AgencyDoor&) = delete;
  AgencyDoor& operator=(const AgencyDoor&) = delete;
  ~AgencyDoor();

  [[nodiscard]] const std::vector<AgencyProvider>& providers() const;
  // Errors: "provider_unknown" with the nearest; "sign_in_busy".
  [[nodiscard]] base::Result<AgencyStart> start(const AgencyAsk& ask);
  // Once for each start. Waits for the provider; "sign_in_busy" (world) where four wait already, so that a slow one
  // does not take every thread. Errors (refused): "agency_…" and "id_token_…", a code for each thing that does not fit,
  // for the log and not for whoever asks; "web_unreachable" (world).
  [[nodiscard]] base::Result<AgencyPerson> finish(const AgencyReturn& given);

 private:
  struct State;
  explicit AgencyDoor(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace throughline::app
