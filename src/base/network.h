// Which addresses are one customer's, as far as an address can tell.
#pragma once

#include <string>
#include <string_view>

namespace throughline::base {

// The name under which a stranger is counted: of an IPv6 address its first 64 bits, "2001:db8:1:2::/64", since whoever
// has one address of such a network has them all; of an IPv4 address written as IPv6 ("::ffff:192.0.2.1") that one; any
// other text as it is. Telling a larger customer's networks apart from several customers' is beyond it.
[[nodiscard]] std::string network_of(std::string_view address);

}  // namespace throughline::base
