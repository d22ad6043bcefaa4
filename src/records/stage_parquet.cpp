#include "records/stage_parquet.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/number.h"
#include "base/text.h"
#include "records/readers/header_names.h"
#include "store/duck.h"
#include "store/files.h"

namespace throughline::records {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::int64_t k_rows_a_window = 8192;
constexpr std::size_t k_bytes_a_window = std::size_t{2} << 20;
constexpr std::size_t k_block_bytes = std::size_t{1} << 20;
constexpr std::uint32_t k_no_value = 0xFFFFFFFF;
constexpr std::string_view k_row_number = "file_row_number";

// A file in the inbox that goes when this does.
class InboxCopy {
 public:
  InboxCopy() = default;
  InboxCopy(const InboxCopy&) = delete;
  InboxCopy& operator=(const InboxCopy&) = delete;
  ~InboxCopy() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  // Copies what the source still gives. The file is new and no link, and so is every file in the inbox.
  Result<SourceHashes> fill(const std::filesystem::path& inbox, ByteSource& source, const ContentSink& sink) {
    static std::atomic<std::int64_t> made = 0;
    const std::filesystem::path path = inbox / fmt::format("extract-{}.parquet", ++made);
    const store::FileHandle file = TRY(store::create_private_file(path));
    path_ = path;
    std::string block(k_block_bytes, '\0');
    while (true) {
      const auto room = std::as_writable_bytes(std::span(block));
      const std::size_t got = TRY(source.read(room));
      if (got == 0) break;
      if (sink) TRY(sink(room.first(got)));
      const std::string_view piece = std::string_view(block).substr(0, got);
      TRY(store::write_all(file, piece, path_));
      end_ += piece.substr(piece.size() - std::min<std::size_t>(piece.size(), 4));
      if (end_.size() > 4) end_.erase(0, end_.size() - 4);
    }
    return source.finish();
  }

  [[nodiscard]] std::string path() const { return path_.string(); }
  // Its last four bytes.
  [[nodiscard]] const std::string& end() const { return end_; }

 private:
  std::filesystem::path path_;
  std::string end_;
};

// What DuckDB's text of a value still needs.
enum class Finish : std::uint8_t { none, number, wall_time, utc_time };

struct ParquetColumn {
  std::string name;
  std::string sql;
  Finish finish = Finish::none;
};

std::string quoted(const std::string& name) {
  std::string made = "\"";
  for (const char letter : name) made += letter == '"' ? std::string("\"\"") : std::string(1, letter);
  return made + "\"";
}

ParquetColumn column_of(const std::string& name, const std::string& type) {
  const std::string column = quoted(name);
  const std::string as_text = "CAST(" + column + " AS VARCHAR)";
  if (type == "DOUBLE" || type == "FLOAT") return {name, as_text, Finish::number};
  // As text it would follow the machine's own time zone.
  if (type == "TIMESTAMP WITH TIME ZONE") {
    return {name, "CAST(make_timestamp(epoch_us(" + column + ")) AS VARCHAR)", Finish::utc_time};
  }
  if (type.starts_with("TIMESTAMP")) return {name, as_text, Finish::wall_time};
  const bool is_nested =
      type.ends_with(']') || type.starts_with("STRUCT") || type.starts_with("MAP") || type.starts_with("UNION");
  if (is_nested) return {name, "CAST(to_json(" + column + ") AS VARCHAR)", Finish::none};
  return {name, as_text, Finish::none};
}

std::string finished(std::string_view text, Finish finish) {
  std::string made(text);
  if (finish == Finish::number) {
    const auto value = base::parse_double(text);
    return value ? base::format_double(*value) : made;
  }
  if (finish == Finish::none) return made;
  if (const std::size_t blank = made.find(' '); blank != std::string::npos) made[blank] = 'T';
  return finish == Finish::utc_time ? made + "Z" : made;
}

// Rows as they lie in a window: for each field its length and its bytes.
void add_field(std::string& bytes, std::string_view text) {
  const auto length = base::narrow<std::uint32_t>(text.size());
  bytes.append(reinterpret_cast<const char*>(&length), sizeof length);
  bytes += text;
}

void add_no_field(std::string& bytes) {
  bytes.append(reinterpret_cast<const char*>(&k_no_value), sizeof k_no_value);
}

std::string_view take_field(std::string_view& bytes) {
  std::uint32_t length = 0;
  std::memcpy(&length, bytes.data(), sizeof length);
  bytes.remove_prefix(sizeof length);
  if (length == k_no_value) return k_absent;
  const std::string_view field = bytes.substr(0, length);
  bytes.remove_prefix(length);
  return field;
}

// Rows that follow one another in the file.
struct Stretch {
  std::int64_t rows = 0;
  std::string bytes;
};

Error damaged(const std::string& path) {
  return {ErrorKind::damaged, "parquet_damaged", "the Parquet file is damaged", path,
          "Nothing of it was taken in. Ask the sender for the file again"};
}

// DuckDB's words may quote a value, and it calls the file the records store: only what is about this machine goes on.
Error told_of(Error error, const std::string& path) {
  const bool is_machine = error.code == "disk_full" || error.code == "out_of_memory" || error.code == "interrupted";
  return is_machine ? std::move(error).in("reading " + path) : damaged(path);
}

template <class T>
Result<T> about(Result<T> result, const std::string& path) {
  if (!result.ok()) return told_of(std::move(result).error(), path);
  return result;
}

class ParquetSource final : public RowSource {
 public:
  ParquetSource(store::DuckConnection connection, const ByteSource& source)
      : connection_(std::move(connection)), path_(source.path()), received_size_(source.received_size()) {
    format_ = Format::parquet;
    delimiter_ = '\0';
    content_name_ = source.content_name();
  }

