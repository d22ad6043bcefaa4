#include "records/readers/ndjson.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <mutex>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "records/readers/text_stream.h"

namespace throughline::records {
namespace {

using base::Error;
using base::ErrorKind;
namespace dom = simdjson::dom;

constexpr std::int64_t k_lines_looked_at = 1000;
constexpr std::size_t k_line_room = static_cast<std::size_t>(k_record_bytes_max) + 1;
constexpr std::size_t k_keys_told = 1000;
constexpr std::string_view k_mark = "\xEF\xBB\xBF";
constexpr std::size_t k_columns_max = 4096;

struct Line {
  std::string_view bytes;
  Place place;
};

// The lines of a window that are not blank; CR LF ends a line as LF does, a lone CR is white space to JSON.
template <class Take>
std::int64_t each_line(const Window& window, Take take) {
  std::int64_t blank = 0;
  std::int64_t number = window.first_line;
  for (std::size_t at = 0; at < window.bytes.size(); ++number) {
    const std::size_t feed = std::min(window.bytes.find('\n', at), window.bytes.size());
    std::string_view bytes = window.bytes.substr(at, feed - at);
    if (bytes.ends_with('\r')) bytes.remove_suffix(1);
    const Place place{window.offset + static_cast<std::int64_t>(at), static_cast<std::int64_t>(bytes.size()), number};
    if (bytes.find_first_not_of(" \t\r") == std::string_view::npos) {
      ++blank;
    } else {
      take(Line{bytes, place});
    }
    at = feed + 1;
  }
  return blank;
}

enum class Shape { whole, broken, duplicate };

// Calls take(path, element) for each leaf: scalars, arrays, and objects that hold nothing.
template <class Take>
Shape each_leaf(dom::object object, const std::string& prefix, Take& take) {
  std::vector<std::string_view> keys;
  for (const auto [key, value] : object) {
    keys.push_back(key);
    const std::string path = prefix.empty() ? std::string(key) : fmt::format("{}.{}", prefix, key);
    dom::object inner;
    if (value.get(inner) == simdjson::SUCCESS && inner.size() > 0) {
      const Shape shape = each_leaf(inner, path, take);
      if (shape != Shape::whole) return shape;
    } else if (!take(path, value)) {
      return Shape::duplicate;
    }
  }
  std::ranges::sort(keys);
  return std::ranges::adjacent_find(keys) == keys.end() ? Shape::whole : Shape::duplicate;
}

template <class Take>
Shape each_leaf_of_line(dom::parser& parser, std::string_view line, Take take) {
  dom::element element;
  dom::object object;
  if (parser.parse(line.data(), line.size()).get(element) != simdjson::SUCCESS) return Shape::broken;
  if (element.get(object) != simdjson::SUCCESS) return Shape::broken;
  return each_leaf(object, "", take);
}

// A string without its quotes; anything else as JSON writes it.
std::string text_of(const dom::element& value) {
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS ? std::string(text) : simdjson::minify(value);
}

FaultRule fault_rule(std::string_view line, Shape shape) {
  if (shape == Shape::duplicate) return FaultRule::duplicate_key;
  return line.find('\0') == std::string_view::npos ? FaultRule::broken_json : FaultRule::nul_byte;
}

class NdjsonSource final : public RowSource {
 public:
  NdjsonSource(std::unique_ptr<ByteSource> source, const ReadOptions& options) : stream_(std::move(source), options) {
    format_ = Format::ndjson;
    delimiter_ = '\0';
    content_name_ = stream_.source().content_name();
  }

