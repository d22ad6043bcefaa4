// Paired runs of the small world for tests of patterns: what a scenario does, under parameters that a test may break.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "simulate/compare.h"
#include "simulate/parameter_file.h"
#include "simulate/world_file.h"

namespace throughline::simulate {

struct PatternRun {
  std::int32_t days = 365;
  std::int64_t replicates = 10;
  double scale = 1;
};

inline RunInput small_input(double scale = 1) {
  RunInput input;
  input.world = built_in_world("small").value();
  input.world.scale *= scale;
  input.parameters = values_of(built_in_cards());
  return input;
}

inline LeverAction turned(Lever lever, double multiply, std::int32_t from = 0, std::int32_t until = k_without_end) {
  return {.lever = lever, .multiply = multiply, .from = from, .until = until};
}

// What scenarios do, beside no change.
class PatternPairs {
 public:
  PatternPairs(const Parameters& numbers, std::vector<Scenario> scenarios, PatternRun run)
      : comparison_(made(numbers, std::move(scenarios), run)) {}

  [[nodiscard]] OutcomeDifference total(std::size_t scenario, Outcome outcome,
                                        Whereabouts where = Whereabouts::everywhere) const {
    for (const OutcomeDifference& row : comparison_.totals) {
      if (row.scenario == scenario && row.where == where && row.outcome == static_cast<std::size_t>(outcome)) {
        return row;
      }
    }
    CHECK(false);
  }

  // The periods of one outcome, in order.
  [[nodiscard]] std::vector<PeriodDifference> periods(std::size_t scenario, Outcome outcome) const {
    std::vector<PeriodDifference> rows;
    for (const PeriodDifference& row : comparison_.periods) {
      if (row.scenario == scenario && row.outcome == static_cast<std::size_t>(outcome)) rows.push_back(row);
    }
    return rows;
  }

 private:
  static Comparison made(const Parameters& numbers, std::vector<Scenario> scenarios, PatternRun run) {
    CompareInput input{.baseline = small_input(run.scale),
                       .scenarios = std::move(scenarios),
                       .days = run.days,
                       .replicates = run.replicates};
    input.baseline.parameters = numbers;
    const base::Interrupt never;
    return compare(input, never).value();
  }

  Comparison comparison_;
};

}  // namespace throughline::simulate
