#include "records/original.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/check.h"
#include "records/readers/csv.h"
#include "records/readers/csv_scan.h"
#include "records/readers/ndjson.h"

namespace throughline::records {

namespace {

constexpr auto k_long = static_cast<std::size_t>(k_record_bytes_max);
constexpr std::size_t k_room = k_long + 2;  // The longest record and its line end, as the reader has it.

std::size_t without_line_end(std::string_view record) {
  if (record.ends_with("\r\n")) return record.size() - 2;
  return record.size() - (record.ends_with('\n') || record.ends_with('\r') ? 1 : 0);
}

// Just past the line end that ends the first record; 0 where it does not end in the text.
std::size_t first_end(std::string_view text, char delimiter) {
  RecordCutter cutter(delimiter);
  for (std::size_t end = 0; end < text.size();) {
    const std::size_t at = text.find_first_of("\r\n", end);
    // What follows a CR decides whether one or two bytes end the line.
    if (at == std::string_view::npos || at + 1 == text.size()) return 0;
    end = at + (text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1);
    cutter.look(text.substr(0, end), true);
    if (cutter.last_end() > 0) return end;
  }
  return 0;
}

std::optional<std::int64_t> delimited_length(std::string_view text, char delimiter, bool is_all) {
  const std::size_t end = first_end(text.substr(0, k_room), delimiter);
  if (end > 0) return static_cast<std::int64_t>(without_line_end(text.substr(0, end)));
  if (text.size() > k_room) {
    // Too long to hold: it ends at the first line end past the limit, quoted or not.
    const std::size_t stop = text.find_first_of("\r\n", k_long);
    if (stop != std::string_view::npos) return static_cast<std::int64_t>(stop);
    return is_all ? std::optional(static_cast<std::int64_t>(text.size())) : std::nullopt;
  }
  if (!is_all) return std::nullopt;
  Window window;
  window.bytes = text;
  const RawRows rows = parse_delimited(window, {.delimiter = delimiter, .columns = 1});
  return rows.faults.empty() ? rows.places.at(0).length : rows.faults.front().place.length;
}

std::optional<std::int64_t> line_length(std::string_view text, bool is_all) {
  const std::size_t feed = text.find('\n');
  if (feed == std::string_view::npos && !is_all) return std::nullopt;
  const std::string_view line = text.substr(0, feed);
  return static_cast<std::int64_t>(line.size()) - (line.ends_with('\r') ? 1 : 0);
}

std::string name_of_column(const std::vector<std::string>& columns, std::size_t index) {
  return index < columns.size() ? columns[index] : "field " + std::to_string(index + 1);
}

OriginalRow read_delimited(std::string_view record, const RecordForm& form, std::int64_t place) {
  Window window;
  window.bytes = record;
  window.offset = place;
  const RecordShape shape{.delimiter = form.delimiter, .columns = static_cast<std::int32_t>(form.columns.size())};
  const RawRows rows = parse_delimited(window, shape);
  OriginalRow row;
  if (rows.rows() == 1) {
    row.fields = fields_of(rows, 0, form.columns);
    return row;
  }
  if (!rows.faults.empty()) row.fault = rows.faults.front();
  std::vector<std::string> fields = parse_record(record, form.delimiter);
  for (std::size_t index = 0; index < fields.size(); ++index) {
    row.fields.push_back({name_of_column(form.columns, index), std::move(fields[index])});
  }
  return row;
}

OriginalRow read_object(std::string_view record, const RecordForm& form, std::int64_t place) {
  OriginalRow row;
  JsonLine line = read_json_line(record);
  if (line.fault) {
    row.fault = Fault{{place, static_cast<std::int64_t>(record.size()), 0}, *line.fault, -1, 0, 0};
    return row;
  }
  std::set<std::string> known(form.columns.begin(), form.columns.end());
  for (const std::string& column : form.columns) {
    const auto at = std::ranges::find(line.fields, column, &JsonField::name);
    row.fields.push_back({column, at == line.fields.end() ? std::nullopt : at->text});
  }
  for (JsonField& field : line.fields) {
    if (!known.contains(field.name)) row.fields.push_back({std::move(field.name), std::move(field.text)});
  }
  return row;
}

}  // namespace

std::optional<std::int64_t> record_length(std::string_view text, const RecordForm& form, bool is_all) {
  CHECK(form.format == Format::csv || form.format == Format::ndjson);
  if (form.format == Format::ndjson) return line_length(text, is_all);
  return delimited_length(text, form.delimiter, is_all);
}

OriginalRow read_record(std::string_view record, const RecordForm& form, std::int64_t place) {
  OriginalRow row;
  if (record.size() > k_long) {
    const auto length = static_cast<std::int64_t>(record.size());
    row.fault = Fault{{place, length, 0}, FaultRule::record_too_long, -1, k_record_bytes_max, length};
  } else if (form.format == Format::ndjson) {
    row = read_object(record, form, place);
  } else {
    row = read_delimited(record, form, place);
  }
  row.place = place;
  row.text = record.substr(0, k_long);
  return row;
}

std::vector<OriginalField> fields_of(const RawRows& rows, std::int64_t row, const std::vector<std::string>& columns) {
  std::vector<OriginalField> fields;
  for (std::int32_t column = 0; column < rows.columns; ++column) {
    const std::string_view field = rows.field(row, column);
    fields.push_back({name_of_column(columns, static_cast<std::size_t>(column)),
                      is_absent(field) ? std::nullopt : std::optional(std::string(field))});
  }
  return fields;
}

}  // namespace throughline::records
