#include <gtest/gtest.h>

#include "simulate/compare.h"
#include "simulate/run.h"
#include "simulate/series_text.h"
#include "simulate/testing_patterns.h"

namespace throughline::simulate {

namespace {

// Of all places over a run of two years after a month.
std::int64_t sum_of(const WorldRun& run, Outcome outcome) {
  std::int64_t sum = 0;
  for (const OutcomeRow& row : series_so_far(run).rows) sum += row[static_cast<std::size_t>(outcome)];
  return sum;
}

WorldRun run_with(std::vector<LeverAction> actions) {
  RunInput input = small_input(0.5);
  input.scenario.actions = std::move(actions);
  WorldRun run = begin_world(input);
  const base::Interrupt never;
  run_days(run, 730, never).value();
  return run;
}

double average(const WorldRun& run, Outcome outcome) {
  return outcome_value(outcome, sum_of(run, outcome), days_done(run), std::ssize(run.state.towns));
}

}  // namespace

// Left alone, residents who buy cannabis get what they buy.
TEST(Grows, supply_what_is_bought) {
  const WorldRun run = run_with({});
  double bought = 0;
  for (const Town& town : run.state.towns) {
    bought += town.cannabis_users * run.numbers().market_cannabis_spend_per_year * 730 / 365.25;
  }
  bought /= run.numbers().market_price_cannabis;
  const double grams = static_cast<double>(sum_of(run, Outcome::grams_cannabis_sold)) / 1000;
  EXPECT_NEAR(grams / bought, 1, 0.05);
  EXPECT_NEAR(average(run, Outcome::cannabis_strength), 1, 0.02);
  EXPECT_GT(sum_of(run, Outcome::grows_found), 0);
}

// Looked for hard enough, grows are missed: cannabis is weaker and dearer, and the market of heroin and crack is the
// same to the last milligram.
TEST(Grows, that_are_found_more_often_make_cannabis_scarce_and_change_no_other_drug) {
  const WorldRun before = run_with({});
  const WorldRun after = run_with({turned(Lever::grows, 40)});
  EXPECT_GT(sum_of(after, Outcome::grows_found), 2 * sum_of(before, Outcome::grows_found));
  EXPECT_LT(average(after, Outcome::cannabis_strength), 0.95);
  EXPECT_LT(sum_of(after, Outcome::grams_cannabis_sold), sum_of(before, Outcome::grams_cannabis_sold));
  EXPECT_EQ(sum_of(after, Outcome::drug_offences_recorded) - sum_of(before, Outcome::drug_offences_recorded),
            sum_of(after, Outcome::grows_found) - sum_of(before, Outcome::grows_found));
  for (const Outcome outcome : {Outcome::grams_heroin_sold, Outcome::grams_crack_sold, Outcome::grams_powder_sold,
                                Outcome::grams_imported, Outcome::lines_open, Outcome::fights, Outcome::deaths_users}) {
    EXPECT_EQ(sum_of(after, outcome), sum_of(before, outcome))
        << outcome_words()[static_cast<std::size_t>(outcome)].name;
  }
}

// No more are begun than there were, and none is left below nought.
TEST(Grows, are_never_more_than_there_were) {
  RunInput input = small_input(0.5);
  input.parameters.grows_found_per_year = 8;
  WorldRun run = begin_world(input);
  const base::Interrupt never;
  for (std::int32_t day = 10; day <= 300; day += 10) {
    run_days(run, day, never).value();
    for (const Town& town : run.state.towns) {
      ASSERT_GE(town.grows, 0);
      ASSERT_LE(town.grows, town.grows_start);
    }
  }
}

}  // namespace throughline::simulate
