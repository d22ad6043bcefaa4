#include "app/search.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/made_up_world.h"

namespace throughline::app {
namespace {

bool has_group(const SearchAnswer& answer, const std::string& kind) {
  return std::ranges::find(answer.groups, kind, &SearchGroup::kind) != answer.groups.end();
}

struct SearchTest : testing::Test, MadeUpWorld {
  SearchTest() {
    static_cast<void>(founded());
    add_account("watcher", "auditor");
    add_account("acole", "analyst");
    add_account("chief", "administrator");
  }
  [[nodiscard]] SearchAnswer found(const std::string& account, const std::string& text) const {
    return search(outside, as(account), text).value();
  }
};

TEST_F(SearchTest, finds_accounts_for_administrators_alone) {
  EXPECT_TRUE(has_group(found("founder", "watcher"), "account"));
  EXPECT_FALSE(has_group(found("acole", "watcher"), "account"));
  EXPECT_FALSE(has_group(found("watcher", "watcher"), "account"));
}

TEST_F(SearchTest, finds_of_the_accounts_only_those_the_administrators_agency_has) {
  EXPECT_TRUE(has_group(found("chief", "watcher"), "account"));
  EXPECT_FALSE(has_group(found("chief", "founder"), "account"));
}

TEST_F(SearchTest, finds_an_entry_by_its_number_and_none_beyond_the_last) {
  EXPECT_TRUE(has_group(found("acole", "0"), "entry"));
  EXPECT_FALSE(has_group(found("acole", "999999"), "entry"));
}

TEST_F(SearchTest, for_blanks_finds_nothing_and_means_nothing) {
  const SearchAnswer answer = found("acole", " \t ");
  EXPECT_TRUE(answer.groups.empty());
  EXPECT_EQ(answer.meant, "");
}

}  // namespace
}  // namespace throughline::app
