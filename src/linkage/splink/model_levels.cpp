#include "linkage/splink/model_levels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "base/number.h"
#include "base/portable_math.h"
#include "linkage/splink/model_section.h"

namespace throughline::linkage::splink {

namespace {

// What Splink writes where training saw no pair at the level, and the probability it then takes.
constexpr std::string_view k_not_observed = "level not observed in training dataset";
constexpr double k_not_observed_probability = 1e-6;

// Nothing where the file says nothing.
base::Result<std::optional<double>> read_probability(Section& section, std::string_view key) {
  const JsonNode* node = section.find(key);
  if (node == nullptr) return std::optional<double>();
  if (node->kind == JsonNode::Kind::text && node->text == k_not_observed) {
    return std::optional(k_not_observed_probability);
  }
  const auto read = TRY(section.number(key));
  if (!(*read >= 0 && *read <= 1)) {
    return model_fault("this is " + base::format_double(*read) + " and must be between 0 and 1", node->path,
                       "Train the model again, or correct the value.");
  }
  return read;
}

bool is_else(std::string_view sql) {
  const auto is_blank = [](char letter) { return letter == ' ' || (letter >= '\t' && letter <= '\r'); };
  while (!sql.empty() && is_blank(sql.front())) sql.remove_prefix(1);
  while (!sql.empty() && is_blank(sql.back())) sql.remove_suffix(1);
  std::string upper(sql);
  for (char& letter : upper) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return upper == "ELSE";
}

base::Result<void> read_tf(Section& section, Level& level) {
  level.tf_column = TRY(section.text("tf_adjustment_column")).value_or("");
  // A column's name may come in the quotes that SQL would need.
  if (level.tf_column.size() > 2 && level.tf_column.starts_with('"') && level.tf_column.ends_with('"')) {
    level.tf_column = level.tf_column.substr(1, level.tf_column.size() - 2);
  }
  level.tf_weight = TRY(section.number("tf_adjustment_weight")).value_or(1.0);
  level.tf_u_min = TRY(section.number("tf_minimum_u_value")).value_or(0.0);
  level.is_tf_from_own_u = TRY(section.truth("disable_tf_exact_match_detection")).value_or(false);
  if (!std::isfinite(level.tf_weight) || level.tf_weight < 0) {
    return model_fault("this is " + base::format_double(level.tf_weight) + " and must not be below 0",
                       section.path_of("tf_adjustment_weight"), "Correct the value; it is mostly between 0 and 1.");
  }
  if (!(level.tf_u_min >= 0 && level.tf_u_min <= 1)) {
    return model_fault("this is " + base::format_double(level.tf_u_min) + " and must be between 0 and 1",
                       section.path_of("tf_minimum_u_value"), "Correct the value.");
  }
  return {};
}

struct ReadLevel {
  Level level;
  std::optional<double> m;
  std::optional<double> u;
};

base::Result<ReadLevel> read_level(const JsonNode& node, Model& model) {
  Section section = TRY(Section::of(node));
  ReadLevel read;
  Level& level = read.level;
  level.place = node.path;
  level.sql = TRY(section.needed_text("sql_condition"));
  level.label = TRY(section.text("label_for_charts")).value_or(level.sql);
  level.is_null = TRY(section.truth("is_null_level")).value_or(false);
  level.is_else = is_else(level.sql);
  read.m = TRY(read_probability(section, "m_probability"));
  read.u = TRY(read_probability(section, "u_probability"));
  TRY(read_tf(section, level));
  constexpr std::array<std::string_view, 3> k_known{"fix_m_probability", "fix_u_probability",
                                                    "comparison_vector_value"};
  section.allow(k_known);
  const std::vector<ModelNote> unknown = section.unknown();
  model.notes.insert(model.notes.end(), unknown.begin(), unknown.end());
  if (level.is_else) return read;
  auto parsed = parse_condition(level.sql, model.dialect);
  if (!parsed.ok()) {
    base::Error error = std::move(parsed).error();
    error.where = section.path_of("sql_condition") + ", level '" + level.label + "'";
    return error;
  }
  level.condition = std::move(parsed).value();
  return read;
}

// Splink's: 95 per cent of matches agree exactly, the rest are spread evenly; the weights rise in even steps from -5 to
// 3, and are 10 for the exact match. Both by gamma.
double default_m(int gamma, int levels) {
  return gamma == levels - 1 ? 0.95 : (1 - 0.95) / (levels - 1);
}

double default_u(int gamma, int levels) {
  double weight = -5;
  if (gamma == levels - 1) {
    weight = 10;
  } else if (levels > 2) {
    weight = -5 + gamma * (8.0 / (levels - 2));
  }
  return default_m(gamma, levels) / base::portable_exp(weight * std::numbers::ln2);
}

base::Result<double> used(std::optional<double> given, double otherwise, Model& model, const std::string& place) {
  if (!given.has_value()) {
    model.notes.push_back(
        {place, "training has left this out; Splink's default " + base::format_double(otherwise) + " is used"});
    return otherwise;
  }
  if (model.arithmetic == Arithmetic::weights && *given < 1e-300) {
    return model_fault("this is " + base::format_double(*given) + ", below the 1e-300 that Splink 5 allows", place,
                       "Train the model again, or write a probability above 0.");
  }
  return *given;
}

base::Result<void> number_levels(std::vector<ReadLevel>& levels, Model& model, const std::string& place) {
  const auto count =
      static_cast<int>(std::ranges::count_if(levels, [](const ReadLevel& read) { return !read.level.is_null; }));
  if (count < 2) {
    return model_fault(
        "a comparison needs two levels beside those for missing values, and has " + std::to_string(count), place,
        "Add a level, for example ELSE.");
  }
  int gamma = count;
  for (ReadLevel& read : levels) {
    if (read.level.is_null) {
      read.level.gamma = -1;
      continue;
    }
    read.level.gamma = --gamma;
    read.level.m = TRY(used(read.m, default_m(gamma, count), model, read.level.place + ".m_probability"));
    read.level.u = TRY(used(read.u, default_u(gamma, count), model, read.level.place + ".u_probability"));
  }
  return {};
}

// What names stand in a condition, freed of _l and _r, each once and in order.
void gather_names(const Expression& expression, std::vector<std::string>& names) {
  if (expression.op == Op::name) {
    std::string name = expression.text;
    if (name.ends_with("_l") || name.ends_with("_r")) name.resize(name.size() - 2);
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  for (const Expression& part : expression.parts) gather_names(part, names);
}

std::string name_by_columns(const std::vector<ReadLevel>& levels) {
  std::vector<std::string> names;
  for (const ReadLevel& read : levels) gather_names(read.level.condition, names);
  if (names.size() == 1) return names.front();
  std::string made = "custom";
  for (const std::string& name : names) made += "_" + name;
  return made;
}

}  // namespace

base::Result<Comparison> read_comparison(const JsonNode& node, Model& model) {
  Section section = TRY(Section::of(node));
  const JsonNode* nodes = TRY(section.needed_array("comparison_levels"));
  std::vector<ReadLevel> levels;
  for (const JsonNode& level_node : nodes->elements) {
    if (!levels.empty() && levels.back().level.is_else) {
      return model_fault("a level stands after ELSE and can never be reached", level_node.path,
                         "Put ELSE last in the comparison.");
    }
    ReadLevel level = TRY(read_level(level_node, model));
    levels.push_back(std::move(level));
  }
  TRY(number_levels(levels, model, node.path));
  Comparison comparison{.place = node.path};
  const auto name = TRY(section.text("output_column_name"));
  comparison.name = name.has_value() && !name->empty() ? *name : name_by_columns(levels);
  for (ReadLevel& read : levels) comparison.levels.push_back(std::move(read.level));
  constexpr std::array<std::string_view, 2> k_known{"comparison_description", "description"};
  section.allow(k_known);
  const std::vector<ModelNote> unknown = section.unknown();
  model.notes.insert(model.notes.end(), unknown.begin(), unknown.end());
  return comparison;
}

}  // namespace throughline::linkage::splink
