#include "app/account_object.h"

#include <gtest/gtest.h>

#include "app/made_up_world.h"
#include "app/session.h"

namespace throughline::app {
namespace {

TEST(AccountObject, names_the_account_where_it_is_a_name_and_repeats_nothing_else) {
  EXPECT_EQ(account_object("A.cole-2_x", "invite"), "account A.cole-2_x: invite");
  for (const std::string& name : {std::string(), std::string("a b"), std::string("acole: grant auditor\nentry 9"),
                                  std::string("\x1b[31m"), std::string("\xE2\x80\xAE"), std::string(65, 'a')}) {
    EXPECT_EQ(account_object(name, "invite"), "account by a name that none can have: invite");
  }
}

TEST(AccountObject, of_what_somebody_typed_as_a_name_nothing_reaches_the_log) {
  const MadeUpWorld world;
  static_cast<void>(world.founded());
  world.add_account("acole", "analyst");
  const AccountsRequest request{.act = "grant", .name = "x: allowed\nentry 9", .role = "auditor"};
  EXPECT_EQ(accounts(world.outside, world.as("acole"), request).error().code, "refused");
  const auto session = Session::open(world.outside, world.settings, "test").value();
  const auto newest = session->ledger().log().newest({.count = 1}).value();
  EXPECT_EQ(newest.at(0).payload.object, "account by a name that none can have: grant auditor");
}

}  // namespace
}  // namespace throughline::app
