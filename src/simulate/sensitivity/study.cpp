#include "simulate/sensitivity/study.h"

#include <cmath>

#include "base/check.h"
#include "simulate/begin.h"
#include "simulate/compare.h"
#include "simulate/run.h"

namespace throughline::simulate {

namespace {

base::Result<std::vector<double>> outcomes_of(const Study& study, RunInput input, const base::Interrupt& interrupt) {
  WorldRun run = begin_world(std::move(input));
  TRY(run_days(run, study.days, interrupt));
  const Series series = series_so_far(run);
  std::vector<double> values;
  for (const Outcome outcome : study.outcomes) {
    std::int64_t sum = 0;
    for (const OutcomeRow& row : series.rows) sum += row[static_cast<std::size_t>(outcome)];
    values.push_back(outcome_value(outcome, sum, study.days, std::ssize(run.state.towns)));
  }
  return values;
}

std::vector<Point> points_of(const Study& study) {
  const std::size_t inputs = study.priors.size();
  if (study.method == StudyMethod::morris) {
    return morris_points({.trajectories = study.rounds, .inputs = inputs, .seed = study.run.seed});
  }
  return sobol_points({.samples = study.rounds, .inputs = inputs, .seed = study.run.seed});
}

std::size_t runs_a_round(const Study& study) {
  return study.priors.size() + (study.method == StudyMethod::morris ? 1U : 2U);
}

// Of the two first points of each sample, as sobol_indices has it.
double variance_of(const Study& study, std::span<const double> outcomes) {
  const auto rounds = static_cast<std::size_t>(study.rounds);
  const auto count = static_cast<double>(2 * study.rounds);
  double mean = 0;
  double squares = 0;
  for (std::size_t round = 0; round < rounds; ++round) {
    const std::size_t at = round * runs_a_round(study);
    mean += (outcomes[at] + outcomes[at + 1]) / count;
  }
  for (std::size_t round = 0; round < rounds; ++round) {
    const std::size_t at = round * runs_a_round(study);
    for (const double value : {outcomes[at], outcomes[at + 1]}) squares += (value - mean) * (value - mean);
  }
  return squares / count;
}

}  // namespace

std::size_t points_of_method(const Study& study) {
  return static_cast<std::size_t>(study.rounds) * runs_a_round(study);
}

std::vector<StudyRun> runs_of(const Study& study) {
  std::vector<StudyRun> runs;
  for (Point& point : points_of(study)) runs.push_back({.point = std::move(point), .seed = study.run.seed});
  CHECK(runs.size() == points_of_method(study));
  for (std::int64_t round = 0; round < study.rounds; ++round) {
    StudyRun again = runs[static_cast<std::size_t>(round) * runs_a_round(study)];
    again.seed = replicate_seed(study.run.seed, round);
    runs.push_back(std::move(again));
  }
  return runs;
}

base::Result<std::vector<double>> run_point(const Study& study, const StudyRun& run, const base::Interrupt& interrupt) {
  RunInput input = study.run;
  input.seed = run.seed;
  input.parameters = parameters_at(input.parameters, study.priors, run.point);
  std::vector<double> values = TRY(outcomes_of(study, input, interrupt));
  for (const Scenario& scenario : study.scenarios) {
    input.scenario = scenario;
    const std::vector<double> changed = TRY(outcomes_of(study, input, interrupt));
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = changed[i] - values[i];
  }
  return values;
}

double noise_floor(const Study& study, std::span<const double> outcomes) {
  const std::size_t points = points_of_method(study);
  const auto rounds = static_cast<std::size_t>(study.rounds);
  CHECK(outcomes.size() == points + rounds);
  double sizes = 0;
  double squares = 0;
  for (std::size_t round = 0; round < rounds; ++round) {
    const double difference = outcomes[points + round] - outcomes[round * runs_a_round(study)];
    sizes += std::abs(difference);
    squares += difference * difference;
  }
  const auto count = static_cast<double>(study.rounds);
  if (study.method == StudyMethod::morris) return sizes / count / k_morris_step;
  const double variance = variance_of(study, outcomes);
  return variance > 0 ? squares / (2 * count) / variance : 0;
}

}  // namespace throughline::simulate
