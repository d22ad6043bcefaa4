#include "linkage/short_name.h"

#include <bit>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"

namespace throughline::linkage {
namespace {

// Few letters, so that many are in common.
rc::Gen<std::string> made_up_name() {
  const auto letters = rc::gen::container<std::string>(rc::gen::element('A', 'B', 'C', 'D', 'E', 'N'));
  return rc::gen::map(letters, [](const std::string& name) { return name.substr(0, ShortName::k_bytes); });
}

double similarity(std::string_view one, std::string_view other) {
  return jaro_winkler(ShortName(one), ShortName(other));
}

TEST(ShortName, holds_sixteen_bytes_and_no_more) {
  EXPECT_TRUE(ShortName().empty());
  EXPECT_EQ(ShortName().length(), 0);
  EXPECT_EQ(ShortName("INVENTA").text(), "INVENTA");
  EXPECT_EQ(ShortName("ABCDEFGHIJKLMNOP").length(), 16);
  EXPECT_EQ(ShortName("ABCDEFGHIJKLMNOPQ"), ShortName("ABCDEFGHIJKLMNOPX"));
}

// Winkler (1990), table of his examples; and Jaro's own without a common prefix.
TEST(JaroWinkler, gives_the_published_values) {
  EXPECT_NEAR(similarity("MARTHA", "MARHTA"), 0.9611, 5e-5);
  EXPECT_NEAR(similarity("DIXON", "DICKSONX"), 0.8133, 5e-5);
  EXPECT_NEAR(similarity("DWAYNE", "DUANE"), 0.8400, 5e-5);
  EXPECT_NEAR(similarity("JONES", "JOHNSON"), 0.8324, 5e-5);
  EXPECT_NEAR(similarity("ABROMS", "ABRAMS"), 0.9222, 5e-5);
}

TEST(JaroWinkler, is_0_with_nothing_in_common_and_1_of_a_name_with_itself) {
  EXPECT_EQ(similarity("", ""), 0);
  EXPECT_EQ(similarity("ABC", ""), 0);
  EXPECT_EQ(similarity("ABC", "XYZ"), 0);
  EXPECT_EQ(similarity("ABCDEFGHIJKLMNOP", "ABCDEFGHIJKLMNOP"), 1);
}

RC_GTEST_PROP(JaroWinkler, is_symmetric_and_between_0_and_1, ()) {
  const ShortName one(*made_up_name());
  const ShortName other(*made_up_name());
  const double there = jaro_winkler(one, other);
  RC_ASSERT(there == jaro_winkler(other, one));
  RC_ASSERT(there >= 0 && there <= 1);
}

RC_GTEST_PROP(EditDistance, of_short_names_is_that_of_texts, ()) {
  const std::string one = *made_up_name();
  const std::string other = *made_up_name();
  RC_ASSERT(edit_distance(ShortName(one), ShortName(other)) == base::edit_distance(one, other));
}

TEST(EditDistance, counts_a_swap_of_neighbours_as_one) {
  EXPECT_EQ(edit_distance(ShortName("BRAIN"), ShortName("BRIAN")), 1);
  EXPECT_EQ(edit_distance(ShortName("CA"), ShortName("ABC")), 3) << "no byte is edited twice";
  EXPECT_EQ(edit_distance(ShortName("ABCDEFGHIJKLMNOP"), ShortName("BCDEFGHIJKLMNOPA")), 2);
}

RC_GTEST_PROP(Letters, differ_in_at_most_two_bits_after_one_edit, ()) {
  const std::string one = *rc::gen::nonEmpty(made_up_name());
  std::string other = one;
  other[*rc::gen::inRange<std::size_t>(0, one.size())] = *rc::gen::inRange('A', static_cast<char>('Z' + 1));
  RC_ASSERT(std::popcount(letters_of(ShortName(one)) ^ letters_of(ShortName(other))) <= 2);
}

// The examples of the United States National Archives; the code keeps the digits as four bits each below the letter.
TEST(Sound, is_the_published_soundex) {
  const auto soundex = [](std::string_view name) {
    const std::uint32_t code = sound_of(ShortName(name));
    std::string text(1, static_cast<char>(code >> 12));
    for (const int shift : {8, 4, 0}) text += static_cast<char>('0' + ((code >> shift) & 0xF));
    return text;
  };
  EXPECT_EQ(soundex("WASHINGTON"), "W252");
  EXPECT_EQ(soundex("LEE"), "L000");
  EXPECT_EQ(soundex("GUTIERREZ"), "G362");
  EXPECT_EQ(soundex("PFISTER"), "P236");
  EXPECT_EQ(soundex("JACKSON"), "J250");
  EXPECT_EQ(soundex("TYMCZAK"), "T522");
  EXPECT_EQ(soundex("ASHCRAFT"), "A261");
  EXPECT_EQ(sound_of(ShortName()), 0U);
}

}  // namespace
}  // namespace throughline::linkage
