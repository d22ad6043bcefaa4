#include "records/readers/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "records/readers/csv_scan.h"
#include "records/readers/header_names.h"

namespace throughline::records {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t k_sample_bytes = std::size_t{256} << 10;
constexpr std::size_t k_room =
    static_cast<std::size_t>(k_record_bytes_max) + 2;  // The longest record and its line end.
constexpr std::array k_delimiters = {',', ';', '\t', '|'};
constexpr std::string_view k_mark = "\xEF\xBB\xBF";
constexpr std::int64_t k_rows_judged = 50;

std::string delimiter_name(char delimiter) {
  return delimiter == '\t' ? std::string("tab") : fmt::format("\"{}\"", delimiter);
}

struct Fit {
  char delimiter = ',';
  std::int64_t agreeing = 0;  // Of the first rows, those with as many fields as the header, in thousandths.
  std::size_t columns = 0;
};

Fit fit_of(std::string_view sample, char delimiter, bool is_all) {
  const FirstRecord first = first_record(sample, delimiter, is_all);
  Fit fit{delimiter, 0, first.fields.size()};
  std::int64_t rows = 0;
  std::int64_t alike = 0;
  std::string_view rest = sample.substr(first.end);
  while (first.end > 0 && rows < k_rows_judged && !rest.empty()) {
    const FirstRecord row = first_record(rest, delimiter, is_all);
    if (row.end == 0) break;
    ++rows;
    alike += row.fields.size() == fit.columns ? 1 : 0;
    rest.remove_prefix(row.end);
  }
  fit.agreeing = rows == 0 ? 1000 : alike * 1000 / rows;
  return fit;
}

// Halves and more of the rows agreeing counts before the number of columns; a single column parts nothing.
bool is_better(const Fit& one, const Fit& other) {
  if ((one.columns > 1) != (other.columns > 1)) return one.columns > 1;
  if ((one.agreeing >= 500) != (other.agreeing >= 500)) return one.agreeing >= 500;
  return one.columns > other.columns;
}

class CsvSource final : public RowSource {
 public:
  CsvSource(std::unique_ptr<ByteSource> source, const ReadOptions& options)
      : stream_(std::move(source), options), cutter_(',') {
    format_ = Format::csv;
    content_name_ = stream_.source().content_name();
  }

  base::Result<void> open(std::optional<char> asked) {
    while (text_.size() < k_sample_bytes && !ended_) TRY(extend());
    if (text_.starts_with(k_mark)) drop(k_mark.size());
    const std::string_view sample = std::string_view(text_).substr(0, k_sample_bytes);
    const bool is_all = ended_ && sample.size() == text_.size();
    TRY(choose_delimiter(sample, is_all, asked));
    const FirstRecord first = first_record(sample, delimiter_, is_all);
    if (first.end == 0 && is_all) {
      return Error{ErrorKind::damaged, "file_empty", "the file holds no header and no rows", path(),
                   "Ask the sender for it again"};
    }
    if (first.end == 0) {
      return Error{ErrorKind::damaged, "header_too_long",
                   fmt::format("the first line does not end within {} bytes, so it is no header", k_sample_bytes),
                   path(), "Check that this is a table, and that no quote in the header is left open"};
    }
    NamedColumns named = TRY(name_columns(first.fields, path()));
    header_ = std::move(named.names);
    findings_ = std::move(named.findings);
    line_ += count_line_ends(std::string_view(text_).substr(0, first.end));
    drop(first.end);
    cutter_ = RecordCutter(delimiter_);
    return {};
  }

  base::Result<std::optional<Window>> next() override {
    while (true) {
      const bool bounded = text_.size() > k_room;
      const bool is_all = ended_ && !bounded;
      const std::string_view seen = std::string_view(text_).substr(0, k_room);
      cutter_.look(seen, is_all);
      if (is_all) {
        if (text_.empty()) return std::optional<Window>();
        return std::optional<Window>(cut(text_.size()));
      }
      if (cutter_.last_end() > 0) return std::optional<Window>(cut(cutter_.last_end()));
      if (bounded) return std::optional<Window>(TRY(skip_long()));
      TRY(extend());
    }
  }

  [[nodiscard]] RawRows parse(const Window& window) const override {
    return parse_delimited(window, {delimiter_, static_cast<std::int32_t>(header_.size())});
  }

  [[nodiscard]] std::int64_t received_so_far() const override { return stream_.source().received_so_far(); }
  [[nodiscard]] std::int64_t received_size() const override { return stream_.source().received_size(); }

