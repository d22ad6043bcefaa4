// The nouns of records: POLE tables, their fields, roles, and what is refused.
//
// A table is described once, here and in model.cpp; the schema, the typing of rows and the check of mappings are made
// from that description.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace throughline::records {

// What a row of an extract can become. The first four are POLE; observation is a published figure; the rest is
// reference.
enum class Table : std::uint8_t { event, person, object, location, observation, area, area_part, population, centroid };
inline constexpr std::size_t k_tables = 9;

// How a mention took part, several at once: bits of the column `roles`. Part of the record store's format.
enum class Role : std::uint32_t {
  victim = 1U << 0U,
  suspect = 1U << 1U,
  missing = 1U << 2U,
  witness = 1U << 3U,
  patient = 1U << 4U,
  caller = 1U << 5U,
  occupant = 1U << 6U,
  driver = 1U << 7U,
  searched = 1U << 8U,
  subject = 1U << 9U,
  professional = 1U << 10U,
  reporter = 1U << 11U,
  detained = 1U << 12U,
  referred = 1U << 13U,
  pupil = 1U << 14U,
  in_treatment = 1U << 15U,
  released = 1U << 16U,
  holder = 1U << 17U,
  called = 1U << 18U,
  seen = 1U << 19U,
};
[[nodiscard]] std::optional<Role> role_named(std::string_view name);
[[nodiscard]] std::vector<std::string> role_names();
// "victim, suspect"; empty for none.
[[nodiscard]] std::string roles_text(std::uint32_t roles);

// How exactly a place is known. Part of the record store's format.
enum class PlacePrecision : std::uint8_t { none = 0, area = 1, snapped = 2, address = 3, exact = 4 };
[[nodiscard]] std::optional<PlacePrecision> place_precision_named(std::string_view name);
[[nodiscard]] std::string_view name_of(PlacePrecision precision);

// How the text of a field is read, and in how many columns its value lies.
enum class FieldKind : std::uint8_t {
  text,       // Kept as it came, blanks at both ends cut: VARCHAR.
  word,       // A text that repeats, with a vocabulary: VARCHAR.
  reference,  // An agency's number for something: VARCHAR, or four UBIGINT where it is 64 lower-case hexadecimal
              // digits.
  instant,    // A date, a month or a time, with its precision: TIMESTAMP and UTINYINT.
  when,       // The same for an event's start, which also gives its month: TIMESTAMP, UTINYINT and INTEGER.
  birth,      // A date of birth: DATE and UTINYINT.
  month,      // INTEGER, months since year 0.
  year,       // SMALLINT.
  whole,      // BIGINT.
  metres,     // A decimal number of metres, kept to the millimetre: BIGINT of millimetres.
  grams,      // The same of grams, to the milligram: BIGINT of milligrams.
  percent,    // 0 to 100, to two decimals: BIGINT of hundredths.
  pounds,     // Sterling, to the penny: BIGINT of pence.
  longitude,  // INTEGER, millionths of a degree.
  latitude,   // INTEGER, millionths of a degree.
  gss,        // UINTEGER, a packed code.
  truth,      // BOOLEAN: true/false, yes/no, y/n, 1/0.
  grade_source,
  grade_assessment,
  handling,
  conditions,  // 3x5x2, a VARCHAR each.
};

// What people read in its place: "date or time", "ONS code".
[[nodiscard]] std::string_view words_of(FieldKind kind);

// A field of a table: "category" of event.
struct FieldSpec {
  std::string_view name;
  FieldKind kind = FieldKind::text;
  std::string_view meaning;  // For docs/reference/model.md.
  bool is_detail = false;    // Few rows have it: it lies in the table's detail.
  int since = 1;             // The step of the schema that brought it: see tables_schema.cpp.
};

struct TableSpec {
  Table table = Table::event;
  std::string_view name;
  std::string_view meaning;
  std::span<const FieldSpec> fields;
};

[[nodiscard]] std::span<const TableSpec> tables();
[[nodiscard]] const TableSpec& spec_of(Table table);
// Its place in the table's fields; nothing when there is none of that name.
[[nodiscard]] std::optional<std::size_t> field_named(Table table, std::string_view name);

// One SQL column of a table. The columns of a field come in a row; every table begins with extract_no, place and item.
struct SqlColumn {
  std::string name;
  std::string type;
};
[[nodiscard]] std::vector<SqlColumn> sql_columns(Table table);
[[nodiscard]] std::vector<SqlColumn> field_columns(const FieldSpec& field);

// A table as it lies in the record store. Events lie in two, for most have nothing but what is published of them, and
// an empty text costs DuckDB more to write than a number (docs/decisions/0004-events-in-two-tables.md).
struct StoredTable {
  std::string name;            // "event", "event_detail", "person".
  Table table = Table::event;  // Of whose rows it holds a part.
  // Into sql_columns(table), in the order of the store: those of the first step, then those of later ones. The first
  // are extract_no, place and item.
  std::vector<std::size_t> columns;
};
inline constexpr std::size_t k_key_columns = 3;
// The step of the schema that brought a column of the table: 1 but for columns of fields that came later.
[[nodiscard]] int step_of(Table table, const std::string& column);
[[nodiscard]] const std::vector<StoredTable>& stored_tables();
// What to select whole rows from: the stored table itself, or the view that joins its two.
[[nodiscard]] std::string_view relation_of(Table table);

// Why a value, or a whole row, could not be taken. Part of the record store's format; texts are in
// docs/reference/rejections.md.
enum class RejectionRule : std::uint8_t {
  ragged_row = 1,  // Too few or too many fields.
  broken_quotes = 2,
  nul_byte = 3,
  invalid_utf8 = 4,
  record_too_long = 5,
  broken_json = 6,
  required_is_blank = 7,
  not_a_date = 8,
  not_a_month = 9,
  not_a_number = 10,
  out_of_range = 11,
  outside_country = 12,  // Coordinates that are not in or around the British Isles.
  half_a_point = 13,     // A longitude without a latitude, or the reverse.
  not_a_code = 14,
  not_a_truth = 15,
  not_in_vocabulary = 16,
  text_too_long = 17,
  bad_grade = 18,
  conditions_missing = 19,    // Handling C names at least one condition.
  conditions_forbidden = 20,  // Handling P names none.
  unknown_condition = 21,
  ends_before_start = 22,
  wrong_digits = 23,  // An identifier that is no number, or one of too few or too many digits.
};
[[nodiscard]] std::string_view code_of(RejectionRule rule);
// "is not a date that exists", to follow the name of a column.
[[nodiscard]] std::string_view sentence_of(RejectionRule rule);

// A row that could not be typed: where, which column, which rule, what kind of thing stood there. Never the value.
struct Rejection {
  std::int64_t place = 0;
  std::int64_t line = 0;
  std::int32_t column = -1;  // Of the file, from 0; -1 for the row as a whole.
  RejectionRule rule = RejectionRule::ragged_row;
  std::string_view
      value_class;  // "blank", "digits", "letters", "digits and marks", "text", "12 fields"…: see value_class_of.
};

// What kind of thing a value is, without saying it.
[[nodiscard]] std::string_view value_class_of(std::string_view value);

}  // namespace throughline::records
