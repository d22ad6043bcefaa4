// What a scenario changes under every accepted set of parameters.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "simulate/compare.h"
#include "simulate/members.h"

namespace throughline::simulate {

// Of fewer members the 2.5 and 97.5 per cent points would lie inside the outermost, and hold fewer than they say.
inline constexpr std::int64_t k_members_for_quantiles = 40;

// Over members. low and high are the outermost of the members' own mean differences, from k_members_for_quantiles
// on those that hold their middle 95 per cent: doubt about the parameters, and the chance that is left in few pairs.
// mean_low and mean_high are 95 per cent limits of the mean over members, by Student's t.
struct EnsembleDifference {
  std::size_t scenario = 0;
  Whereabouts where = Whereabouts::everywhere;
  std::size_t outcome = 0;  // k_outcomes: the cost of violence, in pounds.
  double baseline = 0;
  double difference = 0;
  double low = 0;
  double high = 0;
  double mean_low = 0;
  double mean_high = 0;
  std::int64_t higher = 0;  // Members in which it is higher, and in which it is lower.
  std::int64_t lower = 0;
  double share_up = 0;  // Of members in which it is higher; ties count half.
  // Of the variance of one pair's difference, how much lies between members: what the parameters make (analysis of
  // variance, one way). Nought where chance alone would spread the members' means as far.
  double share_between = 0;
  bool is_any_different = false;  // In any pair of any member, also where those of each come to nought together.
};

// Of the members that hold one rival of a parameter, everywhere.
struct RivalDifference {
  std::size_t parameter = 0;
  std::size_t rival = 0;  // In the order of its card.
  std::int64_t members = 0;
  EnsembleDifference difference;
};

struct EnsembleComparison {
  std::vector<EnsembleDifference> totals;  // By scenario, place, outcome.
  std::vector<RivalDifference> rivals;     // By parameter, rival, scenario, outcome; those with two members and more.
  // In the order of Comparison's: means over members, with low and high as of totals.
  std::vector<PeriodDifference> periods;
  std::vector<PlaceDifference> places;
};

struct EnsembleInput {
  CompareInput pairs;           // Of each member, but for the parameters; at least five replicates.
  std::vector<Member> members;  // At least two.
  std::vector<Prior> priors;    // Says which parameters have rivals.
};

// At most so many are compared at once, at any number of threads.
inline constexpr std::int64_t k_members_at_once = 16;

// As of compare: those of the members under way, three of each row of each member, and the answer by period.
[[nodiscard]] std::int64_t numbers_held(const EnsembleInput& input);

// Errors: those of compare. Told is called, from any thread, after each pair of runs.
[[nodiscard]] base::Result<EnsembleComparison> compare_members(const EnsembleInput& input,
                                                               const base::Interrupt& interrupt,
                                                               const std::function<void()>& told = {});

// One total, of each member over so many pairs. REQUIRES: at least two, all of one scenario, place and outcome.
[[nodiscard]] EnsembleDifference over_members(std::span<const OutcomeDifference> members, std::int64_t pairs);

// The variance of members' true means and of one pair within a member, from each member's mean and standard deviation
// over so many pairs; the former at least nought.
struct VarianceParts {
  double between = 0;
  double within = 0;
};
struct MeanAndSpread {
  double mean = 0;
  double spread = 0;
};
[[nodiscard]] VarianceParts variance_parts(const std::vector<MeanAndSpread>& members, std::int64_t pairs);

}  // namespace throughline::simulate
