#include <algorithm>
#include <cstring>
#include <optional>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "base/utf8.h"
#include "records/readers/csv.h"
#include "records/readers/csv_scan.h"

namespace throughline::records {
namespace {

constexpr std::int32_t k_columns_max = 65536;

// Walks over a window record by record. Only the first fault of a record is kept.
class RecordParser {
 public:
  RecordParser(const Window& window, RecordShape shape)
      : window_(window),
        text_(window.bytes),
        shape_(shape),
        specials_(text_, shape.delimiter),
        all_valid_(base::valid_utf8(text_) && std::memchr(text_.data(), 0, text_.size()) == nullptr),
        line_(window.first_line) {}

  RawRows run() {
    rows_.columns = shape_.columns;
    rows_.held = window_.held;
    rows_.faults = window_.faults;
    if (text_.empty()) return std::move(rows_);
    reserve();
    while (at_ < text_.size()) record();
    return std::move(rows_);
  }

 private:
  void reserve() {
    // A guess from the first record; vectors grow where it is wrong.
    const std::size_t first = std::max<std::size_t>(first_line_length(), 16);
    const std::size_t records = text_.size() / first + 16;
    rows_.places.reserve(records + records / 4);
    // A byte can begin one field at most.
    rows_.fields.reserve(
        std::min((records + records / 4) * static_cast<std::size_t>(shape_.columns), text_.size() + 1));
  }
  [[nodiscard]] std::size_t first_line_length() const {
    const std::size_t end = text_.find('\n');
    return end == std::string_view::npos ? text_.size() : end;
  }

  [[nodiscard]] bool at_line_end(std::size_t at) const { return text_[at] == '\n' || text_[at] == '\r'; }

  void record() {
    const std::size_t start = at_;
    if (at_line_end(at_)) {
      ++rows_.blank_lines;
      pass_line_end();
      return;
    }
    const std::int64_t first_line = line_;
    const std::size_t first_field = rows_.fields.size();
    fault_.reset();
    found_ = 0;
    bool more = true;
    while (more) {
      const std::string_view field = at_ < text_.size() && text_[at_] == '"' ? quoted() : unquoted();
      if (found_ < shape_.columns) rows_.fields.push_back(field);
      ++found_;
      more = at_ < text_.size() && text_[at_] == shape_.delimiter;
      if (more) ++at_;
    }
    const std::size_t length = at_ - start;
    pass_line_end();
    const Place place{window_.offset + static_cast<std::int64_t>(start), static_cast<std::int64_t>(length), first_line};
    judge(place, text_.substr(start, length));
    if (fault_) {
      rows_.fields.resize(first_field);
      rows_.faults.push_back(*fault_);
    } else {
      rows_.places.push_back(place);
    }
  }

  void pass_line_end() {
    if (at_ >= text_.size()) return;
    ++line_;
    const bool pair = text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
    at_ += pair ? 2 : 1;
  }

  // Up to the next delimiter or line end; quotes inside are plain characters.
  std::string_view unquoted() {
    const std::size_t start = at_;
    at_ = specials_.next(at_);
    while (at_ < text_.size() && text_[at_] == '"') at_ = specials_.next(at_ + 1);
    return text_.substr(start, at_ - start);
  }

  std::string_view quoted() {
    const std::size_t start = at_ + 1;
    bool doubled = false;
    std::size_t close = text_.find('"', start);
    while (close != std::string_view::npos && close + 1 < text_.size() && text_[close + 1] == '"') {
      doubled = true;
      close = text_.find('"', close + 2);
    }
    const bool closed = close != std::string_view::npos;
    const std::string_view inside = text_.substr(start, (closed ? close : text_.size()) - start);
    line_ += count_line_ends(inside);
    at_ = closed ? close + 1 : text_.size();
    if (!closed) note(FaultRule::unterminated_quote);
    if (at_ < text_.size() && text_[at_] != shape_.delimiter && !at_line_end(at_)) {
      note(FaultRule::text_after_quote);
      std::ignore = unquoted();
    }
    return doubled ? single_quotes(inside) : inside;
  }

