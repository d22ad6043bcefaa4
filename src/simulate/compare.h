// What a scenario changes: pairs of runs with the same seed, so that they differ only where the policy bites.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "simulate/outcomes.h"
#include "simulate/world_run.h"

namespace throughline::simulate {

struct CompareInput {
  RunInput baseline;                // Its seed is that of all replicates together.
  std::vector<Scenario> scenarios;  // At least one.
  std::int32_t days = 0;
  std::int64_t replicates = 20;  // At least 5.
  // Given by place and period too, as a map shows them. Empty: none.
  std::vector<Outcome> mapped{};
};

enum class Whereabouts : std::uint8_t { everywhere, acted_on, elsewhere };

// Where scenario and baseline are the same in every pair, is_any_different is false, and low and high are no limits of
// anything.

// Limits are those of the mean difference, 95 per cent, by Student's t over replicates: they carry the chance of runs,
// neither doubt about parameters nor what the model leaves out.
struct OutcomeDifference {
  std::size_t scenario = 0;
  Whereabouts where = Whereabouts::everywhere;
  std::size_t outcome = 0;  // k_outcomes: the cost of violence, in pounds.
  double baseline = 0;
  double difference = 0;
  double low = 0;
  double high = 0;
  std::int64_t higher = 0;  // Replicates in which it was higher, and in which it was lower.
  std::int64_t lower = 0;
  double share_up = 0;  // Of replicates, in which it was higher; ties count half.
  double spread = 0;    // Standard deviation of the difference over replicates.
  bool is_any_different = false;
};

// By period, everywhere.
struct PeriodDifference {
  std::size_t scenario = 0;
  std::size_t outcome = 0;
  std::int32_t from_day = 0;
  std::int32_t days = 0;
  double baseline = 0;
  double difference = 0;
  double low = 0;
  double high = 0;
  bool is_any_different = false;
};

// By period in one place.
struct PlaceDifference {
  std::size_t place = 0;  // Of the world, by number.
  PeriodDifference of{};
};

struct Comparison {
  std::vector<OutcomeDifference> totals;  // By scenario, place, outcome.
  std::vector<PeriodDifference> periods;  // By scenario, outcome, period.
  // By scenario, outcome as mapped, place, period; of each place the whole run stands first.
  std::vector<PlaceDifference> places;
};

// How many rows it gives by period, everywhere and by place, at most.
[[nodiscard]] std::int64_t rows_by_period(const CompareInput& input);

// How many numbers a comparison holds at once: those of every replicate by period, those of every replicate and of the
// answer by period and place where outcomes are mapped, and the rows of a pair under way. A 64-bit number each. Not
// those of people.
[[nodiscard]] std::int64_t numbers_held(const CompareInput& input);
inline constexpr std::int64_t k_numbers_held_most = 250'000'000;
// Error "too_much" beyond k_numbers_held_most, with what holds them.
[[nodiscard]] base::Result<void> check_held(std::int64_t held, std::string_view what);

// For each of so many places, whether the scenario acts on it.
[[nodiscard]] std::vector<bool> acted_on(const Scenario& scenario, std::size_t places);

// The seed of one replicate.
[[nodiscard]] std::uint64_t replicate_seed(std::uint64_t seed, std::int64_t replicate);

// Errors: "interrupted"; that of check_held. Told is called, from any thread, after each pair of
// runs.
[[nodiscard]] base::Result<Comparison> compare(const CompareInput& input, const base::Interrupt& interrupt,
                                               const std::function<void()>& told = {});

// Of so many, with ties as half. REQUIRES: of > 0.
[[nodiscard]] double share_higher(std::int64_t higher, std::int64_t lower, std::int64_t of);

// A mean with its limits, of one value a replicate. REQUIRES: at least two.
struct MeanLimits {
  double mean = 0;
  double low = 0;
  double high = 0;
  double spread = 0;  // Standard deviation of the values.
};
[[nodiscard]] MeanLimits mean_limits(const std::vector<double>& values);

}  // namespace throughline::simulate
