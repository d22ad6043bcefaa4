// Which periods the sentinel holds against which.
#pragma once

#include <string>

#include "app/sentinel_input.h"

namespace throughline::app {

// As asked for; else the first and the last year, or with less than two years the first and the last period. Errors:
// "window_malformed", "window_outside", "windows_unlike", "periods_too_few".
[[nodiscard]] base::Result<evidence::TwoWindows> choose_windows(const RecordedInput& input, const std::string& before,
                                                                const std::string& after);

// "2021", "2021-01..2021-06".
[[nodiscard]] std::string window_text(const RecordedInput& input, const evidence::PeriodWindow& window);

}  // namespace throughline::app
