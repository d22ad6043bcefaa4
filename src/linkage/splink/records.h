// The records a model is put to: cells of text in, typed values by slot out.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "linkage/splink/arena.h"
#include "linkage/splink/plan.h"

namespace throughline::linkage::splink {

struct InputColumn {
  std::string name{};
  std::vector<std::string_view> cells{};  // Empty, or without data: missing.
};

// One file, as it was read. `name` is what source_dataset says of its records, unless it has such a column itself.
// REQUIRES: all columns have as many cells.
struct Dataset {
  std::string name{};
  std::vector<InputColumn> columns{};

  [[nodiscard]] std::int64_t rows() const;
};

// A record's place: which data set, and which of its rows from 0.
struct RecordPlace {
  std::int32_t dataset = 0;
  std::int64_t row = 0;
};

// All records of all data sets, one after another, with the values that the plan asks for. The data sets must outlive
// it.
class Records {
 public:
  // Errors: a data set without a column the model needs; a record without its id, or with another's; a value that is
  // not of the kind that its column is used as. Messages name the data set, row and column, never the value.
  static base::Result<Records> load(const Model& model, const Plan& plan, std::span<const Dataset> datasets,
                                    const base::Interrupt& interrupt);

  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(ids_.size()); }
  [[nodiscard]] std::span<const Value> values(std::int64_t record) const {
    return std::span<const Value>(values_).subspan(static_cast<std::size_t>(record) * slots_, slots_);
  }
  [[nodiscard]] std::string_view id(std::int64_t record) const { return ids_[static_cast<std::size_t>(record)]; }
  // The data set a record says it is from. Empty where only one is deduplicated.
  [[nodiscard]] std::string_view source(std::int64_t record) const {
    return sources_.empty() ? std::string_view() : sources_[static_cast<std::size_t>(record)];
  }
  // Which of two records is the left one of a pair: the one of lower rank, by source and id as text.
  [[nodiscard]] std::int64_t rank(std::int64_t record) const { return ranks_[static_cast<std::size_t>(record)]; }
  // The sources there are, sorted, and each record's among them. One empty one where only one is deduplicated.
  [[nodiscard]] const std::vector<std::string_view>& source_names() const { return source_names_; }
  [[nodiscard]] std::int32_t source_number(std::int64_t record) const {
    return source_numbers_.empty() ? 0 : source_numbers_[static_cast<std::size_t>(record)];
  }
  // "people.csv, row 12", rows from 1, for messages.
  [[nodiscard]] std::string where(std::int64_t record) const;

 private:
  Records() = default;
  [[nodiscard]] base::Result<void> load_ids(const Model& model, std::span<const Dataset> datasets);
  [[nodiscard]] base::Result<void> rank_all();
  [[nodiscard]] base::Result<void> load_values(const Plan& plan, std::span<const Dataset> datasets,
                                               const base::Interrupt& interrupt);

  std::size_t slots_ = 0;
  std::vector<Value> values_;
  std::vector<Arena> arenas_;
  std::vector<std::string_view> ids_;
  std::vector<std::string_view> sources_;
  std::vector<std::int64_t> ranks_;
  std::vector<std::string_view> source_names_;
  std::vector<std::int32_t> source_numbers_;
  std::vector<std::string> dataset_names_;
  std::vector<std::int64_t> dataset_begins_;  // The first record of each.
};

// A cell as a value of that kind; failed where it is not of it.
[[nodiscard]] Value typed_cell(std::string_view cell, Kind kind, Arena& arena);

}  // namespace throughline::linkage::splink
