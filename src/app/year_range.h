// Years from one to another.
#pragma once

#include <cstdint>
#include <string>

namespace throughline::app {

// From the first to the last; nought: none.
struct YearRange {
  std::int32_t first = 0;
  std::int32_t last = 0;

  void take(std::int32_t year);
  void take(const YearRange& other);
  [[nodiscard]] bool is_any() const { return last != 0; }
  [[nodiscard]] std::string text() const;
};

}  // namespace throughline::app