  base::Result<SourceHashes> finish() override {
    CHECK(ended_ && text_.empty());
    if (stream_.meaningless() > 0) {
      findings_.push_back(
          {"meaningless_bytes", fmt::format("{} bytes have no meaning in {} and became U+FFFD", stream_.meaningless(),
                                            base::encoding_name(stream_.encoding()))});
    }
    return stream_.finish();
  }

  [[nodiscard]] std::vector<Finding> findings() const override { return findings_; }

 private:
  [[nodiscard]] const std::string& path() const { return stream_.source().path(); }

  base::Result<void> extend() {
    ended_ = !TRY(stream_.extend(text_));
    encoding_ = stream_.encoding();
    return {};
  }

  void drop(std::size_t bytes) {
    text_.erase(0, bytes);
    offset_ += static_cast<std::int64_t>(bytes);
  }

  base::Result<void> choose_delimiter(std::string_view sample, bool is_all, std::optional<char> asked) {
    Fit best = fit_of(sample, asked.value_or(k_delimiters.front()), is_all);
    const std::size_t asked_columns = best.columns;
    for (const char delimiter : k_delimiters) {
      const Fit fit = fit_of(sample, delimiter, is_all);
      if (is_better(fit, best)) best = fit;
    }
    if (asked && asked_columns <= 1 && best.columns > 1) {
      return Error{
          ErrorKind::bad_command, "wrong_delimiter",
          fmt::format("parted by {} the header has 1 column; parted by {} it has {}", delimiter_name(*asked),
                      delimiter_name(best.delimiter), best.columns),
          path(),
          fmt::format("Ask for {} instead, or for none, so that it is found out", delimiter_name(best.delimiter))};
    }
    delimiter_ = asked.value_or(best.delimiter);
    return {};
  }

  // Takes the window off the front of the text.
  Window cut(std::size_t end) {
    std::string rest = text_.substr(end);
    text_.resize(end);
    Window window;
    window.held = std::make_shared<const std::string>(std::move(text_));
    window.bytes = *window.held;
    window.offset = offset_;
    window.first_line = line_;
    offset_ += static_cast<std::int64_t>(end);
    line_ += count_line_ends(window.bytes);
    text_ = std::move(rest);
    cutter_.restart();
    return window;
  }

  // The record at the front is longer than may be held: it ends at the first line end past the limit, quoted or not.
  base::Result<Window> skip_long() {
    Fault fault{{offset_, 0, line_}, FaultRule::record_too_long, -1, k_record_bytes_max, 0};
    auto from = static_cast<std::size_t>(k_record_bytes_max);
    std::size_t end = text_.find_first_of("\r\n", from);
    while (!ended_ && (end == std::string::npos || end + 1 == text_.size())) {
      if (end == std::string::npos) {
        const std::size_t passed = text_.size();
        line_ += count_line_ends(text_);
        fault.place.length += static_cast<std::int64_t>(passed);
        drop(passed);
        from = 0;
      }
      TRY(extend());
      end = text_.find_first_of("\r\n", from);
    }
    const std::size_t stop = std::min(end, text_.size());
    fault.place.length += static_cast<std::int64_t>(stop);
    fault.found = fault.place.length;
    const bool pair = stop + 1 < text_.size() && text_[stop] == '\r' && text_[stop + 1] == '\n';
    const std::size_t past = std::min(text_.size(), stop + (pair ? 2 : 1));
    line_ += count_line_ends(std::string_view(text_).substr(0, past));
    drop(past);
    cutter_.restart();
    Window window;
    window.held = std::make_shared<const std::string>();
    window.bytes = *window.held;
    window.offset = offset_;
    window.first_line = line_;
    window.faults.push_back(fault);
    return window;
  }

  TextStream stream_;
  RecordCutter cutter_;
  std::string text_;  // Read, not yet cut; begins with a record.
  std::int64_t offset_ = 0;
  std::int64_t line_ = 1;
  bool ended_ = false;
  std::vector<Finding> findings_;
};

}  // namespace

base::Result<std::unique_ptr<RowSource>> open_csv(std::unique_ptr<ByteSource> source, const ReadOptions& options) {
  auto rows = std::make_unique<CsvSource>(std::move(source), options);
  TRY(rows->open(options.delimiter));
  return std::unique_ptr<RowSource>(std::move(rows));
}

}  // namespace throughline::records
