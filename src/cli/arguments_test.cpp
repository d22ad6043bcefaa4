#include "cli/arguments.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace throughline::cli {
namespace {

std::string help_of(const std::vector<std::string>& arguments) {
  return parse_arguments(arguments).value().early_output;
}

TEST(Arguments, help_begins_as_the_command_is_typed) {
  EXPECT_NE(help_of({"audit", "--help"}).find("Usage: throughline audit [OPTIONS] act [entry]"), std::string::npos)
      << help_of({"audit", "--help"});
}

TEST(Arguments, help_names_the_codes_that_an_option_takes) {
  const std::string erase = help_of({"erase", "--help"});
  EXPECT_NE(erase.find("PROTECT, INVESTIGATE, COUNT, GOVERN or OPERATE"), std::string::npos) << erase;
  EXPECT_NE(erase.find("UKGDPR_ART17"), std::string::npos) << erase;
  EXPECT_NE(help_of({"accounts", "--help"}).find("administrator, analyst, practitioner or auditor"), std::string::npos);
}

TEST(Arguments, help_gives_ranges_in_words) {
  const std::string help = help_of({"records", "--help"});
  EXPECT_NE(help.find("1 to 100000"), std::string::npos) << help;
  EXPECT_EQ(help.find(" in ["), std::string::npos) << help;
}

TEST(Arguments, without_a_verb_are_told_where_the_verbs_are) {
  EXPECT_EQ(parse_arguments({}).error().message(), "No verb is given. See throughline --help.");
}

TEST(Arguments, name_a_word_that_is_no_number) {
  EXPECT_EQ(parse_arguments({"audit", "show", "last"}).error().message(),
            "This is no whole number: entry = last. See throughline audit --help.");
}

}  // namespace
}  // namespace throughline::cli
