// What typing works out once for a mapping: where values go, and which words are known. Only typing*.cpp includes this.
#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "records/mapping.h"
#include "records/model.h"

namespace throughline::records {

inline constexpr std::size_t k_none = static_cast<std::size_t>(-1);

// Where the columns of a table's fields lie, and those that rules between fields look at.
struct ItemPlan {
  Table table = Table::event;
  std::vector<std::size_t> first_column;  // Of each field, in sql_columns(table).
  std::vector<std::size_t> column_count;  // Of each field.
  std::size_t columns = 0;                // Of the table.
  std::size_t longitude = k_none, latitude = k_none, lsoa = k_none;
  std::size_t place_precision = k_none;
  std::size_t retention = k_none;
  std::size_t grade_source = k_none, grade_assessment = k_none, handling = k_none, conditions = k_none;
  std::vector<std::size_t> keys;  // Columns without which the row means nothing: the codes of reference tables.
  bool is_always = false;         // There even when no field has a value.
};

struct RulePlan {
  std::unordered_set<std::string_view> vocabulary;
  std::unordered_map<std::string_view, std::string_view> replace;
};

[[nodiscard]] ItemPlan plan_item(Table table);
// REQUIRES: the column rule outlives the plan.
[[nodiscard]] RulePlan plan_rule(const ColumnRule& column);

}  // namespace throughline::records
