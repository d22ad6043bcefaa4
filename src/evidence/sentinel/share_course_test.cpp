// Known truths are recovered: a level, a step, a drift; and chance seldom makes a step.

#include "evidence/sentinel/share_course.h"

#include <cmath>

#include <gtest/gtest.h>

#include "base/random.h"

namespace throughline::evidence {
namespace {

constexpr std::int64_t k_whole = 4000;

// Shares drawn about a course, with more spread than a binomial has, as recorded figures have.
template <class Share>
ShareSeries drawn(std::size_t periods, std::uint64_t seed, const Share& share) {
  base::Random random({.seed = seed, .stream = base::stream_of("made-up shares"), .step = 0});
  ShareSeries series;
  for (std::size_t i = 0; i < periods; ++i) {
    const double logit = share(static_cast<double>(i)) + 0.1 * random.normal();
    series.part.push_back(random.binomial(k_whole, 1 / (1 + std::exp(-logit))));
    series.whole.push_back(k_whole);
  }
  return series;
}

TEST(ShareCourse, finds_a_step_where_it_is) {
  const auto course = course_of(drawn(60, 3, [](double at) { return at < 40 ? -2.0 : -1.2; }));
  EXPECT_EQ(course.course, Course::steps);
  ASSERT_EQ(course.steps.size(), 1U);
  EXPECT_NEAR(static_cast<double>(course.steps[0].at), 40, 1);
  EXPECT_NEAR(course.steps[0].before, 1 / (1 + std::exp(2.0)), 0.01);
  EXPECT_NEAR(course.steps[0].after, 1 / (1 + std::exp(1.2)), 0.01);
  EXPECT_LE(course.steps[0].p_value, 0.01);
}

TEST(ShareCourse, takes_a_steady_drift_for_one_and_not_for_steps) {
  const auto course = course_of(drawn(60, 3, [](double at) { return -2.0 + 0.02 * at; }));
  EXPECT_EQ(course.course, Course::drift);
}

// At a threshold of one in a hundred, four hundred quiet series give a step in about four; in twelve or more by chance
// once in a thousand times.
TEST(ShareCourse, finds_no_step_in_quiet_series_but_as_often_as_it_says) {
  int with_step = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const auto course = course_of(drawn(48, seed, [](double) { return -2.0; }), {.permutations = 199, .seed = seed});
    if (!course.steps.empty()) ++with_step;
  }
  EXPECT_LT(with_step, 12);
}

// The share stays at 2 per cent while the whole grows a hundredfold, with periods of nought between: volume makes no
// step.
TEST(ShareCourse, takes_no_growth_of_the_whole_for_a_move_of_the_share) {
  int with_step = 0;
  int level = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    base::Random random({.seed = seed, .stream = base::stream_of("growing whole"), .step = 0});
    ShareSeries series;
    for (int i = 0; i < 60; ++i) {
      const std::int64_t whole = i % 20 == 7 ? 0 : 5 + 33 * i;
      series.whole.push_back(whole);
      series.part.push_back(whole == 0 ? 0 : random.binomial(whole, 0.02));
    }
    const ShareCourse course = course_of(series, {.permutations = 199, .seed = seed});
    EXPECT_GT(course.left_out, 3U);
    EXPECT_EQ(course.left_out + course.periods, 60U);
    with_step += course.steps.empty() ? 0 : 1;
    level += course.course == Course::level ? 1 : 0;
  }
  EXPECT_LE(with_step, 5);
  EXPECT_GT(level, 80);
}

TEST(ShareCourse, finds_a_step_where_the_whole_shrinks_at_the_same_time) {
  base::Random random({.seed = 4, .stream = base::stream_of("shrinking whole"), .step = 0});
  ShareSeries series;
  for (int i = 0; i < 40; ++i) {
    series.whole.push_back(i < 25 ? 4000 : 400);
    series.part.push_back(random.binomial(series.whole.back(), i < 25 ? 0.1 : 0.2));
  }
  const ShareCourse course = course_of(series);
  EXPECT_EQ(course.course, Course::steps);
  ASSERT_EQ(course.steps.size(), 1U);
  EXPECT_EQ(course.steps[0].at, 25U);
}

TEST(ShareCourse, of_too_few_expected_events_is_undecided) {
  const ShareSeries few{.part = std::vector<std::int64_t>(20, 4), .whole = std::vector<std::int64_t>(20, 400)};
  EXPECT_EQ(course_of(few).course, Course::undecided);
  EXPECT_EQ(course_of(few).left_out, 20U);
  const ShareSeries none{.part = std::vector<std::int64_t>(20, 0), .whole = std::vector<std::int64_t>(20, 0)};
  EXPECT_EQ(course_of(none).periods, 0U);
}

// A level and then a ramp is neither one level, nor one drift, nor steps.
TEST(ShareCourse, takes_a_level_and_then_a_ramp_for_a_bend_and_not_for_steps) {
  int bends = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto course = course_of(drawn(60, seed, [](double at) { return at < 30 ? -2.0 : -2.0 + 0.04 * (at - 30); }),
                                  {.permutations = 199, .seed = seed});
    EXPECT_NE(course.course, Course::steps) << seed;
    bends += course.course == Course::bend ? 1 : 0;
  }
  EXPECT_GT(bends, 20);
}

// What hangs together from one period to the next makes steps too easy to find: more than the nominal one in a hundred,
// and at a correlation of 0.7 still fewer than one in eight. The shares are printed for the page that publishes them.
TEST(ShareCourse, finds_steps_too_easily_in_waves_and_not_beyond_what_is_published) {
  for (const double correlation : {0.5, 0.7}) {
    int with_step = 0;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
      base::Random random({.seed = seed, .stream = base::stream_of("waves"), .step = 0});
      ShareSeries series;
      double wave = 0;
      for (int i = 0; i < 48; ++i) {
        wave = correlation * wave + 0.1 * random.normal();
        series.whole.push_back(k_whole);
        series.part.push_back(random.binomial(k_whole, 1 / (1 + std::exp(2.0 - wave))));
      }
      with_step += course_of(series, {.permutations = 199, .seed = seed}).steps.empty() ? 0 : 1;
    }
    RecordProperty(correlation < 0.6 ? "steps_at_half" : "steps_at_seven_tenths", with_step);
    EXPECT_LT(with_step, 50) << correlation;
  }
}

TEST(ShareCourse, of_fewer_than_eight_periods_is_undecided) {
  EXPECT_EQ(course_of(drawn(7, 1, [](double at) { return at < 4 ? -3.0 : 0.0; })).course, Course::undecided);
}

TEST(ShareCourse, is_the_same_for_the_same_seed) {
  const ShareSeries series = drawn(60, 5, [](double at) { return at < 20 ? -2.0 : -1.9; });
  EXPECT_EQ(course_of(series).steps, course_of(series).steps);
}

TEST(ShareCourse, of_shares_that_never_move_is_level) {
  const ShareSeries still{.part = std::vector<std::int64_t>(20, 5), .whole = std::vector<std::int64_t>(20, 50)};
  EXPECT_EQ(course_of(still).course, Course::level);
  EXPECT_TRUE(course_of(still).steps.empty());
}

}  // namespace
}  // namespace throughline::evidence
