// Rows as they came: text fields with the place of each row, cut out of windows that can be parsed side by side.
//
//   RowSource::next()  one thread, in order: reads, hashes, turns into UTF-8, cuts at record ends
//   RowSource::parse() any thread: a Window gives the same RawRows whoever parses it
//
// Every record of the file is either a row or a fault, never both and never neither. Blank lines are no records.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "records/readers/source.h"

namespace throughline::records {

// Where a row lies. In text: byte offset and length (without its line end) in the UTF-8 text of the content, a byte
// order mark included, which are the file's own where it is UTF-8; and the physical line, from 1. In workbooks and
// Parquet: offset is the row's number, length 0, line the row's number as people count it.
struct Place {
  std::int64_t offset = 0;
  std::int64_t length = 0;
  std::int64_t line = 0;

  friend bool operator==(const Place&, const Place&) = default;
};

// Why a record is no row.
enum class FaultRule {
  too_few_fields,      // expected, found: the number of fields.
  too_many_fields,     // expected, found: the number of fields.
  unterminated_quote,  // A quote opens in the field and the file ends in it; the rest of the file lies inside.
  text_after_quote,    // Something stands between the closing quote and the next delimiter.
  nul_byte,            // found: the byte offset within the record.
  invalid_utf8,        // found: the byte offset within the record.
  record_too_long,     // expected: the most bytes; found: how many there are.
  broken_json,         // The line is not one JSON object.
  duplicate_key,       // The JSON object has a key twice.
};

// Stable and machine-readable: "too_few_fields".
[[nodiscard]] std::string_view fault_code(FaultRule rule);

struct Fault {
  Place place;
  FaultRule rule = FaultRule::too_few_fields;
  std::int32_t column = -1;  // From 0; -1 where it is about the whole record.
  std::int64_t expected = 0;
  std::int64_t found = 0;

  // "has 11 fields where the header has 12": says nothing of what the record holds.
  [[nodiscard]] std::string message() const;

  friend bool operator==(const Fault&, const Fault&) = default;
};

inline constexpr std::int64_t k_record_bytes_max = std::int64_t{16} << 20;

// A stretch of whole records, ready to be parsed anywhere.
struct Window {
  std::shared_ptr<const std::string> held;  // What `bytes` points into.
  std::string_view bytes;
  std::int64_t offset = 0;      // Of the first byte, in the UTF-8 text of the content.
  std::int64_t first_line = 1;  // The physical line of the first byte.
  std::vector<Fault> faults;    // Found while cutting: records too long to hold.
};

// A field that is not there at all, which only NDJSON, workbooks and Parquet can say; otherwise a field is at worst
// empty.
inline constexpr std::string_view k_absent{};
[[nodiscard]] inline bool is_absent(std::string_view field) {
  return field.data() == nullptr;
}

// The rows of one window. Fields live as long as this does; it may be moved, not copied.
struct RawRows {
  std::int32_t columns = 0;
  std::vector<std::string_view> fields;  // Row by row, `columns` to a row.
  std::vector<Place> places;             // One a row, ascending.
  std::vector<Fault> faults;             // Ascending by place.
  std::int64_t blank_lines = 0;

  std::shared_ptr<const std::string> held;  // The window's text.
  std::deque<std::string> made;             // Fields that do not stand in the text as they are.

  RawRows() = default;
  // A move that fails for want of memory ends the program.
  RawRows(RawRows&&) noexcept = default;
  RawRows& operator=(RawRows&&) noexcept = default;

  [[nodiscard]] std::int64_t rows() const { return static_cast<std::int64_t>(places.size()); }
  [[nodiscard]] std::string_view field(std::int64_t row, std::int32_t column) const {
    return fields[static_cast<std::size_t>(row * columns + column)];
  }
};

enum class Format { csv, ndjson, xlsx, parquet };

class RowSource;
struct ReadOptions;

// Reads the Parquet file that these plain bytes are. The record store does that, which lies above the readers: whoever
// has a workspace hands one down (stage_parquet.h).
using ParquetOpener =
    std::function<base::Result<std::unique_ptr<RowSource>>(std::unique_ptr<ByteSource>, const ReadOptions&)>;

// What the user may say about a file; what is left open is found out.
struct ReadOptions {
  std::optional<Format> format{};
  std::optional<char> delimiter{};
  std::optional<base::Encoding> encoding{};
  std::vector<std::string> asked_columns{};  // NDJSON: keys a mapping asks for, beside those seen in the first rows.
  SourceLimits limits{};
  ContentSink sink{};                              // May be empty.
  ParquetOpener open_parquet{};                    // Empty: Parquet is refused.
  std::size_t block_bytes = std::size_t{2} << 20;  // How much is read at a time; never changes what is read.
};

// Something about the whole file that is worth knowing and stops nothing.
struct Finding {
  std::string code;  // "unknown_key", "hidden_sheet", "meaningless_bytes", "unnamed_column".
  std::string text;
};

class RowSource {
 public:
  virtual ~RowSource() = default;
  RowSource(const RowSource&) = delete;
  RowSource& operator=(const RowSource&) = delete;

  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] Format format() const { return format_; }
  // Text formats only: what the fields are parted by (CSV), and, known for sure at the end, what the file is encoded
  // in.
  [[nodiscard]] char delimiter() const { return delimiter_; }
  [[nodiscard]] base::Encoding encoding() const { return encoding_; }
  [[nodiscard]] const std::string& content_name() const { return content_name_; }

  // The next window, or nothing at the end. Not to be called from two threads at once.
  virtual base::Result<std::optional<Window>> next() = 0;
  // Pure: may be called from many threads, also while next() runs.
  [[nodiscard]] virtual RawRows parse(const Window& window) const = 0;

  // Bytes of the file read so far, and its size, for progress.
  [[nodiscard]] virtual std::int64_t received_so_far() const = 0;
  [[nodiscard]] virtual std::int64_t received_size() const = 0;
  // REQUIRES: next() has given nothing. Until this has succeeded no row may be believed.
  virtual base::Result<SourceHashes> finish() = 0;
  // REQUIRES: finish() was called. Sorted.
  [[nodiscard]] virtual std::vector<Finding> findings() const = 0;

 protected:
  RowSource() = default;

  std::vector<std::string> header_;
  std::string content_name_;
  Format format_ = Format::csv;
  char delimiter_ = ',';
  base::Encoding encoding_ = base::Encoding::utf8;
};

// Opens a file of rows: looks at its bytes, then its name, for the format; reads as far as the header. A sheet of a
// workbook is named "file.xlsx:Sheet", a member of a zip "file.zip:member.csv".
[[nodiscard]] base::Result<std::unique_ptr<RowSource>> open_rows(const std::string& path,
                                                                 const ReadOptions& options = {});

// Reads the one record whose bytes these are, as trace shows it. REQUIRES: bytes is what lay at a row's place.
[[nodiscard]] std::vector<std::string> parse_record(std::string_view bytes, char delimiter);

}  // namespace throughline::records
