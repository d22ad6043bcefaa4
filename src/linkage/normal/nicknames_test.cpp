#include "linkage/normal/nicknames.h"

#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "linkage/normal/names.h"

namespace throughline::linkage {
namespace {

TEST(GivenNames, and_their_short_forms_share_a_class) {
  EXPECT_TRUE(same_given_name_class("ROBERT", "BOB"));
  EXPECT_TRUE(same_given_name_class("BOB", "ROBERT"));
  EXPECT_TRUE(same_given_name_class("ROB", "BOB"));
  EXPECT_TRUE(same_given_name_class("ABIGAIL", "ABBIE"));
  EXPECT_TRUE(same_given_name_class("ALEX", "ALEXANDRA"));
  EXPECT_TRUE(same_given_name_class("ALEX", "ALEXANDER"));
}

TEST(GivenNames, that_share_only_a_short_form_stay_apart) {
  EXPECT_TRUE(same_given_name_class("ALBERT", "BERT"));
  EXPECT_TRUE(same_given_name_class("HERBERT", "BERT"));
  EXPECT_FALSE(same_given_name_class("ALBERT", "HERBERT"));
  EXPECT_FALSE(same_given_name_class("PETER", "PAUL"));
}

TEST(GivenNames, written_by_ear_from_another_script_share_a_class) {
  EXPECT_TRUE(same_given_name_class("MOHAMMED", "MUHAMMAD"));
  EXPECT_TRUE(same_given_name_class("YUSUF", "YOUSSEF"));
  EXPECT_TRUE(same_given_name_class("AISHA", "AYESHA"));
  EXPECT_TRUE(same_given_name_class("HUSSAIN", "HUSEYIN"));
  EXPECT_FALSE(same_given_name_class("YUSUF", "JOSEPH"));
  EXPECT_FALSE(same_given_name_class("MOHAMMED", "MAHMOUD"));
  EXPECT_FALSE(same_given_name_class("HASSAN", "HUSSAIN"));
}

TEST(GivenNames, in_their_own_script_are_of_the_class_of_their_spellings) {
  EXPECT_TRUE(same_given_name_class(read_given_name("Дмитрий").joined, "DMITRY"));
  EXPECT_TRUE(same_given_name_class(read_given_name("يوسف").joined, "YUSUF"));
  EXPECT_TRUE(same_given_name_class(read_given_name("Сергей").joined, read_given_name("Sergei").joined));
  EXPECT_FALSE(same_given_name_class("MR", "OMAR"));
}

TEST(GivenNames, that_no_table_knows_are_only_themselves) {
  EXPECT_EQ(given_name_id("QWXZ"), std::nullopt);
  EXPECT_EQ(given_name_id(""), std::nullopt);
  EXPECT_EQ(given_name_id("robert"), std::nullopt);
  EXPECT_TRUE(same_given_name_class("QWXZ", "QWXZ"));
  EXPECT_FALSE(same_given_name_class("QWXZ", "ROBERT"));
}

TEST(GivenNames, of_the_spellings_of_muhammad_have_one_core) {
  for (const std::string_view name : {"MOHAMMED", "MOHAMMAD", "MOHAMED", "MUHAMMED", "MOHD", "MD"}) {
    EXPECT_TRUE(same_given_name_class(name, "MUHAMMAD")) << name;
    EXPECT_EQ(read_given_name(name).core, "MUHAMMAD") << name;
  }
}

RC_GTEST_PROP(GivenNames, share_classes_both_ways, ()) {
  const auto number = rc::gen::inRange<std::uint16_t>(0, 2000);
  const auto bob = static_cast<GivenNameId>(*number);
  const auto robert = static_cast<GivenNameId>(*number);
  RC_ASSERT(same_given_name_class(bob, bob));
  RC_ASSERT(same_given_name_class(bob, robert) == same_given_name_class(robert, bob));
}

}  // namespace
}  // namespace throughline::linkage
