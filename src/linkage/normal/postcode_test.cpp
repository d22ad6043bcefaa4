#include "linkage/normal/postcode.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "linkage/normal/made_up_bytes_for_tests.h"

namespace throughline::linkage {
namespace {

std::string told(const Postcode& postcode) {
  if (postcode.presence != Presence::present) {
    return std::string(name_of(postcode.presence)) + (postcode.has_no_fixed_abode ? ", no fixed abode" : "");
  }
  const auto kind = [&]() -> std::string {
    switch (postcode.kind) {
      case PostcodeKind::none: return " without a kind";
      case PostcodeKind::unit: return "";
      case PostcodeKind::sector: return " sector";
      case PostcodeKind::district: return " district";
      case PostcodeKind::area: return " area";
      case PostcodeKind::other: return " other";
    }
    return "?";
  };
  return postcode.text + kind() + (postcode.is_repaired ? " repaired" : "");
}

std::string told(std::string_view text) {
  return told(read_postcode(text));
}

TEST(Postcode, of_every_shape_has_one_spelling) {
  EXPECT_EQ(told("M1 1AE"), "M1 1AE");
  EXPECT_EQ(told("m11ae"), "M1 1AE");
  EXPECT_EQ(told("B33 8TH"), "B33 8TH");
  EXPECT_EQ(told("W1A 0AX"), "W1A 0AX");
  EXPECT_EQ(told("cr2-6xh"), "CR2 6XH");
  EXPECT_EQ(told("DN551PT"), "DN55 1PT");
  EXPECT_EQ(told(" ec1a  1bb "), "EC1A 1BB");
  EXPECT_EQ(told("GIR 0AA"), "GIR 0AA");
  EXPECT_EQ(told("ＥＣ１Ａ １ＢＢ"), "EC1A 1BB");
}

TEST(Postcode, is_repaired_where_only_one_reading_fits) {
  EXPECT_EQ(told("M1 IAE"), "M1 1AE repaired");
  EXPECT_EQ(told("MI 1AE"), "M1 1AE repaired");
  EXPECT_EQ(told("B33 8TH"), "B33 8TH");
  EXPECT_EQ(told("SW1A OAA"), "SW1A 0AA repaired");
  EXPECT_EQ(told("0X1 2AB"), "OX1 2AB repaired");
  EXPECT_EQ(told("BS16 5ZO"), "BS165ZO other");
  EXPECT_EQ(told("OO1 1AA"), "OO1 1AA");
  EXPECT_EQ(told("0O1 1AA"), "0O11AA other");
  EXPECT_EQ(told("5W1A 1AA"), "5W1A1AA other");
  EXPECT_EQ(told("TOIIS"), "TOIIS other");
}

TEST(Postcode, gives_its_parts) {
  const Postcode postcode = read_postcode("sw1a1aa");
  EXPECT_EQ(postcode.area(), "SW");
  EXPECT_EQ(postcode.district(), "SW1A");
  EXPECT_EQ(postcode.sector(), "SW1A 1");
  EXPECT_EQ(postcode.unit(), "SW1A 1AA");
  EXPECT_EQ(read_postcode("M1 1AE").area(), "M");
  EXPECT_EQ(read_postcode("75008").area(), "");
  EXPECT_EQ(read_postcode("75008").unit(), "");
}

TEST(Postcode, may_say_only_a_part) {
  EXPECT_EQ(told("SW"), "SW area");
  EXPECT_EQ(told("SW1A"), "SW1A district");
  EXPECT_EQ(told("B33"), "B33 district");
  EXPECT_EQ(told("B3 3"), "B3 3 sector");
  EXPECT_EQ(told("SW1A 1"), "SW1A 1 sector");
  EXPECT_EQ(told("SW1A1"), "SW1A 1 sector");
  EXPECT_EQ(read_postcode("SW1A 1").sector(), "SW1A 1");
  EXPECT_EQ(read_postcode("SW1A 1").unit(), "");
  EXPECT_EQ(read_postcode("SW1A").sector(), "");
  EXPECT_EQ(read_postcode("SW").district(), "");
}

TEST(Postcode, of_another_country_is_kept_as_plain_text) {
  EXPECT_EQ(told("75008"), "75008 other");
  EXPECT_EQ(told("D02 AF30"), "D02AF30 other");
  EXPECT_EQ(told("1017 AB"), "1017AB other");
}

TEST(Postcode, that_stands_for_nothing_is_missing_with_the_reason) {
  EXPECT_EQ(told("ZZ99 3VZ"), "filler, no fixed abode");
  EXPECT_EQ(told("zz993wz"), "filler");
  EXPECT_EQ(told("ZZ99 3CZ"), "filler");
  EXPECT_EQ(told(""), "blank");
  EXPECT_EQ(told("N/A"), "not known");
  EXPECT_EQ(told("XXXX XXXX"), "filler");
  EXPECT_EQ(told("0000"), "filler");
}

TEST(Postcode, is_found_at_the_end_of_a_longer_text) {
  const std::string_view text = "14 HIGH STREET LEEDS LS1 1AA";
  const std::optional<FoundPostcode> found = postcode_at_end(text);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->postcode.text, "LS1 1AA");
  EXPECT_EQ(text.substr(0, found->begin), "14 HIGH STREET LEEDS ");
  EXPECT_EQ(postcode_at_end("HIGH STREET, EC1A1BB.")->postcode.text, "EC1A 1BB");
  EXPECT_TRUE(postcode_at_end("NO FIXED ABODE ZZ99 3VZ")->postcode.has_no_fixed_abode);
  EXPECT_FALSE(postcode_at_end("FLAT 1O").has_value());
  EXPECT_FALSE(postcode_at_end("LS1 1AA LEEDS").has_value());
  EXPECT_FALSE(postcode_at_end("XLS1 1AA").has_value());
  EXPECT_FALSE(postcode_at_end("").has_value());
  EXPECT_FALSE(postcode_at_end("1AA").has_value());
}

RC_GTEST_PROP(Postcode, read_again_is_the_same_for_any_bytes, ()) {
  const std::string text = *made_up_bytes("SWMOIL0195AZ ");
  const Postcode once = read_postcode(text);
  RC_ASSERT((once.kind == PostcodeKind::none) == (once.presence != Presence::present));
  RC_ASSERT(once.unit().empty() || once.unit().starts_with(once.sector()));
  RC_ASSERT(once.sector().starts_with(once.district()) || once.sector().empty());
  if (once.presence != Presence::present) return;
  Postcode twice = read_postcode(once.text);
  RC_ASSERT(!twice.is_repaired);
  twice.is_repaired = once.is_repaired;
  RC_ASSERT(twice == once);
}

}  // namespace
}  // namespace throughline::linkage