  base::Result<void> open(const std::vector<std::string>& asked) {
    std::int64_t lines = 0;
    while (!ended_ && lines < k_lines_looked_at && text_.size() < k_line_room) {
      const std::size_t before = text_.size();
      TRY(extend());
      lines += std::ranges::count(std::string_view(text_).substr(before), '\n');
    }
    if (text_.starts_with(k_mark)) drop(k_mark.size());
    std::set<std::string> names(asked.begin(), asked.end());
    const bool any = look_at_first_lines(names);
    if (!any) {
      return Error{ErrorKind::damaged, "no_json_objects", "none of the first lines is a JSON object", path(),
                   R"(Each line must be one object, such as {"month": "2025-01"}; an array of objects is not read)"};
    }
    if (names.size() > k_columns_max) {
      return Error{ErrorKind::damaged, "too_many_keys",
                   fmt::format("the first lines have {} different keys; {} are allowed", names.size(), k_columns_max),
                   path(), "Check that each line has the same keys"};
    }
    header_.assign(names.begin(), names.end());
    for (std::size_t index = 0; index < header_.size(); ++index) column_of_.emplace(header_[index], index);
    return {};
  }

  base::Result<std::optional<Window>> next() override {
    while (true) {
      if (ended_ && text_.size() <= k_line_room) {
        if (text_.empty()) return std::optional<Window>();
        return std::optional<Window>(cut(text_.size()));
      }
      const std::size_t feed = std::string_view(text_).substr(0, k_line_room).rfind('\n');
      if (feed != std::string::npos) return std::optional<Window>(cut(feed + 1));
      if (text_.size() > k_line_room) {
        Window skipped = TRY(skip_long());
        return std::optional<Window>(std::move(skipped));
      }
      TRY(extend());
    }
  }

  [[nodiscard]] RawRows parse(const Window& window) const override {
    RawRows rows;
    rows.columns = static_cast<std::int32_t>(header_.size());
    rows.held = window.held;
    rows.faults = window.faults;
    dom::parser parser;
    rows.blank_lines = each_line(window, [&](const Line& line) { add_line(parser, line, rows); });
    return rows;
  }

  [[nodiscard]] std::int64_t received_so_far() const override { return stream_.source().received_so_far(); }
  [[nodiscard]] std::int64_t received_size() const override { return stream_.source().received_size(); }
  base::Result<SourceHashes> finish() override {
    CHECK(ended_ && text_.empty());
    return stream_.finish();
  }

  [[nodiscard]] std::vector<Finding> findings() const override {
    const std::scoped_lock lock(unknown_guard_);
    if (unknown_.empty()) return {};
    // Not by name: what stands as a key in a broken file may be somebody's.
    return {{"unknown_key",
             fmt::format("{} key{} first after the first {} lines, so that no column is made of it; "
                         "a mapping that names it makes one",
                         unknown_.size(), unknown_.size() == 1 ? " appears" : "s appear", k_lines_looked_at)}};
  }

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

  // True where at least one line is an object; its keys are added to the names.
  bool look_at_first_lines(std::set<std::string>& names) const {
    dom::parser parser;
    bool any = false;
    std::int64_t looked_at = 0;
    Window front;
    front.bytes = text_;
    each_line(front, [&](const Line& line) {
      if (looked_at++ >= k_lines_looked_at || line.place.length > k_record_bytes_max) return;
      std::vector<std::string> keys;
      const Shape shape = each_leaf_of_line(parser, line.bytes, [&](const std::string& key, const dom::element&) {
        keys.push_back(key);
        return true;
      });
      if (shape != Shape::whole) return;
      any = true;
      names.insert(keys.begin(), keys.end());
    });
    return any;
  }

  void add_line(dom::parser& parser, const Line& line, RawRows& rows) const {
    if (line.place.length > k_record_bytes_max) {
      rows.faults.push_back({line.place, FaultRule::record_too_long, -1, k_record_bytes_max, line.place.length});
      return;
    }
    const std::size_t first = rows.fields.size();
    rows.fields.resize(first + header_.size(), k_absent);
    std::vector<bool> seen(header_.size());
    const auto take = [&](const std::string& key, const dom::element& value) {
      const auto column = column_of_.find(key);
      if (column == column_of_.end()) {
        note_unknown(key);
        return true;
      }
      if (seen[column->second]) return false;
      seen[column->second] = true;
      if (!value.is_null()) rows.fields[first + column->second] = rows.made.emplace_back(text_of(value));
      return true;
    };
    const Shape shape = each_leaf_of_line(parser, line.bytes, take);
    if (shape == Shape::whole) {
      rows.places.push_back(line.place);
      return;
    }
    rows.fields.resize(first);
    rows.faults.push_back(fault_of(line, shape));
  }

