// The reading of police figures tried on the made-up market, from what agencies would hold of it: what is there and how
// hard it is looked for are set, so that the truth is known. bench/activity_bench.cpp tries many more years.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "app/made_up_years.h"

namespace throughline::app {
namespace {

using evidence::ActivityVerdict;

struct Tried {
  int wrong = 0;
  int given = 0;
  int all = 0;
};

Tried tried(std::span<const KnownChange> changes) {
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

using Changes = std::array<KnownChange, k_known_changes>;

const KnownChange& change(const Changes& changes, std::string_view name) {
  return *std::ranges::find(changes, name, &KnownChange::name);
}

// Figures of police follow looking; the others do not, and treatment only as far as it has places.
void expect_figures_to_move_with_what_was_set(const Changes& changes) {
  const auto ratio = [&](std::string_view name, std::int64_t YearHeld::* count) {
    const KnownChange& known = change(changes, name);
    return static_cast<double>(known.after.*count) / static_cast<double>(known.before.*count);
  };
  EXPECT_NEAR(ratio("searches up", &YearHeld::searches), 1.5, 0.1);
  EXPECT_GT(ratio("searches up", &YearHeld::recorded), 1.15);
  EXPECT_NEAR(ratio("searches up", &YearHeld::treatment_starts), 1, 0.1);
  EXPECT_NEAR(ratio("more use", &YearHeld::searches), 1, 0.15);
  EXPECT_GT(ratio("more use", &YearHeld::recorded), 1.15);
  EXPECT_GT(ratio("more use", &YearHeld::treatment_starts), 1.25);
  EXPECT_LT(ratio("more use, treatment full", &YearHeld::treatment_starts), 1.1);
}

// None of those given is wrong, and of the changes that agencies record as they always did half are given. With two
// moves against one another recorded figures stand still, and no reading is to be had.
void expect_readings_to_be_right_or_withheld(const std::array<Changes, 2>& seeds) {
  int given = 0;
  int usual = 0;
  for (const Changes& changes : seeds) {
    const Tried those = tried(std::span(changes).first(k_usual_changes));
    EXPECT_EQ(those.wrong, 0);
    EXPECT_EQ(tried(std::span(changes).subspan(k_usual_changes)).wrong, 0);
    given += those.given;
    usual += those.all;
  }
  EXPECT_EQ(usual, 2 * static_cast<int>(k_usual_changes));
  EXPECT_GE(given * 2, usual);
}

// The way a careless reader goes wrong: what was recorded rose, so more is there.
void expect_a_rise_of_looking_to_be_told_as_that(const Changes& changes) {
  const KnownChange& known = change(changes, "searches and arrests up");
  EXPECT_GT(known.after.recorded * 5, known.before.recorded * 6);
  EXPECT_EQ(reading_of(known.before, known.after).verdict, ActivityVerdict::more_looked_for);
}

// In one, as the market is what takes the time.
TEST(ActivityMarket, is_read_as_it_was_set_or_not_at_all) {
  const std::array<Changes, 2> seeds{known_changes({.seed = 1}), known_changes({.seed = 2})};
  expect_figures_to_move_with_what_was_set(seeds[0]);
  expect_readings_to_be_right_or_withheld(seeds);
  expect_a_rise_of_looking_to_be_told_as_that(seeds[0]);
}

}  // namespace
}  // namespace throughline::app
