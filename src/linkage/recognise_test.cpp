#include "linkage/recognise.h"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace throughline::linkage {
namespace {

// A column of twenty values made from their numbers.
SampledColumn column_of(const std::string& name, const char* pattern) {
  SampledColumn column{.name = name, .values = {}};
  for (int i = 0; i < 20; ++i) column.values.push_back(fmt::format(fmt::runtime(pattern), i));
  return column;
}

FieldRole role_of_column(const SampledColumn& column) {
  const std::vector<SampledColumn> sample = {column};
  return recognise(sample).front().role;
}

TEST(Recognise, knows_columns_by_their_names_however_they_are_written) {
  EXPECT_EQ(role_of_column(column_of("First Name", "Ann{}")), FieldRole::given_name);
  EXPECT_EQ(role_of_column(column_of("FIRST_NAME", "Ann{}")), FieldRole::given_name);
  EXPECT_EQ(role_of_column(column_of("pername2", "Green{}")), FieldRole::family_name);
  EXPECT_EQ(role_of_column(column_of("lname_c2", "Green{}")), FieldRole::second_family_name);
  EXPECT_EQ(role_of_column(column_of("date-of-birth", "19{}0-04-03")), FieldRole::birth_date);
  EXPECT_EQ(role_of_column(column_of("dob_mon", "{}")), FieldRole::birth_month);
  EXPECT_EQ(role_of_column(column_of("NHS number", "94347659{}")), FieldRole::identifier);
  EXPECT_EQ(role_of_column(column_of("shoe size", "{}")), FieldRole::none);
}

TEST(Recognise, knows_postcodes_emails_and_addresses_by_their_content) {
  EXPECT_EQ(role_of_column(column_of("x1", "AB{} 2CD")), FieldRole::postcode);
  EXPECT_EQ(role_of_column(column_of("x2", "ann{}@fictonbee.uk")), FieldRole::email);
  EXPECT_EQ(role_of_column(column_of("x3", "{} Mill Lane")), FieldRole::address);
  EXPECT_EQ(role_of_column(column_of("x4", "{}")), FieldRole::none);
}

TEST(Recognise, takes_no_column_by_a_content_of_which_one_in_five_is_otherwise) {
  SampledColumn mixed = column_of("x", "AB{} 2CD");
  for (std::size_t i = 0; i < mixed.values.size(); i += 5) mixed.values[i] = "unknown";
  EXPECT_EQ(role_of_column(mixed), FieldRole::none);
  for (std::size_t i = 0; i < mixed.values.size(); i += 5) mixed.values[i] = "";
  EXPECT_EQ(role_of_column(mixed), FieldRole::postcode) << "what is missing says nothing";
}

TEST(Recognise, goes_by_names_before_content) {
  const std::vector<SampledColumn> sample = {column_of("x", "AB{} 2CD"), column_of("postcode", "ZE{} 9XY")};
  const std::vector<Column> columns = recognise(sample);
  EXPECT_EQ(columns[0].role, FieldRole::none);
  EXPECT_EQ(columns[1].role, FieldRole::postcode);
}

TEST(Recognise, notes_columns_that_say_nothing_and_does_not_use_them) {
  const std::vector<SampledColumn> sample = {column_of("surname", ""), column_of("sex", "F"),
                                             column_of("dob", "19{}0-04-03")};
  const std::vector<Column> columns = recognise(sample);
  EXPECT_EQ(columns[0].role, FieldRole::none);
  EXPECT_EQ(columns[0].note, "all missing");
  EXPECT_EQ(columns[1].role, FieldRole::none);
  EXPECT_EQ(columns[1].note, "one value only");
  EXPECT_EQ(columns[2].role, FieldRole::birth_date);
  EXPECT_EQ(columns[2].note, "");
}

TEST(Recognise, uses_one_column_for_a_role_and_says_so_of_the_other) {
  const std::vector<SampledColumn> sample = {column_of("dob", "19{}0-04-03"), column_of("birth_date", "19{}0-04-03")};
  const std::vector<Column> columns = recognise(sample);
  EXPECT_EQ(columns[0].role, FieldRole::birth_date);
  EXPECT_EQ(columns[1].role, FieldRole::none);
  EXPECT_EQ(columns[1].note, "another column is used for it");
}

TEST(FieldRole, is_found_by_the_code_it_gives) {
  const std::vector<std::string> codes = role_codes();
  EXPECT_EQ(codes.size(), k_field_roles);
  for (const std::string& code : codes) EXPECT_EQ(role_code(role_of_code(code).value()), code);
  EXPECT_FALSE(role_of_code("given name").has_value());
}

}  // namespace
}  // namespace throughline::linkage
