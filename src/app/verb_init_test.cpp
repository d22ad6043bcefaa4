#include <gtest/gtest.h>

#include "app/made_up_world.h"
#include "app/session.h"

namespace throughline::app {
namespace {

struct InitTest : testing::Test, MadeUpWorld {};

TEST_F(InitTest, it_says_where_everything_lies_and_what_to_do_with_the_keys) {
  const Report report = founded();
  EXPECT_EQ(report.verb, "init");
  EXPECT_EQ(fact_of(report, "workspace", "workspace"), Value(path("w")));
  EXPECT_EQ(fact_of(report, "workspace", "keys"), Value(path("w.keys")));
  EXPECT_EQ(fact_of(report, "workspace", "agency"), Value("Example Council"));
  EXPECT_EQ(fact_of(report, "workspace", "account"), Value("founder"));
  EXPECT_EQ(fact_of(report, "workspace", "roles"), Value("administrator, analyst, auditor"));
  EXPECT_NE(section_of(report, "workspace").notes.front().find("Move the keys to another medium"), std::string::npos);
}

TEST_F(InitTest, the_same_seed_makes_the_same_log) {
  MadeUpWorld other;
  EXPECT_EQ(fact_of(founded(), "workspace", "log"), fact_of(other.founded(), "workspace", "log"));
}

TEST_F(InitTest, a_workspace_that_is_there_is_left_alone) {
  static_cast<void>(founded());
  const auto again = init(outside, settings, {.agency = "Another"});
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, "workspace_exists");
  EXPECT_EQ(again.error().kind, base::ErrorKind::bad_command);
  EXPECT_EQ(again.error().message(), "There is a workspace here already (" + path("w") +
                                         "). Work with it as it is, or name a folder that does not exist yet with "
                                         "--workspace.");
  EXPECT_EQ(Session::open(outside, settings, "test").value()->account().agency_name, "Example Council");
}

TEST_F(InitTest, keys_may_lie_elsewhere_from_the_beginning) {
  settings.keys = path("vault");
  EXPECT_EQ(fact_of(founded(), "workspace", "keys"), Value(path("vault")));
  EXPECT_TRUE(Session::open(outside, settings, "test").ok());
  settings.keys.clear();
  const auto without = Session::open(outside, settings, "test");
  ASSERT_FALSE(without.ok());
  EXPECT_EQ(without.error().code, "keys_missing");
}

TEST_F(InitTest, an_agency_has_a_name_of_one_line) {
  for (const std::string& agency : {std::string(), std::string("  "), std::string("a\nb"), std::string(201, 'x')}) {
    const auto done = init(outside, settings, {.agency = agency});
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().code, "agency_name");
  }
  EXPECT_FALSE(std::filesystem::exists(settings.workspace));
}

TEST_F(InitTest, the_first_account_may_be_named) {
  settings.account = "acole";
  EXPECT_EQ(fact_of(founded(), "workspace", "account"), Value("acole"));
}

}  // namespace
}  // namespace throughline::app
