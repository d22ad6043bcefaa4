#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "linkage/splink/model_levels.h"
#include "linkage/splink/model_section.h"

namespace throughline::linkage::splink {

namespace {

// What tells the settings of Splink 2, and of a file that is no model at all, from those that are read.
base::Result<void> check_version(const JsonNode& root, const std::string& file) {
  constexpr std::array<std::string_view, 4> k_of_two{"comparison_columns", "proportion_of_matches", "current_params",
                                                     "current_settings"};
  const bool is_two =
      std::ranges::any_of(k_of_two, [&root](std::string_view key) { return root.find(key) != nullptr; });
  if (is_two) {
    return base::Error{.kind = base::ErrorKind::bad_command,
                       .code = "splink_model_version",
                       .what = "this is a model of Splink 2 or older; models of Splink 3, 4 and 5 are read",
                       .where = file,
                       .remedy = "Train it again with Splink 3 or later, and save it from there."};
  }
  if (root.kind == JsonNode::Kind::object && root.find("comparisons") != nullptr) return {};
  return base::Error{.kind = base::ErrorKind::bad_command,
                     .code = "splink_model_version",
                     .what = "this is no model of Splink: it has no comparisons; models of Splink 3, 4 and 5 are read",
                     .where = file,
                     .remedy = "Name the file that linker.misc.save_model_to_json() wrote."};
}

base::Result<LinkType> read_link_type(Section& section) {
  const std::string name = TRY(section.needed_text("link_type"));
  const std::vector<std::string> names{"dedupe_only", "link_and_dedupe", "link_only"};
  if (name == "dedupe_only") return LinkType::dedupe_only;
  if (name == "link_only") return LinkType::link_only;
  if (name == "link_and_dedupe") return LinkType::link_and_dedupe;
  const auto nearest = base::nearest_name(name, names);
  return model_fault(
      "the link type '" + name + "' is not known", section.path_of("link_type"),
      nearest.has_value() ? "Did you mean '" + *nearest + "'?" : "Write dedupe_only, link_only or link_and_dedupe.");
}

base::Result<void> read_dialect(Section& section, Model& model) {
  const std::string name = TRY(section.text("sql_dialect")).value_or("duckdb");
  if (name == "duckdb") return {};
  const std::string path = section.path_of("sql_dialect");
  if (name == "spark" || name == "databricks") {
    model.dialect = Dialect::spark;
    model.notes.push_back({path,
                           "the model was written for Spark; likeness of texts is measured as DuckDB does, "
                           "byte by byte, which differs where texts have accents"});
    return {};
  }
  model.notes.push_back({path, "the model was written for " + name + "; its SQL is read as DuckDB's"});
  return {};
}

base::Result<void> read_probability(Section& section, Model& model) {
  const auto given = TRY(section.number("probability_two_random_records_match"));
  const std::string path = section.path_of("probability_two_random_records_match");
  if (!given.has_value()) {
    model.notes.push_back({path, "this is missing; Splink's default 0.0001 is used"});
    return {};
  }
  if (!(*given > 0 && *given <= 1)) {
    return model_fault("this is " + base::format_double(*given) + " and must be above 0 and at most 1", path,
                       "Estimate it in Splink, and save the model again.");
  }
  model.probability_two_random_records_match = *given;
  return {};
}

base::Result<void> read_names(Section& section, Model& model) {
  ColumnNames& names = model.names;
  if (const auto prefix = TRY(section.text("match_weight_column_prefix"))) {
    model.arithmetic = Arithmetic::weights;
    names.factor_prefix = *prefix;
  }
  if (const auto prefix = TRY(section.text("bayes_factor_column_prefix"))) {
    if (model.arithmetic == Arithmetic::weights) {
      model.notes.push_back({section.path_of("bayes_factor_column_prefix"),
                             "this was not used: the file also has match_weight_column_prefix, of Splink 5"});
    } else {
      names.factor_prefix = *prefix;
    }
  }
  names.tf_prefix = TRY(section.text("term_frequency_adjustment_column_prefix")).value_or(names.tf_prefix);
  names.gamma_prefix = TRY(section.text("comparison_vector_value_column_prefix")).value_or(names.gamma_prefix);
  names.unique_id = TRY(section.text("unique_id_column_name")).value_or(names.unique_id);
  names.source_dataset = TRY(section.text("source_dataset_column_name")).value_or(names.source_dataset);
  return {};
}

// A rule may be an object or, as in Splink 3, its SQL alone.
base::Result<BlockingRule> read_rule(const JsonNode& node, Model& model) {
  BlockingRule rule{.place = node.path};
  if (node.kind == JsonNode::Kind::text) {
    rule.sql = node.text;
  } else {
    Section section = TRY(Section::of(node));
    rule.sql = TRY(section.needed_text("blocking_rule"));
    rule.exploded = TRY(section.texts("arrays_to_explode")).value_or(std::vector<std::string>());
    constexpr std::array<std::string_view, 3> k_known{"sql_dialect", "salting_partitions", "description"};
    section.allow(k_known);
    const std::vector<ModelNote> unknown = section.unknown();
    model.notes.insert(model.notes.end(), unknown.begin(), unknown.end());
  }
  auto parsed = parse_condition(rule.sql, model.dialect);
  if (!parsed.ok()) {
    base::Error error = std::move(parsed).error();
    error.where = node.path;
    return error;
  }
  rule.condition = std::move(parsed).value();
  return rule;
}

base::Result<void> read_rules(Section& section, Model& model) {
  const JsonNode* rules = section.find("blocking_rules_to_generate_predictions");
  const std::string path = section.path_of("blocking_rules_to_generate_predictions");
  if (rules == nullptr || rules->elements.empty()) {
    model.notes.push_back({path, "there are no blocking rules; every record would be compared with every other"});
    return {};
  }
  if (rules->kind != JsonNode::Kind::array) {
    return model_fault("this must be a list and is " + std::string(kind_name(rules->kind)), path,
                       "Correct the value in the model file.");
  }
  for (const JsonNode& node : rules->elements) {
    BlockingRule rule = TRY(read_rule(node, model));
    model.blocking_rules.push_back(std::move(rule));
  }
  return {};
}

base::Result<void> read_comparisons(Section& section, Model& model) {
  const JsonNode* comparisons = TRY(section.needed_array("comparisons"));
  if (comparisons->elements.empty()) {
    return model_fault("the model has no comparisons", comparisons->path, "Add at least one.");
  }
  for (const JsonNode& node : comparisons->elements) {
    Comparison comparison = TRY(read_comparison(node, model));
    for (const Comparison& other : model.comparisons) {
      if (other.name != comparison.name) continue;
      return model_fault("two comparisons are called '" + comparison.name + "'", comparison.place,
                         "Give one of them another output_column_name.");
    }
    model.comparisons.push_back(std::move(comparison));
  }
  return {};
}

base::Result<Model> read_root(const JsonNode& root) {
  Model model;
  Section section = TRY(Section::of(root));
  model.link_type = TRY(read_link_type(section));
  TRY(read_dialect(section, model));
  TRY(read_probability(section, model));
  TRY(read_names(section, model));
  TRY(read_comparisons(section, model));
  TRY(read_rules(section, model));
  constexpr std::array<std::string_view, 8> k_known{"retain_matching_columns",
                                                    "retain_intermediate_calculation_columns",
                                                    "additional_columns_to_retain",
                                                    "linker_uid",
                                                    "em_convergence",
                                                    "max_iterations",
                                                    "description",
                                                    "$schema"};
  section.allow(k_known);
  const std::vector<ModelNote> unknown = section.unknown();
  model.notes.insert(model.notes.end(), unknown.begin(), unknown.end());
  return model;
}

}  // namespace

double Level::bayes_factor() const {
  return u == 0 ? std::numeric_limits<double>::infinity() : m / u;
}

bool Comparison::has_tf() const {
  return std::ranges::any_of(levels, [](const Level& level) { return !level.tf_column.empty(); });
}

base::Result<Model> read_model(std::string_view json, const std::string& file) {
  const JsonNode root = TRY(parse_json(json, file));
  TRY(check_version(root, file));
  auto model = read_root(root);
  if (model.ok()) return model;
  base::Error error = std::move(model).error();
  error.where = file + ": " + error.where;
  return error;
}

}  // namespace throughline::linkage::splink
