// How much a statement says: numbers, fractions and words such as "doubled", with what qualifies them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/claims/claim.h"

namespace throughline::evidence {

enum class SizeUnit { percent, points, ratio, plain };

struct FoundSize {
  double value = 0;
  int decimals = 0;
  SizeUnit unit = SizeUnit::plain;
  FigureQualifier qualifier = FigureQualifier::none;
  std::optional<double> range_end{};  // "700-800".
  std::string words{};
  bool is_after_from = false;  // "from 10 to 20" is two sizes.
  bool is_after_to = false;
};

enum class Direction { none, up, down };

struct FoundSizes {
  std::vector<FoundSize> sizes;
  Direction direction = Direction::none;
  double per = 0;    // "per million", "per 100,000": a rate.
  std::string rest;  // The text without them.
};

// REQUIRES a text in small letters without its years (see find_periods).
[[nodiscard]] FoundSizes find_sizes(std::string_view text);

// "more than", "at least", "almost"… at the end of the words, or alone as in "(approx)".
[[nodiscard]] FigureQualifier qualifier_in(std::string_view words);

}  // namespace throughline::evidence
