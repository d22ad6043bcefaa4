#include "app/year_range.h"

#include <fmt/format.h>

#include <algorithm>

namespace throughline::app {

void YearRange::take(std::int32_t year) {
  first = is_any() ? std::min(first, year) : year;
  last = std::max(last, year);
}

void YearRange::take(const YearRange& other) {
  if (!other.is_any()) return;
  take(other.first);
  take(other.last);
}

std::string YearRange::text() const {
  return first == last ? fmt::format("{}", first) : fmt::format("{} to {}", first, last);
}

}  // namespace throughline::app