  [[nodiscard]] static Fault fault_of(const Line& line, Shape shape) {
    const FaultRule rule = fault_rule(line.bytes, shape);
    const std::size_t found = rule == FaultRule::nul_byte ? line.bytes.find('\0') : 0;
    return {line.place, rule, -1, 0, static_cast<std::int64_t>(found)};
  }

  void note_unknown(const std::string& key) const {
    const std::scoped_lock lock(unknown_guard_);
    unknown_.insert(key);
    if (unknown_.size() > k_keys_told) unknown_.erase(std::prev(unknown_.end()));
  }

  Window cut(std::size_t end) {
    std::string rest = text_.substr(end);
    text_.resize(end);
    Window window;
    window.held = std::make_shared<const std::string>(std::move(text_));
    window.bytes = *window.held;
    window.offset = offset_;
    window.first_line = line_;
    offset_ += static_cast<std::int64_t>(end);
    line_ += std::ranges::count(window.bytes, '\n');
    text_ = std::move(rest);
    return window;
  }

  // The line at the front is longer than may be held: everything up to its end is let go of.
  base::Result<Window> skip_long() {
    Fault fault{{offset_, 0, line_}, FaultRule::record_too_long, -1, k_record_bytes_max, 0};
    bool ends_in_return = false;
    std::size_t feed = text_.find('\n');
    while (feed == std::string::npos && !ended_) {
      fault.place.length += static_cast<std::int64_t>(text_.size());
      if (!text_.empty()) ends_in_return = text_.back() == '\r';
      drop(text_.size());
      TRY(extend());
      feed = text_.find('\n');
    }
    const std::size_t stop = std::min(feed, text_.size());
    if (stop > 0) ends_in_return = text_[stop - 1] == '\r';
    fault.place.length += static_cast<std::int64_t>(stop) - (ends_in_return ? 1 : 0);
    fault.found = fault.place.length;
    if (feed != std::string::npos) ++line_;
    drop(std::min(stop + 1, text_.size()));
    Window window;
    window.held = std::make_shared<const std::string>();
    window.bytes = *window.held;
    window.offset = offset_;
    window.first_line = line_;
    window.faults.push_back(fault);
    return window;
  }

  TextStream stream_;
  std::unordered_map<std::string, std::size_t> column_of_;  // Only ever asked, never walked.
  std::string text_;                                        // Read, not yet cut; begins with a line.
  std::int64_t offset_ = 0;
  std::int64_t line_ = 1;
  bool ended_ = false;
  mutable std::mutex unknown_guard_;
  mutable std::set<std::string> unknown_;  // The first of them by name, so that no order of parsing shows.
};

}  // namespace

base::Result<std::unique_ptr<RowSource>> open_ndjson(std::unique_ptr<ByteSource> source, const ReadOptions& options) {
  auto rows = std::make_unique<NdjsonSource>(std::move(source), options);
  TRY(rows->open(options.asked_columns));
  return std::unique_ptr<RowSource>(std::move(rows));
}

JsonLine read_json_line(std::string_view line) {
  JsonLine read;
  dom::parser parser;
  std::set<std::string> seen;
  const Shape shape = each_leaf_of_line(parser, line, [&](const std::string& key, const dom::element& value) {
    read.fields.push_back({key, value.is_null() ? std::nullopt : std::optional(text_of(value))});
    return seen.insert(key).second;
  });
  if (shape == Shape::whole) return read;
  return {.fields = {}, .fault = fault_rule(line, shape)};
}

}  // namespace throughline::records
