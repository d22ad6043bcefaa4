// Scores pairs of records by a Splink model, to the weights that Splink gives.
//
// A comparison puts a pair at the first of its levels whose condition holds, which gives its gamma and its Bayes factor
// m / u; where the level says so, the factor is adjusted for how frequent the value is: (u of the exact match / the
// larger of the two frequencies) to the power of the level's weight. The match weight is the base-2 logarithm of the
// product of the prior odds and all factors. By Splink 3 and 4 the product is held between 1e-300 and 1e300, by Splink
// 5 the logarithms are added instead; both agree wherever neither bound is met.
//
// Cannot tell: whether the weight is calibrated. In the case study of linking census to census with Splink
// (Data-Linkage/Splink-census-linkage), clerks confirmed 46 per cent of the links with weights from 10 to 15, which as
// probabilities would be above .999.
//
// Sources: I. P. Fellegi and A. B. Sunter (1969); T. Enamorado, B. Fifield and K. Imai (2019); for the adjustment
// W. E. Yancey (2000). Held against Splink 4.0.16's own output for three models (score_oracle_test).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "linkage/splink/blocking.h"
#include "linkage/splink/model.h"
#include "linkage/splink/plan.h"
#include "linkage/splink/records.h"

namespace throughline::linkage::splink {

// How frequent values of a column are, when that is not to be counted in the data themselves. A value that is not in
// the table has no frequency; where one of a pair has one, it serves for both.
struct FrequencyTable {
  std::string column{};
  std::vector<std::pair<std::string, double>> frequencies{};
};

struct ScoreOptions {
  std::optional<double> match_weight_min{};  // Pairs below it are scored and left out, as by Splink's threshold.
  std::vector<FrequencyTable> frequency_tables{};
  BlockingOptions blocking{};
};

struct PairScore {
  std::int64_t left = 0;  // Records, counted through all data sets in order.
  std::int64_t right = 0;
  std::int32_t match_key = 0;
  double match_weight = 0;
  double match_probability = 0;
};

// Pairs by left, then right record. The comparisons' values lie pair by pair.
struct ScoredPairs {
  std::vector<PairScore> pairs{};
  std::size_t comparisons = 0;
  std::vector<std::int8_t> gammas{};           // -1: nothing can be said.
  std::vector<double> bayes_factors{};         //
  std::vector<double> tf_adjustments{};        // 1 where the level has none.
  std::vector<RecordPlace> places{};           // Of each record.
  std::vector<std::string> ids{};              //
  std::vector<std::string> source_datasets{};  // Empty where one data set is deduplicated.

  [[nodiscard]] std::size_t at(std::size_t pair, std::size_t comparison) const {
    return pair * comparisons + comparison;
  }
};

// Looks for the pairs that the model's rules ask for, and scores them. The same bytes at any number of threads. Errors:
// those of plan_model, Records::load and candidate_pairs; "splink_score" where a level's condition fails on a pair (the
// cast of a text that is no date) or a pair is at no level of a comparison. Messages name rows, never values.
[[nodiscard]] base::Result<ScoredPairs> score_files(const Model& model, std::span<const Dataset> datasets,
                                                    const ScoreOptions& options);

}  // namespace throughline::linkage::splink
