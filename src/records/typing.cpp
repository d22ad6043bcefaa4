#include "records/typing.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/check.h"
#include "records/fields.h"
#include "records/typing_fill.h"
#include "records/typing_plan.h"

namespace throughline::records {

namespace {

RejectionRule rule_of(FaultRule rule) {
  switch (rule) {
    case FaultRule::too_few_fields:
    case FaultRule::too_many_fields: return RejectionRule::ragged_row;
    case FaultRule::unterminated_quote:
    case FaultRule::text_after_quote: return RejectionRule::broken_quotes;
    case FaultRule::nul_byte: return RejectionRule::nul_byte;
    case FaultRule::invalid_utf8: return RejectionRule::invalid_utf8;
    case FaultRule::record_too_long: return RejectionRule::record_too_long;
    case FaultRule::broken_json:
    case FaultRule::duplicate_key: return RejectionRule::broken_json;
  }
  return RejectionRule::ragged_row;
}

// What can be said of a faulty record without saying what it holds.
std::string class_of(const Fault& fault) {
  const bool is_count = fault.rule == FaultRule::too_few_fields || fault.rule == FaultRule::too_many_fields;
  if (is_count) return std::to_string(fault.found) + " of " + std::to_string(fault.expected) + " fields";
  return std::to_string(fault.place.length) + " bytes";
}

bool has(const TypedBlock& block, std::size_t column, std::size_t row) {
  return column != k_none && block.columns[column].is_used() && block.columns[column].has[row] != 0;
}

std::string_view text_at(const TypedBlock& block, std::size_t column, std::size_t row) {
  if (!has(block, column, row)) return {};
  return std::get<std::vector<std::string_view>>(block.columns[column].values)[row];
}

// "A1 ;S2" as "A1; S2"; the text itself where it is written so already.
std::string_view tidy_list(std::string_view text, std::deque<std::string>& made) {
  std::string tidy;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::string_view part = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!part.empty()) tidy += (tidy.empty() ? "" : "; ") + std::string(part);
  }
  if (tidy == text) return text;
  return made.emplace_back(std::move(tidy));
}

}  // namespace

void CoverageSeen::unite(const CoverageSeen& other) {
  is_uniform = is_uniform && other.is_uniform;
  values.resize(std::max(values.size(), other.values.size()));
  for (std::size_t i = 0; i < other.values.size(); ++i) {
    if (!other.values[i]) continue;
    if (!values[i]) {
      values[i] = other.values[i];
    } else if (*values[i] != *other.values[i]) {
      is_uniform = false;
    }
  }
}

std::string CoverageSeen::text() const {
  if (!is_uniform) return "";
  std::string text;
  for (const std::optional<std::string>& value : values) {
    if (!value || value->empty()) return "";
    text += (text.empty() ? "" : " ") + *value;
  }
  return text;
}

struct Typer::Plan {
  const Mapping* mapping = nullptr;
  BoundColumns bound;
  std::vector<ItemPlan> items;
  std::vector<RulePlan> rules;
  std::vector<std::size_t> coverage_rules;  // For each name in Mapping::coverage.
};

namespace {

std::size_t rule_covering(const Mapping& mapping, const std::string& name) {
  const auto at = std::ranges::find_if(mapping.columns, [&](const ColumnRule& rule) {
    return rule.file_name_part == name || std::ranges::find(rule.names, name) != rule.names.end();
  });
  CHECK(at != mapping.columns.end());
  return static_cast<std::size_t>(at - mapping.columns.begin());
}

}  // namespace

// The typing of one window. Lives for one call of Typer::type.
class WindowTyping {
 public:
  WindowTyping(const Mapping& mapping, const BoundColumns& bound, RawRows rows)
      : mapping_(mapping), bound_(bound), is_kept_(static_cast<std::size_t>(rows.rows()), 1) {
    window_.raw = std::move(rows);
    window_.rows_read = window_.raw.rows() + static_cast<std::int64_t>(window_.raw.faults.size());
    window_.new_words.resize(mapping.columns.size());
    for (const Fault& fault : window_.raw.faults) {
      window_.faults.push_back(
          {fault.place.offset, fault.place.line, fault.column, rule_of(fault.rule), class_of(fault)});
    }
  }