  Result<void> open(ByteSource& source, const ContentSink& sink, const std::filesystem::path& inbox) {
    hashes_ = TRY(copy_.fill(inbox, source, sink));
    if (copy_.end() == "PARE") {
      return Error{ErrorKind::damaged, "parquet_encrypted", "the Parquet file is encrypted", path_,
                   "Ask the sender for it without encryption"};
    }
    if (copy_.end() != "PAR1") {
      return Error{ErrorKind::damaged, "parquet_cut_off",
                   fmt::format("the Parquet file is cut off: it ends after {} bytes without its closing mark",
                               hashes_.content_bytes),
                   path_, "Nothing of it was taken in. Ask the sender for the file again"};
    }
    return name(TRY(about(describe(), path_)));
  }

  // REQUIRES open(). All rows, or the one with that number.
  Result<void> start(std::optional<std::int64_t> only) {
    std::string sql = "SELECT file_row_number";
    for (const ParquetColumn& column : columns_) sql += ", " + column.sql;
    sql += " FROM read_parquet(?, file_row_number = true)";
    if (only) sql += " WHERE file_row_number = ?";
    store::DuckStatement select = TRY(about(connection_.prepare(sql), path_));
    select.bind(1, copy_.path());
    if (only) {
      select.bind(2, *only - 1);
      next_ = *only - 1;
      rows_ = next_ < 0 || next_ >= rows_ ? next_ : *only;
    }
    result_ = TRY(about(select.query(), path_));
    return {};
  }

  Result<std::optional<Window>> next() override {
    Window window;
    window.offset = next_ + 1;
    window.first_line = window.offset;
    auto held = std::make_shared<std::string>();
    const std::int64_t begin = next_;
    while (next_ - begin < k_rows_a_window && held->size() < k_bytes_a_window) {
      const auto at = waiting_.find(next_);
      if (at != waiting_.end()) {
        *held += at->second.bytes;
        next_ += at->second.rows;
        waiting_.erase(at);
        continue;
      }
      if (!TRY(pull())) break;
    }
    if (next_ == begin) {
      if (next_ != rows_ || !waiting_.empty()) return damaged(path_);
      return std::optional<Window>();
    }
    window.bytes = *held;
    window.held = std::move(held);
    return std::optional<Window>(std::move(window));
  }

  [[nodiscard]] RawRows parse(const Window& window) const override {
    RawRows rows;
    rows.columns = static_cast<std::int32_t>(header_.size());
    rows.held = window.held;
    std::string_view left = window.bytes;
    for (std::int64_t number = window.offset; !left.empty(); ++number) add_row(number, left, rows);
    return rows;
  }

  // All bytes are read before the first row comes, so progress goes by rows.
  [[nodiscard]] std::int64_t received_so_far() const override {
    return next_ >= rows_ ? received_size_ : received_size_ / rows_ * next_;
  }
  [[nodiscard]] std::int64_t received_size() const override { return received_size_; }
  Result<SourceHashes> finish() override { return hashes_; }
  [[nodiscard]] std::vector<Finding> findings() const override { return findings_; }

