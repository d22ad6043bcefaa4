#include "base/date.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace throughline::base {
namespace {

Date day(int year, int month, int day_of_month) {
  return *Date::from_civil({.year = year, .month = month, .day = day_of_month});
}

static_assert(Date::from_civil({.year = 1970, .month = 1, .day = 1})->days() == 0);
static_assert(!Date::from_civil({.year = 2025, .month = 2, .day = 30}).has_value());

TEST(Date, every_day_from_1600_to_2400_goes_to_civil_and_back_in_order) {
  CivilDay before = day(1599, 12, 31).civil();
  int weekday = static_cast<int>(day(1599, 12, 31).weekday());
  for (Date date = day(1600, 1, 1); date < day(2400, 1, 1); date = date + 1) {
    const CivilDay civil = date.civil();
    ASSERT_LT(before, civil);
    ASSERT_EQ(Date::from_civil(civil), date);
    weekday = weekday % 7 + 1;
    ASSERT_EQ(static_cast<int>(date.weekday()), weekday);
    before = civil;
  }
}

TEST(Date, known_days_have_known_numbers) {
  EXPECT_EQ(day(2000, 3, 1).days(), 11017);
  EXPECT_EQ(to_string(Date(-1)), "1969-12-31");
  EXPECT_EQ(day(1, 1, 1).days(), -719162);
  EXPECT_EQ(day(2026, 11, 22).weekday(), Weekday::sunday);
  EXPECT_EQ(day(1969, 12, 29).weekday(), Weekday::monday);
}

RC_GTEST_PROP(Date, printed_and_parsed_is_the_same_day, ()) {
  const Date date(*rc::gen::inRange(day(1, 1, 1).days(), day(9999, 12, 31).days() + 1));
  RC_ASSERT(parse_iso_date(to_string(date)) == date);
  const CivilDay civil = date.civil();
  const std::string iso = to_string(date);
  RC_ASSERT(parse_uk_date(iso.substr(8) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4)) == date);
  RC_ASSERT(civil.day <= days_in_month(civil.year, civil.month));
}

RC_GTEST_PROP(Date, a_day_past_the_end_of_its_month_never_parses, ()) {
  const int year = *rc::gen::inRange(1600, 2400);
  const int month = *rc::gen::inRange(1, 13);
  const int past = *rc::gen::inRange(days_in_month(year, month) + 1, 100);
  const std::string text = to_string(Month(year * 12 + month - 1)) + "-" + std::to_string(past);
  RC_ASSERT(!parse_iso_date(text).has_value());
}

TEST(Date, what_is_no_day_never_parses) {
  for (const char* text : {"2025-02-30", "2025-02-29", "1900-02-29", "2025-04-31", "2025-13-01", "2025-00-10",
                           "2025-01-00", "0000-01-01", "2025-1-01", "2025-01-1", " 2025-01-01", "2025-01-01 ",
                           "2025/01/01", "", "2025-01", "+025-01-01", "2025-01-011"}) {
    EXPECT_FALSE(parse_iso_date(text)) << text;
  }
  for (const char* text : {"30/02/2025", "12/31/2025", "01/01/25", "1//2025", "001/01/2025", "/1/2025", "01-01-2025"}) {
    EXPECT_FALSE(parse_uk_date(text)) << text;
  }
  EXPECT_EQ(parse_iso_date("2024-02-29"), day(2024, 2, 29));
}

TEST(Date, uk_dates_are_day_first_with_one_digit_or_two) {
  EXPECT_EQ(parse_uk_date("03/04/2025"), day(2025, 4, 3));
  EXPECT_EQ(parse_uk_date("3/4/2025"), day(2025, 4, 3));
}

TEST(Date, is_written_in_words_for_people) {
  EXPECT_EQ(to_words(day(2026, 11, 22)), "22 Nov 2026");
  EXPECT_EQ(to_words(day(2026, 2, 3)), "3 Feb 2026");
  EXPECT_EQ(to_words(day(2026, 2, 3).month()), "Feb 2026");
  EXPECT_EQ(to_words(parse_instant("2026-02-03T07:05:59Z")->instant), "3 Feb 2026 07:05");
}

TEST(Month, draws_runs_of_months_together) {
  const Month april = *parse_month("2025-04");
  EXPECT_EQ(to_string(std::vector<Month>{april, april + 2, april + 3, april + 4}), "2025-04, 2025-06..2025-08");
  EXPECT_EQ(to_string(std::vector<Month>{}), "");
}

TEST(Month, counts_on_across_years) {
  const Month march = *parse_month("2025-03");
  EXPECT_EQ(march.index(), 24302);
  EXPECT_EQ(to_string(march + 10), "2026-01");
  EXPECT_EQ(to_string(march - 3), "2024-12");
  EXPECT_EQ((march + 10) - march, 10);
  EXPECT_EQ(march.last_day(), day(2025, 3, 31));
  for (const char* text : {"2025-13", "2025-00", "2025-3", "2025-03-01", "0000-01", "25-03"}) {
    EXPECT_FALSE(parse_month(text)) << text;
  }
}

