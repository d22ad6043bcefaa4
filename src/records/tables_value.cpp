#include "records/tables_value.h"

#include <algorithm>

#include "base/date.h"
#include "records/fields.h"
#include "records/gss.h"

namespace throughline::records {

namespace {

template <class T>
std::optional<T> number_at(RowOfChunk at, int column) {
  const store::Column<T> values = at.chunk.column<T>(column);
  return values.has(at.row) ? std::optional(values[at.row]) : std::nullopt;
}

std::optional<std::string> text_at(RowOfChunk at, int column) {
  const store::TextColumn values = at.chunk.texts(column);
  return values.has(at.row) ? std::optional(std::string(values[at.row])) : std::nullopt;
}

// 532181764 with three decimals is "532181.764".
std::string decimal_text(std::int64_t value, std::size_t decimals) {
  std::string digits = std::to_string(value < 0 ? -value : value);
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  digits.insert(digits.size() - decimals, ".");
  return (value < 0 ? "-" : "") + digits;
}

std::optional<std::string> reference_text(RowOfChunk at, int column) {
  if (auto plain = text_at(at, column)) return plain;
  HexReference reference;
  for (int i = 0; i < 4; ++i) {
    const auto word = number_at<std::uint64_t>(at, column + 1 + i);
    if (!word) return std::nullopt;
    reference.words[i] = *word;
  }
  return text_of(reference);
}

std::optional<std::string> moment_text(std::optional<base::Instant> instant, RowOfChunk at, int precision_column) {
  const auto precision = number_at<std::uint8_t>(at, precision_column);
  if (!instant || !precision) return std::nullopt;
  std::string text = base::to_string(base::DatedInstant{*instant, static_cast<base::DatePrecision>(*precision)});
  // A clock on a wall says no offset, so none is shown.
  if (text.ends_with('Z')) text.pop_back();
  std::ranges::replace(text, 'T', ' ');
  return text;
}

std::optional<std::string> timestamp_text(RowOfChunk at, int column) {
  const auto moment = number_at<std::int64_t>(at, column);
  return moment_text(moment ? std::optional(base::Instant{*moment}) : std::nullopt, at, column + 1);
}

std::optional<std::string> birth_text(RowOfChunk at, int column) {
  const auto days = number_at<std::int32_t>(at, column);
  return moment_text(days ? std::optional(base::Instant::start_of(base::Date(*days))) : std::nullopt, at, column + 1);
}

template <class T, class Write>
std::optional<std::string> written(RowOfChunk at, int column, const Write& write) {
  const auto value = number_at<T>(at, column);
  return value ? std::optional<std::string>(write(*value)) : std::nullopt;
}

}  // namespace

std::optional<std::string> value_text(FieldKind kind, RowOfChunk at, int column) {
  switch (kind) {
    case FieldKind::text:
    case FieldKind::word:
    case FieldKind::grade_source:
    case FieldKind::grade_assessment:
    case FieldKind::handling:
    case FieldKind::conditions: return text_at(at, column);
    case FieldKind::reference: return reference_text(at, column);
    case FieldKind::instant:
    case FieldKind::when: return timestamp_text(at, column);
    case FieldKind::birth: return birth_text(at, column);
    case FieldKind::month:
      return written<std::int32_t>(at, column, [](auto index) { return base::to_string(base::Month(index)); });
    case FieldKind::year: return written<std::int16_t>(at, column, [](auto year) { return std::to_string(year); });
    case FieldKind::whole: return written<std::int64_t>(at, column, [](auto value) { return std::to_string(value); });
    case FieldKind::metres:
    case FieldKind::grams: return written<std::int64_t>(at, column, [](auto value) { return decimal_text(value, 3); });
    case FieldKind::percent:
    case FieldKind::pounds: return written<std::int64_t>(at, column, [](auto value) { return decimal_text(value, 2); });
    case FieldKind::longitude:
    case FieldKind::latitude:
      return written<std::int32_t>(at, column, [](auto value) { return decimal_text(value, 6); });
    case FieldKind::gss: return written<std::uint32_t>(at, column, [](auto code) { return GssCode(code).text(); });
    case FieldKind::truth:
      return written<std::uint8_t>(at, column, [](auto value) { return value != 0 ? "yes" : "no"; });
  }
  return std::nullopt;
}

TypedItem typed_item(const TableSpec& table, const std::vector<SqlColumn>& columns, RowOfChunk at) {
  const auto column_named = [&](std::string_view name) {
    const auto found = std::ranges::find(columns, name, &SqlColumn::name);
    return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
  };
  TypedItem item;
  item.table = table.table;
  item.item = at.chunk.column<std::int16_t>(2)[at.row];
  if (const int kind = column_named("kind"); kind >= 0) item.kind = text_at(at, kind).value_or("");
  if (const int roles = column_named("roles"); roles >= 0) {
    item.roles = roles_text(number_at<std::uint32_t>(at, roles).value_or(0));
  }
  for (const FieldSpec& field : table.fields) {
    auto value = value_text(field.kind, at, column_named(field_columns(field).front().name));
    if (value) item.fields.push_back({std::string(field.name), *std::move(value)});
  }
  if (const int retention = column_named("retention"); retention >= 0) {
    if (auto value = text_at(at, retention)) item.fields.push_back({"retention", *std::move(value)});
  }
  return item;
}

}  // namespace throughline::records