  TypedWindow run(const std::vector<ItemPlan>& items, const std::vector<RulePlan>& rules,
                  const std::vector<std::size_t>& coverage_rules) {
    begin_blocks(items);
    std::vector<std::vector<std::string_view>> covering(coverage_rules.size());
    for (std::size_t rule = 0; rule < rules.size(); ++rule) {
      prepare(rule, rules[rule]);
      for (const Aim& aim : mapping_.columns[rule].aims) fill(aim, items[aim.item], rule);
      if (mapping_.retention_column == rule) fill_retention(items);
      for (std::size_t i = 0; i < covering.size(); ++i) {
        if (coverage_rules[i] == rule) covering[i] = texts_;
      }
    }
    for (TypedBlock& block : window_.blocks) judge(block, items[block.item]);
    see_coverage(covering);
    std::vector<TypedBlock> whole = std::exchange(window_.blocks, {});
    for (TypedBlock& block : whole) {
      const ItemPlan& plan = items[block.item];
      finish(block, plan);
      for (TypedBlock& part : part_block(std::move(block), plan.table)) window_.blocks.push_back(std::move(part));
    }
    const auto kept = std::ranges::count(is_kept_, 1);
    window_.rows_rejected = window_.rows_read - static_cast<std::int64_t>(kept);
    return std::move(window_);
  }

 private:
  [[nodiscard]] std::size_t rows() const { return is_kept_.size(); }

  void begin_blocks(const std::vector<ItemPlan>& items) {
    std::vector<std::int64_t> places;
    places.reserve(rows());
    for (const Place& place : window_.raw.places) places.push_back(place.offset);
    for (std::size_t item = 0; item < items.size(); ++item) {
      window_.blocks.push_back({.item = item, .places = places, .columns = {}});
      window_.blocks.back().columns.resize(items[item].columns);
    }
  }

  [[nodiscard]] std::string_view raw_text(std::size_t rule, std::size_t row) const {
    const std::int32_t column = bound_.file_columns[rule];
    if (column >= 0) return window_.raw.field(static_cast<std::int64_t>(row), column);
    return bound_.from_file_name[rule];
  }

  void reject(std::size_t rule, std::size_t row, RejectionRule broken) {
    is_kept_[row] = 0;
    const Place& place = window_.raw.places[row];
    const std::string_view text = raw_text(rule, row);
    window_.faults.push_back(
        {place.offset, place.line, bound_.file_columns[rule], broken, std::string(value_class_of(text))});
  }

  void take_blank(std::size_t rule, std::size_t row) {
    if (mapping_.columns[rule].is_required) reject(rule, row, RejectionRule::required_is_blank);
  }

  void judge_digits(std::size_t rule, std::size_t row) {
    const std::optional<DigitRange>& digits = mapping_.columns[rule].digits;
    if (!digits || texts_[row].empty() || has_digits(texts_[row], *digits)) return;
    reject(rule, row, RejectionRule::wrong_digits);
  }

  // Fills texts_ with the column as it is to be typed: trimmed, judged against its vocabulary, replaced.
  void prepare(std::size_t rule, const RulePlan& plan) {
    const ColumnRule& column = mapping_.columns[rule];
    texts_.assign(rows(), {});
    if (bound_.file_columns[rule] < 0 && bound_.from_file_name[rule].empty()) {
      for (std::size_t row = 0; row < rows(); ++row) take_blank(rule, row);
      return;
    }
    const bool is_plain = plan.vocabulary.empty() && plan.replace.empty() && !column.is_list;
    for (std::size_t row = 0; row < rows(); ++row) {
      const std::string_view text = trimmed(raw_text(rule, row));
      if (text.empty()) {
        take_blank(rule, row);
      } else if (static_cast<std::int64_t>(text.size()) > column.text_bytes_max) {
        reject(rule, row, RejectionRule::text_too_long);
      } else {
        texts_[row] = is_plain ? text : worded(rule, plan, row, text);
        judge_digits(rule, row);
      }
    }
  }

