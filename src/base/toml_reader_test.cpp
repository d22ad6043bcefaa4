#include "base/toml_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace throughline::base {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view k_text =
    "title = \"A plan\"\n"
    "half = -2.5\n"
    "whole = 7\n"
    "names = [\"a\", \"b\"]\n"
    "one = \"a\"\n"
    "[[target]]\n"
    "line = 7\n";

struct Reading : testing::Test {
  TomlNode root = read_toml(k_text, "plan.toml").value();
  TomlReader reader{root, "plan.toml"};
};

TEST_F(Reading, gives_what_is_there_and_nothing_for_what_is_not) {
  EXPECT_EQ(reader.needed_text("title").value(), "A plan");
  EXPECT_EQ(reader.text("owner").value(), "");
  EXPECT_EQ(reader.number("half", -100, 100).value(), std::optional(-2.5));
  EXPECT_EQ(reader.number("whole", -100, 100).value(), std::optional(7.0));
  EXPECT_EQ(reader.whole("whole", 0, 10).value(), std::optional<std::int64_t>(7));
  EXPECT_EQ(reader.number("nothing", 0, 1).value(), std::nullopt);
  EXPECT_THAT(reader.texts("names").value(), ElementsAre("a", "b"));
  EXPECT_THAT(reader.texts("one").value(), ElementsAre("a"));
  ASSERT_EQ(reader.tables("target").value().size(), 1);
  EXPECT_TRUE(reader.finish().ok());
}

TEST_F(Reading, names_file_line_and_key_of_what_is_wrong) {
  EXPECT_EQ(reader.text("half").error().where, "plan.toml line 2");
  EXPECT_EQ(reader.text("half").error().code, "value_malformed");
  EXPECT_EQ(reader.needed_text("owner").error().code, "value_missing");
  EXPECT_EQ(reader.number("whole", 0, 5).error().code, "out_of_range");
  EXPECT_THAT(reader.number("whole", 0, 5).error().what, HasSubstr("it must be 0 to 5"));
  EXPECT_EQ(reader.whole("half", -9, 9).error().code, "value_malformed");
  EXPECT_EQ(reader.tables("title").error().code, "value_malformed");
  EXPECT_EQ(reader.texts("whole").error().where, "plan.toml line 3");
}

TEST_F(Reading, refuses_a_key_that_nobody_asked_for_with_the_nearest) {
  static_cast<void>(reader.text("titel"));
  const Error error = reader.finish().error();
  EXPECT_EQ(error.code, "key_unknown");
  EXPECT_EQ(error.where, "plan.toml line 1");
  EXPECT_THAT(error.remedy, HasSubstr("titel"));
}

TEST(TomlFile, that_is_none_is_named_with_its_line) {
  const Error error = read_toml("a = 1\nb = \n", "plan.toml").error();
  EXPECT_EQ(error.code, "toml_malformed");
  EXPECT_EQ(error.where, "plan.toml line 2");
}

}  // namespace
}  // namespace throughline::base
