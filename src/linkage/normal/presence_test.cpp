#include "linkage/normal/presence.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "linkage/normal/made_up_bytes_for_tests.h"

namespace throughline::linkage {
namespace {

TEST(Presence, is_judged_by_letters_and_digits_alone) {
  EXPECT_EQ(presence_of(""), Presence::blank);
  EXPECT_EQ(presence_of(" -?- "), Presence::blank);
  EXPECT_EQ(presence_of("N/K"), Presence::not_known);
  EXPECT_EQ(presence_of("N.K."), Presence::not_known);
  EXPECT_EQ(presence_of("NOT-KNOWN"), Presence::not_known);
  EXPECT_EQ(presence_of("REFUSED TO SAY"), Presence::withheld);
  EXPECT_EQ(presence_of("BABY BOY"), Presence::not_named);
  EXPECT_EQ(presence_of("TEST PATIENT"), Presence::test_entry);
  EXPECT_EQ(presence_of("XX"), Presence::filler);
  EXPECT_EQ(presence_of("AAA"), Presence::filler);
  EXPECT_EQ(presence_of("0000000000000000"), Presence::filler);
  EXPECT_EQ(presence_of("X"), Presence::present);
  EXPECT_EQ(presence_of("OO"), Presence::present);
  EXPECT_EQ(presence_of("22"), Presence::present);
  EXPECT_EQ(presence_of("UNKNOWNS OF THIS WORLD"), Presence::present);
  EXPECT_EQ(presence_of("NANCY"), Presence::present);
}

TEST(Presence, has_a_name_for_every_reason) {
  EXPECT_EQ(name_of(Presence::present), "present");
  EXPECT_EQ(name_of(Presence::blank), "blank");
  EXPECT_EQ(name_of(Presence::not_known), "not known");
  EXPECT_EQ(name_of(Presence::withheld), "withheld");
  EXPECT_EQ(name_of(Presence::not_named), "not yet named");
  EXPECT_EQ(name_of(Presence::test_entry), "a test entry");
  EXPECT_EQ(name_of(Presence::filler), "filler");
  EXPECT_EQ(name_of(Presence::unreadable), "unreadable");
}

TEST(PlainText, is_one_spelling_of_what_looks_alike) {
  EXPECT_EQ(plain_upper("  zoë \t\n brontë  "), "ZOE BRONTE");
  EXPECT_EQ(plain_upper("Ｚｏｅ"), "ZOE");
  EXPECT_EQ(plain_upper("Straße"), "STRASSE");
  EXPECT_EQ(plain_upper("Ǆ"), "DZ");
  EXPECT_EQ(plain_upper("Дмитрий"), "DMITRIJ");
  EXPECT_EQ(plain_latin("John SMITH"), "John SMITH");
  EXPECT_EQ(plain_latin("Łukasz ŻAK"), "Lukasz ZAK");
  EXPECT_EQ(plain_upper("a\x01"
                        "b"),
            "A B");
  EXPECT_EQ(plain_upper("\xFF\xFE"), "");
  EXPECT_EQ(plain_upper("☃"), "");
}

TEST(PlainText, is_cut_off_where_it_would_be_too_long) {
  EXPECT_EQ(plain_upper(std::string(100'000, 'a')).size(), k_plain_bytes_max);
  std::string accented;
  for (int i = 0; i < 5000; ++i) accented += "é";
  EXPECT_EQ(plain_upper(accented).size(), k_plain_bytes_max);
}

RC_GTEST_PROP(PlainText, is_ascii_and_stays_as_it_is_when_read_again, ()) {
  const std::string text = *made_up_bytes("aZ é ß\xC3\xA9\xD9\x85 \t");
  const std::string plain = plain_upper(text);
  RC_ASSERT(std::ranges::all_of(plain, [](char c) { return c >= ' ' && c <= '~' && !(c >= 'a' && c <= 'z'); }));
  RC_ASSERT(plain.size() <= k_plain_bytes_max);
  RC_ASSERT(plain_upper(plain) == plain);
  RC_ASSERT(plain_upper(plain_latin(text)) == plain);
}

RC_GTEST_PROP(PlainText, of_ascii_is_never_longer, ()) {
  const std::string text = *rc::gen::container<std::string>(rc::gen::inRange<char>(0, 127));
  RC_ASSERT(plain_upper(text).size() <= text.size());
}

}  // namespace
}  // namespace throughline::linkage
