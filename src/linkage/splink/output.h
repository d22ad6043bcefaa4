// Scored pairs and clusters as columns, under the names that an analyst of Splink expects.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "linkage/splink/model.h"
#include "linkage/splink/score.h"

namespace throughline::linkage::splink {

struct OutputColumn {
  std::string name{};
  std::variant<std::vector<std::string>, std::vector<double>, std::vector<std::int64_t>> cells{};
};

// match_weight, match_probability, source_dataset_l, source_dataset_r (where data sets are linked), unique_id_l,
// unique_id_r; for each comparison gamma_…, bf_… and, where a level is adjusted, bf_tf_adj_…; match_key, as text. The
// model may name ids, sources and prefixes otherwise; by Splink 5 the factors are logarithms, mw_… and mw_tf_adj_….
// One row a pair, in the order of the pairs. The compared values themselves are left out, whatever the model's
// retain_matching_columns says: ids lead to them.
[[nodiscard]] std::vector<OutputColumn> pair_columns(const Model& model, const ScoredPairs& scored);

// cluster_id, source_dataset (where data sets are linked), unique_id: one row a record, in the order of the records.
// Records are in one cluster where a chain of pairs of at least that match probability joins them (connected
// components); its id is the first of its records' ids as text, behind the source and "-__-" where data sets are
// linked. A chain is only as good as its weakest link: this is what Splink does, not what this product would do.
[[nodiscard]] std::vector<OutputColumn> cluster_columns(const Model& model, const ScoredPairs& scored,
                                                        double match_probability_min);

}  // namespace throughline::linkage::splink
