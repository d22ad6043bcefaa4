// A model of Splink: comparisons with levels, their weights, and the rules by which pairs are looked for.
//
// Read from the settings or model file that Splink 3, 4 and 5 save. What the file does not say is what Splink would
// take: its own defaults for m and u, its names for columns. Nothing in the file is passed over in silence: see notes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "linkage/splink/condition.h"

namespace throughline::linkage::splink {

enum class LinkType { dedupe_only, link_only, link_and_dedupe };

// How the weights of a pair are put together, and how their columns are named.
enum class Arithmetic {
  factors,  // Splink 3 and 4: Bayes factors are multiplied, "bf_first_name"; between 1e-300 and 1e300.
  weights,  // Splink 5: their logarithms are added, "mw_first_name".
};

struct Level {
  std::string sql{};
  std::string label{};
  std::string place{};  // Where it stands in the file, for messages.
  Expression condition{};
  bool is_null = false;  // The level of pairs about which nothing can be said.
  bool is_else = false;  // The level of all others; it has no condition.
  int gamma = 0;         // -1 for a null level; else from the number of levels - 1 down to 0.
  double m = 1.0;        // As used: Splink's default where the file has none. 1 for a null level.
  double u = 1.0;
  std::string tf_column{};  // Empty: no adjustment for how frequent the value is.
  double tf_weight = 1.0;
  double tf_u_min = 0.0;
  bool is_tf_from_own_u = false;  // Not from that of the exact match on the column (disable_tf_exact_match_detection).

  // m / u; infinite where u is 0.
  [[nodiscard]] double bayes_factor() const;
};

struct Comparison {
  std::string name{};
  std::string place{};
  std::vector<Level> levels{};  // A pair is at the first level whose condition holds.

  [[nodiscard]] bool has_tf() const;
};

struct BlockingRule {
  std::string sql{};
  std::string place{};
  Expression condition{};
  std::vector<std::string> exploded{};  // Columns of lists; the rule is about some member of each.
};

// Something about the file worth knowing that stops nothing: an unknown key, a default taken.
struct ModelNote {
  std::string place;
  std::string text;
};

struct ColumnNames {
  std::string unique_id = "unique_id";
  std::string source_dataset = "source_dataset";
  std::string factor_prefix = "bf_";  // "mw_" for weights.
  std::string tf_prefix = "tf_";
  std::string gamma_prefix = "gamma_";
};

struct Model {
  LinkType link_type = LinkType::dedupe_only;
  double probability_two_random_records_match = 0.0001;
  Dialect dialect = Dialect::duckdb;
  Arithmetic arithmetic = Arithmetic::factors;
  ColumnNames names{};
  std::vector<Comparison> comparisons{};
  std::vector<BlockingRule> blocking_rules{};
  std::vector<ModelNote> notes{};
};

// Reads a model. `file` is what messages call it. Errors: code "splink_model_json" for what is no JSON,
// "splink_model_version" for a file of another version, "splink_model" for anything missing, of the wrong kind or out
// of range, "splink_condition" for SQL that is not read; each with the path in the file.
[[nodiscard]] base::Result<Model> read_model(std::string_view json, const std::string& file);

}  // namespace throughline::linkage::splink
