#include <algorithm>
#include <map>

#include "base/number.h"
#include "records/stage_quality.h"
#include "records/tables.h"

namespace throughline::records {

using base::Result;
using store::DuckConnection;

std::vector<AskedField> asked_fields(const Mapping& mapping) {
  std::vector<AskedField> fields;
  for (const ColumnRule& rule : mapping.columns) {
    for (const Aim& aim : rule.aims) {
      const ItemRule& item = mapping.items.at(aim.item);
      AskedField asked{.table = item.table,
                       .item = base::narrow<std::int32_t>(aim.item),
                       .item_name = item.name,
                       .field = std::string(spec_of(item.table).fields[aim.field].name),
                       .column = rule.names.empty() ? "file name: " + rule.file_name_part : rule.names.front()};
      const auto is_same = [&](const AskedField& other) {
        return other.item == asked.item && other.field == asked.field;
      };
      if (std::ranges::none_of(fields, is_same)) fields.push_back(std::move(asked));
    }
  }
  std::vector<std::string> event_fields;
  for (const AskedField& field : fields) {
    if (field.table == Table::event) event_fields.push_back(field.field);
  }
  for (AskedField& field : fields) field.holder = holder_among(event_fields);
  return fields;
}

Result<std::vector<QualityOrder>> quality_orders(DuckConnection& connection,
                                                 const std::vector<ledger::RegisteredExtract>& extracts) {
  std::map<std::string, QualityOrder> by_source;
  for (const ledger::RegisteredExtract& extract : extracts) {
    const ledger::Announcement& announced = extract.announced;
    const std::string source = announced.mapping.substr(0, announced.mapping.find(' '));
    QualityOrder& order = by_source[source];
    order.source = source;
    order.extracts.push_back({.number = base::narrow<std::int32_t>(announced.extract.number()),
                              .rows_read = announced.rows_read,
                              .rows_rejected = announced.rows_rejected,
                              .received = announced.received_at.date(),
                              .coverage = announced.coverage});
  }
  std::vector<QualityOrder> orders;
  for (auto& [source, order] : by_source) {
    const Layout layout = TRY(read_layout(connection, ledger::ExtractNo(order.extracts.back().number)));
    const CheckedMapping checked = check_mapping(layout.mapping_toml, source);
    if (checked.mapping) order.fields = asked_fields(*checked.mapping);
    std::vector<ledger::ExtractNo> numbers;
    for (const ExtractFacts& extract : order.extracts) numbers.emplace_back(extract.number);
    order.rejections = TRY(count_rejections(connection, numbers));
    orders.push_back(std::move(order));
  }
  return orders;
}

}  // namespace throughline::records
