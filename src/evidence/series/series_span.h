// The period that a published value is of: a calendar year, a year ending in March, a month, or years pooled.
//
// "2017/18" and "year ending March 2018" are the same twelve months and compare equal.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace throughline::evidence {

enum class SpanKind { calendar_year, march_year, month, pooled_years };

struct SeriesSpan {
  SpanKind kind = SpanKind::calendar_year;
  base::Month first;  // Both included.
  base::Month last;
  friend bool operator==(const SeriesSpan&, const SeriesSpan&) = default;
};

[[nodiscard]] SeriesSpan calendar_year(int year);
// The twelve months that end in March of the year.
[[nodiscard]] SeriesSpan march_year(int year);

// "2018", "2017/18", "2018-03", "2016-2018" (pooled). Nothing for any other text.
[[nodiscard]] std::optional<SeriesSpan> parse_span(std::string_view text);

// "2018", "year ending March 2018 (2017/18)", "Mar 2018", "2016 to 2018 together".
[[nodiscard]] std::string words_of(const SeriesSpan& span);
// As a file would write it: "2018", "2017/18", "2018-03", "2016-2018".
[[nodiscard]] std::string code_of(const SeriesSpan& span);

}  // namespace throughline::evidence
