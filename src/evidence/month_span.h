// A run of whole months, the period of every figure, and how it is written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace throughline::evidence {

// Half-open: begin is in it, end is not. Empty when they are equal.
struct MonthSpan {
  base::Month begin;
  base::Month end;
  [[nodiscard]] std::int32_t months() const { return end - begin; }
  [[nodiscard]] bool contains(base::Month month) const { return begin <= month && month < end; }
  friend auto operator<=>(const MonthSpan&, const MonthSpan&) = default;
};

[[nodiscard]] MonthSpan single_month(base::Month month);

// How a long span is cut into periods.
enum class PeriodLength { month = 1, quarter = 3, twelve_months = 12, whole = 0 };

// Consecutive periods that fill the span. Quarters are those of the calendar; twelve months end with the span's last
// month and step back from there, so that the newest is whole. A period that the span holds only in part is left out.
[[nodiscard]] std::vector<MonthSpan> periods_in(MonthSpan span, PeriodLength length);

// "2025-03", "2025-Q1", "2025", or "2025-01..2025-09" with both months included: always the shortest that fits.
// REQUIRES months() > 0.
[[nodiscard]] std::string to_text(MonthSpan span);

// Any of the four forms, or two of them joined by "..". Nothing for anything else, and nothing for a span that is empty
// or that does not begin and end with whole months.
[[nodiscard]] std::optional<MonthSpan> parse_month_span(std::string_view text);

// The days of the span.
[[nodiscard]] base::Period days_of(MonthSpan span);

}  // namespace throughline::evidence
