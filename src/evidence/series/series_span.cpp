#include "evidence/series/series_span.h"

#include <fmt/format.h>

#include "base/number.h"

namespace throughline::evidence {

namespace {

using base::Month;

Month month_of(int year, int month) {
  return *Month::from_civil({.year = year, .month = month, .day = 1});
}

std::optional<int> year_of(std::string_view text) {
  const auto year = base::parse_integer(text);
  if (text.size() != 4 || !year || *year < 1800 || *year > 2200) return std::nullopt;
  return static_cast<int>(*year);
}

std::optional<SeriesSpan> parse_months(std::string_view text) {
  const auto month = base::parse_month(text);
  if (!month) return std::nullopt;
  return SeriesSpan{SpanKind::month, *month, *month};
}

}  // namespace

SeriesSpan calendar_year(int year) {
  return {SpanKind::calendar_year, month_of(year, 1), month_of(year, 12)};
}

SeriesSpan march_year(int year) {
  return {SpanKind::march_year, month_of(year - 1, 4), month_of(year, 3)};
}

std::optional<SeriesSpan> parse_span(std::string_view text) {
  const auto year = year_of(text.substr(0, 4));
  if (!year) return std::nullopt;
  if (text.size() == 4) return calendar_year(*year);
  const std::string_view rest = text.substr(5);
  if (text[4] == '/') {
    const auto short_year = base::parse_integer(rest);
    if (rest.size() != 2 || !short_year || *short_year != (*year + 1) % 100) return std::nullopt;
    return march_year(*year + 1);
  }
  if (text[4] != '-') return std::nullopt;
  const auto last = year_of(rest);
  if (!last) return parse_months(text);
  if (*last <= *year) return std::nullopt;
  return SeriesSpan{SpanKind::pooled_years, month_of(*year, 1), month_of(*last, 12)};
}

std::string code_of(const SeriesSpan& span) {
  switch (span.kind) {
    case SpanKind::calendar_year: return fmt::format("{}", span.first.year());
    case SpanKind::march_year: return fmt::format("{}/{:02}", span.first.year(), span.last.year() % 100);
    case SpanKind::month: return base::to_string(span.first);
    case SpanKind::pooled_years: return fmt::format("{}-{}", span.first.year(), span.last.year());
  }
  return {};
}

std::string words_of(const SeriesSpan& span) {
  switch (span.kind) {
    case SpanKind::calendar_year: return code_of(span);
    case SpanKind::march_year: return fmt::format("year ending March {} ({})", span.last.year(), code_of(span));
    case SpanKind::month: return base::to_words(span.first);
    case SpanKind::pooled_years: return fmt::format("{} to {} together", span.first.year(), span.last.year());
  }
  return {};
}

}  // namespace throughline::evidence
