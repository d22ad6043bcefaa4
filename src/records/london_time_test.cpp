#include "records/london_time.h"

#include <gtest/gtest.h>

namespace throughline::records {
namespace {

base::Instant at(std::string_view text) {
  return base::parse_instant(text)->instant;
}

TEST(london_time, summer_begins_and_ends_at_one_in_the_morning_utc_on_the_last_sunday) {
  EXPECT_FALSE(is_british_summer_time(at("2025-03-30T00:59Z")));
  EXPECT_TRUE(is_british_summer_time(at("2025-03-30T01:00Z")));
  EXPECT_TRUE(is_british_summer_time(at("2025-10-26T00:59Z")));
  EXPECT_FALSE(is_british_summer_time(at("2025-10-26T01:00Z")));
  // Months that end on a Sunday.
  EXPECT_TRUE(is_british_summer_time(at("2024-03-31T01:00Z")));
  EXPECT_FALSE(is_british_summer_time(at("2021-10-31T01:00Z")));
}

TEST(london_time, a_search_just_after_midnight_in_summer_belongs_to_the_new_month) {
  EXPECT_EQ(month_in_london(at("2020-07-31T23:01Z")), *base::parse_month("2020-08"));
  EXPECT_EQ(month_in_london(at("2020-07-31T22:59Z")), *base::parse_month("2020-07"));
  EXPECT_EQ(month_in_london(at("2020-01-31T23:30Z")), *base::parse_month("2020-01"));
}

}  // namespace
}  // namespace throughline::records
