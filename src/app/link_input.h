// Files of rows about people → packed records, without a workspace or a mapping.
//
// Which column is what is recognised by name and content, and told before anything is linked.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/outside.h"
#include "app/row_ids.h"
#include "base/result.h"
#include "linkage/encode.h"
#include "records/readers/raw_rows.h"

namespace throughline::app {

struct LinkFilesRequest {
  std::vector<std::string> inputs{};
  std::vector<std::string> ids{};     // One for all inputs, or one each.
  std::string output{};               // Where clusters go; empty: only the plan is told.
  std::string pairs{};                // Where weighed pairs go; empty: nowhere.
  std::string truth{};                // A column that is equal for records of one person; empty: accuracy is not told.
  std::vector<std::string> fields{};  // "given_name=pername1": what a column is, where that is not recognised.
  bool is_one_to_one = false;         // Each input names nobody twice.
  bool is_across_only = false;        // Only pairs of different inputs.
  std::string splink_model{};         // A model that Splink saved, by which pairs are scored; empty: our own.
  std::optional<double> threshold{};  // With such a model: the match probability from which pairs make clusters.
  std::uint64_t seed = 1;
};

// What was made of one input.
struct LinkInput {
  std::string path;
  std::string dataset;  // Its name in the output: the file's, without folder and endings.
  std::vector<linkage::Column> columns;
  std::string id_column;
  std::vector<std::string>
      remarks;  // What else was found of columns: the order of day and month, values all different.
  std::int64_t rows = 0;
  std::vector<records::Fault> faults;  // Rows that could not be read; the first hundred.
  std::int64_t faults_count = 0;
};

struct LinkRows {
  std::vector<LinkInput> inputs;
  linkage::People people;
  RowIds ids;                             // By record, of all inputs.
  std::vector<linkage::TextId> truth_of;  // By record; empty where no truth was asked for.
  linkage::Dictionary truths;
};

// What inputs are called in the output: their names without folder and endings, "2025_census.csv.gz" → "2025_census".
// Those called alike get _2, _3, so that rows of one are not taken for rows of the other.
[[nodiscard]] std::vector<std::string> dataset_names(const std::vector<std::string>& content_names);

// Opens all inputs and decides what their columns are; reads no more than a sample.
struct OpenedInput {
  LinkInput input;
  std::unique_ptr<records::RowSource> source;
  std::vector<records::Window> read_ahead;
  std::int32_t id = -1;
  std::int32_t truth = -1;
  linkage::DayMonthOrder birth_order = linkage::DayMonthOrder::cannot_tell;
};
[[nodiscard]] base::Result<std::vector<OpenedInput>> open_inputs(const LinkFilesRequest& request);

// Reads them to the end. Errors: a blank id, an id twice in one input, each with the line; those of reading.
[[nodiscard]] base::Result<LinkRows> read_inputs(const Outside& outside, std::vector<OpenedInput> opened);

}  // namespace throughline::app
