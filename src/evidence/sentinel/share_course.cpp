#include "evidence/sentinel/share_course.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>

#include "base/check.h"
#include "base/portable_math.h"
#include "base/random.h"
#include "evidence/sentinel/weighed_shares.h"

namespace throughline::evidence {
namespace {

struct Split {
  std::size_t at = 0;  // Within the stretch.
  double gain = 0;     // By how much the sum of squares falls.
};

// Shares of a stretch and the weight of each.
struct Stretch {
  std::span<const double> shares;
  std::span<const double> weights;
  [[nodiscard]] Stretch part(std::size_t begin, std::size_t end) const {
    return {.shares = shares.subspan(begin, end - begin), .weights = weights.subspan(begin, end - begin)};
  }
};

double mean_of(const Stretch& stretch) {
  double sum = 0;
  for (std::size_t i = 0; i < stretch.shares.size(); ++i) sum += stretch.weights[i] * stretch.shares[i];
  return sum / std::accumulate(stretch.weights.begin(), stretch.weights.end(), 0.0);
}

double squares_of(const Stretch& stretch) {
  const double mean = mean_of(stretch);
  double sum = 0;
  for (std::size_t i = 0; i < stretch.shares.size(); ++i) {
    sum += stretch.weights[i] * (stretch.shares[i] - mean) * (stretch.shares[i] - mean);
  }
  return sum;
}

// The split that lowers the sum of squares most. Nothing where the stretch is too short for two.
std::optional<Split> best_split(const Stretch& stretch, std::size_t stretch_min) {
  const std::size_t n = stretch.shares.size();
  if (n < 2 * stretch_min) return std::nullopt;
  const double mean = mean_of(stretch);
  const double all = std::accumulate(stretch.weights.begin(), stretch.weights.end(), 0.0);
  Split best{.at = 0, .gain = -1};
  double sum = 0;
  double left = 0;
  for (std::size_t at = 1; at < n; ++at) {
    sum += stretch.weights[at - 1] * (stretch.shares[at - 1] - mean);
    left += stretch.weights[at - 1];
    if (at < stretch_min || n - at < stretch_min) continue;
    const double gain = sum * sum * (1 / left + 1 / (all - left));
    if (gain > best.gain) best = {.at = at, .gain = gain};
  }
  return best;
}

// Blocks of four periods keep together what hangs together from one period to the next.
std::size_t block_of(std::size_t periods) {
  constexpr std::size_t k_block = 4;
  constexpr std::size_t k_blocks_min = 6;
  return std::clamp<std::size_t>(periods / k_blocks_min, 1, k_block);
}

// Residuals in units of their own spread, so that a large period and a small one can change places.
std::vector<double> residuals_of(const Stretch& stretch) {
  const double mean = mean_of(stretch);
  std::vector<double> residuals;
  for (std::size_t i = 0; i < stretch.shares.size(); ++i) {
    residuals.push_back(std::sqrt(stretch.weights[i]) * (stretch.shares[i] - mean));
  }
  return residuals;
}

double p_of(const Stretch& stretch, const Split& split, const CourseOptions& options, std::uint32_t step) {
  base::Random random({.seed = options.seed, .stream = base::stream_of("steps of a share"), .step = step});
  const std::vector<double> residuals = residuals_of(stretch);
  const std::size_t block = block_of(residuals.size());
  std::vector<std::size_t> order((residuals.size() + block - 1) / block);
  std::ranges::generate(order, [next = std::size_t{0}]() mutable { return next++; });
  std::vector<double> drawn;
  std::int64_t as_large = 1;
  for (std::int64_t i = 0; i < options.permutations; ++i) {
    random.shuffle(std::span(order));
    drawn.clear();
    for (const std::size_t each : order) {
      for (std::size_t from = each * block; from < std::min((each + 1) * block, residuals.size()); ++from) {
        drawn.push_back(residuals[from] / std::sqrt(stretch.weights[drawn.size()]));
      }
    }
    const auto other = best_split({.shares = drawn, .weights = stretch.weights}, options.stretch_min);
    if (other && other->gain >= split.gain * (1 - 1e-12)) ++as_large;
  }
  return static_cast<double>(as_large) / static_cast<double>(options.permutations + 1);
}

struct Found {
  std::size_t at = 0;
  double p_value = 1;
};

// Splits the likeliest stretch again and again while chance is no good reason for it.
std::vector<Found> segment(const Stretch& values, const CourseOptions& options) {
  constexpr double k_rounding = 1e-9;  // A gain is about one by chance.
  std::vector<Found> found;
  std::vector<std::pair<std::size_t, std::size_t>> open{{0, values.shares.size()}};
  std::uint32_t step = 0;
  while (!open.empty() && found.size() < options.steps_max) {
    const auto [begin, end] = open.front();
    open.erase(open.begin());
    const auto stretch = values.part(begin, end);
    const auto split = best_split(stretch, options.stretch_min);
    if (!split || split->gain < k_rounding) continue;
    const double p_value = p_of(stretch, *split, options, step++);
    if (p_value > options.p_max) continue;
    found.push_back({.at = begin + split->at, .p_value = p_value});
    open.emplace_back(begin, begin + split->at);
    open.emplace_back(begin + split->at, end);
  }
  std::ranges::sort(found, {}, &Found::at);
  return found;
}

double squares_in_steps(const Stretch& values, const std::vector<Found>& steps) {
  double sum = 0;
  std::size_t begin = 0;
  for (const Found& each : steps) {
    sum += squares_of(values.part(begin, each.at));
    begin = each.at;
  }
  return sum + squares_of(values.part(begin, values.shares.size()));
}

// Schwarz 1978, of a normal model with so many numbers fitted. A floor keeps a fit far closer than chance from
// being infinitely good.
double information(double squares, std::size_t periods, std::size_t fitted) {
  constexpr double k_floor = 1e-3;
  const auto n = static_cast<double>(periods);
  return n * base::portable_log(std::max(squares / n, k_floor)) + static_cast<double>(fitted) * base::portable_log(n);
}

double pooled(const ShareSeries& shares, const WeighedShares& weighed, std::size_t begin, std::size_t end) {
  double part = 0;
  double whole = 0;
  for (std::size_t i = begin; i < end; ++i) {
    part += static_cast<double>(shares.part[weighed.places[i]]);
    whole += static_cast<double>(shares.whole[weighed.places[i]]);
  }
  return part / whole;
}

void add_steps(ShareCourse& course, const ShareSeries& shares, const WeighedShares& weighed,
               const std::vector<Found>& found) {
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::size_t begin = i == 0 ? 0 : found[i - 1].at;
    const std::size_t end = i + 1 == found.size() ? weighed.places.size() : found[i + 1].at;
    course.steps.push_back({.at = weighed.places[found[i].at],
                            .before = pooled(shares, weighed, begin, found[i].at),
                            .after = pooled(shares, weighed, found[i].at, end),
                            .p_value = found[i].p_value});
  }
}

// A bend holds a straight drift within it, and stands for it only where it fits far better.
Course weighed_course(const ShareCourse& course) {
  constexpr double k_strong = 6;
  const double level = course.information_level;
  const bool is_bent = course.information_bend + k_strong <= course.information_drift;
  const double line = is_bent ? course.information_bend : course.information_drift;
  const Course line_course = is_bent ? Course::bend : Course::drift;
  if (course.steps.empty()) {
    if (level <= line) return Course::level;
    return line + k_strong <= level ? line_course : Course::undecided;
  }
  const double steps = course.information_steps;
  if (steps + k_strong <= std::min({level, course.information_drift, course.information_bend})) return Course::steps;
  return line + k_strong <= std::min(level, steps) ? line_course : Course::undecided;
}

}  // namespace

ShareCourse course_of(const ShareSeries& shares, const CourseOptions& options) {
  const WeighedShares weighed = weighed_shares(shares.part, shares.whole);
  const std::size_t periods = weighed.places.size();
  ShareCourse course;
  course.periods = periods;
  course.left_out = shares.whole.size() - periods;
  if (periods < k_course_periods_min) return course;
  const Stretch all{.shares = weighed.shares, .weights = weighed.weights};
  const std::vector<Found> found = segment(all, options);
  add_steps(course, shares, weighed, found);
  constexpr std::size_t k_line = 2;
  constexpr std::size_t k_bend = 4;
  course.information_level = information(squares_of(all), periods, 1);
  course.information_drift = information(squares_about_line(weighed), periods, k_line);
  course.information_bend = information(squares_about_bend(weighed, options.stretch_min), periods, k_bend);
  course.information_steps = information(squares_in_steps(all, found), periods, 2 * found.size() + 1);
  course.course = weighed_course(course);
  return course;
}

}  // namespace throughline::evidence
