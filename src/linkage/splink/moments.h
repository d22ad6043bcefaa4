// Dates and times as the SQL of a model reads and counts them.
//
// Calendar: the proleptic Gregorian one, years 1 to 9999; no time zones (a trailing Z or offset is read over where a
// form asks for it). A two-digit year below 69 is of this century, as in DuckDB.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "linkage/splink/value.h"

namespace throughline::linkage::splink {

// What DuckDB's casts read. A timestamp: "2000-01-05", "2000/1/5", "2000-01-05 10:11", "2000-01-05T10:11:12.5Z", with
// blanks before it; the offset is read over. A date: the same as far as the day, whatever follows that is no digit.
[[nodiscard]] std::optional<Moment> read_moment(std::string_view text);
[[nodiscard]] std::optional<Moment> read_date(std::string_view text);

// How a text spells a moment.
class MomentForm {
 public:
  // strptime's codes: %Y %y %m %d %e %H %I %p %M %S %f %j %b %B %a %A %z %Z %%. Errors: another code.
  static base::Result<MomentForm> from_strptime(std::string_view form);
  // Spark's letters: yyyy yy MM M dd d HH mm ss SSS, X up to three times, and text in single quotes. Errors: another
  // letter.
  static base::Result<MomentForm> from_spark(std::string_view form);

  // Nothing where the text does not have the form, or names a day that does not exist. What is not spelt is 1900, 1 or
  // 0 (1970 for Spark).
  [[nodiscard]] std::optional<Moment> read(std::string_view text) const;

 private:
  void add_literal(char letter);
  struct Piece {
    char code = 0;        // strptime's letter; 0 for a literal.
    std::string literal;  // Where code is 0. A blank stands for any number of blanks.
  };
  std::vector<Piece> pieces_;
  int year_left_out_ = 1900;
};

enum class DatePart { second, minute, hour, day, week, month, quarter, year };

// "day", "days", "d", "month": in any case.
[[nodiscard]] std::optional<DatePart> date_part_named(std::string_view name);

// How many borders of the part lie between: from 31 January to 1 February is one month.
[[nodiscard]] std::int64_t borders_between(DatePart part, Moment start, Moment end);
// The number of the part: the year, the month from 1, the day of the month, the hour.
[[nodiscard]] std::int64_t part_of(DatePart part, Moment moment);

// Months from the second to the first, with 31 days to a broken month, as Spark counts them.
[[nodiscard]] double months_between(Moment later, Moment earlier);

[[nodiscard]] Moment day_of(Moment moment);
// "2000-01-05 00:00:00", and decimals where there are any.
[[nodiscard]] std::string moment_text(Moment moment);

}  // namespace throughline::linkage::splink
