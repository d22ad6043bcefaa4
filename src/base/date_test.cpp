#include "base/date.h"

#include <gtest/gtest.h>

namespace throughline::base {
namespace {

TEST(Date, every_day_from_1600_to_2400_goes_to_a_civil_date_and_back) {
  CivilDate previous = civil({days_from_civil(1599, 12, 31)});
  for (std::int32_t days = days_from_civil(1600, 1, 1); days < days_from_civil(2400, 1, 1); ++days) {
    const CivilDate day = civil({days});
    ASSERT_EQ(days_from_civil(day.year, day.month, day.day), days);
    ASSERT_LT(previous, day);
    ASSERT_LE(day.day, days_in_month(day.year, day.month));
    ASSERT_EQ(parse_iso_date(to_iso(Date{days})), std::optional(Date{days}));
    previous = day;
  }
}

TEST(Date, known_days_have_known_numbers) {
  EXPECT_EQ(days_from_civil(1970, 1, 1), 0);
  EXPECT_EQ(days_from_civil(2000, 3, 1), 11017);
  EXPECT_EQ(to_iso(Date{-1}), "1969-12-31");
  EXPECT_EQ(to_words(Date{days_from_civil(2026, 11, 22)}), "22 Nov 2026");
}

TEST(Date, a_day_that_does_not_exist_never_parses) {
  for (const char* text : {"2025-02-30", "2025-02-29", "1900-02-29", "2025-04-31", "2025-13-01", "2025-00-10", "2025-01-00",
                           "0000-01-01", "2025-1-01", "2025-01-1", " 2025-01-01", "2025-01-01 ", "2025/01/01", "", "2025-01",
                           "+025-01-01"}) {
    EXPECT_FALSE(parse_iso_date(text)) << text;
  }
  EXPECT_TRUE(parse_iso_date("2024-02-29"));
  EXPECT_FALSE(parse_british_date("30/02/2025"));
  EXPECT_FALSE(parse_british_date("12/31/2025"));
}

TEST(Date, british_dates_are_day_first) {
  EXPECT_EQ(parse_british_date("03/04/2025"), make_date(2025, 4, 3));
  EXPECT_EQ(parse_british_date("3/4/2025"), make_date(2025, 4, 3));
}

TEST(Month, counts_on_across_years) {
  const Month march = *parse_iso_month("2025-03");
  EXPECT_EQ(march.index, 24302);
  EXPECT_EQ(to_iso(add_months(march, 10)), "2026-01");
  EXPECT_EQ(to_iso(add_months(march, -3)), "2024-12");
  EXPECT_EQ(period_of(march).end, *make_date(2025, 4, 1));
  EXPECT_FALSE(parse_iso_month("2025-13"));
  EXPECT_FALSE(parse_iso_month("2025-3"));
}

TEST(Month, every_day_of_a_month_belongs_to_it_and_no_other) {
  for (std::int32_t index = 1600 * 12; index < 2400 * 12; ++index) {
    const Period period = period_of({index});
    ASSERT_EQ(month_of(period.begin).index, index);
    ASSERT_EQ(month_of({period.end.days - 1}).index, index);
  }
}

TEST(Instant, keeps_the_precision_that_was_said) {
  EXPECT_EQ(to_iso(*parse_iso_instant("2025-03-14")), "2025-03-14");
  EXPECT_EQ(to_iso(*parse_iso_instant("2025-03-14 09:30")), "2025-03-14T09:30Z");
  EXPECT_EQ(to_iso(*parse_iso_instant("2025-03-14T09:30:15Z")), "2025-03-14T09:30:15Z");
  EXPECT_EQ(to_iso(*parse_british_instant("03/2025")), "2025-03");
  EXPECT_EQ(to_iso(*parse_british_instant("2025")), "2025");
  EXPECT_EQ(to_iso(*parse_british_instant("14/03/2025 09:30")), "2025-03-14T09:30Z");
}

TEST(Instant, an_offset_is_taken_off) {
  EXPECT_EQ(parse_iso_instant("2025-03-14T00:30:00+01:00")->instant, parse_iso_instant("2025-03-13T23:30:00Z")->instant);
  EXPECT_EQ(parse_iso_instant("2021-06-30T21:25:00+00:00")->instant, parse_iso_instant("2021-06-30T21:25:00Z")->instant);
  EXPECT_EQ(parse_iso_instant("2025-03-14T00:30:00.25Z")->instant.microseconds % 1'000'000, 250'000);
}

TEST(Instant, nonsense_never_parses) {
  for (const char* text : {"2025-03-14T24:00", "2025-03-14T09:60", "2025-03-14T9:30", "2025-03-14T09:30:60", "2025-03-14T",
                           "2025-03-14T09:30+15:00", "2025-03-14T09:30.5", "2025-03-14T09:30:15.", "2025-02-30T09:30",
                           "2025-03-14T09:30Zx"}) {
    EXPECT_FALSE(parse_iso_instant(text)) << text;
  }
}

TEST(Instant, is_written_with_a_fixed_width_before_and_after_1970) {
  EXPECT_EQ(to_iso(Instant{-1}), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(to_iso(Instant{0}).size(), 27U);
  EXPECT_EQ(date_of(Instant{-1}), *make_date(1969, 12, 31));
}

}  // namespace
}  // namespace throughline::base