  std::string_view worded(std::size_t rule, const RulePlan& plan, std::size_t row, std::string_view text) {
    const ColumnRule& column = mapping_.columns[rule];
    const std::string_view tidy = column.is_list ? tidy_list(text, window_.raw.made) : text;
    if (!plan.vocabulary.empty() && !all_known(column, plan, tidy)) {
      if (column.is_closed) reject(rule, row, RejectionRule::not_in_vocabulary);
      window_.new_words[rule].insert(std::hash<std::string_view>()(tidy));
    }
    const auto replaced = plan.replace.find(tidy);
    return replaced == plan.replace.end() ? tidy : replaced->second;
  }

  static bool all_known(const ColumnRule& column, const RulePlan& plan, std::string_view text) {
    const auto is_known = [&](std::string_view word) {
      return plan.vocabulary.contains(word) || plan.replace.contains(word);
    };
    if (!column.is_list) return is_known(text);
    while (!text.empty()) {
      const std::size_t end = std::min(text.find("; "), text.size());
      if (!is_known(text.substr(0, end))) return false;
      text.remove_prefix(std::min(end + 2, text.size()));
    }
    return true;
  }

  void fill(const Aim& aim, const ItemPlan& item, std::size_t rule) {
    const FieldSpec& field = spec_of(item.table).fields[aim.field];
    const std::span<ColumnBuffer> columns =
        std::span(window_.blocks[aim.item].columns).subspan(item.first_column[aim.field], item.column_count[aim.field]);
    fill_field({.kind = field.kind, .date_order = mapping_.columns[rule].date_order}, texts_, columns,
               [&](std::size_t row, RejectionRule broken) { reject(rule, row, broken); });
  }

  // The row's own retention class where the column says one, the mapping's where it does not.
  void fill_retention(const std::vector<ItemPlan>& items) {
    for (TypedBlock& block : window_.blocks) {
      const std::size_t column = items[block.item].retention;
      if (column == k_none) continue;
      ColumnBuffer& buffer = block.columns[column];
      std::vector<std::string_view>& values = buffer.make<std::string_view>(static_cast<std::int64_t>(rows()));
      for (std::size_t row = 0; row < rows(); ++row) {
        values[row] = texts_[row].empty() ? std::string_view(mapping_.retention) : texts_[row];
        buffer.has[row] = values[row].empty() ? 0 : 1;
      }
    }
  }

  // The first rule whose value lies in that column of the item, for naming the column of a fault.
  [[nodiscard]] std::size_t rule_aiming(std::size_t item, const ItemPlan& plan, std::size_t column) const {
    for (std::size_t rule = 0; rule < mapping_.columns.size(); ++rule) {
      for (const Aim& aim : mapping_.columns[rule].aims) {
        if (aim.item == item && plan.first_column[aim.field] == column) return rule;
      }
    }
    return k_none;
  }

  // What no single column shows: half a point, a grade that does not fit together.
  void judge(const TypedBlock& block, const ItemPlan& plan) {
    const bool has_point =
        plan.longitude != k_none && block.columns[plan.longitude].is_used() && block.columns[plan.latitude].is_used();
    const bool has_grade = plan.grade_source != k_none &&
                           (block.columns[plan.grade_source].is_used() || block.columns[plan.handling].is_used());
    for (std::size_t row = 0; row < rows() && (has_point || has_grade); ++row) {
      if (is_kept_[row] == 0) continue;
      if (has_point) judge_point(block, plan, row);
      if (has_grade) judge_grade(block, plan, row);
    }
  }

  void judge_point(const TypedBlock& block, const ItemPlan& plan, std::size_t row) {
    const bool has_longitude = has(block, plan.longitude, row);
    if (has_longitude == has(block, plan.latitude, row)) return;
    const std::size_t blank = has_longitude ? plan.latitude : plan.longitude;
    reject(rule_aiming(block.item, plan, blank), row, RejectionRule::half_a_point);
  }

  void judge_grade(const TypedBlock& block, const ItemPlan& plan, std::size_t row) {
    const Grade grade{.source = text_at(block, plan.grade_source, row),
                      .assessment = text_at(block, plan.grade_assessment, row),
                      .handling = text_at(block, plan.handling, row),
                      .conditions = text_at(block, plan.conditions, row)};
    const auto fault = grade_fault(grade);
    if (!fault) return;
    std::size_t column = plan.conditions;
    if (*fault == RejectionRule::bad_grade) column = faulty_part(grade, plan);
    const std::size_t rule = rule_aiming(block.item, plan, column);
    if (rule != k_none) return reject(rule, row, *fault);
    reject(rule_aiming(block.item, plan, plan.grade_source), row, *fault);
  }

