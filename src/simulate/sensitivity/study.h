// A study of sensitivity: which points of the parameters are run, and what a run comes to.
#pragma once

#include <span>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "simulate/outcomes.h"
#include "simulate/priors.h"
#include "simulate/sensitivity/morris.h"
#include "simulate/sensitivity/sobol.h"
#include "simulate/world_run.h"

namespace throughline::simulate {

enum class StudyMethod : std::uint8_t { morris, sobol };

struct Study {
  StudyMethod method = StudyMethod::morris;
  RunInput run;                     // Of every point, but for the parameters; repeated runs have seeds of their own.
  std::vector<Scenario> scenarios;  // None: the outcomes of a run. One: what it changes, in a pair of runs.
  std::int32_t days = 0;
  std::vector<Prior> priors;      // Of the parameters that are varied.
  std::vector<Outcome> outcomes;  // All places together, over the whole run.
  std::int64_t rounds = 10;       // Trajectories of Morris, samples of Sobol.
};

// One run, or pair of runs.
struct StudyRun {
  Point point;
  std::uint64_t seed = 1;
};

// Those of the method, which share one seed: first points_of_method(study) of them. Then for each round its first point
// once more, with another seed each. One seed does not share chance for long: once a parameter moves an event, what
// follows draws other numbers, and an effect holds luck too. The repeated runs say how much.
[[nodiscard]] std::vector<StudyRun> runs_of(const Study& study);
[[nodiscard]] std::size_t points_of_method(const Study& study);

// By outcome. Error "interrupted".
[[nodiscard]] base::Result<std::vector<double>> run_point(const Study& study, const StudyRun& run,
                                                          const base::Interrupt& interrupt);

// What a parameter would get that moves no more than luck: of Morris as mu_star, the mean difference between a run and
// the same with another seed, by the step; of Sobol as total, half the mean square of that difference, as a share of
// the variance that sobol_indices divides (nought where there is none). An estimate from as many differences as rounds,
// and above what an input gets that leaves a part of the luck shared. REQUIRES: an outcome for each of runs_of(study).
[[nodiscard]] double noise_floor(const Study& study, std::span<const double> outcomes);

}  // namespace throughline::simulate
