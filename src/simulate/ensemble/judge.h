// A set of parameters held against what the model must show.
#pragma once

#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "simulate/acceptance.h"
#include "simulate/world_run.h"

namespace throughline::simulate {

struct Verdict {
  // By criterion; not a number where its design was not run or the figure does not exist.
  std::vector<double> values;
  // How many criteria were come to, from the first on: a set that fails a cheap design is not run through the next.
  std::size_t judged = 0;

  // Of those that decide over one draw; all of them, so that each reason is told.
  [[nodiscard]] std::vector<std::size_t> failed(const Acceptance& acceptance) const;
  [[nodiscard]] bool is_accepted(const Acceptance& acceptance) const {
    return judged == acceptance.criteria.size() && failed(acceptance).empty();
  }
};

struct JudgeInput {
  Parameters parameters;
  std::uint64_t seed = 1;  // The same for every set: they differ by their parameters alone.
};

// Error "interrupted".
[[nodiscard]] base::Result<Verdict> judge(const JudgeInput& input, const Acceptance& acceptance,
                                          const base::Interrupt& interrupt);

// The figures of the criteria of one design, in their order.
[[nodiscard]] base::Result<std::vector<double>> judge_design(const JudgeInput& input, const Acceptance& acceptance,
                                                             std::size_t design, const base::Interrupt& interrupt);

}  // namespace throughline::simulate
