#include "evidence/watch/count_law.h"

#include <gtest/gtest.h>

#include <cmath>

#include "evidence/special_functions.h"

namespace throughline::evidence {
namespace {

// P(Y >= count) by incomplete gamma and beta functions.
double by_special_functions(CountLaw law, std::int64_t count) {
  const auto k = static_cast<double>(count);
  if (law.dispersion == 1) return gamma_tails(k, law.mean).lower;
  const double size = law.mean / (law.dispersion - 1);
  return beta_tails({.a = k, .b = size}, 1 - 1 / law.dispersion).lower;
}

TEST(CountLaw, tails_agree_with_incomplete_gamma_and_beta_functions) {
  for (const double mean : {0.05, 0.7, 3.0, 40.0, 300.0}) {
    for (const double dispersion : {1.0, 1.3, 2.0, 7.0}) {
      const std::vector<double> tails = at_least({mean, dispersion}, 400);
      for (std::int64_t count = 1; count <= 400; ++count) {
        const double exact = by_special_functions({mean, dispersion}, count);
        if (exact < 1e-9) break;
        EXPECT_NEAR(tails[static_cast<std::size_t>(count)], exact, 1e-12) << mean << " " << dispersion << " " << count;
      }
    }
  }
}

TEST(CountLaw, normal_scores_give_tails_within_three_per_cent_where_they_are_used) {
  for (const double mean : {3.0, 10.0, 40.0, 2000.0}) {
    for (const double dispersion : {1.0, 1.3, 2.0, 5.0}) {
      if (mean < 2.5 * (dispersion - 1)) continue;
      for (std::int64_t count = 1; count < 4000; ++count) {
        const double exact = by_special_functions({mean, dispersion}, count);
        if (exact < 1e-5 || exact > 0.99) continue;
        const double near = normal_below(-normal_score({mean, dispersion}, count));
        EXPECT_NEAR(near / exact, 1, 0.03) << mean << " " << dispersion << " " << count;
      }
    }
  }
}

TEST(CountLaw, the_normal_tail_agrees_with_the_incomplete_gamma_function) {
  for (double z = -8; z < 12; z += 0.37) {
    EXPECT_NEAR(normal_above(z) / normal_below(-z), 1, 1e-8) << z;
  }
}

// The table's figures for a probability of 0.005.
TEST(CountLaw, a_students_limit_is_that_of_the_tables_from_three_degrees_on) {
  EXPECT_NEAR(student_limit(0.005, 3) / 5.841, 1, 0.04);
  EXPECT_NEAR(student_limit(0.005, 4) / 4.604, 1, 0.02);
  EXPECT_NEAR(student_limit(0.005, 9) / 3.250, 1, 0.003);
  EXPECT_NEAR(student_limit(0.005, 29) / 2.756, 1, 0.001);
  // At one degree it errs towards too few alarms, by as much as the header says.
  EXPECT_GT(student_limit(0.005, 1), 63.657);
  EXPECT_LT(student_limit(0.005, 1), 2.5 * 63.657);
}

TEST(CountLaw, a_students_limit_and_the_tail_are_each_others_inverse) {
  for (const double freedom : {1.0, 6.0, 50.0}) {
    for (const double probability : {0.3, 0.01, 1e-6}) {
      const double limit = student_limit(probability, freedom);
      EXPECT_NEAR(student_upper(limit, freedom) / probability, 1, 1e-6) << freedom << " " << probability;
    }
  }
}

TEST(CountLaw, an_average_of_laws_is_added_up_with_their_weights) {
  std::vector<double> sums(30, 0.0);
  add_at_least({.mean = 2, .dispersion = 1}, 0.25, sums);
  add_at_least({.mean = 6, .dispersion = 2}, 0.75, sums);
  const std::vector<double> one = at_least({2, 1}, 29);
  const std::vector<double> other = at_least({6, 2}, 29);
  for (std::size_t i = 0; i < sums.size(); ++i) EXPECT_NEAR(sums[i], 0.25 * one[i] + 0.75 * other[i], 1e-11) << i;
}

TEST(CountLaw, students_tail_agrees_with_the_incomplete_beta_function) {
  for (const double freedom : {6.0, 10.0, 50.0, 1000.0}) {
    for (const double t : {-3.0, -1.0, 0.5, 2.0, 3.5}) {
      const double beyond = beta_tails({.a = freedom / 2, .b = 0.5}, freedom / (freedom + t * t)).lower / 2;
      const double exact = t < 0 ? 1 - beyond : beyond;
      EXPECT_NEAR(student_upper(t, freedom) / exact, 1, 0.02) << t << " " << freedom;
    }
  }
}

}  // namespace
}  // namespace throughline::evidence
