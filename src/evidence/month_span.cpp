#include "evidence/month_span.h"

#include "base/check.h"

namespace throughline::evidence {

MonthSpan single_month(base::Month month) {
  return {.begin = month, .end = month + 1};
}

std::vector<MonthSpan> periods_in(MonthSpan span, PeriodLength length) {
  std::vector<MonthSpan> periods;
  if (length == PeriodLength::whole) {
    if (span.months() > 0) {
      periods.push_back(span);
    }
    return periods;
  }
  const auto step = static_cast<std::int32_t>(length);
  base::Month begin = span.begin;
  if (length == PeriodLength::quarter) {
    begin = begin + (step - begin.index() % step) % step;
  } else if (length == PeriodLength::twelve_months && span.months() > 0) {
    begin = begin + span.months() % step;
  }
  for (; begin + step <= span.end; begin = begin + step) {
    periods.push_back({.begin = begin, .end = begin + step});
  }
  return periods;
}

base::Period days_of(MonthSpan span) {
  return {.begin = span.begin.first_day(), .end = span.end.first_day()};
}

std::string to_text(MonthSpan span) {
  CHECK(span.months() > 0);
  return base::to_string(days_of(span));
}

std::optional<MonthSpan> parse_month_span(std::string_view text) {
  const auto period = base::parse_period(text);
  if (!period || period->is_empty()) {
    return std::nullopt;
  }
  const MonthSpan span{.begin = period->begin.month(), .end = period->end.month()};
  if (days_of(span) != *period) {
    return std::nullopt;
  }
  return span;
}

}  // namespace throughline::evidence
