// How a share of what is recorded moves over time: at one level, in steps, in a steady drift, or in a drift that bends.
//
// - Sources: steps by binary segmentation (Scott and Knott 1974) of the shares, each weighed by its binomial size and
//   the extra spread that neighbouring periods show (weights of Williams 1982); each step tested by permuting blocks of
//   standardised residuals (Good 2005); the four courses held against one another by the Bayesian information criterion
//   (Schwarz 1978), with a difference of six taken for strong (Kass and Raftery 1995). Periods in which fewer than five
//   of either kind are expected are left out (Cochran 1954).
// - Assumptions: away from steps, blocks of residuals could stand in any order. A season or slow waves break that, and
//   then steps are found too easily: share_course_test measures how often.
// - Bias: a steep drift looks like steps; that is why the courses are held against one another.
// - Undecidable: fewer than eight periods that count, or courses that fit alike. A step says when a share moved and
//   never why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace throughline::evidence {

// By period: so many of so many. REQUIRES: equally long, 0 <= part <= whole.
struct ShareSeries {
  std::vector<std::int64_t> part;
  std::vector<std::int64_t> whole;
};

enum class Course { level, drift, bend, steps, undecided };

// The share moves between the period before `at` that counts and `at`.
struct ShareStep {
  std::size_t at = 0;
  double before = 0;  // Shares of the two stretches on either side, each pooled.
  double after = 0;
  double p_value = 1;
  friend bool operator==(const ShareStep&, const ShareStep&) = default;
};

struct ShareCourse {
  Course course = Course::undecided;
  std::vector<ShareStep> steps;  // In the order of time; also where the course is another, as its best steps.
  std::size_t periods = 0;       // That count.
  std::size_t left_out = 0;      // Of nought, or in which fewer than five of either kind are expected.
  double information_level = 0;  // Criterion of each course; the smaller fits better. Nought where periods are too few.
  double information_drift = 0;
  double information_bend = 0;
  double information_steps = 0;
};

struct CourseOptions {
  std::int64_t permutations = 999;
  std::uint64_t seed = 1;
  double p_max = 0.01;
  std::size_t stretch_min = 3;  // The shortest stretch between steps, and on either side of a bend.
  std::size_t steps_max = 5;
};

inline constexpr std::size_t k_course_periods_min = 8;

// Cost: periods times permutations for each stretch that is tried.
[[nodiscard]] ShareCourse course_of(const ShareSeries& shares, const CourseOptions& options = {});

}  // namespace throughline::evidence
