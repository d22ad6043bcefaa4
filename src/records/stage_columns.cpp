#include "records/stage_columns.h"

#include <algorithm>
#include <type_traits>
#include <variant>

#include "base/check.h"

namespace throughline::records {

namespace {

using store::AppendColumn;
using store::Same;
using store::Validity;

AppendColumn same(std::int64_t number) {
  return {Same{number}, {}};
}
AppendColumn same_text(std::string_view text) {
  return text.empty() ? AppendColumn::nulls() : AppendColumn{Same{text}, {}};
}

AppendColumn shared_column(std::string_view name, const Mapping& mapping, const ItemRule& item) {
  if (name == "kind") return same_text(item.kind);
  if (name == "roles") return same(item.roles);
  if (name == "retention") return same_text(mapping.retention);
  if (name == "series") return same_text(item.series);
  if (name == "vintage") return item.vintage == 0 ? AppendColumn::nulls() : same(item.vintage);
  return AppendColumn::nulls();
}

struct Slice {
  std::size_t begin;
  std::size_t count;
};

AppendColumn sliced(const ColumnBuffer& buffer, Slice slice) {
  const std::span<const std::uint8_t> has = std::span(buffer.has).subspan(slice.begin, slice.count);
  const bool is_full = std::ranges::all_of(has, [](std::uint8_t there) { return there != 0; });
  const Validity validity = is_full ? Validity() : Validity::bytes(has);
  return std::visit(
      [&](const auto& values) -> AppendColumn {
        using Values = std::decay_t<decltype(values)>;
        if constexpr (std::is_same_v<Values, std::monostate>) {
          return AppendColumn::nulls();
        } else {
          return {std::span<const typename Values::value_type>(values).subspan(slice.begin, slice.count), validity};
        }
      },
      buffer.values);
}

}  // namespace

ItemColumns::ItemColumns(const Mapping& mapping, ledger::ExtractNo extract) {
  for (std::size_t item = 0; item < mapping.items.size(); ++item) {
    std::vector<AppendColumn> columns;
    for (const SqlColumn& column : sql_columns(mapping.items[item].table)) {
      columns.push_back(shared_column(column.name, mapping, mapping.items[item]));
    }
    columns[0] = same(extract.number());
    columns[2] = same(static_cast<std::int64_t>(item));
    shared_.push_back(std::move(columns));
  }
}

void ItemColumns::view(const TypedBlock& block, std::int64_t begin, std::int64_t count,
                       std::span<AppendColumn> columns) const {
  const std::vector<AppendColumn>& shared = shared_[block.item];
  const std::vector<std::size_t>& places = stored_tables()[block.stored].columns;
  CHECK(columns.size() == places.size() && block.columns.size() == places.size());
  const Slice slice{static_cast<std::size_t>(begin), static_cast<std::size_t>(count)};
  for (std::size_t i = 0; i < places.size(); ++i) {
    columns[i] = block.columns[i].is_used() ? sliced(block.columns[i], slice) : shared[places[i]];
  }
  columns[1] = {std::span<const std::int64_t>(block.places).subspan(slice.begin, slice.count), {}};
}

}  // namespace throughline::records
