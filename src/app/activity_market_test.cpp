// The reading of police figures tried on the made-up market, from what agencies would hold of it: what is there and how
// hard it is looked for are set, so that the truth is known. bench/activity_bench.cpp tries many more years.

#include <gtest/gtest.h>

#include "app/made_up_years.h"

namespace throughline::app {
namespace {

using evidence::ActivityVerdict;

struct Tried {
  int wrong = 0;
  int given = 0;
  int all = 0;
};

Tried tried(const std::vector<KnownChange>& changes) {
  Tried tally;
  for (const KnownChange& change : changes) {
    const ActivityVerdict verdict = reading_of(change.before, change.after).verdict;
    ++tally.all;
    if (verdict == ActivityVerdict::cannot_tell) continue;
    ++tally.given;
    if (verdict == change.truth) continue;
    ++tally.wrong;
    ADD_FAILURE() << change.name << " is read as " << name_of(verdict);
  }
  return tally;
}

class ActivityMarket : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
      for (const KnownChange& change : known_changes({.seed = seed})) changes().push_back(change);
    }
  }
  static void TearDownTestSuite() { changes().clear(); }

  static std::vector<KnownChange>& changes() {
    static std::vector<KnownChange> held;
    return held;
  }

  static const KnownChange& change(std::string_view name) {
    return *std::ranges::find(changes(), name, &KnownChange::name);
  }
};

// Figures of police follow looking; the others do not.
TEST_F(ActivityMarket, what_agencies_hold_moves_with_what_was_set) {
  const auto ratio = [](const KnownChange& known, std::int64_t YearHeld::* count) {
    return static_cast<double>(known.after.*count) / static_cast<double>(known.before.*count);
  };
  EXPECT_NEAR(ratio(change("searches up"), &YearHeld::searches), 1.5, 0.1);
  EXPECT_GT(ratio(change("searches up"), &YearHeld::recorded), 1.15);
  EXPECT_NEAR(ratio(change("searches up"), &YearHeld::treatment_starts), 1, 0.1);
  EXPECT_NEAR(ratio(change("more use"), &YearHeld::searches), 1, 0.15);
  EXPECT_GT(ratio(change("more use"), &YearHeld::recorded), 1.15);
  EXPECT_GT(ratio(change("more use"), &YearHeld::treatment_starts), 1.25);
}

// None of those given is wrong, and half of all are given. With two moves against one another recorded figures stand
// still, and no reading is to be had.
TEST_F(ActivityMarket, a_reading_of_known_changes_is_right_or_withheld) {
  const Tried tally = tried(changes());
  EXPECT_EQ(tally.all, 2 * static_cast<int>(k_known_changes));
  EXPECT_EQ(tally.wrong, 0);
  EXPECT_GE(tally.given * 2, tally.all);
}

// The way a careless reader goes wrong: what was recorded rose, so more is there.
TEST_F(ActivityMarket, the_record_alone_would_say_more_is_there_where_only_looking_rose) {
  const KnownChange& known = change("searches and arrests up");
  EXPECT_GT(known.after.recorded * 5, known.before.recorded * 6);
  EXPECT_EQ(reading_of(known.before, known.after).verdict, ActivityVerdict::more_looked_for);
}

}  // namespace
}  // namespace throughline::app
