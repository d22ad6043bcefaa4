// data/baskets as it is carried in the program.
#pragma once

#include <string_view>
#include <vector>

namespace throughline::evidence {

struct BasketText {
  std::string_view file;
  std::string_view text;
};
[[nodiscard]] std::vector<BasketText> basket_texts();

inline constexpr std::string_view k_central_file = "central.toml";

}  // namespace throughline::evidence
