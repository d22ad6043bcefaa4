// How the estimate moves as two lists are assumed to depend on each other more or less than the model says.
//
// No table of lists can show all dependence between them (with all pairs in the model, dependence of three lists at
// once is still assumed away), so what it would do is shown instead.
//
// - Source: Gerritse, van der Heijden and Bakker 2015 (an odds ratio held as an offset).
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "evidence/hidden/loglinear.h"

namespace throughline::evidence {

inline constexpr std::array<double, 5> k_assumed_odds = {0.25, 0.5, 1, 2, 4};

struct DependenceRow {
  ListPair pair;
  std::optional<double> fitted_odds;  // Where the model has the pair; 0 at minus infinity.
  std::array<std::optional<double>, k_assumed_odds.size()> estimates{};  // By assumed odds ratio; nothing: no fit.
};

// A row a pair: the model fitted again with the pair's odds ratio held. An odds ratio of one is independence, given the
// other terms.
[[nodiscard]] std::vector<DependenceRow> dependence_rows(const ListTable& table, const ListFit& fit);

// The least and the largest estimate with every odds ratio from a half to two, one pair at a time.
[[nodiscard]] Interval estimate_range(const std::vector<DependenceRow>& rows, double estimate);

}  // namespace throughline::evidence
