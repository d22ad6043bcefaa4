// What an entry calls that which is done to an account.
#pragma once

#include <string>
#include <string_view>

namespace throughline::app {

// "account acole: invite". Of a name that no account can have nothing is repeated: it is whatever somebody typed, and
// may be made to look like another entry, or be a password in the wrong field.
[[nodiscard]] std::string account_object(std::string_view name, std::string_view act);

}  // namespace throughline::app
