#include "evidence/hidden/dependence.h"

#include <algorithm>

#include "base/portable_math.h"

namespace throughline::evidence {

namespace {

std::optional<double> odds_of(const ListFit& fit, ListPair pair) {
  if (std::ranges::find(fit.model.pairs, pair) == fit.model.pairs.end()) return std::nullopt;
  const auto term = std::ranges::find(fit.design.terms, history_of(pair));
  if (term == fit.design.terms.end()) return 0.0;
  return base::portable_exp(fit.values[static_cast<std::size_t>(term - fit.design.terms.begin())]);
}

}  // namespace

std::vector<DependenceRow> dependence_rows(const ListTable& table, const ListFit& fit) {
  std::vector<DependenceRow> rows;
  for (const ListPair pair : all_pairs(list_count(table))) {
    DependenceRow& row = rows.emplace_back(DependenceRow{.pair = pair, .fitted_odds = odds_of(fit, pair)});
    for (std::size_t i = 0; i < k_assumed_odds.size(); ++i) {
      const AssumedDependence assumed{.pair = pair, .log_odds = base::portable_log(k_assumed_odds[i])};
      const std::optional<ListFit> held = fit_lists(table, fit.model, assumed);
      if (held.has_value()) row.estimates[i] = held->estimate();
    }
  }
  return rows;
}

Interval estimate_range(const std::vector<DependenceRow>& rows, double estimate) {
  Interval range{.low = estimate, .high = estimate};
  for (const DependenceRow& row : rows) {
    for (std::size_t i = 0; i < k_assumed_odds.size(); ++i) {
      if (k_assumed_odds[i] < 0.5 || k_assumed_odds[i] > 2 || !row.estimates[i].has_value()) continue;
      range.low = std::min(range.low, *row.estimates[i]);
      range.high = std::max(range.high, *row.estimates[i]);
    }
  }
  return range;
}

}  // namespace throughline::evidence
