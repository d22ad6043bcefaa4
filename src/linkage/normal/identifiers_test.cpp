#include "linkage/normal/identifiers.h"

#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "linkage/normal/made_up_bytes_for_tests.h"

namespace throughline::linkage {
namespace {

std::string told(const Identifier& identifier) {
  if (identifier.presence != Presence::present) return std::string(name_of(identifier.presence));
  switch (identifier.state) {
    case IdentifierState::none: return "present without a state";
    case IdentifierState::valid: return identifier.text;
    case IdentifierState::fallible: return identifier.text + " fallible";
    case IdentifierState::malformed: return identifier.text + " malformed";
  }
  return "?";
}

// Numbers from 999 000 0000 on are kept for tests and never issued.
TEST(NhsNumber, is_checked_by_its_last_digit) {
  EXPECT_EQ(told(read_nhs_number("9990000018")), "9990000018");
  EXPECT_EQ(told(read_nhs_number("999 000 0018")), "9990000018");
  EXPECT_EQ(told(read_nhs_number("999-000-0018")), "9990000018");
  EXPECT_EQ(told(read_nhs_number("9990000019")), "9990000019 fallible");
  EXPECT_EQ(told(read_nhs_number("9990000081")), "9990000081 fallible");
  EXPECT_EQ(told(read_nhs_number("999000001")), "999000001 malformed");
  EXPECT_EQ(told(read_nhs_number("NHS 9990000018")), "NHS9990000018 malformed");
}

TEST(NhsNumber, gets_back_the_nought_that_a_spreadsheet_took) {
  EXPECT_EQ(told(read_nhs_number("0101701233")), "0101701233");
  EXPECT_EQ(told(read_nhs_number("101701233")), "0101701233 fallible");
}

TEST(NhsNumber, that_fills_a_field_is_missing) {
  EXPECT_EQ(told(read_nhs_number("0000000000")), "filler");
  EXPECT_EQ(told(read_nhs_number("9999999999")), "filler");
  EXPECT_EQ(told(read_nhs_number("1234567890")), "filler");
  EXPECT_EQ(told(read_nhs_number("")), "blank");
  EXPECT_EQ(told(read_nhs_number("N/K")), "not known");
}

TEST(NationalInsuranceNumber, has_letters_that_are_issued) {
  EXPECT_EQ(told(read_national_insurance("HR 47 29 16 B")), "HR472916B");
  EXPECT_EQ(told(read_national_insurance("hr472916b")), "HR472916B");
  EXPECT_EQ(told(read_national_insurance("HR472916")), "HR472916 fallible");
  EXPECT_EQ(told(read_national_insurance("HR472916E")), "HR472916E fallible");
  EXPECT_EQ(told(read_national_insurance("DR472916B")), "DR472916B fallible");
  EXPECT_EQ(told(read_national_insurance("HO472916B")), "HO472916B fallible");
  EXPECT_EQ(told(read_national_insurance("TN010170M")), "TN010170M fallible");
  EXPECT_EQ(told(read_national_insurance("GB472916B")), "GB472916B fallible");
  EXPECT_EQ(told(read_national_insurance("HR4729165")), "HR4729165 malformed");
  EXPECT_EQ(told(read_national_insurance("4729165")), "4729165 malformed");
  EXPECT_EQ(told(read_national_insurance("QQ123456C")), "filler");
  EXPECT_EQ(told(read_national_insurance("HR000000B")), "filler");
}

TEST(PncId, counts_two_digits_of_its_year) {
  EXPECT_EQ(told(read_pnc_id("98/0000123Z")), "98/0000123Z");
  EXPECT_EQ(told(read_pnc_id("98/123Z")), "98/0000123Z");
  EXPECT_EQ(told(read_pnc_id("1998/0000123Z")), "98/0000123Z");
  EXPECT_EQ(told(read_pnc_id("1998-0000123z")), "98/0000123Z");
  EXPECT_EQ(told(read_pnc_id("19980000123Z")), "98/0000123Z");
  EXPECT_EQ(told(read_pnc_id("980000123Z")), "98/0000123Z");
  EXPECT_EQ(told(read_pnc_id("98/0000124Z")), "98/0000124Z fallible");
  EXPECT_EQ(told(read_pnc_id("98/0000123")), "98/0000123 fallible");
  EXPECT_EQ(told(read_pnc_id("98/12345678Z")), "98/12345678Z malformed");
  EXPECT_EQ(told(read_pnc_id("123Z")), "123Z malformed");
  EXPECT_EQ(told(read_pnc_id("00/0000000Z")), "filler");
  EXPECT_EQ(told(read_pnc_id("Not known")), "not known");
}

TEST(CroNumber, keeps_the_serial_of_small_files_as_written) {
  EXPECT_EQ(told(read_cro_number("000079/65J")), "000079/65J");
  EXPECT_EQ(told(read_cro_number("79/65j")), "000079/65J");
  EXPECT_EQ(told(read_cro_number("79/65K")), "000079/65K fallible");
  EXPECT_EQ(told(read_cro_number("SF39/12B")), "SF39/12B");
  EXPECT_EQ(told(read_cro_number("SF 39/000012R")), "SF39/000012R");
  EXPECT_EQ(told(read_cro_number("SF39/12R")), "SF39/12R fallible");
  EXPECT_EQ(told(read_cro_number("SF/12B")), "SF/12B malformed");
  EXPECT_EQ(told(read_cro_number("1234567/65J")), "1234567/65J malformed");
  EXPECT_EQ(told(read_cro_number("000000/00Z")), "filler");
}

TEST(Reference, is_capitals_digits_and_single_marks) {
  EXPECT_EQ(told(read_reference(" ab-0012 / 34 ")), "AB-0012/34");
  EXPECT_EQ(told(read_reference("--A--1--")), "A-1");
  EXPECT_EQ(told(read_reference("none")), "not known");
}

RC_GTEST_PROP(NhsNumber, with_one_digit_mistyped_is_never_valid, ()) {
  const auto place = *rc::gen::inRange<std::size_t>(0, 10);
  const auto change = *rc::gen::inRange(1, 10);
  std::string number = "9990000018";
  number[place] = static_cast<char>('0' + (number[place] - '0' + change) % 10);
  RC_ASSERT(read_nhs_number(number).state != IdentifierState::valid);
}

RC_GTEST_PROP(Identifiers, read_again_are_the_same_for_any_bytes, ()) {
  const std::string text = *made_up_bytes("0123456789ABSFZ/- ");
  for (const auto read : {read_nhs_number, read_national_insurance, read_pnc_id, read_cro_number, read_reference}) {
    const Identifier once = read(text);
    RC_ASSERT((once.state == IdentifierState::none) == (once.presence != Presence::present));
    if (once.presence == Presence::present) RC_ASSERT(read(once.text) == once || once.state != IdentifierState::valid);
  }
}

}  // namespace
}  // namespace throughline::linkage