TEST(Month, every_day_of_a_month_belongs_to_it_and_no_other) {
  for (std::int32_t index = 1600 * 12; index < 2400 * 12; ++index) {
    const Period period = Month(index).period();
    ASSERT_EQ(period.begin.month(), Month(index));
    ASSERT_EQ((period.end - 1).month(), Month(index));
    ASSERT_EQ(period.end.month(), Month(index) + 1);
    ASSERT_EQ(period.days(), days_in_month(Month(index).year(), Month(index).month_of_year()));
  }
}

TEST(Period, includes_its_begin_and_not_its_end) {
  const Period march = Month(24302).period();
  EXPECT_TRUE(march.contains(day(2025, 3, 1)));
  EXPECT_TRUE(march.contains(day(2025, 3, 31)));
  EXPECT_FALSE(march.contains(day(2025, 4, 1)));
  EXPECT_FALSE(march.overlaps(Month(24303).period()));
  EXPECT_TRUE(march.overlaps({.begin = day(2025, 3, 31), .end = day(2025, 4, 2)}));
  EXPECT_TRUE(parse_period("2025")->contains(march));
  EXPECT_FALSE(march.contains(*parse_period("2025")));
  const Period none{.begin = day(2025, 3, 2), .end = day(2025, 3, 2)};
  EXPECT_TRUE(none.is_empty());
  EXPECT_FALSE(march.overlaps(none));
}

TEST(Period, is_printed_as_shortly_as_it_reads_back) {
  for (const char* text : {"2025", "2025-Q1", "2025-Q4", "2025-03", "2025-03-14", "2025-01..2025-04",
                           "2024-12..2025-02", "2025-03-14..2025-03-15"}) {
    ASSERT_TRUE(parse_period(text)) << text;
    EXPECT_EQ(to_string(*parse_period(text)), text);
  }
  EXPECT_EQ(to_string(*parse_period("2025-01..2025-03")), "2025-Q1");
  EXPECT_EQ(to_string(*parse_period("2025-Q1..2025-Q4")), "2025");
  EXPECT_EQ(to_string(Period{}), "none");
  for (const char* text :
       {"2025-Q5", "2025-Q0", "2025-03..2025-01", "..2025", "2025..", "", "none", "2025..2026..2027"}) {
    EXPECT_FALSE(parse_period(text)) << text;
  }
}

TEST(DatedInstant, keeps_the_precision_that_was_said) {
  const auto reread = [](const char* text) { return to_string(parse_dated(text).value()); };
  EXPECT_EQ(reread("2025"), "2025");
  EXPECT_EQ(reread("2025-03"), "2025-03");
  EXPECT_EQ(reread("03/2025"), "2025-03");
  EXPECT_EQ(reread("2025-03-14"), "2025-03-14");
  EXPECT_EQ(reread("14/03/2025"), "2025-03-14");
  EXPECT_EQ(reread("2025-03-14 09:30"), "2025-03-14T09:30Z");
  EXPECT_EQ(reread("14/03/2025 09:30"), "2025-03-14T09:30Z");
  EXPECT_EQ(reread("2025-03-14T09:30:15Z"), "2025-03-14T09:30:15Z");
  EXPECT_EQ(reread("2025-03-14T09:30:15.25Z"), "2025-03-14T09:30:15.250000Z");
}

TEST(Instant, an_offset_is_taken_off) {
  const auto instant = [](const char* text) { return parse_instant(text).value().instant; };
  EXPECT_EQ(instant("2025-03-14T00:30:00+01:00"), instant("2025-03-13T23:30:00Z"));
  EXPECT_EQ(instant("2025-03-14T00:30-0530"), instant("2025-03-14T06:00Z"));
  EXPECT_EQ(instant("2021-06-30T21:25:00+00:00"), instant("2021-06-30T21:25:00Z"));
  EXPECT_EQ(instant("2025-03-14T00:30:00.1234567Z").microseconds % 1'000'000, 123'456);
}

TEST(Instant, needs_an_offset_and_a_wall_time_must_have_none) {
  EXPECT_FALSE(parse_instant("2025-03-14T09:30"));
  EXPECT_FALSE(parse_wall_time("2025-03-14T09:30Z"));
  EXPECT_EQ(parse_wall_time("2025-03-14T09:30")->instant, parse_instant("2025-03-14T09:30Z")->instant);
}

TEST(Instant, nonsense_never_parses) {
  for (const char* text : {"2025-03-14T24:00", "2025-03-14T09:60", "2025-03-14T9:30", "2025-03-14T09:30:60",
                           "2025-03-14T", "2025-03-14T09:30+15:00", "2025-03-14T09:30.5", "2025-03-14T09:30:15.",
                           "2025-02-30T09:30", "2025-03-14T09:30Zx", "30/02/2025 09:30", "2025-03-14T09:30:15.x",
                           "2025-03-14T09:30+1:00", "13/2025", "0000", "2025-03-14T09:30z"}) {
    EXPECT_FALSE(parse_dated(text)) << text;
  }
}

TEST(Instant, belongs_to_its_day_before_and_after_1970) {
  EXPECT_EQ(to_string(Instant{-1}), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(to_string(Instant{0}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(Instant{-1}.date(), Date(-1));
  EXPECT_EQ(Instant::start_of(Date(-1)).date(), Date(-1));
  EXPECT_EQ(Instant::start_of(Date(3)).date(), Date(3));
}

}  // namespace
}  // namespace throughline::base
