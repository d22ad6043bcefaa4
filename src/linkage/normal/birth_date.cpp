#include "linkage/normal/birth_date.h"

#include <algorithm>
#include <array>
#include <string>

#include "linkage/normal/birth_date_parts.h"

namespace throughline::linkage {

namespace {

constexpr int k_year_min = 1850;
constexpr int k_year_max = 2100;

using Part = BirthDatePart;

// The three parts in their places; the year's digits say whether a century was written.
struct Placed {
  Part year, month, day;
};

bool is_plausible_year(int year) {
  return year >= k_year_min && year <= k_year_max;
}

std::optional<int> said(const Part& part) {
  return part.is_missing() ? std::nullopt : std::optional(part.value);
}

// 00 as a year is the first of its century, not nothing.
bool is_missing_year(const Part& year) {
  return year.is_missing() && !(year.is_number && year.digits == 2);
}

bool has_century(const Part& year) {
  return !year.is_missing() && year.digits == 4;
}

// Whether the day may exist. Without a year it may where it does in a leap year; of two digits of a year only leap
// years count: 1900 is the one century year that was none, and nobody born in 2000 minds.
bool may_exist(const Placed& placed) {
  if (has_century(placed.year) && placed.year.value < k_year_min) return false;
  const std::optional<int> month = said(placed.month);
  const std::optional<int> day = said(placed.day);
  if (month.has_value() && (*month < 1 || *month > 12)) return false;
  if (!day.has_value()) return true;
  if (!month.has_value()) return *day <= 31;
  const int year =
      is_missing_year(placed.year) ? 2000 : (has_century(placed.year) ? placed.year.value : 2000 + placed.year.value);
  return *day <= base::days_in_month(year, *month);
}

Placed exchanged(const Placed& placed) {
  return {.year = placed.year, .month = placed.day, .day = placed.month};
}

bool is_whole(const Placed& placed) {
  return has_century(placed.year) && !placed.month.is_missing() && !placed.day.is_missing();
}

bool is_default_of_a_database(const base::CivilDay& day) {
  static constexpr std::array<base::CivilDay, 8> k_defaults = {{{1, 1, 1},
                                                                {1753, 1, 1},
                                                                {1800, 1, 1},
                                                                {1899, 12, 30},
                                                                {1899, 12, 31},
                                                                {1900, 1, 1},
                                                                {1901, 1, 1},
                                                                {9999, 12, 31}}};
  return std::ranges::find(k_defaults, day) != k_defaults.end();
}

BirthDate absent(Presence presence) {
  return {.presence = presence};
}

BirthDate judged(const Placed& placed) {
  if (placed.year.is_missing() && placed.month.is_missing() && placed.day.is_missing()) {
    return absent(Presence::not_known);
  }
  if (is_whole(placed) && is_default_of_a_database({placed.year.value, placed.month.value, placed.day.value})) {
    return absent(Presence::filler);
  }
  BirthDate date{.presence = Presence::present, .month = said(placed.month), .day = said(placed.day)};
  if (has_century(placed.year)) date.year = placed.year.value;
  if (!is_missing_year(placed.year)) date.year_of_century = placed.year.value % 100;
  if (may_exist(placed)) {
    date.kind = is_whole(placed) ? BirthDateKind::real : BirthDateKind::partial;
  } else {
    date.kind = BirthDateKind::impossible;
    const bool both_said = !placed.month.is_missing() && !placed.day.is_missing();
    date.is_perhaps_swapped = both_said && may_exist(exchanged(placed));
  }
  date.is_first_of_january = date.month == 1 && date.day == 1;
  return date;
}

// Day and month of a slashed date, by the column's order; where that is not known, day first unless only the other
// order gives a day that exists.
BirthDate judged_in_order(const Placed& day_first, DayMonthOrder order) {
  if (order == DayMonthOrder::day_first) return judged(day_first);
  const Placed month_first = exchanged(day_first);
  if (order == DayMonthOrder::month_first) return judged(month_first);
  const bool both_said = !day_first.month.is_missing() && !day_first.day.is_missing();
  if (!both_said) {
    BirthDate date = judged(day_first);
    date.order_is_certain = date.presence != Presence::present || (!date.month.has_value() && !date.day.has_value());
    return date;
  }
  if (!may_exist(day_first) && may_exist(month_first)) return judged(month_first);
  BirthDate date = judged(day_first);
  date.order_is_certain = !may_exist(month_first) || day_first.day.value == day_first.month.value;
  return date;
}

// Whether three numbers begin with the year.
bool begins_with_year(const BirthDateParts& parts) {
  const Part& first = parts.at(0);
  return first.digits == 4 || (first.digits == 2 && !first.is_missing() && first.value > 31 && parts.at(2).digits <= 2);
}

bool is_year_shaped(const Part& part) {
  return !part.is_month_name && (part.digits == 4 || part.digits == 2 || part.is_missing());
}

bool is_day_shaped(const Part& part) {
  return !part.is_month_name && (part.digits <= 2 || part.is_missing());
}

// Three parts in the places that a named month or a four-digit year fixes; nothing where day and month are still open.
std::optional<Placed> fixed_places(const BirthDateParts& parts) {
  const Part& first = parts.at(0);
  const Part& second = parts.at(1);
  const Part& third = parts.at(2);
  if (first.is_month_name) return Placed{.year = third, .month = first, .day = second};
  if (begins_with_year(parts)) return Placed{.year = first, .month = second, .day = third};
  if (second.is_month_name) return Placed{.year = third, .month = second, .day = first};
  return std::nullopt;
}

bool is_well_shaped(const Placed& placed) {
  const bool month_is_shaped = placed.month.is_month_name || is_day_shaped(placed.month);
  return is_year_shaped(placed.year) && month_is_shaped && is_day_shaped(placed.day);
}

BirthDate read_three(const BirthDateParts& parts, DayMonthOrder order) {
  if (const std::optional<Placed> placed = fixed_places(parts)) {
    return is_well_shaped(*placed) ? judged(*placed) : absent(Presence::unreadable);
  }
  const Placed day_first{.year = parts.at(2), .month = parts.at(1), .day = parts.at(0)};
  return is_well_shaped(day_first) ? judged_in_order(day_first, order) : absent(Presence::unreadable);
}

// A month and a year, or a day and a named month.
BirthDate read_two(const BirthDateParts& parts) {
  const Part& first = parts.at(0);
  const Part& second = parts.at(1);
  const Part nothing = Part::missing(2);
  if (first.digits == 4 && !first.is_month_name && (second.is_month_name || second.digits <= 2)) {
    return judged({.year = first, .month = second, .day = nothing});
  }
  if (second.digits == 4 && !second.is_month_name && (first.is_month_name || first.digits <= 2)) {
    return judged({.year = second, .month = first, .day = nothing});
  }
  if (second.is_month_name && first.digits <= 2) return judged({.year = nothing, .month = second, .day = first});
  if (first.is_month_name && second.digits <= 2) return judged({.year = nothing, .month = first, .day = second});
  return absent(Presence::unreadable);
}

Part cut(const Part& run, int from_right, int digits) {
  std::int64_t value = run.run_value;
  for (int i = 0; i < from_right; ++i) value /= 10;
  std::int64_t modulus = 1;
  for (int i = 0; i < digits; ++i) modulus *= 10;
  const auto part = static_cast<int>(value % modulus);
  return part == 0 ? Part::missing(digits) : Part{.value = part, .digits = digits};
}

// A year alone, or a whole date run together; a time of day may follow it in 4 or 6 further digits.
BirthDate read_one(const Part& run) {
  if (run.is_month_name) return absent(Presence::unreadable);
  if (run.digits == 4) return judged({.year = run, .month = Part::missing(2), .day = Part::missing(2)});
  if (run.digits != 8 && run.digits != 12 && run.digits != 14) return absent(Presence::unreadable);
  const int after = run.digits - 8;
  const Placed year_first{.year = cut(run, after + 4, 4), .month = cut(run, after + 2, 2), .day = cut(run, after, 2)};
  const Placed day_first{.year = cut(run, 0, 4), .month = cut(run, 4, 2), .day = cut(run, 6, 2)};
  const bool is_day_first = run.digits == 8 && is_plausible_year(day_first.year.value) &&
                            (!is_plausible_year(year_first.year.value) || !may_exist(year_first));
  return judged(is_day_first ? day_first : year_first);
}

// What one text says about the order of its column.
enum class Vote : std::uint8_t { none, day_first, month_first, either };

Vote vote_of(std::string_view text) {
  const BirthDateText read = birth_date_parts_of(text);
  const bool is_open = read.presence == Presence::present && read.parts.size == 3 && !fixed_places(read.parts);
  if (!is_open) return Vote::none;
  const Placed day_first{.year = read.parts.at(2), .month = read.parts.at(1), .day = read.parts.at(0)};
  const bool is_said = !day_first.month.is_missing() && !day_first.day.is_missing();
  if (!is_said || !is_well_shaped(day_first)) return Vote::none;
  const bool by_day = may_exist(day_first);
  const bool by_month = may_exist(exchanged(day_first));
  if (by_day != by_month) return by_day ? Vote::day_first : Vote::month_first;
  return by_day && day_first.day.value != day_first.month.value ? Vote::either : Vote::none;
}

std::optional<base::Date> day_of(const BirthDate& date, std::optional<int> month, std::optional<int> day) {
  if (!date.year.has_value() || !month.has_value() || !day.has_value()) return std::nullopt;
  return base::Date::from_civil({.year = *date.year, .month = *month, .day = *day});
}

}  // namespace

std::optional<base::Date> BirthDate::date() const {
  return kind == BirthDateKind::real ? day_of(*this, month, day) : std::nullopt;
}

std::optional<base::Date> BirthDate::swapped() const {
  if (day == month || (kind == BirthDateKind::impossible && !is_perhaps_swapped)) return std::nullopt;
  return day_of(*this, day, month);
}

BirthDate read_birth_date(std::string_view text, DayMonthOrder order) {
  const BirthDateText read = birth_date_parts_of(text);
  if (read.presence != Presence::present) return absent(read.presence);
  switch (read.parts.size) {
    case 1: return read_one(read.parts.at(0));
    case 2: return read_two(read.parts);
    default: return read_three(read.parts, order);
  }
}

BirthDate read_birth_date(const BirthDateColumns& columns) {
  const std::optional<Part> year = birth_date_part_of(columns.year);
  const std::optional<Part> month = birth_date_part_of(columns.month);
  const std::optional<Part> day = birth_date_part_of(columns.day);
  if (!year.has_value() || !month.has_value() || !day.has_value()) return absent(Presence::unreadable);
  const Placed placed{.year = *year, .month = *month, .day = *day};
  if (!is_well_shaped(placed)) return absent(Presence::unreadable);
  const BirthDate date = judged(placed);
  const auto is_blank = [](std::string_view text) { return presence_of(plain_upper(text)) == Presence::blank; };
  const bool is_nothing = date.presence == Presence::not_known;
  const bool all_blank = is_nothing && is_blank(columns.year) && is_blank(columns.month) && is_blank(columns.day);
  return all_blank ? absent(Presence::blank) : date;
}

OrderFinding order_of(std::span<const std::string_view> sample) {
  OrderFinding finding;
  for (const std::string_view text : sample) {
    switch (vote_of(text)) {
      case Vote::day_first: ++finding.day_first_only; break;
      case Vote::month_first: ++finding.month_first_only; break;
      case Vote::either: ++finding.either; break;
      case Vote::none: ++finding.other; break;
    }
  }
  const std::int64_t votes = finding.day_first_only + finding.month_first_only;
  if (votes > 0 && finding.day_first_only * 20 >= votes * 19) finding.order = DayMonthOrder::day_first;
  if (votes > 0 && finding.month_first_only * 20 >= votes * 19) finding.order = DayMonthOrder::month_first;
  return finding;
}

}  // namespace throughline::linkage
