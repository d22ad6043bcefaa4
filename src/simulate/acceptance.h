// What the model must show before a set of parameters is accepted: designs that are run, and criteria held against
// them. They are data: data/simulate/acceptance.toml.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "simulate/model.h"
#include "simulate/outcomes.h"

namespace throughline::simulate {

// Runs of one world, without and with scenarios, in pairs that share their chance. Without days nothing is run: its
// criteria are arithmetic of parameters.
struct Design {
  std::string name;
  std::int32_t days = 0;  // Whole weeks.
  std::int64_t pairs = 1;
  double scale = 1;
  std::vector<Scenario> scenarios;
};

// A figure of a run, or a parameter.
struct Term {
  std::optional<std::size_t> parameter{};  // In the order of parameter_names(); else an outcome.
  Outcome outcome = Outcome::lines_open;
  std::size_t run = 0;     // 0: without a scenario; else the scenario's number and one.
  bool is_change = false;  // Less what there is without.
  std::int32_t from = 0;   // Days of the series, whole weeks.
  std::int32_t until = 0;  // Not included.
};

enum class Measure : std::uint8_t {
  quotient,         // Of the products of `top` and of `bottom`, times a number.
  retained,         // Share still in treatment after 84 days, of the parameters alone.
  shortage_price,   // Of heroin, in the first week in which what is in it costs 1.76 times as much.
  drug_share,       // Of homicide, per cent, expected from what happened.
  displacement,     // The quotient of what the first top term counts, between where its scenario acts and elsewhere.
  arrested_volume,  // Sales of a line whose controller is arrested, beside those of an average line.
};

enum class LimitWanted : std::uint8_t { mean, low, high };

// Passed where the figure is within bounds; below and above where these are not given.
struct Criterion {
  std::string name;
  std::string what;
  std::string source;
  std::int64_t pattern = 0;  // 1 to 10; 0 for a mass balance.
  std::size_t design = 0;
  Measure measure = Measure::quotient;
  LimitWanted limit = LimitWanted::mean;  // Of the mean over pairs, 95 per cent.
  std::vector<Term> top;
  std::vector<Term> bottom;
  double times = 1;
  double unclear_per_known = 0;  // Of drug_share: homicides counted as drug-related beside those of the three kinds.
  double low = 0;
  double high = 0;
  double share_least = 1;  // Below 1 it does not decide over one draw: so many of the accepted must pass.

  [[nodiscard]] bool judges_a_draw() const { return share_least >= 1; }
};

struct Acceptance {
  World world;
  std::vector<Design> designs;      // In the order in which they are run: the cheap ones first.
  std::vector<Criterion> criteria;  // By design.
};

// Errors, with the line: those of TOML, worlds and scenarios; "name_unknown", "value_missing", "out_of_range",
// "days_malformed", "not_whole", "name_taken" for a second design of a name, "order_malformed", "criterion_missing".
[[nodiscard]] base::Result<Acceptance> read_acceptance(std::string_view text, std::string_view file);
[[nodiscard]] Acceptance built_in_acceptance();

// True where the figure is within the bounds; never for one that is not a number.
[[nodiscard]] bool is_passed(const Criterion& criterion, double value);

}  // namespace throughline::simulate
