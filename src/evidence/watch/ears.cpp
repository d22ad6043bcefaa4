#include "evidence/watch/ears.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/check.h"
#include "base/portable_math.h"
#include "base/quantile.h"
#include "base/random.h"
#include "evidence/watch/count_law.h"

namespace throughline::evidence {

namespace {

constexpr std::size_t k_before = 7;
constexpr std::size_t k_left_out = 2;
constexpr std::size_t k_summed = 3;
constexpr std::int64_t k_runs = 100'000;

struct MeanAndSd {
  double mean = 0;
  double sd = 0;
};

MeanAndSd mean_and_sd(std::span<const double> values) {
  MeanAndSd found;
  for (const double value : values) found.mean += value;
  found.mean /= static_cast<double>(values.size());
  for (const double value : values) found.sd += (value - found.mean) * (value - found.mean);
  found.sd = std::sqrt(found.sd / static_cast<double>(values.size() - 1));
  return found;
}

// Standard deviations of the count at `at` from the seven that end so many before it.
std::optional<double> standardised(std::span<const std::optional<std::int64_t>> history, std::size_t at,
                                   std::size_t gap) {
  if (at < k_before + gap || !history[at].has_value()) return std::nullopt;
  std::array<double, k_before> before{};
  for (std::size_t i = 0; i < k_before; ++i) {
    const auto& count = history[at - gap - k_before + i];
    if (!count.has_value()) return std::nullopt;
    before.at(i) = static_cast<double>(*count);
  }
  const MeanAndSd found = mean_and_sd(before);
  if (found.sd <= 0) return std::nullopt;
  return (static_cast<double>(*history[at]) - found.mean) / found.sd;
}

}  // namespace

EarsStatistics ears_statistics(std::span<const std::optional<std::int64_t>> history, std::size_t at) {
  CHECK(at < history.size());
  EarsStatistics statistics{
      .c1 = standardised(history, at, 0), .c2 = standardised(history, at, k_left_out), .c3 = std::nullopt};
  double sum = 0;
  for (std::size_t back = 0; back < k_summed; ++back) {
    const std::optional<double> c2 =
        at >= back ? standardised(history, at - back, k_left_out) : std::optional<double>();
    if (!c2.has_value()) return statistics;
    sum += std::max(0.0, *c2 - 1);
  }
  statistics.c3 = sum;
  return statistics;
}

BaselineRule ears_baseline(int gap) {
  return {.window = static_cast<int>(k_before),
          .gap = gap,
          .least = static_cast<int>(k_before),
          .periods_in_year = 1,
          .has_trend = false,
          .has_season = false,
          .is_reweighted = false};
}

double c3_sum(const std::array<double, 3>& scores) {
  double sum = 0;
  for (const double score : scores) sum += std::max(0.0, score - 1);
  return sum;
}

double c3_limit(double level, std::uint64_t seed) {
  CHECK(level > 0 && level < 0.5);
  // A run: the counts that three scores in a row look at.
  constexpr std::size_t k_run = k_before + k_left_out + k_summed;
  const double widening = std::sqrt(1 + 1.0 / k_before);
  base::Random random({seed, base::stream_of("watch/ears-c3"), 0});
  std::vector<double> sums;
  sums.reserve(static_cast<std::size_t>(k_runs));
  for (std::int64_t run = 0; run < k_runs; ++run) {
    std::array<double, k_run> drawn{};
    for (double& value : drawn) value = random.normal();
    std::array<double, k_summed> scores{};
    for (std::size_t i = 0; i < k_summed; ++i) {
      const MeanAndSd before = mean_and_sd(std::span(drawn).subspan(i, k_before));
      const double t = (drawn.at(i + k_before + k_left_out) - before.mean) / before.sd / widening;
      const double above = std::clamp(student_upper(t, k_before - 1), 1e-12, 1 - 1e-12);
      scores.at(i) = -base::portable_normal_quantile(above);
    }
    sums.push_back(c3_sum(scores));
  }
  std::ranges::sort(sums);
  return base::quantile_of_sorted(sums, 1 - level);
}

}  // namespace throughline::evidence
