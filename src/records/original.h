// One record as it came: where it ends, and what it says under the names of the header. Pure; the bytes come from the
// archive (stage_original.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/readers/raw_rows.h"

namespace throughline::records {

struct OriginalField {
  std::string column;                // As the header has it; "field 13" for what lies beyond it.
  std::optional<std::string> value;  // Nothing where the field is absent, which is not the same as empty.
  friend bool operator==(const OriginalField&, const OriginalField&) = default;
};

// What the reader must know to read a record again.
struct RecordForm {
  Format format = Format::csv;
  char delimiter = ',';
  std::vector<std::string> columns;
};

struct OriginalRow {
  std::int64_t place = 0;
  bool is_erased = false;             // Spaces stand where it stood, or its whole file was removed; no fields then.
  std::vector<OriginalField> fields;  // In the order of the header; keys that the header lacks come last.
  std::string text;                   // The record itself, at most 16 MiB; empty in workbooks and Parquet.
  std::optional<Fault> fault;         // Why the reader made no row of it.
};

// How long the record at the front of the text is, without its line end: the length of its Place. Nothing when more
// text must be seen; always something when `is_all`. REQUIRES: delimited text or NDJSON, and a text that begins with a
// record.
[[nodiscard]] std::optional<std::int64_t> record_length(std::string_view text, const RecordForm& form, bool is_all);

// The fields of one record of delimited text or NDJSON, also of one that is a fault, as far as it can be read.
[[nodiscard]] OriginalRow read_record(std::string_view record, const RecordForm& form, std::int64_t place);

// The fields of a row that a reader gave.
[[nodiscard]] std::vector<OriginalField> fields_of(const RawRows& rows, std::int64_t row,
                                                   const std::vector<std::string>& columns);

}  // namespace throughline::records
