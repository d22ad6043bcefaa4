#include "app/refusal_notes.h"

#include <gtest/gtest.h>

namespace throughline::app {
namespace {

using std::chrono_literals::operator""h;
using std::chrono_literals::operator""min;
using std::chrono_literals::operator""s;
using Time = RefusalNotes::Time;

struct RefusalNotesTest : testing::Test {
  RefusalNotes notes;
  // How many of so many refusals of the account get an entry of their own.
  int noted(std::int64_t account, int refusals, Time now) {
    int count = 0;
    for (int i = 0; i < refusals; ++i) {
      const ledger::Actor actor{.account = ledger::AccountId(account), .agency = ledger::AgencyId(1), .login = "web"};
      const ledger::Act act{.rule = 300 + i, .object = "x"};
      count += notes.has_entry(actor, act, now) ? 1 : 0;
    }
    return count;
  }
};

TEST_F(RefusalNotesTest, thirty_a_minute_of_each_account_have_an_entry_of_their_own) {
  EXPECT_EQ(noted(1, 100, 1h), 30);
  EXPECT_EQ(noted(2, 10, 1h), 10) << "another account's are its own";
  EXPECT_EQ(noted(1, 100, 1h + 59s), 0);
  EXPECT_EQ(noted(1, 100, 1h + 1min), 30);
}

TEST_F(RefusalNotesTest, the_others_are_told_together_a_minute_later_and_once) {
  static_cast<void>(noted(1, 37, 1h));
  static_cast<void>(noted(2, 10, 1h));
  EXPECT_FALSE(notes.is_due(1h + 59s));
  EXPECT_TRUE(notes.take(1h + 59s).empty());
  EXPECT_TRUE(notes.is_due(1h + 1min));
  const auto taken = notes.take(1h + 1min);
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken.front().count, 7);
  EXPECT_EQ(taken.front().last_actor.account, ledger::AccountId(1));
  EXPECT_EQ(taken.front().last_act.rule, 336) << "the last of them";
  EXPECT_TRUE(notes.take({}).empty());
}

TEST_F(RefusalNotesTest, at_the_end_nothing_waits_for_its_minute) {
  static_cast<void>(noted(1, 31, 1h));
  ASSERT_EQ(notes.take({}).size(), 1U);
}

TEST_F(RefusalNotesTest, what_could_not_be_written_is_told_with_those_after_it) {
  static_cast<void>(noted(1, 35, 1h));
  auto taken = notes.take({});
  static_cast<void>(noted(1, 2, 1h + 1s));
  notes.give_back(taken.at(0));
  EXPECT_TRUE(notes.is_due(1h + 1min)) << "the first of them has waited for so long";
  EXPECT_EQ(notes.take({}).at(0).count, 7);
}

}  // namespace
}  // namespace throughline::app