  std::string_view single_quotes(std::string_view inside) {
    std::string& made = rows_.made.emplace_back();
    made.reserve(inside.size());
    for (std::size_t at = 0; at < inside.size(); ++at) {
      made += inside[at];
      if (inside[at] == '"') ++at;
    }
    return made;
  }

  void note(FaultRule rule) {
    if (!fault_) fault_ = Fault{.place = {}, .rule = rule, .column = found_, .expected = 0, .found = 0};
  }

  void judge(const Place& place, std::string_view bytes) {
    if (place.length > k_record_bytes_max) {
      fault_ = Fault{place, FaultRule::record_too_long, -1, k_record_bytes_max, place.length};
      return;
    }
    if (!all_valid_ && broken_bytes(place, bytes)) return;
    if (!fault_ && found_ != shape_.columns) {
      const FaultRule rule = found_ < shape_.columns ? FaultRule::too_few_fields : FaultRule::too_many_fields;
      fault_ = Fault{place, rule, -1, shape_.columns, found_};
    }
    if (fault_) fault_->place = place;
  }

  bool broken_bytes(const Place& place, std::string_view bytes) {
    const std::size_t nul = bytes.find('\0');
    if (nul != std::string_view::npos) {
      fault_ = Fault{place, FaultRule::nul_byte, -1, 0, static_cast<std::int64_t>(nul)};
      return true;
    }
    if (base::valid_utf8(bytes)) return false;
    std::size_t at = 0;
    base::utf8::Sequence sequence = base::utf8::read(bytes, at);
    while (sequence.kind == base::utf8::Sequence::Kind::whole) {
      at += sequence.length;
      sequence = base::utf8::read(bytes, at);
    }
    fault_ = Fault{place, FaultRule::invalid_utf8, -1, 0, static_cast<std::int64_t>(at)};
    return true;
  }

  const Window& window_;
  std::string_view text_;
  RecordShape shape_;
  Specials specials_;
  bool all_valid_;
  std::int64_t line_;
  std::size_t at_ = 0;
  std::int32_t found_ = 0;
  std::optional<Fault> fault_;
  RawRows rows_;
};

Window window_of(std::string_view text) {
  Window window;
  window.bytes = text;
  return window;
}

}  // namespace

RawRows parse_delimited(const Window& window, RecordShape shape) {
  return RecordParser(window, shape).run();
}

FirstRecord first_record(std::string_view text, char delimiter, bool is_all) {
  std::size_t start = 0;
  while (start < text.size() && (text[start] == '\n' || text[start] == '\r')) ++start;
  FirstRecord first;
  if (start == text.size()) return first;
  RecordCutter cutter(delimiter);
  std::size_t end = start;
  bool whole = false;
  while (!whole && end < text.size()) {
    const std::size_t feed = text.find_first_of("\n\r", end);
    if (feed == std::string_view::npos || feed + 1 == text.size()) break;
    end = feed + 1 + (text[feed] == '\r' && text[feed + 1] == '\n' ? 1 : 0);
    cutter.look(text.substr(start, end - start), true);
    whole = cutter.last_end() > 0;
  }
  if (!whole && !is_all) return first;
  if (!whole) end = text.size();
  first.fields = parse_record(text.substr(start, end - start), delimiter);
  first.end = end;
  return first;
}

std::vector<std::string> parse_record(std::string_view bytes, char delimiter) {
  const Window window = window_of(bytes);
  // Counted first, for a row must have the number of fields asked for.
  const RawRows counted = parse_delimited(window, {.delimiter = delimiter, .columns = k_columns_max});
  if (counted.faults.empty()) return {counted.fields.begin(), counted.fields.end()};
  const auto fields = std::clamp<std::int64_t>(counted.faults.front().found, 1, k_columns_max);
  const RawRows rows = parse_delimited(window, {.delimiter = delimiter, .columns = static_cast<std::int32_t>(fields)});
  return {rows.fields.begin(), rows.fields.end()};
}

}  // namespace throughline::records
