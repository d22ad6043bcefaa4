#include "records/typed_columns.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "base/check.h"

namespace throughline::records {

namespace {

template <class T>
void keep(std::vector<T>& values, std::span<const std::uint8_t> mask) {
  std::size_t kept = 0;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (mask[row] != 0) values[kept++] = values[row];
  }
  values.resize(kept);
}

}  // namespace

void keep_rows(TypedBlock& block, std::span<const std::uint8_t> mask) {
  CHECK(mask.size() == block.places.size());
  if (std::ranges::none_of(mask, [](std::uint8_t is_kept) { return is_kept == 0; })) return;
  keep(block.places, mask);
  for (ColumnBuffer& column : block.columns) {
    if (!column.is_used()) continue;
    keep(column.has, mask);
    std::visit(
        [&](auto& values) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(values)>, std::monostate>) keep(values, mask);
        },
        column.values);
  }
}

std::vector<TypedBlock> part_block(TypedBlock block, Table table) {
  std::vector<TypedBlock> parts;
  const std::vector<StoredTable>& stored = stored_tables();
  for (std::size_t at = 0; at < stored.size(); ++at) {
    if (stored[at].table != table) continue;
    TypedBlock part{.item = block.item, .stored = at, .places = block.places, .columns = {}};
    std::vector<std::uint8_t> is_filled(block.places.size(), parts.empty() ? 1 : 0);
    for (const std::size_t column : stored[at].columns) {
      part.columns.push_back(std::move(block.columns[column]));
      const std::vector<std::uint8_t>& has = part.columns.back().has;
      for (std::size_t row = 0; row < has.size(); ++row) is_filled[row] |= has[row];
    }
    keep_rows(part, is_filled);
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace throughline::records
