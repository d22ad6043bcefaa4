// An email address as written → local part, domain, and the mailbox it most likely reaches. Pure. Source: RFC 5321.
//
// Case does not count (RFC 5321 lets a local part have case; no provider of note does). After + stands a tag of
// the owner's making. At gmail.com and googlemail.com, which are one, dots do not count either.
//
// Cannot tell: whether the mailbox exists, or is shared by a household or an office (info@, admin@ are marked).
#pragma once

#include <string>
#include <string_view>

#include "linkage/normal/presence.h"

namespace throughline::linkage {

struct EmailAddress {
  Presence presence = Presence::blank;
  std::string local{};     // Lower case, without the tag.
  std::string tag{};       // What stood after +.
  std::string domain{};    // Lower case.
  std::string mailbox{};   // What two addresses of one mailbox share: local@domain, gmail without dots.
  bool is_shared = false;  // info, admin, office, reception, enquiries, noreply: an office, not a person.
  friend bool operator==(const EmailAddress&, const EmailAddress&) = default;
};

// Filler: example.com and its like, test@, none@, no@ anywhere, a@a.com, and the domains
// kept for examples (RFC 2606). "mailto:" and <brackets> fall away.
// Unreadable
// where there is no single @ with something on both sides and a dot in the domain.
[[nodiscard]] EmailAddress read_email(std::string_view text);

}  // namespace throughline::linkage
