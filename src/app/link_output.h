// What linking files gives: clusters and weighed pairs, as CSV or Parquet, with the column names an analyst of Splink
// expects.
#pragma once

#include <string>

#include "app/link_input.h"
#include "linkage/link.h"

namespace throughline::app {

// Columns: source_dataset where there are several inputs, the id, cluster_id. Rows in the inputs' order; clusters are
// numbered from 1 in the order in which they first come. Whole or not at all.
[[nodiscard]] base::Result<void> write_clusters(const std::string& path, const LinkRows& rows,
                                                const linkage::LinkAnswer& answer);

// Columns: match_weight, match_probability, source_dataset_l, ID_l, source_dataset_r, ID_r, then gamma_ for each
// comparison: the level that was reached, -1 where something was missing.
[[nodiscard]] base::Result<void> write_pairs(const std::string& path, const LinkRows& rows,
                                             const linkage::LinkAnswer& answer);

}  // namespace throughline::app