 private:
  // Finds how many rows there are and how each column becomes text; gives the columns' names.
  Result<std::vector<std::string>> describe() {
    std::map<std::string, std::string> types;
    store::DuckStatement list =
        TRY(connection_.prepare("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet(?))"));
    store::DuckResult described = TRY(list.bind(1, copy_.path()).query());
    while (const auto chunk = TRY(described.next())) {
      for (std::int64_t row = 0; row < chunk->rows(); ++row) {
        types[std::string(chunk->text(0, row))] = std::string(chunk->text(1, row));
      }
    }
    store::DuckStatement count =
        TRY(connection_.prepare("SELECT CAST(num_rows AS BIGINT) FROM parquet_file_metadata(?)"));
    store::DuckResult counted = TRY(count.bind(1, copy_.path()).query());
    if (const auto chunk = TRY(counted.next())) rows_ = chunk->column<std::int64_t>(0)[0];
    // In the file's own order, which a list of them need not keep.
    store::DuckStatement names = TRY(connection_.prepare("SELECT * FROM read_parquet(?) LIMIT 0"));
    const store::DuckResult none = TRY(names.bind(1, copy_.path()).query());
    std::vector<std::string> header;
    for (int index = 0; index < none.columns(); ++index) {
      header.push_back(none.column_name(index));
      columns_.push_back(column_of(header.back(), types[header.back()]));
    }
    return header;
  }

  Result<void> name(const std::vector<std::string>& names) {
    NamedColumns named = TRY(name_columns(names, path_));
    header_ = std::move(named.names);
    findings_ = std::move(named.findings);
    for (const std::string& column : names) {
      if (base::fold(column) == k_row_number) {
        return Error{ErrorKind::bad_command, "reserved_column",
                     fmt::format("a column is called \"{}\", which is what rows are numbered by", column), path_,
                     "Rename the column, or save the table as CSV"};
      }
    }
    return {};
  }

  // Takes one chunk in; false at the end. Chunks of different row groups come in any order.
  Result<bool> pull() {
    CHECK(result_.has_value());
    const auto chunk = TRY(about(result_->next(), path_));
    if (!chunk) return false;
    const auto numbers = chunk->column<std::int64_t>(0);
    std::vector<store::TextColumn> texts;
    for (std::size_t index = 0; index < columns_.size(); ++index)
      texts.push_back(chunk->texts(static_cast<int>(index) + 1));
    Stretch* stretch = nullptr;
    for (std::int64_t row = 0; row < chunk->rows(); ++row) {
      if (stretch == nullptr || numbers[row] != numbers[row - 1] + 1) stretch = &waiting_[numbers[row]];
      ++stretch->rows;
      for (std::size_t index = 0; index < columns_.size(); ++index) {
        if (!texts[index].has(row)) {
          add_no_field(stretch->bytes);
        } else if (columns_[index].finish == Finish::none) {
          add_field(stretch->bytes, texts[index][row]);
        } else {
          add_field(stretch->bytes, finished(texts[index][row], columns_[index].finish));
        }
      }
    }
    return true;
  }

  static void add_row(std::int64_t number, std::string_view& left, RawRows& rows) {
    const Place place{number, 0, number};
    const std::size_t first = rows.fields.size();
    std::int64_t bytes = 0;
    std::optional<Fault> fault;
    for (std::int32_t column = 0; column < rows.columns; ++column) {
      const std::string_view field = take_field(left);
      const std::size_t nul = field.find('\0');
      if (nul != std::string_view::npos && !fault) {
        fault = Fault{place, FaultRule::nul_byte, column, 0, bytes + static_cast<std::int64_t>(nul)};
      }
      bytes += static_cast<std::int64_t>(field.size());
      rows.fields.push_back(field);
    }
    if (bytes > k_record_bytes_max) fault = Fault{place, FaultRule::record_too_long, -1, k_record_bytes_max, bytes};
    if (!fault) {
      rows.places.push_back(place);
      return;
    }
    rows.fields.resize(first);
    rows.faults.push_back(*fault);
  }

  // In this order, so that the result ends before the connection it streams from, and both before the file.
  InboxCopy copy_;
  store::DuckConnection connection_;
  std::optional<store::DuckResult> result_;
  std::string path_;
  std::int64_t received_size_ = 0;
  SourceHashes hashes_;
  std::vector<ParquetColumn> columns_;
  std::vector<Finding> findings_;
  std::map<std::int64_t, Stretch> waiting_;  // By the number of the first row, from 0.
  std::int64_t next_ = 0;                    // The row, from 0, that is due.
  std::int64_t rows_ = 0;
};

ParquetOpener opener(store::Workspace& workspace, std::optional<std::int64_t> only) {
  return [&workspace, only](std::unique_ptr<ByteSource> source,
                            const ReadOptions& options) -> Result<std::unique_ptr<RowSource>> {
    auto rows = std::make_unique<ParquetSource>(TRY(workspace.records_store().connect()), *source);
    TRY(rows->open(*source, options.sink, workspace.paths().inbox));
    TRY(rows->start(only));
    return std::unique_ptr<RowSource>(std::move(rows));
  };
}

}  // namespace

ParquetOpener parquet_opener(store::Workspace& workspace) {
  return opener(workspace, std::nullopt);
}

ParquetOpener parquet_row_opener(store::Workspace& workspace, std::int64_t number) {
  return opener(workspace, number);
}

}  // namespace throughline::records
