// Which areas lie outside what chance and ordinary differences between areas explain: funnel limits about a common
// rate.
//
// - Source: Spiegelhalter 2005 (funnel plots for comparing institutional performance): square-root scores, a tenth of
// them
//   at either end drawn in, and their mean square as the factor of overdispersion.
// - Assumptions: areas differ at random about one rate, beyond Poisson chance by the same factor everywhere.
// - Bias: a factor of many areas that truly differ is large, and hides those that differ most.
// - Undecidable: under six areas there is no factor to speak of; the limits are then Poisson alone and said to be.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "evidence/intervals.h"

namespace throughline::evidence {

struct FunnelArea {
  std::int64_t count = 0;
  double people = 0;
};

// Where an area stands: outside the limits that 95 or 99.8 of 100 ordinary areas lie within.
enum class FunnelPlace { far_below, below, within, above, far_above };
[[nodiscard]] std::string_view name_of(FunnelPlace place);

struct FunnelPoint {
  double rate = 0;   // For each 100,000.
  double score = 0;  // In standard deviations of an ordinary area.
  Interval limits_95;
  Interval limits_998;
  FunnelPlace place = FunnelPlace::within;
};

struct Funnel {
  double rate = 0;  // Of all areas together, for each 100,000.
  double dispersion = 1;
  bool is_overdispersed = false;    // The factor is larger than chance gives; then it widens the limits.
  std::vector<FunnelPoint> points;  // As the areas came.
};

// REQUIRES areas with people above nought and one event at least among them.
[[nodiscard]] Funnel funnel_of(const std::vector<FunnelArea>& areas);

}  // namespace throughline::evidence