  // The first part of a bad grade that no repair of the others could make good.
  static std::size_t faulty_part(const Grade& grade, const ItemPlan& plan) {
    Grade sound{.source = "1", .assessment = "A", .handling = "P", .conditions = {}};
    sound.source = grade.source;
    if (grade_fault(sound)) return plan.grade_source;
    sound.assessment = grade.assessment;
    if (grade_fault(sound)) return plan.grade_assessment;
    return plan.handling;
  }

  void see_coverage(const std::vector<std::vector<std::string_view>>& covering) {
    CoverageSeen& seen = window_.coverage;
    seen.values.resize(covering.size());
    for (std::size_t i = 0; i < covering.size(); ++i) {
      for (std::size_t row = 0; row < rows() && seen.is_uniform; ++row) {
        if (is_kept_[row] == 0) continue;
        if (!seen.values[i]) {
          seen.values[i] = std::string(covering[i][row]);
        } else if (*seen.values[i] != covering[i][row]) {
          seen.is_uniform = false;
        }
      }
    }
  }

  // Leaves the rows that stand, and only where the item is there at all.
  void finish(TypedBlock& block, const ItemPlan& plan) {
    std::vector<std::uint8_t> mask = is_kept_;
    for (std::size_t row = 0; row < rows(); ++row) {
      if (mask[row] != 0 && !is_there(block, plan, row)) mask[row] = 0;
    }
    if (plan.place_precision != k_none) fill_precision(block, plan);
    keep_rows(block, mask);
  }

  static bool is_there(const TypedBlock& block, const ItemPlan& plan, std::size_t row) {
    if (plan.is_always) return true;
    if (!plan.keys.empty())
      return std::ranges::all_of(plan.keys, [&](std::size_t key) { return has(block, key, row); });
    for (std::size_t field = 0; field < plan.first_column.size(); ++field) {
      for (std::size_t column = 0; column < plan.column_count[field]; ++column) {
        if (has(block, plan.first_column[field] + column, row)) return true;
      }
    }
    return false;
  }

  void fill_precision(TypedBlock& block, const ItemPlan& plan) {
    std::vector<std::uint8_t>& values =
        block.columns[plan.place_precision].make<std::uint8_t>(static_cast<std::int64_t>(rows()));
    const PlacePrecision said = mapping_.items[block.item].place_precision;
    for (std::size_t row = 0; row < rows(); ++row) {
      PlacePrecision precision = has(block, plan.lsoa, row) ? PlacePrecision::area : PlacePrecision::none;
      if (plan.table == Table::location || has(block, plan.longitude, row)) precision = said;
      values[row] = static_cast<std::uint8_t>(precision);
    }
    block.columns[plan.place_precision].has.assign(rows(), 1);
  }

  const Mapping& mapping_;
  const BoundColumns& bound_;
  TypedWindow window_;
  std::vector<std::uint8_t> is_kept_;
  std::vector<std::string_view> texts_;
};

Typer::Typer(const Mapping& mapping, BoundColumns bound) {
  auto plan = std::make_unique<Plan>();
  plan->mapping = &mapping;
  plan->bound = std::move(bound);
  for (const ItemRule& item : mapping.items) plan->items.push_back(plan_item(item.table));
  for (const ColumnRule& column : mapping.columns) plan->rules.push_back(plan_rule(column));
  for (const std::string& name : mapping.coverage) plan->coverage_rules.push_back(rule_covering(mapping, name));
  plan_ = std::move(plan);
}

Typer::~Typer() = default;

const Mapping& Typer::mapping() const {
  return *plan_->mapping;
}

TypedWindow Typer::type(RawRows rows) const {
  return WindowTyping(*plan_->mapping, plan_->bound, std::move(rows))
      .run(plan_->items, plan_->rules, plan_->coverage_rules);
}

}  // namespace throughline::records
