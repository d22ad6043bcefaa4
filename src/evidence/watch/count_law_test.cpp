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
