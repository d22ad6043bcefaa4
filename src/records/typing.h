// Rows as they came → typed rows and rejections, by the rules of a mapping. Pure: any thread, any window, any order.
//
// A row is typed whole or rejected whole: where one value breaks a rule, nothing of the row enters a table, and every
// rule that it breaks is told. Where several values of a row are good alone but disagree (an end before a start), the
// row is typed; such rows are found by quality.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "records/mapping.h"
#include "records/model.h"
#include "records/readers/raw_rows.h"
#include "records/typed_columns.h"

namespace throughline::records {

// A fault of a row on its way into the store. Holds no value.
struct RowFault {
  std::int64_t place = 0;
  std::int64_t line = 0;
  std::int32_t column = -1;  // Of the file, from 0; -1 for the row as a whole or a part of the file's name.
  RejectionRule rule = RejectionRule::ragged_row;
  std::string value_class;
  friend auto operator<=>(const RowFault&, const RowFault&) = default;
};

// What part of the source the rows of a window say they cover.
struct CoverageSeen {
  std::vector<std::optional<std::string>> values;  // For each name in Mapping::coverage; nothing: no row yet.
  bool is_uniform = true;                          // No two rows differed.

  void unite(const CoverageSeen& other);
  // "Kent Police 2025-01"; empty when rows differ, none was seen, or the mapping names no coverage.
  [[nodiscard]] std::string text() const;
};

struct TypedWindow {
  RawRows raw;  // What the texts of the blocks point into.
  std::vector<TypedBlock> blocks;
  std::vector<RowFault> faults;
  std::int64_t rows_read = 0;
  std::int64_t rows_rejected = 0;
  CoverageSeen coverage;
  // Words outside a vocabulary that is open, for each of Mapping::columns; hashes, so that no value is kept.
  std::vector<std::set<std::uint64_t>> new_words;
};

class Typer {
 public:
  // REQUIRES: the mapping outlives the typer and what it types.
  Typer(const Mapping& mapping, BoundColumns bound);
  ~Typer();
  Typer(const Typer&) = delete;
  Typer& operator=(const Typer&) = delete;

  [[nodiscard]] TypedWindow type(RawRows rows) const;
  [[nodiscard]] const Mapping& mapping() const;

 private:
  struct Plan;
  std::unique_ptr<const Plan> plan_;
};

}  // namespace throughline::records
