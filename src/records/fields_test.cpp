#include "records/fields.h"

#include <array>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/number.h"
#include "records/gss.h"

namespace throughline::records {
namespace {

using base::DatePrecision;

template <class T>
std::string told(const Typed<T>& typed) {
  if (const auto* rule = std::get_if<RejectionRule>(&typed)) return std::string(code_of(*rule));
  return std::to_string(std::get<T>(typed));
}

std::string told(const Typed<base::DatedInstant>& typed) {
  if (const auto* rule = std::get_if<RejectionRule>(&typed)) return std::string(code_of(*rule));
  return base::to_string(std::get<base::DatedInstant>(typed));
}

TEST(Degrees, become_millionths_without_floating_point) {
  EXPECT_EQ(told(type_longitude("0.970011")), "970011");
  EXPECT_EQ(told(type_longitude("-0.970011")), "-970011");
  EXPECT_EQ(told(type_longitude("1")), "1000000");
  EXPECT_EQ(told(type_longitude("-.5")), "-500000");
  EXPECT_EQ(told(type_longitude("0.1234565")), "123457");
  EXPECT_EQ(told(type_longitude("-0.1234565")), "-123457");
  EXPECT_EQ(told(type_longitude("0.12345649999999")), "123456");
  EXPECT_EQ(told(type_latitude("51.253133")), "51253133");
}

TEST(Amounts, become_milligrams_hundredths_and_pence) {
  EXPECT_EQ(told(type_grams("0.085")), "85");
  EXPECT_EQ(told(type_grams("12")), "12000");
  EXPECT_EQ(told(type_grams("0.0005")), "1");
  EXPECT_EQ(told(type_grams("-2.5")), "out_of_range");
  EXPECT_EQ(told(type_grams("3.2g")), "not_a_number");
  EXPECT_EQ(told(type_percent("0")), "0");
  EXPECT_EQ(told(type_percent("100")), "10000");
  EXPECT_EQ(told(type_percent("100.01")), "out_of_range");
  EXPECT_EQ(told(type_percent("40%")), "not_a_number");
  EXPECT_EQ(told(type_pounds("740")), "74000");
  EXPECT_EQ(told(type_pounds("1250.355")), "125036");
  EXPECT_EQ(told(type_pounds("1,250")), "not_a_number");
  EXPECT_EQ(told(type_pounds("-0.01")), "out_of_range");
}

TEST(Digits, are_counted_with_blanks_and_hyphens_aside_and_nothing_else) {
  EXPECT_TRUE(has_digits("001010009910070", {14, 16}));
  EXPECT_TRUE(has_digits("00-101000-991007-0", {14, 16}));
  EXPECT_TRUE(has_digits("999 000 1378", {10, 10}));
  EXPECT_FALSE(has_digits("999 000 137", {10, 10}));
  EXPECT_FALSE(has_digits("999 000 13789", {10, 10}));
  EXPECT_FALSE(has_digits("00101O009910070", {14, 16}));
  EXPECT_FALSE(has_digits("- - -", {1, 3}));
}

TEST(Degrees, outside_the_british_isles_are_told_from_what_is_no_number) {
  EXPECT_EQ(told(type_longitude("-11")), "-11000000");
  EXPECT_EQ(told(type_longitude("-11.000001")), "outside_country");
  EXPECT_EQ(told(type_longitude("3")), "3000000");
  EXPECT_EQ(told(type_longitude("3.000001")), "outside_country");
  EXPECT_EQ(told(type_latitude("49")), "49000000");
  EXPECT_EQ(told(type_latitude("48.999999")), "outside_country");
  EXPECT_EQ(told(type_latitude("61.5")), "61500000");
  EXPECT_EQ(told(type_latitude("61.500001")), "outside_country");
  EXPECT_EQ(told(type_latitude("0")), "outside_country");
  for (const std::string_view text : {"", "-", ".", "51.5x9", "1e1", "+1", " 1", "1 ", "1,5", "0.1.2", "--1", "nan",
                                      "99999999999999999999", "5150000000000000000000.0"}) {
    EXPECT_EQ(told(type_longitude(text)), "not_a_number") << text;
  }
}

RC_GTEST_PROP(Metres, keep_every_millimetre_of_the_grid, ()) {
  const auto millimetres = *rc::gen::inRange<std::int64_t>(0, 1'300'000'001);
  std::string decimals = std::to_string(millimetres % 1000);
  decimals.insert(0, 3 - decimals.size(), '0');
  RC_ASSERT(std::get<std::int64_t>(type_metres(std::to_string(millimetres / 1000) + "." + decimals)) == millimetres);
}

TEST(Metres, lie_on_the_grid) {
  EXPECT_EQ(told(type_metres("65668.0220999997")), "65668022");
  EXPECT_EQ(told(type_metres("-1")), "out_of_range");
  EXPECT_EQ(told(type_metres("1300000.001")), "out_of_range");
  EXPECT_EQ(told(type_metres("north")), "not_a_number");
}

TEST(Numbers, are_plain_or_refused) {
  EXPECT_EQ(told(type_whole("0")), "0");
  EXPECT_EQ(told(type_whole("-12")), "-12");
  EXPECT_EQ(told(type_whole("1,000")), "not_a_number");
  EXPECT_EQ(told(type_whole("12.0")), "not_a_number");
  EXPECT_EQ(told(type_whole("9223372036854775808")), "not_a_number");
  EXPECT_EQ(told(type_year("2020")), "2020");
  EXPECT_EQ(told(type_year("999")), "out_of_range");
  EXPECT_EQ(told(type_year("10000")), "out_of_range");
  EXPECT_EQ(told(type_year("MMXX")), "not_a_number");
  EXPECT_EQ(told(type_gss("E01023987")), std::to_string(GssCode::parse("E01023987")->packed()));
  for (const std::string_view text : {"E01/0030", "e01023987", "E0102398", "E010239870", "01023987E", ""}) {
    EXPECT_EQ(told(type_gss(text)), "not_a_code") << text;
  }
}

TEST(Truth, is_said_in_several_ways) {
  for (const std::string_view text : {"true", "True", "YES", "y", "1"}) EXPECT_EQ(told(type_truth(text)), "1") << text;
  for (const std::string_view text : {"false", "False", "NO", "n", "0"}) EXPECT_EQ(told(type_truth(text)), "0") << text;
  for (const std::string_view text : {"", "maybe", "2", "ye", "yes "}) {
    EXPECT_EQ(told(type_truth(text)), "not_a_truth") << text;
  }
}

TEST(Months, are_year_and_month) {
  EXPECT_EQ(base::to_string(std::get<base::Month>(type_month("2025-09"))), "2025-09");
  for (const std::string_view text : {"2025-13", "2025-9", "09/2025", "2025", "2025-09-01", ""}) {
    EXPECT_TRUE(std::holds_alternative<RejectionRule>(type_month(text))) << text;
  }
}

struct Dated {
  std::string_view text;
  std::string_view iso;
  std::string_view british;
};
constexpr auto k_dates = std::to_array<Dated>({
    {"2025-02-28", "2025-02-28", "not_a_date"},
    {"28/02/2025", "not_a_date", "2025-02-28"},
    {"2025-06", "2025-06", "not_a_date"},
    {"06/2025", "not_a_date", "2025-06"},
    {"2025", "2025", "2025"},
    {"2025-02-30 21:00", "not_a_date", "not_a_date"},
    {"30/02/2025 14:10", "not_a_date", "not_a_date"},
    {"31/04/2025", "not_a_date", "not_a_date"},
    {"2025-13-01", "not_a_date", "not_a_date"},
    {"2025-07-14T09:30", "2025-07-14T09:30Z", "not_a_date"},
    {"14/07/2025 09:30", "not_a_date", "2025-07-14T09:30Z"},
    {"2019-07-01T00:30:00+01:00", "2019-06-30T23:30:00Z", "not_a_date"},
    {"2025-07-14 24:00", "not_a_date", "not_a_date"},
    {"yesterday", "not_a_date", "not_a_date"},
    {"45870", "not_a_date", "not_a_date"},
    {"/", "not_a_date", "not_a_date"},
    {"", "not_a_date", "not_a_date"},
});

TEST(Dates, are_read_in_the_order_the_mapping_says_with_the_precision_they_have) {
  for (const Dated& row : k_dates) {
    EXPECT_EQ(told(type_instant(row.text, DateOrder::iso)), row.iso) << row.text;
    EXPECT_EQ(told(type_instant(row.text, DateOrder::british)), row.british) << row.text;
  }
}

RC_GTEST_PROP(Dates, are_the_same_day_in_both_orders, ()) {
  const base::Date day(*rc::gen::inRange(-200'000, 200'000));
  const base::CivilDay civil = day.civil();
  const std::string british =
      std::to_string(civil.day) + "/" + std::to_string(civil.month) + "/" + std::to_string(civil.year);
  const base::DatedInstant wanted{base::Instant::start_of(day), DatePrecision::day};
  RC_ASSERT(std::get<base::DatedInstant>(type_instant(base::to_string(day), DateOrder::iso)) == wanted);
  RC_ASSERT(std::get<base::DatedInstant>(type_instant(british, DateOrder::british)) == wanted);
}

RC_GTEST_PROP(References, of_64_hexadecimal_digits_come_back_as_they_were, ()) {
  const auto digits = *rc::gen::container<std::string>(64, rc::gen::elementOf(std::string("0123456789abcdef")));
  const auto reference = type_hex_reference(digits);
  RC_ASSERT(reference.has_value());
  RC_ASSERT(text_of(*reference) == digits);
}

TEST(References, of_any_other_form_stay_text) {
  const std::string digits(64, 'a');
  EXPECT_TRUE(type_hex_reference(digits).has_value());
  EXPECT_FALSE(type_hex_reference(digits.substr(1)).has_value());
  EXPECT_FALSE(type_hex_reference(digits + "a").has_value());
  EXPECT_FALSE(type_hex_reference(digits.substr(1) + "A").has_value());
  EXPECT_FALSE(type_hex_reference(digits.substr(1) + "g").has_value());
  EXPECT_FALSE(type_hex_reference("").has_value());
}

TEST(Blanks, are_cut_at_both_ends_and_nowhere_else) {
  EXPECT_EQ(trimmed(" \t\r\na b\u00A0 "), "a b");
  EXPECT_EQ(trimmed("\uFEFFname"), "name");
  EXPECT_EQ(trimmed("\u00A0E06000061\u00A0"), "E06000061");
  EXPECT_EQ(trimmed("a\u00A0b"), "a\u00A0b");
  EXPECT_EQ(trimmed(" \u00A0 "), "");
  EXPECT_EQ(trimmed("\xA0"), "\xA0");
  EXPECT_EQ(trimmed(""), "");
}

struct Graded {
  Grade grade;
  std::string_view fault;  // Empty when it is sound.
};
constexpr auto k_grades = std::to_array<Graded>({
    {{"", "", "", ""}, ""},
    {{"1", "A", "P", ""}, ""},
    {{"3", "E", "C", "A1"}, ""},
    {{"2", "C", "C", "A2; S1"}, ""},
    {{"2", "C", "C", "A1,A2/A3 S1;S2"}, ""},
    {{"4", "A", "P", ""}, "bad_grade"},
    {{"0", "A", "P", ""}, "bad_grade"},
    {{"1", "F", "P", ""}, "bad_grade"},
    {{"1", "a", "P", ""}, "bad_grade"},
    {{"1", "A", "p", ""}, "bad_grade"},
    {{"1", "A", "R", ""}, "bad_grade"},
    {{"12", "A", "P", ""}, "bad_grade"},
    {{"1", "AB", "P", ""}, "bad_grade"},
    {{"", "A", "P", ""}, "bad_grade"},
    {{"1", "", "P", ""}, "bad_grade"},
    {{"1", "A", "", ""}, "bad_grade"},
    {{"", "", "", "A1"}, "bad_grade"},
    {{"1", "A", "C", ""}, "conditions_missing"},
    {{"1", "A", "C", " ; "}, "conditions_missing"},
    {{"1", "A", "P", "A1"}, "conditions_forbidden"},
    {{"1", "A", "P", ";"}, ""},
    {{"1", "A", "C", "A9"}, "unknown_condition"},
    {{"1", "A", "C", "A1; A9"}, "unknown_condition"},
    {{"1", "A", "C", "A1A2"}, "unknown_condition"},
    {{"1", "A", "C", "a1"}, "unknown_condition"},
});

TEST(Grades, are_sound_or_break_one_rule) {
  for (const Graded& row : k_grades) {
    const auto fault = grade_fault(row.grade);
    EXPECT_EQ(fault ? code_of(*fault) : "", row.fault)
        << row.grade.source << row.grade.assessment << row.grade.handling << row.grade.conditions;
  }
}

}  // namespace
}  // namespace throughline::records
