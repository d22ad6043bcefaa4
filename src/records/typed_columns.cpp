#include "records/typed_columns.h"

#include <algorithm>
#include <type_traits>

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

}  // namespace throughline::records
