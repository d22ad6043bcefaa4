#include "app/random_name.h"

#include <array>
#include <cstddef>

#include <fmt/format.h>

namespace throughline::app {

std::string random_name(base::Entropy& entropy) {
  constexpr std::size_t k_bytes = 12;
  std::array<std::byte, k_bytes> bytes{};
  entropy.fill(bytes);
  std::string name;
  for (const std::byte byte : bytes) name += fmt::format("{:02x}", std::to_integer<unsigned int>(byte));
  return name;
}

}  // namespace throughline::app
