#include "linkage/normal/vehicle.h"

#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "linkage/normal/made_up_bytes_for_tests.h"

namespace throughline::linkage {
namespace {

std::string_view name_of(MarkKind kind) {
  switch (kind) {
    case MarkKind::none: return "none";
    case MarkKind::current: return "current";
    case MarkKind::prefix: return "prefix";
    case MarkKind::suffix: return "suffix";
    case MarkKind::northern_ireland: return "northern ireland";
    case MarkKind::dateless: return "dateless";
    case MarkKind::diplomatic: return "diplomatic";
    case MarkKind::other: return "other";
  }
  return "?";
}

std::string told(std::string_view text) {
  const VehicleMark mark = read_vehicle_mark(text);
  if (mark.presence != Presence::present) return std::string(name_of(mark.presence));
  return mark.text + " " + std::string(name_of(mark.kind)) + (mark.is_repaired ? " repaired" : "");
}

TEST(VehicleMark, of_every_kind_has_one_spelling) {
  EXPECT_EQ(told("ab51 abc"), "AB51ABC current");
  EXPECT_EQ(told("AB-51-ABC"), "AB51ABC current");
  EXPECT_EQ(told("A123 BCD"), "A123BCD prefix");
  EXPECT_EQ(told("Q1 BCD"), "Q1BCD prefix");
  EXPECT_EQ(told("ABC 123D"), "ABC123D suffix");
  EXPECT_EQ(told("AZ 1234"), "AZ1234 northern ireland");
  EXPECT_EQ(told("AIG 1234"), "AIG1234 northern ireland");
  EXPECT_EQ(told("1234 BZ"), "1234BZ northern ireland");
  EXPECT_EQ(told("MAN 1234"), "MAN1234 dateless");
  EXPECT_EQ(told("1 A"), "1A dateless");
  EXPECT_EQ(told("ABC 123"), "ABC123 dateless");
  EXPECT_EQ(told("123 D 456"), "123D456 diplomatic");
}

TEST(VehicleMark, is_repaired_where_only_one_shape_results) {
  EXPECT_EQ(told("AB5I ABC"), "AB51ABC current repaired");
  EXPECT_EQ(told("ABO2 ABC"), "AB02ABC current repaired");
  EXPECT_EQ(told("AI23 BCD"), "A123BCD prefix repaired");
  EXPECT_EQ(told("AB51 A0C"), "AB51AOC current repaired");
  EXPECT_EQ(told("AB51 A8C"), "AB51A8C other");
  EXPECT_EQ(told("A1O"), "A1O other");
}

TEST(VehicleMark, of_another_country_is_kept) {
  EXPECT_EQ(told("B-MW 1234"), "BMW1234 other");
  EXPECT_EQ(told("AB-123-CD"), "AB123CD other");
  EXPECT_EQ(told("12345"), "12345 other");
}

TEST(VehicleMark, that_says_nothing_is_missing) {
  EXPECT_EQ(told(""), "blank");
  EXPECT_EQ(told("unknown"), "not known");
  EXPECT_EQ(told("no plates"), "not known");
  EXPECT_EQ(told("XXXX"), "filler");
}

RC_GTEST_PROP(VehicleMark, read_again_is_the_same_for_any_bytes, ()) {
  const VehicleMark once = read_vehicle_mark(*made_up_bytes("ABDIOXZ0159 -"));
  RC_ASSERT((once.kind == MarkKind::none) == (once.presence != Presence::present));
  if (once.presence != Presence::present) return;
  VehicleMark twice = read_vehicle_mark(once.text);
  RC_ASSERT(!twice.is_repaired);
  twice.is_repaired = once.is_repaired;
  RC_ASSERT(twice == once);
}

}  // namespace
}  // namespace throughline::linkage
