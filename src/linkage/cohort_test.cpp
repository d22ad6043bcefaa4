#include "linkage/cohort.h"

#include <gtest/gtest.h>

namespace throughline::linkage {
namespace {

base::Date day(const char* text) {
  return base::parse_iso_date(text).value();
}

// 40 suspects; to each belongs a later record of harm by the link given, to the first 20 an earlier one.
struct MadeUpCohort {
  std::vector<CohortRecord> records;
  std::vector<GraphLink> links;
  explicit MadeUpCohort(double probability) {
    for (std::uint32_t i = 0; i < 40; ++i) {
      const auto first = static_cast<std::uint32_t>(records.size());
      records.push_back({.in_cohort = day("2025-06-01")});
      records.push_back({.has_history = day(i < 20 ? "2024-01-01" : "2025-12-01")});
      links.push_back({first, first + 1, probability});
    }
  }
  [[nodiscard]] CohortAnswer answer() const { return cohort_share(records, links, {.draws = 400}).value(); }
};

TEST(Cohort, counts_people_whose_history_came_before) {
  const CohortAnswer answer = MadeUpCohort(1).answer();
  EXPECT_EQ(answer.people, 40);
  EXPECT_EQ(answer.with_history, 20);
  EXPECT_NEAR(answer.share, 0.5, 1e-9);
  EXPECT_NEAR(answer.interval.low, answer.sampling.low, 0.02) << "sure links add no error";
}

TEST(Cohort, carries_the_error_of_doubtful_links_into_share_and_interval) {
  const CohortAnswer sure = MadeUpCohort(1).answer();
  const CohortAnswer doubtful = MadeUpCohort(0.6).answer();
  EXPECT_EQ(doubtful.with_history, 20) << "by the links more likely than not";
  EXPECT_NEAR(doubtful.share, 0.3, 0.02) << "six in ten of them";
  EXPECT_GT(doubtful.interval.high - doubtful.interval.low, sure.interval.high - sure.interval.low);
}

TEST(Cohort, is_the_same_for_the_same_seed) {
  const MadeUpCohort made_up(0.6);
  EXPECT_EQ(made_up.answer().share, made_up.answer().share);
  EXPECT_NE(made_up.answer().share, cohort_share(made_up.records, made_up.links, {.draws = 400, .seed = 2})->share);
}

TEST(Cohort, without_a_person_has_no_share) {
  const std::vector<CohortRecord> records = {{.has_history = day("2024-01-01")}};
  EXPECT_FALSE(cohort_share(records, {}, {}).has_value());
}

}  // namespace
}  // namespace throughline::linkage
