// A mapping says which column of a file means what. It is a TOML file; the built-in ones are compiled in from
// mappings/.
//
// The language is docs/reference/mappings.md. Every error names file, line, what is wrong, and the nearest name.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "ledger/model.h"
#include "records/model.h"

namespace throughline::records {

// One thing that a row becomes: an event, a mention, an observation, an area.
struct ItemRule {
  Table table = Table::event;
  std::string name;         // Unique in the mapping; columns say "victim.surname". An event's is "event".
  std::string kind;         // Of event, object, location, area: what sort.
  std::uint32_t roles = 0;  // Of mentions.
  PlacePrecision place_precision = PlacePrecision::none;  // Of an event's or location's point, when it has one.
  std::int32_t vintage = 0;                               // Of reference tables: the year of the edition.
  std::string series;                                     // Of observations.
};

// Where a column's value goes.
struct Aim {
  std::size_t item = 0;   // Into Mapping::items.
  std::size_t field = 0;  // Into the table's fields.
};

enum class DateOrder : std::uint8_t { iso, british };

// How many digits an identifier has.
struct DigitRange {
  std::int64_t least = 0;
  std::int64_t most = 0;
};

struct ColumnRule {
  std::vector<std::string> names;  // As the header has it, and what else it has been called. Empty for a part of the
                                   // file's name. Two rules may read one column.
  std::string file_name_part;      // Instead of a column: "force" of the pattern.
  std::vector<Aim> aims;           // None where the value only tells the coverage or the retention.
  bool is_required = false;        // A blank value is a rejection.
  bool is_closed = false;          // A word outside the vocabulary is a rejection; otherwise it is kept and reported.
  std::vector<std::string> vocabulary;
  // Exact words, without blanks at both ends → what is taken in their place: names → codes, slugs → names. An empty one
  // makes the value blank. It comes before everything else: the vocabulary, typing, and the text of the coverage.
  std::map<std::string, std::string> replace;
  DateOrder date_order = DateOrder::iso;
  std::int64_t text_bytes_max = 65'536;
  bool is_list = false;              // "A1; S2": parts are kept with "; " between.
  std::optional<DigitRange> digits;  // Anything but a number of so many digits is a rejection.
};

struct Mapping {
  std::string name;
  std::int32_t version = 1;
  std::string title;
  std::string publisher;
  std::string agency;  // Whose records they are; empty when a column says so.
  std::string licence;
  ledger::DataClass data_class = ledger::DataClass::personal;
  ledger::Gateway gateway = ledger::Gateway::none;
  std::string retention;  // The class: "published", "crime", "intelligence", "missing"…
  std::string format;     // Empty: found out. "csv", "ndjson", "xlsx", "parquet".
  std::optional<char> delimiter;
  std::string file_name_pattern;  // "{month}-{force}-street.csv"; empty when nothing is read from it.
  std::vector<std::string>
      coverage;           // Names of columns or file-name parts that are the same in the whole file; empty: unknown.
  bool is_whole = false;  // Each extract covers the whole source and corrects the one before.
  // Into columns: the rule whose value, where it is not blank, is the retention class of the row instead.
  std::optional<std::size_t> retention_column;
  std::vector<std::string> untyped;  // Columns that are kept as they came and mean nothing to the tables.
  std::vector<ItemRule> items;
  std::vector<ColumnRule> columns;
  base::Hash hash;  // Of the TOML text.
  std::string toml;

  [[nodiscard]] std::string label() const { return name + " " + std::to_string(version); }
};

// One error of a mapping file.
struct MappingFault {
  std::string file;
  std::int64_t line = 0;
  std::string what;
};

struct CheckedMapping {
  std::optional<Mapping> mapping;  // Only when there is no fault.
  std::vector<MappingFault> faults;
};

// Finds every fault, not only the first.
[[nodiscard]] CheckedMapping check_mapping(const std::string& toml, const std::string& file);

// The same of one that is not built in: the name of a built-in one under another text is a fault as well, for else rows
// of two meanings would lie under one name. Only for what is read in from now on: what was read in stays as it is.
[[nodiscard]] CheckedMapping check_own_mapping(const std::string& toml, const std::string& file);

// The same of a file, at most 4 MiB. Errors: "file_unavailable", "mapping_too_long".
[[nodiscard]] base::Result<CheckedMapping> check_mapping_file(const std::string& path);

// By name of a built-in, or as a path when the name ends in .toml. Errors: "mapping_unknown" with the nearest name,
// "mapping_faulty" with the first fault and how many there are.
[[nodiscard]] base::Result<Mapping> find_mapping(const std::string& name_or_path);

// The built-in ones, by name. CHECKs that they have no fault.
[[nodiscard]] const std::vector<Mapping>& built_in_mappings();

// The built-in that fits a header best: every required column is there. Error "mapping_not_detected" names the
// candidate that came nearest and what it lacks, and how to name one.
[[nodiscard]] base::Result<Mapping> detect_mapping(const std::vector<std::string>& header,
                                                   const std::string& file_name);

// Which column of the file each rule reads.
struct BoundColumns {
  std::vector<std::int32_t> file_columns;  // For each rule; -1 when the file lacks it or it comes from the file's name.
  std::vector<std::string> from_file_name;  // For each rule; the text of its part of the file's name.
  std::vector<std::string> unmapped;  // Columns of the file that the mapping does not know: neither read nor `untyped`.
};
// Names are compared without blanks at both ends; where none is the same, case, doubled blanks and compatible letters
// are forgiven. The name that a rule gives first is looked for first.
// Errors: "file_name_unfit" (bad command) when the name has not the form from which something is read;
// "columns_missing" (bad command) names the columns that the mapping needs and the nearest that the file has.
[[nodiscard]] base::Result<BoundColumns> bind_columns(const Mapping& mapping, const std::vector<std::string>& header,
                                                      const std::string& file_name);

}  // namespace throughline::records
