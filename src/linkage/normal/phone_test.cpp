#include "linkage/normal/phone.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "linkage/normal/made_up_bytes_for_tests.h"

namespace throughline::linkage {
namespace {

std::string_view name_of(PhoneKind kind) {
  switch (kind) {
    case PhoneKind::none: return "none";
    case PhoneKind::mobile: return "mobile";
    case PhoneKind::personal: return "personal";
    case PhoneKind::pager: return "pager";
    case PhoneKind::landline: return "landline";
    case PhoneKind::non_geographic: return "non-geographic";
    case PhoneKind::international: return "international";
    case PhoneKind::short_code: return "short";
    case PhoneKind::local: return "local";
  }
  return "?";
}

std::string told(std::string_view text) {
  const PhoneNumber number = read_phone(text);
  if (number.presence != Presence::present) return std::string(name_of(number.presence));
  const std::string extension = number.extension.empty() ? "" : " ext " + number.extension;
  return number.text + " " + std::string(name_of(number.kind)) + extension;
}

// Numbers that Ofcom keeps for drama.
TEST(PhoneNumber, of_a_mobile_has_one_spelling) {
  for (const std::string_view text :
       {"07700900123", "07700 900123", "07700-900-123", "+447700900123", "+44 7700 900123", "+44 (0)7700 900123",
        "00447700900123", "0044 (0) 7700 900123", "447700900123", "7700900123", "(07700) 900 123", "Mob: 07700 900123",
        "+4407700900123", "０７７００９００１２３"}) {
    EXPECT_EQ(told(text), "+447700900123 mobile") << text;
  }
}

TEST(PhoneNumber, says_what_kind_it_is) {
  EXPECT_EQ(told("020 7946 0123"), "+442079460123 landline");
  EXPECT_EQ(told("0113 496 0123"), "+441134960123 landline");
  EXPECT_EQ(told("016977 2345"), "+44169772345 landline");
  EXPECT_EQ(told("0808 157 0123"), "+448081570123 non-geographic");
  EXPECT_EQ(told("0303 123 1234"), "+443031231234 non-geographic");
  EXPECT_EQ(told("07012 345612"), "+447012345612 personal");
  EXPECT_EQ(told("07624 900123"), "+447624900123 mobile");
  EXPECT_EQ(told("07600 900123"), "+447600900123 pager");
  EXPECT_EQ(told("+1 202 555 0123"), "+12025550123 international");
  EXPECT_EQ(told("0033 1 42 68 53 00"), "+33142685300 international");
  EXPECT_EQ(told("999"), "999 short");
  EXPECT_EQ(told("101"), "101 short");
  EXPECT_EQ(told("80123"), "80123 short");
  EXPECT_EQ(told("9460123"), "9460123 local");
  EXPECT_EQ(told("0770090012"), "0770090012 local");
}

TEST(PhoneNumber, keeps_its_extension_apart) {
  EXPECT_EQ(told("0113 496 0123 ext. 45"), "+441134960123 landline ext 45");
  EXPECT_EQ(told("0113 496 0123x45"), "+441134960123 landline ext 45");
  EXPECT_EQ(told("0113 496 0123 #45"), "+441134960123 landline ext 45");
}

TEST(PhoneNumber, that_fills_a_field_is_missing) {
  for (const std::string_view text : {"07000000000", "00000000000", "01111111111", "07777777777", "+447000000000",
                                      "0123456789", "01234567890", "07123456789", "1111111", "+11111111111"}) {
    EXPECT_EQ(told(text), "filler") << text;
  }
  EXPECT_EQ(told(""), "blank");
  EXPECT_EQ(told("N/A"), "not known");
  EXPECT_EQ(told("none"), "not known");
  EXPECT_EQ(told("no phone"), "unreadable");
  EXPECT_EQ(told("12"), "unreadable");
  EXPECT_EQ(told("07700 900123 or 07700 900124"), "unreadable");
  EXPECT_EQ(told("0770O 900123"), "unreadable");
}

RC_GTEST_PROP(PhoneNumber, read_again_is_the_same_for_any_bytes, ()) {
  const PhoneNumber once = read_phone(*made_up_bytes("0123456789+() -EXT#"));
  RC_ASSERT((once.kind == PhoneKind::none) == (once.presence != Presence::present));
  RC_ASSERT(std::ranges::count(once.text, '+') <= 1);
  RC_ASSERT(once.text.size() <= 19U);
  PhoneNumber twice = read_phone(once.text);
  RC_PRE(once.presence == Presence::present && once.kind != PhoneKind::local);
  twice.extension = once.extension;
  RC_ASSERT(twice == once);
}

}  // namespace
}  // namespace throughline::linkage
