// Signing in through an agency's own provider: OpenID Connect Core 1.0, the code flow with PKCE (RFC 7636, S256), the
// issuer in the answer checked (RFC 9207).
//
// A provider vouches for accounts of one agency only, those it was set up for. The first sign-in binds the provider's
// own name for the person (issuer and subject) to the account; a later one under another subject is refused. No token
// of the provider is kept, and no text of it is shown or written down.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace throughline::app {

// What the file named by --agency-sign-in says of one provider. docs/how-to/sign_in_through_your_agency.md shows it.
struct AgencyProvider {
  std::string name;    // Short, in addresses: "essex".
  std::string title;   // On the button.
  std::string agency;  // The agency whose accounts it vouches for.
  std::string issuer;  // https, or http on this machine alone.
  std::string client_id;
  std::string client_secret;                         // Read from the file that the settings name.
  std::string account_claim = "preferred_username";  // Which claim holds the account's short name.
  std::string ca_file;  // Certificates to trust besides none other; empty: those of the system.
};

// Errors: "file_unreadable", "agency_sign_in_file" with the line or key and what it should hold.
[[nodiscard]] base::Result<std::vector<AgencyProvider>> read_agency_providers(const std::string& path);

}  // namespace throughline::app
