// Poisson log-linear models of overlapping lists, fitted by maximum likelihood.
//
// The logarithm of the expected number of cases of a history is an intercept, plus a term for each list it names, plus
// a term for each pair of lists that the model lets depend on each other. The exponential of the intercept is the
// expected number of cases that no list saw.
//
// - Sources: Fienberg 1972; Cormack 1989; for two lists that share no case, Chan, Silverman and Vincent 2021: their
// term
//   lies at minus infinity, which the histories that name both then show by being left out.
// - Assumptions: a closed population; lists linked without error; each case as likely as any other to be on a list,
//   given the terms of the model; no dependence that the model leaves out.
// - Bias: dependence left out moves the estimate, downward where lists share more cases than chance would have.
// - Units: cases.
// - Undecidable: where existence.h says that the estimate is not finite or not unique.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "evidence/hidden/lists.h"
#include "evidence/intervals.h"

namespace throughline::evidence {

// A model: the main effects of all lists, and the pairs that may depend on each other.
struct ListModel {
  std::vector<ListPair> pairs;
};

// A dependence that is assumed and not estimated: the logarithm of the odds ratio between two lists.
struct AssumedDependence {
  ListPair pair;
  double log_odds = 0;
};

// Which histories a model speaks of, and which of its terms are numbers.
struct ListDesign {
  std::vector<History> histories;     // Ascending; those that name an empty pair of the model are left out.
  std::vector<History> terms;         // 0 for the intercept, one bit for a list, two for a pair.
  std::vector<ListPair> empty_pairs;  // Pairs of the model that share no case.
};
[[nodiscard]] ListDesign design_of(const ListTable& table, const ListModel& model);

struct ListFit {
  ListModel model;
  ListDesign design;
  std::vector<double> fitted;             // Expected cases, by design.histories.
  std::vector<double> values;             // Of the terms, by design.terms.
  double log_unseen = 0;                  // The intercept.
  double log_unseen_error = 0;            // Its standard error.
  double log_likelihood = 0;              // With the logarithms of factorials.
  double bic = 0;                         // Schwarz 1978; terms at minus infinity count, and n is the cases seen.
  std::int64_t seen = 0;                  // Cases that any list holds.
  [[nodiscard]] double estimate() const;  // Seen and unseen together.
};

// The fit, by iteratively reweighted least squares to a relative change of the deviance below 1e-13. Nothing where it
// does not settle or the terms cannot be told apart. A fit alone does not show that the estimate is finite: see
// existence.h. `assumed` takes the place of a term of its pair. Cost: some 10 steps of histories x terms^2.
[[nodiscard]] std::optional<ListFit> fit_lists(const ListTable& table, const ListModel& model,
                                               std::optional<AssumedDependence> assumed = {});

// Seen + exp(intercept -+ z standard errors): the limits that published estimates of this kind commonly give.
[[nodiscard]] Interval wald_interval(const ListFit& fit, Confidence confidence = {});
// Every number of cases whose profile likelihood, the intercept held and all else fitted again, is within the
// chi-square quantile of the best. Nothing where no upper limit below a thousand times the estimate is found. REQUIRES:
// fit is of the table, without an assumed dependence.
[[nodiscard]] std::optional<Interval> profile_interval(const ListTable& table, const ListFit& fit,
                                                       Confidence confidence = {});
// Whether that interval holds so many cases, found by one fit. REQUIRES as above.
[[nodiscard]] bool profile_holds(const ListTable& table, const ListFit& fit, double cases, Confidence confidence = {});

}  // namespace throughline::evidence
