// How often an interval holds the truth: list sets drawn from a known population, estimated as if it were not known.
//
// Where the model of the truth is given to the estimator, intervals hold it about as often as they say. Where the model
// is chosen from each set by itself, they do so less often; this measures how much less.
//
// - Source: Whitehead, Jackson, Balch and Francis 2021 (the critique); Silverman 2020 (simulation of it).
// - Assumptions: the truth is a log-linear model of pairs; the real one need not be.
#pragma once

#include <cstdint>
#include <vector>

#include "evidence/hidden/selection.h"

namespace throughline::evidence {

// A population whose size is known, and its model.
struct KnownPopulation {
  std::vector<std::string> lists;
  ListModel model;
  std::vector<double> expected;  // By history; the first is of cases on no list.
  std::int64_t cases = 0;        // In every draw.
};

// More cases than this are not drawn.
inline constexpr double k_population_max = 1e9;

// The fit taken for the truth. REQUIRES: its estimate is at most k_population_max.
[[nodiscard]] KnownPopulation population_of(const ListTable& table, const ListFit& fit);

struct CoverageOptions {
  std::int64_t sets = 1000;
  std::uint64_t seed = 1;
  double p_max = k_p_max;  // Of the stepwise choice.
  Confidence confidence{};
};

struct HeldCount {
  std::int64_t with_estimate = 0;
  std::int64_t wald = 0;     // Sets whose wald_interval holds the truth.
  std::int64_t profile = 0;  // Whose profile_interval does.
};

struct LimitsCoverage {
  std::int64_t sets = 0;
  HeldCount known;   // With the truth's own pairs in the model.
  HeldCount chosen;  // With pairs chosen stepwise from each set.
};

// The same at any number of threads. Cost: a fit and a stepwise fit for each set.
[[nodiscard]] LimitsCoverage measure_coverage(const KnownPopulation& population, const CoverageOptions& options = {});

}  // namespace throughline::evidence
