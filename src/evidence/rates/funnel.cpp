#include "evidence/rates/funnel.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "base/check.h"

namespace throughline::evidence {

namespace {

constexpr double k_drawn_in = 0.1;
constexpr std::size_t k_areas_min = 6;
constexpr double k_per = 100'000;

// The mean square of the scores, those beyond the tenth and the ninetieth of a hundred drawn in to them.
double dispersion_of(std::vector<double> scores) {
  std::ranges::sort(scores);
  const auto cut = static_cast<std::size_t>(std::floor(k_drawn_in * static_cast<double>(scores.size())));
  const double low = scores[cut];
  const double high = scores[scores.size() - 1 - cut];
  double sum = 0;
  for (const double score : scores) {
    const double held = std::clamp(score, low, high);
    sum += held * held;
  }
  return sum / static_cast<double>(scores.size());
}

// On the scale of the square root a Poisson count has the same spread whatever its mean.
Interval limits_about(double expected, double reach, double people) {
  const double middle = std::sqrt(expected);
  const double low = std::max(0.0, middle - reach / 2);
  const double high = middle + reach / 2;
  return {.low = low * low / people * k_per, .high = high * high / people * k_per};
}

FunnelPlace place_of(double score, double far, double near) {
  if (score > far) return FunnelPlace::far_above;
  if (score > near) return FunnelPlace::above;
  if (score < -far) return FunnelPlace::far_below;
  return score < -near ? FunnelPlace::below : FunnelPlace::within;
}

}  // namespace

std::string_view name_of(FunnelPlace place) {
  switch (place) {
    case FunnelPlace::far_below: return "far below";
    case FunnelPlace::below: return "below";
    case FunnelPlace::within: return "within";
    case FunnelPlace::above: return "above";
    case FunnelPlace::far_above: return "far above";
  }
  CHECK(false && "a place without a name");
}

Funnel funnel_of(const std::vector<FunnelArea>& areas) {
  double events = 0;
  double people = 0;
  for (const FunnelArea& each : areas) {
    CHECK(each.count >= 0 && each.people > 0);
    events += static_cast<double>(each.count);
    people += each.people;
  }
  CHECK(events > 0);
  Funnel funnel{.rate = events / people * k_per, .points = {}};
  std::vector<double> scores;
  for (const FunnelArea& each : areas) {
    const double expected = events * each.people / people;
    scores.push_back(2 * (std::sqrt(static_cast<double>(each.count)) - std::sqrt(expected)));
  }
  if (areas.size() >= k_areas_min) {
    funnel.dispersion = dispersion_of(scores);
    funnel.is_overdispersed = funnel.dispersion > 1 + 2 * std::sqrt(2 / static_cast<double>(areas.size()));
  }
  const double spread = funnel.is_overdispersed ? std::sqrt(funnel.dispersion) : 1;
  const double near = normal_reach({.level = 0.95});
  const double far = normal_reach({.level = 0.998});
  for (std::size_t i = 0; i < areas.size(); ++i) {
    const double expected = events * areas[i].people / people;
    const double score = scores[i] / spread;
    funnel.points.push_back({.rate = static_cast<double>(areas[i].count) / areas[i].people * k_per,
                             .score = score,
                             .limits_95 = limits_about(expected, near * spread, areas[i].people),
                             .limits_998 = limits_about(expected, far * spread, areas[i].people),
                             .place = place_of(score, far, near)});
  }
  return funnel;
}

}  // namespace throughline::evidence
