#include "records/model.h"
#include "base/source_folder.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

namespace throughline::records {
namespace {

std::string page(const std::string& name) {
  std::ifstream file(std::string(base::k_source_folder) + "/docs/reference/" + name);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST(Tables, have_fields_of_different_names_in_columns_of_different_names) {
  ASSERT_EQ(tables().size(), k_tables);
  for (const TableSpec& table : tables()) {
    EXPECT_EQ(&spec_of(table.table), &table);
    std::set<std::string> columns;
    for (const SqlColumn& column : sql_columns(table.table)) {
      EXPECT_TRUE(columns.insert(column.name).second) << table.name << "." << column.name;
    }
    const auto first = sql_columns(table.table);
    EXPECT_EQ(first[0].name + first[1].name + first[2].name, "extract_noplaceitem");
    for (std::size_t field = 0; field < table.fields.size(); ++field) {
      EXPECT_EQ(field_named(table.table, table.fields[field].name), field);
      for (const SqlColumn& column : field_columns(table.fields[field])) EXPECT_TRUE(columns.contains(column.name));
    }
    EXPECT_FALSE(field_named(table.table, "").has_value());
  }
}

TEST(Tables, carry_a_grade_and_a_retention_class_wherever_people_things_or_events_stand) {
  for (const Table table : {Table::event, Table::person, Table::object, Table::location}) {
    for (const std::string_view field : {"grade_source", "grade_assessment", "handling", "conditions", "marking"}) {
      EXPECT_TRUE(field_named(table, field).has_value()) << field;
    }
    const auto columns = sql_columns(table);
    EXPECT_NE(std::ranges::find(columns, "retention", &SqlColumn::name), columns.end());
  }
}

TEST(Roles, are_several_at_once_and_come_back_by_name) {
  std::uint32_t all = 0;
  for (const std::string& name : role_names()) {
    const auto role = role_named(name);
    ASSERT_TRUE(role.has_value());
    EXPECT_EQ(all & static_cast<std::uint32_t>(*role), 0) << name << " shares its bit";
    all |= static_cast<std::uint32_t>(*role);
    EXPECT_EQ(roles_text(static_cast<std::uint32_t>(*role)), name);
  }
  EXPECT_EQ(roles_text(static_cast<std::uint32_t>(Role::suspect) | static_cast<std::uint32_t>(Role::victim)),
            "victim, suspect");
  EXPECT_EQ(roles_text(0), "");
  EXPECT_FALSE(role_named("Victim").has_value());
}

TEST(PlacePrecisions, come_back_by_name) {
  for (int i = 0; i <= static_cast<int>(PlacePrecision::exact); ++i) {
    const auto precision = static_cast<PlacePrecision>(i);
    EXPECT_EQ(place_precision_named(name_of(precision)), precision);
  }
  EXPECT_FALSE(place_precision_named("roughly").has_value());
}

TEST(ValueClasses, tell_the_shape_and_never_the_value) {
  EXPECT_EQ(value_class_of(""), "blank");
  EXPECT_EQ(value_class_of(" \t"), "blank");
  EXPECT_EQ(value_class_of("12"), "digits");
  EXPECT_EQ(value_class_of("Otherford"), "letters");
  EXPECT_EQ(value_class_of("30/02/2025"), "digits and marks");
  EXPECT_EQ(value_class_of("51.5x9"), "letters and digits");
  EXPECT_EQ(value_class_of("no fixed abode"), "text");
  EXPECT_EQ(value_class_of("\u0141\u00F3d\u017A"), "text");
  for (const std::string_view name : {"blank", "digits", "letters", "digits and marks", "letters and digits", "text"}) {
    EXPECT_NE(page("rejections.md").find("| " + std::string(name) + " | "), std::string::npos) << name;
  }
}

// Every row of a table of the page that begins so.
std::vector<std::string> rows_of(const std::string& text, const std::string& begin) {
  std::vector<std::string> rows;
  for (std::size_t at = text.find("\n" + begin); at != std::string::npos; at = text.find("\n" + begin, at + 1)) {
    rows.push_back(text.substr(at + 1, text.find('\n', at + 1) - at - 1));
  }
  return rows;
}

TEST(Rejections, stand_in_the_reference_word_for_word) {
  const std::vector<std::string> rows = rows_of(page("rejections.md"), "| `");
  std::set<std::string_view> codes;
  constexpr int k_rules = static_cast<int>(RejectionRule::wrong_digits);
  ASSERT_EQ(rows.size(), k_rules);
  for (int rule = 1; rule <= k_rules; ++rule) {
    const auto each = static_cast<RejectionRule>(rule);
    const std::string row = "| `" + std::string(code_of(each)) + "` | " + std::string(sentence_of(each)) + " | ";
    EXPECT_TRUE(rows[static_cast<std::size_t>(rule) - 1].starts_with(row)) << row;
    EXPECT_TRUE(codes.insert(code_of(each)).second) << row;
  }
  EXPECT_EQ(code_of(static_cast<RejectionRule>(k_rules + 1)), "unknown") << "a rule is missing from this test";
}

TEST(Model, stands_in_the_reference_word_for_word) {
  const std::string text = page("model.md");
  std::size_t at = 0;
  for (const TableSpec& table : tables()) {
    std::string section = "\n## `" + std::string(table.name) + "`\n\n" + std::string(table.meaning) +
                          ".\n\n| field | holds | meaning |\n|---|---|---|\n";
    for (const FieldSpec& field : table.fields) {
      section += "| `" + std::string(field.name) + "` | " + std::string(words_of(field.kind)) + " | " +
                 std::string(field.meaning) + " |\n";
    }
    const std::size_t found = text.find(section, at);
    EXPECT_NE(found, std::string::npos) << section;
    at = found == std::string::npos ? at : found + section.size() - 1;
    EXPECT_NE(text.substr(at, 3), "\n| ") << table.name << " has a row too many";
  }
  for (const std::string& role : role_names()) EXPECT_NE(text.find("`" + role + "`"), std::string::npos) << role;
}

}  // namespace
}  // namespace throughline::records
