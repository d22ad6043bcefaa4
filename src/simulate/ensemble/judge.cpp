#include "simulate/ensemble/judge.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/portable_math.h"
#include "simulate/begin.h"
#include "simulate/compare.h"
#include "simulate/ensemble/displacement.h"
#include "simulate/parameter_names.h"
#include "simulate/run.h"

namespace throughline::simulate {

namespace {

constexpr double k_unknown = std::numeric_limits<double>::quiet_NaN();

// One run of a design: its series by week and place, and what stands at its end.
struct DesignRun {
  Series series;
  double arrested_volume = 1;
};

// Without a scenario first, then each scenario.
using DesignPair = std::vector<DesignRun>;

// What is judged, and by what.
struct DesignRuns {
  const JudgeInput& input;
  const Acceptance& acceptance;
  const Design& design;
  std::vector<DesignPair> pairs;
};

double sold_a_day(const Line& line) {
  return line.sales[0] + line.sales[1] + line.sales[2];
}

// How much more a line sells whose controller is arrested, by the weights of the arrests mechanism.
double arrested_volume(const WorldRun& run) {
  double sold = 0;
  double weights = 0;
  double weighted = 0;
  for (const std::int32_t number : run.state.open_lines) sold += sold_a_day(run.line(number));
  const double mean = sold / static_cast<double>(run.state.open_lines.size());
  if (!(mean > 0)) return k_unknown;
  for (const std::int32_t number : run.state.open_lines) {
    const double own = sold_a_day(run.line(number));
    const double weight = power(std::clamp(own / mean, 0.05, 20.0), run.numbers().police_size_bias);
    weights += weight;
    weighted += weight * own;
  }
  return weighted / weights / mean;
}

base::Result<DesignRuns> runs_of(const JudgeInput& input, const Acceptance& acceptance, const Design& design,
                                 const base::Interrupt& interrupt) {
  DesignRuns runs{.input = input, .acceptance = acceptance, .design = design, .pairs = {}};
  if (design.days == 0) return runs;
  RunInput run_input{.world = acceptance.world, .parameters = input.parameters};
  run_input.world.scale *= design.scale;
  for (std::int64_t pair = 0; pair < design.pairs; ++pair) {
    run_input.seed = replicate_seed(input.seed, pair);
    DesignPair& held = runs.pairs.emplace_back();
    for (std::size_t number = 0; number <= design.scenarios.size(); ++number) {
      run_input.scenario = number == 0 ? Scenario{} : design.scenarios[number - 1];
      WorldRun run = begin_world(run_input);
      TRY(run_days(run, design.days, interrupt));
      held.push_back({.series = series_so_far(run), .arrested_volume = arrested_volume(run)});
    }
  }
  return runs;
}

// Of the places that are wanted, in the weeks of the term.
double value_in(const DesignRuns& runs, const Series& series, const Term& term, const std::vector<bool>& is_wanted) {
  const std::size_t places = is_wanted.size();
  std::int64_t sum = 0;
  std::int64_t days = 0;
  for (std::size_t week = 0; week < series.periods(); ++week) {
    if (series.period_days[week] < term.from || series.period_days[week] >= term.until) continue;
    days += series.period_days[week + 1] - series.period_days[week];
    for (std::size_t place = 0; place < places; ++place) {
      if (is_wanted[place]) sum += series.rows[week * places + place][static_cast<std::size_t>(term.outcome)];
    }
  }
  CHECK(days > 0 && std::ssize(is_wanted) == std::ssize(runs.acceptance.world.places));
  return outcome_value(term.outcome, sum, days, std::ranges::count(is_wanted, true));
}

double level_of(const DesignRuns& runs, const DesignPair& pair, const Term& term) {
  const std::vector<bool> everywhere(runs.acceptance.world.places.size(), true);
  const double level = value_in(runs, pair[term.run].series, term, everywhere);
  return term.is_change ? level - value_in(runs, pair[0].series, term, everywhere) : level;
}

// Over pairs.
std::vector<double> levels_of(const DesignRuns& runs, const Term& term) {
  std::vector<double> levels;
  for (const DesignPair& pair : runs.pairs) levels.push_back(level_of(runs, pair, term));
  return levels;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double parameter_of(const DesignRuns& runs, std::size_t number) {
  return runs.input.parameters.*parameter_names()[number].member;
}

double product_of(const DesignRuns& runs, const std::vector<Term>& terms) {
  double product = 1;
  for (const Term& term : terms) {
    product *= term.parameter.has_value() ? parameter_of(runs, *term.parameter) : mean_of(levels_of(runs, term));
  }
  return product;
}

double quotient_of(const DesignRuns& runs, const Criterion& criterion) {
  const double bottom = product_of(runs, criterion.bottom);
  if (bottom == 0) return k_unknown;
  const double factor = criterion.times / bottom;
  if (criterion.limit == LimitWanted::mean) return factor * product_of(runs, criterion.top);
  const MeanLimits limits = mean_limits(levels_of(runs, criterion.top.front()));
  return factor * (criterion.limit == LimitWanted::low ? limits.low : limits.high);
}

double retained(const Parameters& numbers) {
  constexpr double k_days = 84;
  return base::portable_exp(-power(k_days / numbers.treatment_retention_days, numbers.treatment_retention_shape));
}

double mean_over(const DesignRuns& runs, Term term, Outcome outcome) {
  term.outcome = outcome;
  return mean_of(levels_of(runs, term));
}

double shortage_price(const DesignRuns& runs, const Term& term) {
  constexpr double k_dearer = 1.76;
  for (std::int32_t week = term.from; week < term.until; week += 7) {
    const Term now{.run = term.run, .from = week, .until = week + 7};
    const double price = mean_over(runs, now, Outcome::heroin_price);
    if (price / mean_over(runs, now, Outcome::heroin_purity) >= k_dearer) return price;
  }
  return k_unknown;
}

// Expected, so that few homicides need not be waited for.
double drug_share(const DesignRuns& runs, const Criterion& criterion) {
  const Term& term = criterion.top.front();
  const Parameters& numbers = runs.input.parameters;
  const double known = numbers.violence_death_systemic * mean_over(runs, term, Outcome::fights) +
                       numbers.violence_death_economic * mean_over(runs, term, Outcome::robberies) +
                       numbers.violence_death_intoxicated * mean_over(runs, term, Outcome::assaults_intoxicated);
  double residents = 0;
  for (const Place& place : runs.acceptance.world.places) residents += place.residents;
  const double years = (term.until - term.from) / 365.25;
  const double other = numbers.violence_other_homicides_per_million * residents * runs.acceptance.world.scale *
                       runs.design.scale / 1e6 * years;
  const double drugs = known * (1 + criterion.unclear_per_known);
  return 100 * drugs / (drugs + other);
}

double displacement(const DesignRuns& runs, const Term& term) {
  std::vector<bool> acted(runs.acceptance.world.places.size(), false);
  for (const LeverAction& action : runs.design.scenarios[term.run - 1].actions) {
    for (const std::int32_t area : action.areas) acted[index_of(area)] = true;
  }
  std::vector<bool> beside = acted;
  beside.flip();
  DisplacementCounts counts;
  for (const DesignPair& pair : runs.pairs) {
    counts.treated.before += value_in(runs, pair[0].series, term, acted);
    counts.treated.after += value_in(runs, pair[term.run].series, term, acted);
    counts.beside.before += value_in(runs, pair[0].series, term, beside);
    counts.beside.after += value_in(runs, pair[term.run].series, term, beside);
  }
  return displacement_quotient(counts).value_or(k_unknown);
}

double mean_arrested_volume(const DesignRuns& runs) {
  std::vector<double> volumes;
  for (const DesignPair& pair : runs.pairs) volumes.push_back(pair[0].arrested_volume);
  return mean_of(volumes);
}

double figure_of(const DesignRuns& runs, const Criterion& criterion) {
  switch (criterion.measure) {
    case Measure::quotient: return quotient_of(runs, criterion);
    case Measure::retained: return retained(runs.input.parameters);
    case Measure::shortage_price: return shortage_price(runs, criterion.top.front());
    case Measure::drug_share: return drug_share(runs, criterion);
    case Measure::displacement: return displacement(runs, criterion.top.front());
    case Measure::arrested_volume: return mean_arrested_volume(runs);
  }
  return k_unknown;
}

}  // namespace

std::vector<std::size_t> Verdict::failed(const Acceptance& acceptance) const {
  std::vector<std::size_t> failed;
  for (std::size_t i = 0; i < judged; ++i) {
    const Criterion& criterion = acceptance.criteria[i];
    if (criterion.judges_a_draw() && !is_passed(criterion, values[i])) failed.push_back(i);
  }
  return failed;
}

base::Result<std::vector<double>> judge_design(const JudgeInput& input, const Acceptance& acceptance,
                                               std::size_t design, const base::Interrupt& interrupt) {
  const DesignRuns runs = TRY(runs_of(input, acceptance, acceptance.designs[design], interrupt));
  std::vector<double> figures;
  for (const Criterion& criterion : acceptance.criteria) {
    if (criterion.design == design) figures.push_back(figure_of(runs, criterion));
  }
  return figures;
}

base::Result<Verdict> judge(const JudgeInput& input, const Acceptance& acceptance, const base::Interrupt& interrupt) {
  Verdict verdict{.values = std::vector<double>(acceptance.criteria.size(), k_unknown), .judged = 0};
  for (std::size_t design = 0; design < acceptance.designs.size(); ++design) {
    const std::vector<double> figures = TRY(judge_design(input, acceptance, design, interrupt));
    for (const double figure : figures) verdict.values[verdict.judged++] = figure;
    if (!verdict.failed(acceptance).empty()) break;
  }
  return verdict;
}

}  // namespace throughline::simulate
