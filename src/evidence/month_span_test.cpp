#include "evidence/month_span.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace throughline::evidence {
namespace {

base::Month month(int year, int number) {
  return base::Month(year * 12 + number - 1);
}

TEST(MonthSpan, is_written_in_the_shortest_form_that_fits) {
  EXPECT_EQ(to_text(single_month(month(2025, 3))), "2025-03");
  EXPECT_EQ(to_text({.begin = month(2025, 1), .end = month(2025, 4)}), "2025-Q1");
  EXPECT_EQ(to_text({.begin = month(2025, 10), .end = month(2026, 1)}), "2025-Q4");
  EXPECT_EQ(to_text({.begin = month(2025, 1), .end = month(2026, 1)}), "2025");
  EXPECT_EQ(to_text({.begin = month(2025, 2), .end = month(2025, 5)}), "2025-02..2025-04");
  EXPECT_EQ(to_text({.begin = month(2024, 10), .end = month(2025, 10)}), "2024-10..2025-09");
}

TEST(MonthSpan, is_not_read_from_anything_else) {
  for (const char* text :
       {"", "2025-13", "2025-00", "2025-Q0", "2025-Q5", "2025-q1", "25", "20255", "2025-3", "2025-03 ",
        "2025-05..2025-04", "2025-05..", "..2025-05", "2025-01...2025-02", "0000", "2025-03-14"}) {
    EXPECT_FALSE(parse_month_span(text).has_value()) << text;
  }
}

RC_GTEST_PROP(MonthSpan, survives_being_written_and_read, ()) {
  const auto begin = *rc::gen::inRange<std::int32_t>(12, 9998 * 12);
  const auto length = *rc::gen::inRange<std::int32_t>(1, 30);
  const MonthSpan span{.begin = base::Month(begin), .end = base::Month(begin + length)};
  RC_ASSERT(parse_month_span(to_text(span)) == span);
}

TEST(MonthSpan, is_cut_into_calendar_quarters_and_leaves_part_ones_out) {
  const auto quarters = periods_in({.begin = month(2025, 2), .end = month(2025, 11)}, PeriodLength::quarter);
  ASSERT_EQ(quarters.size(), 2U);
  EXPECT_EQ(to_text(quarters[0]), "2025-Q2");
  EXPECT_EQ(to_text(quarters[1]), "2025-Q3");
}

TEST(MonthSpan, is_cut_into_twelve_months_that_end_with_its_last) {
  const auto years = periods_in({.begin = month(2023, 1), .end = month(2025, 10)}, PeriodLength::twelve_months);
  ASSERT_EQ(years.size(), 2U);
  EXPECT_EQ(to_text(years[0]), "2023-10..2024-09");
  EXPECT_EQ(to_text(years[1]), "2024-10..2025-09");
  EXPECT_TRUE(periods_in({.begin = month(2025, 1), .end = month(2025, 10)}, PeriodLength::twelve_months).empty());
}

TEST(MonthSpan, may_stay_whole_or_be_cut_into_months) {
  const MonthSpan span{.begin = month(2025, 1), .end = month(2025, 4)};
  EXPECT_EQ(periods_in(span, PeriodLength::month).size(), 3U);
  EXPECT_EQ(periods_in(span, PeriodLength::whole), std::vector<MonthSpan>{span});
  EXPECT_TRUE(periods_in({.begin = month(2025, 1), .end = month(2025, 1)}, PeriodLength::whole).empty());
}

}  // namespace
}  // namespace throughline::evidence
