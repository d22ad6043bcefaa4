#include "linkage/normal/birth_date.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "linkage/normal/made_up_bytes_for_tests.h"

namespace throughline::linkage {
namespace {

std::string told(const std::optional<int>& part) {
  return part.has_value() ? std::to_string(*part) : "?";
}

// "1960-5-3 real", then what else there is to say.
std::string told(const BirthDate& date) {
  if (date.presence != Presence::present) return std::string(name_of(date.presence));
  std::string text = told(date.year) + "-" + told(date.month) + "-" + told(date.day);
  switch (date.kind) {
    case BirthDateKind::none: return "present without a kind";
    case BirthDateKind::real: text += " real"; break;
    case BirthDateKind::partial: text += " partial"; break;
    case BirthDateKind::impossible: text += " impossible"; break;
  }
  if (!date.year.has_value() && date.year_of_century.has_value()) text += " '" + std::to_string(*date.year_of_century);
  if (date.is_first_of_january) text += " first";
  if (date.is_perhaps_swapped) text += " swapped?";
  if (!date.order_is_certain) text += " either way";
  return text;
}

std::string told(std::string_view text, DayMonthOrder order = DayMonthOrder::cannot_tell) {
  return told(read_birth_date(text, order));
}

TEST(BirthDate, is_read_in_every_form_that_agencies_write) {
  for (const std::string_view text : {"1960-05-23",
                                      "1960/5/23",
                                      "19600523",
                                      "23/5/1960",
                                      "23/05/1960",
                                      "23.05.1960",
                                      "23-05-1960",
                                      "23 05 1960",
                                      "23-May-1960",
                                      "23 MAY 1960",
                                      "23rd May 1960",
                                      "23rd of May, 1960",
                                      "May 23, 1960",
                                      "1960 May 23",
                                      "23052060",
                                      "1960-05-23 00:00:00",
                                      "1960-05-23T00:00:00Z",
                                      "1960-05-23T00:00:00.000+00:00",
                                      "23/05/1960 0:00",
                                      "23/05/1960 12:00:00 AM",
                                      " 1960-05-23\t",
                                      "Monday 23 May 1960",
                                      "19600523000000",
                                      "5/23/1960",
                                      "１９６０-０５-２３"}) {
    const std::string expected = text == "23052060" ? "2060-5-23 real" : "1960-5-23 real";
    EXPECT_EQ(told(text), expected) << text;
  }
}

TEST(BirthDate, of_eight_digits_run_together_reads_the_only_way_it_can) {
  EXPECT_EQ(told("20101960"), "1960-10-20 real");
  EXPECT_EQ(told("19051960"), "1960-5-19 real");
  EXPECT_EQ(told("20011202"), "2001-12-2 real");
  EXPECT_EQ(told("19901704"), "1990-17-4 impossible swapped?");
  EXPECT_EQ(told("19600000"), "1960-?-? partial");
  EXPECT_EQ(told("230560"), "unreadable");
  EXPECT_EQ(told("22059"), "unreadable");
}

TEST(BirthDate, keeps_the_order_of_day_and_month_open_where_nothing_decides_it) {
  EXPECT_EQ(told("03/04/1990"), "1990-4-3 real either way");
  EXPECT_EQ(told("03/04/1990", DayMonthOrder::day_first), "1990-4-3 real");
  EXPECT_EQ(told("03/04/1990", DayMonthOrder::month_first), "1990-3-4 real");
  EXPECT_EQ(told("04/04/1990"), "1990-4-4 real");
  EXPECT_EQ(told("1990-03-04"), "1990-3-4 real");
  EXPECT_EQ(told("1990-03-04", DayMonthOrder::month_first), "1990-3-4 real");
  EXPECT_EQ(told("12/25/1990"), "1990-12-25 real");
  EXPECT_EQ(told("12/25/1990", DayMonthOrder::day_first), "1990-25-12 impossible swapped?");
}

TEST(BirthDate, that_cannot_be_is_kept_as_written_and_marked) {
  EXPECT_EQ(told("31/02/1990"), "1990-2-31 impossible");
  EXPECT_EQ(told("29/02/1991"), "1991-2-29 impossible");
  EXPECT_EQ(told("29/02/1992"), "1992-2-29 real");
  EXPECT_EQ(told("13/13/1990"), "1990-13-13 impossible");
  EXPECT_EQ(told("1990-17-04"), "1990-17-4 impossible swapped?");
  EXPECT_EQ(told("1790-04-17"), "1790-4-17 impossible");
  EXPECT_EQ(told("45/03/1990"), "1990-3-45 impossible");
  EXPECT_EQ(told("13/1990"), "1990-13-? impossible");
}

TEST(BirthDate, with_parts_missing_says_which) {
  EXPECT_EQ(told("1960"), "1960-?-? partial");
  EXPECT_EQ(told("05/1960"), "1960-5-? partial");
  EXPECT_EQ(told("1960-05"), "1960-5-? partial");
  EXPECT_EQ(told("May 1960"), "1960-5-? partial");
  EXPECT_EQ(told("3 May"), "?-5-3 partial");
  EXPECT_EQ(told("1960-05-00"), "1960-5-? partial");
  EXPECT_EQ(told("XX/05/1960", DayMonthOrder::day_first), "1960-5-? partial");
  EXPECT_EQ(told("?/?/1960"), "1960-?-? partial");
  EXPECT_EQ(told("--/05/1960", DayMonthOrder::day_first), "1960-5-? partial");
  EXPECT_EQ(told("/05/1960", DayMonthOrder::day_first), "1960-5-? partial");
  EXPECT_EQ(told("03/05/", DayMonthOrder::day_first), "?-5-3 partial");
  EXPECT_EQ(told("03/05/19??", DayMonthOrder::day_first), "?-5-3 partial");
  EXPECT_EQ(told("XX/05/1960"), "1960-5-? partial either way");
}

TEST(BirthDate, with_two_digits_of_a_year_has_no_century) {
  EXPECT_EQ(told("23/05/60"), "?-5-23 partial '60");
  EXPECT_EQ(told("23-May-60"), "?-5-23 partial '60");
  EXPECT_EQ(told("60-05-23"), "?-5-23 partial '60");
  EXPECT_EQ(told("11/11/11"), "?-11-11 partial '11");
  EXPECT_EQ(told("29/02/00"), "?-2-29 partial '0");
  EXPECT_EQ(told("31/02/90"), "?-2-31 impossible '90");
}

TEST(BirthDate, on_the_first_of_january_is_flagged_and_kept) {
  EXPECT_EQ(told("01/01/1987"), "1987-1-1 real first");
  EXPECT_EQ(told("1970-01-01"), "1970-1-1 real first");
  EXPECT_EQ(told("1987-01-02"), "1987-1-2 real");
}

TEST(BirthDate, that_is_a_default_of_a_database_is_missing) {
  for (const std::string_view text : {"1900-01-01", "01/01/1900", "1901-01-01", "1899-12-30", "31/12/1899",
                                      "1800-01-01", "1753-01-01", "0001-01-01", "9999-12-31"}) {
    EXPECT_EQ(told(text), "filler") << text;
  }
  EXPECT_EQ(told(""), "blank");
  EXPECT_EQ(told(" - "), "blank");
  EXPECT_EQ(told("00/00/0000"), "not known");
  EXPECT_EQ(told("XX/XX/XXXX"), "filler");
  EXPECT_EQ(told("00/XX/0000"), "not known");
  EXPECT_EQ(told("Unknown"), "not known");
  EXPECT_EQ(told("Refused"), "withheld");
}

TEST(BirthDate, is_unreadable_where_more_or_other_things_are_written) {
  for (const std::string_view text : {"about 40", "1960s", "23/5/1960/7", "1960-05-23-", "12:30", "age 7", "1-2-345",
                                      "May", "5 6", "123456789012345", "23:05:1960", "3 May 1960 or 1961"}) {
    const std::string expected = text == "1960-05-23-" ? "1960-5-23 real" : "unreadable";
    EXPECT_EQ(told(text), expected) << text;
  }
}

TEST(BirthDate, comes_from_three_columns_too) {
  EXPECT_EQ(told(read_birth_date(BirthDateColumns{.day = "3", .month = "05", .year = "1960"})), "1960-5-3 real");
  EXPECT_EQ(told(read_birth_date(BirthDateColumns{.day = "3", .month = "May", .year = "1960"})), "1960-5-3 real");
  EXPECT_EQ(told(read_birth_date(BirthDateColumns{.day = "", .month = "5", .year = "1960"})), "1960-5-? partial");
  EXPECT_EQ(told(read_birth_date(BirthDateColumns{.day = "NK", .month = "NK", .year = "60"})), "?-?-? partial '60");
  EXPECT_EQ(told(read_birth_date(BirthDateColumns{.day = "31", .month = "2", .year = "1990"})), "1990-2-31 impossible");
  EXPECT_EQ(told(read_birth_date(BirthDateColumns{.day = " ", .month = "", .year = ""})), "blank");
  EXPECT_EQ(told(read_birth_date(BirthDateColumns{.day = "NK", .month = "", .year = ""})), "not known");
  EXPECT_EQ(told(read_birth_date(BirthDateColumns{.day = "3", .month = "5", .year = "nineteen"})), "unreadable");
  EXPECT_EQ(told(read_birth_date(BirthDateColumns{.day = "May", .month = "3", .year = "1960"})), "unreadable");
}

TEST(BirthDate, gives_its_day_and_the_day_with_its_parts_swapped) {
  EXPECT_EQ(read_birth_date("1990-03-04").date(), base::Date::from_civil({1990, 3, 4}));
  EXPECT_EQ(read_birth_date("1990-03-04").swapped(), base::Date::from_civil({1990, 4, 3}));
  EXPECT_EQ(read_birth_date("1990-03-14").swapped(), std::nullopt);
  EXPECT_EQ(read_birth_date("1990-03-03").swapped(), std::nullopt);
  EXPECT_EQ(read_birth_date("1990-17-04").date(), std::nullopt);
  EXPECT_EQ(read_birth_date("1990-17-04").swapped(), base::Date::from_civil({1990, 4, 17}));
  EXPECT_EQ(read_birth_date("1960").date(), std::nullopt);
}

TEST(OrderOfDates, is_what_the_column_shows) {
  const std::vector<std::string_view> british = {"25/12/1990", "03/04/1985", "17/06/2001",
                                                 "04/04/1999", "1990-01-02", ""};
  EXPECT_EQ(order_of(british),
            (OrderFinding{.order = DayMonthOrder::day_first, .day_first_only = 2, .either = 1, .other = 3}));
  const std::vector<std::string_view> american = {"12/25/1990", "03/04/1985"};
  EXPECT_EQ(order_of(american),
            (OrderFinding{.order = DayMonthOrder::month_first, .month_first_only = 1, .either = 1}));
}

TEST(OrderOfDates, stays_open_where_the_column_cannot_tell_or_mixes_both) {
  const std::vector<std::string_view> open = {"03/04/1985", "11/12/1990"};
  EXPECT_EQ(order_of(open), (OrderFinding{.either = 2}));
  const std::vector<std::string_view> mixed = {"25/12/1990", "12/25/1990"};
  EXPECT_EQ(order_of(mixed), (OrderFinding{.day_first_only = 1, .month_first_only = 1}));
  EXPECT_EQ(order_of({}), OrderFinding{});
  std::vector<std::string_view> with_a_slip(19, "25/12/1990");
  with_a_slip.emplace_back("12/25/1990");
  EXPECT_EQ(order_of(with_a_slip).order, DayMonthOrder::day_first);
}

RC_GTEST_PROP(BirthDate, reads_back_every_day_in_every_form, ()) {
  const base::Date day(*rc::gen::inRange<std::int32_t>(-25000, 25000));
  const base::CivilDay civil = day.civil();
  const std::string iso = base::to_string(day);
  const std::string slashed =
      std::to_string(civil.day) + "/" + std::to_string(civil.month) + "/" + std::to_string(civil.year);
  const BirthDate read = read_birth_date(iso);
  if (read.presence == Presence::filler) RC_DISCARD("a default of a database");
  RC_ASSERT(read.date() == day);
  RC_ASSERT(read_birth_date(slashed, DayMonthOrder::day_first) == read);
  RC_ASSERT(read_birth_date(base::to_words(day)) == read);
  const std::string compact = iso.substr(0, 4) + iso.substr(5, 2) + iso.substr(8, 2);
  RC_ASSERT(read_birth_date(compact) == read);
}

RC_GTEST_PROP(BirthDate, is_sound_for_any_bytes, ()) {
  const BirthDate date = read_birth_date(*made_up_bytes("0123456789/-. :MayT?X"));
  RC_ASSERT((date.kind == BirthDateKind::none) == (date.presence != Presence::present));
  RC_ASSERT((date.kind == BirthDateKind::real) == date.date().has_value());
  if (date.year.has_value()) RC_ASSERT(date.year_of_century == *date.year % 100);
}

}  // namespace
}  // namespace throughline::linkage
