#include "base/network.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>

namespace throughline::base {

namespace {

constexpr std::ptrdiff_t k_network_bytes = 8;
constexpr std::size_t k_mapped_bytes = 12;

}  // namespace

std::string network_of(std::string_view address) {
  // Behind '%' stands the machine's own name for the cable, which is no part of the address.
  const std::string plain(address.substr(0, address.find('%')));
  in6_addr parsed{};
  if (::inet_pton(AF_INET6, plain.c_str(), &parsed) != 1) return std::string(address);
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (IN6_IS_ADDR_V4MAPPED(&parsed)) {
    ::inet_ntop(AF_INET, std::begin(parsed.s6_addr) + k_mapped_bytes, text.data(), text.size());
    return text.data();
  }
  std::fill(std::begin(parsed.s6_addr) + k_network_bytes, std::end(parsed.s6_addr), std::uint8_t{0});
  ::inet_ntop(AF_INET6, &parsed, text.data(), text.size());
  return std::string(text.data()) + "/64";
}

}  // namespace throughline::base
