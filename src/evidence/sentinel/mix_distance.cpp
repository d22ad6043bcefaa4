#include "evidence/sentinel/mix_distance.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/random.h"

namespace throughline::evidence {
namespace {

double total_variation(const std::vector<BeforeAfter>& mix, std::int64_t before, std::int64_t after) {
  double sum = 0;
  for (const BeforeAfter& each : mix) {
    sum += std::abs(static_cast<double>(each.after) / static_cast<double>(after) -
                    static_cast<double>(each.before) / static_cast<double>(before));
  }
  return sum / 2;
}

// So many events shared out over codes, one binomial after another.
std::vector<std::int64_t> drawn_counts(const std::vector<BeforeAfter>& mix, std::int64_t events, base::Random& random) {
  std::int64_t weight_left = 0;
  for (const BeforeAfter& each : mix) weight_left += each.before + each.after;
  std::vector<std::int64_t> counts;
  for (const BeforeAfter& each : mix) {
    const std::int64_t weight = each.before + each.after;
    const double share = weight_left == 0 ? 0 : static_cast<double>(weight) / static_cast<double>(weight_left);
    counts.push_back(weight == weight_left ? events : random.binomial(events, share));
    events -= counts.back();
    weight_left -= weight;
  }
  return counts;
}

}  // namespace

MixDistance mix_distance(const std::vector<BeforeAfter>& mix, const MixOptions& options) {
  constexpr double k_rounding = 1e-12;
  MixDistance found;
  for (const BeforeAfter& each : mix) {
    found.events_before += each.before;
    found.events_after += each.after;
  }
  CHECK(found.events_before > 0 && found.events_after > 0);
  found.distance = total_variation(mix, found.events_before, found.events_after);
  base::Random random({.seed = options.seed, .stream = base::stream_of("mix of codes"), .step = 0});
  std::int64_t as_far = 1;
  double sum = 0;
  for (std::int64_t draw = 0; draw < options.draws; ++draw) {
    const auto before = drawn_counts(mix, found.events_before, random);
    const auto after = drawn_counts(mix, found.events_after, random);
    std::vector<BeforeAfter> drawn;
    for (std::size_t i = 0; i < mix.size(); ++i) drawn.push_back({.before = before[i], .after = after[i]});
    const double distance = total_variation(drawn, found.events_before, found.events_after);
    sum += distance;
    if (distance >= found.distance - k_rounding) ++as_far;
  }
  found.expected = sum / static_cast<double>(options.draws);
  found.p_value = static_cast<double>(as_far) / static_cast<double>(options.draws + 1);
  return found;
}

}  // namespace throughline::evidence
