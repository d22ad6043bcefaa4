#include "records/typing_plan.h"

#include <algorithm>
#include <string>

namespace throughline::records {

namespace {

bool is_reference(Table table) {
  return table == Table::area || table == Table::area_part || table == Table::population || table == Table::centroid;
}

}  // namespace

ItemPlan plan_item(Table table) {
  ItemPlan plan;
  plan.table = table;
  plan.is_always = table == Table::event || table == Table::observation;
  const std::vector<SqlColumn> columns = sql_columns(table);
  plan.columns = columns.size();
  const auto column_named = [&](std::string_view name) {
    const auto at = std::ranges::find(columns, name, &SqlColumn::name);
    return at == columns.end() ? k_none : static_cast<std::size_t>(at - columns.begin());
  };
  for (const FieldSpec& field : spec_of(table).fields) {
    const std::vector<SqlColumn> own = field_columns(field);
    plan.first_column.push_back(column_named(own.front().name));
    plan.column_count.push_back(own.size());
    if (is_reference(table) && field.kind == FieldKind::gss) plan.keys.push_back(plan.first_column.back());
  }
  plan.longitude = column_named("longitude");
  plan.latitude = column_named("latitude");
  plan.lsoa = column_named("lsoa");
  plan.place_precision = column_named("place_precision");
  plan.retention = column_named("retention");
  plan.grade_source = column_named("grade_source");
  plan.grade_assessment = column_named("grade_assessment");
  plan.handling = column_named("handling");
  plan.conditions = column_named("conditions");
  return plan;
}

RulePlan plan_rule(const ColumnRule& column) {
  RulePlan rule;
  rule.vocabulary.insert(column.vocabulary.begin(), column.vocabulary.end());
  rule.replace.insert(column.replace.begin(), column.replace.end());
  return rule;
}

}  // namespace throughline::records
