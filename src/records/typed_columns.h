// Rows as they will lie in a table: one buffer for each SQL column that the mapping fills.
//
// Texts are views into the window that they were read from, or into the mapping: they live as long as both.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "records/model.h"

namespace throughline::records {

// The values of one SQL column, one a row; where `has` is 0 there is none and the value is undefined.
struct ColumnBuffer {
  using Values = std::variant<std::monostate, std::vector<std::string_view>, std::vector<std::uint64_t>,
                              std::vector<std::int64_t>, std::vector<std::int32_t>, std::vector<std::uint32_t>,
                              std::vector<std::int16_t>, std::vector<std::uint8_t>>;
  Values values;  // Nothing: no row has a value.
  std::vector<std::uint8_t> has;

  // Makes room for so many rows of type T, none of them with a value yet.
  template <class T>
  std::vector<T>& make(std::int64_t rows) {
    has.assign(static_cast<std::size_t>(rows), 0);
    return values.emplace<std::vector<T>>(static_cast<std::size_t>(rows));
  }
  [[nodiscard]] bool is_used() const { return !std::holds_alternative<std::monostate>(values); }
};

// What the rows of one window became under one rule for an item. Columns are those of the item's table while it is
// typed, and those of a stored table when it is done.
struct TypedBlock {
  std::size_t item = 0;    // Into Mapping::items.
  std::size_t stored = 0;  // Into stored_tables().
  std::vector<std::int64_t> places;
  std::vector<ColumnBuffer> columns;

  [[nodiscard]] std::int64_t rows() const { return static_cast<std::int64_t>(places.size()); }
};

// Drops every row whose mask is 0, from the places and from all columns.
void keep_rows(TypedBlock& block, std::span<const std::uint8_t> mask);

// The block as it lies in the store: one for each stored table of its table. Rows without any detail have none there.
[[nodiscard]] std::vector<TypedBlock> part_block(TypedBlock block, Table table);

}  // namespace throughline::records
