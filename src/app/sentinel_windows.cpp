#include "app/sentinel_windows.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/bad_command.h"

namespace throughline::app {

namespace {

using base::Error;
using base::Result;
using evidence::MonthSpan;
using evidence::PeriodWindow;
using evidence::TwoWindows;

Error bad_window(std::string code, std::string what, std::string remedy) {
  return bad_command(std::move(code), std::move(what), "--before, --after", std::move(remedy));
}

Result<PeriodWindow> window_of(const RecordedInput& input, const std::string& text) {
  const std::optional<MonthSpan> span = period_span(text);
  if (!span) {
    return bad_window("window_malformed", fmt::format("'{}' is not a run of months", text),
                      "Write 2021, 2017/18, 2021-03 or 2021-01..2021-06");
  }
  const auto first = std::ranges::find(input.spans, span->begin, &MonthSpan::begin);
  const auto last = std::ranges::find(input.spans, span->end, &MonthSpan::end);
  if (first == input.spans.end() || last == input.spans.end()) {
    return bad_window("window_outside", fmt::format("'{}' is no run of the periods that are here", text),
                      fmt::format("They run from {} to {}", input.table.periods.front(), input.table.periods.back()));
  }
  return PeriodWindow{.first = static_cast<std::size_t>(first - input.spans.begin()),
                      .last = static_cast<std::size_t>(last - input.spans.begin())};
}

TwoWindows usual_windows(std::size_t periods, std::int32_t months) {
  constexpr std::int32_t k_year = 12;
  const auto year = static_cast<std::size_t>(std::max(1, k_year / months));
  const std::size_t length = periods >= 2 * year ? year : 1;
  return {.before = {.first = 0, .last = length - 1}, .after = {.first = periods - length, .last = periods - 1}};
}

}  // namespace

Result<TwoWindows> choose_windows(const RecordedInput& input, const std::string& before, const std::string& after) {
  const std::size_t periods = input.spans.size();
  if (periods < 2) return bad_window("periods_too_few", "There is one period, and a pattern is of change", "Give two");
  TwoWindows windows = usual_windows(periods, input.spans.front().months());
  if (before.empty() && after.empty()) return windows;
  if (before.empty() || after.empty()) {
    return bad_window("windows_unlike", "One window is named and the other is not", "Name both, or neither");
  }
  windows = {.before = TRY(window_of(input, before)), .after = TRY(window_of(input, after))};
  if (windows.before.length() == windows.after.length() && windows.before.last < windows.after.first) return windows;
  return bad_window("windows_unlike",
                    fmt::format("{} and {} are not two windows of one length, one after the other", before, after),
                    "Name two that are equally long, the earlier as --before");
}

std::string window_text(const RecordedInput& input, const evidence::PeriodWindow& window) {
  return to_text(MonthSpan{.begin = input.spans[window.first].begin, .end = input.spans[window.last].end});
}

}  // namespace throughline::app
