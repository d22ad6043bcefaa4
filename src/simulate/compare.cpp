#include "simulate/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "base/portable_math.h"
#include "simulate/begin.h"
#include "simulate/run.h"

namespace throughline::simulate {

namespace {

constexpr std::size_t k_places = 3;
constexpr std::size_t k_with_cost = k_outcomes + 1;

// What one run came to, by place and outcome, and by period and outcome.
struct RunTotals {
  std::array<std::array<double, k_with_cost>, k_places> by_place{};
  std::vector<std::array<double, k_outcomes>> by_period;
  std::vector<double> mapped;  // By outcome as mapped, place, period.
  std::vector<std::int32_t> period_days;
};

double cost_of_violence(const Parameters& numbers, const std::array<double, k_with_cost>& values) {
  const auto at = [&](Outcome outcome) { return values[static_cast<std::size_t>(outcome)]; };
  return numbers.cost_homicide * at(Outcome::homicides) + numbers.cost_robbery * at(Outcome::robberies) +
         numbers.cost_violence * (at(Outcome::fights) + at(Outcome::assaults_intoxicated));
}

bool counts_for(Whereabouts where, bool is_acted_on) {
  return where == Whereabouts::everywhere || (where == Whereabouts::acted_on) == is_acted_on;
}

void add_row(OutcomeRow& sums, const OutcomeRow& row) {
  for (std::size_t i = 0; i < k_outcomes; ++i) sums[i] += row[i];
}

// Over the whole run, in the towns that are meant; nought where there are none.
std::array<double, k_with_cost> values_of_place(const WorldRun& run, const Series& series,
                                                const std::vector<bool>& is_meant) {
  std::array<double, k_with_cost> values{};
  const std::int64_t places = std::ranges::count(is_meant, true);
  if (places == 0) return values;
  OutcomeRow sums{};
  for (std::size_t row = 0; row < series.rows.size(); ++row) {
    if (is_meant[row % is_meant.size()]) add_row(sums, series.rows[row]);
  }
  for (std::size_t i = 0; i < k_outcomes; ++i) {
    values[i] = outcome_value(static_cast<Outcome>(i), sums[i], days_done(run), places);
  }
  values[k_outcomes] = cost_of_violence(run.numbers(), values);
  return values;
}

// Of all towns, in one period.
std::array<double, k_outcomes> values_of_period(const Series& series, std::size_t period, std::size_t towns) {
  OutcomeRow sums{};
  for (std::size_t town = 0; town < towns; ++town) add_row(sums, series.rows[period * towns + town]);
  const std::int32_t length = series.period_days[period + 1] - series.period_days[period];
  std::array<double, k_outcomes> values{};
  for (std::size_t i = 0; i < k_outcomes; ++i) {
    values[i] = outcome_value(static_cast<Outcome>(i), sums[i], length, static_cast<std::int64_t>(towns));
  }
  return values;
}

// Of each place the whole run, then the periods.
std::vector<double> mapped_values(const Series& series, const std::vector<Outcome>& mapped, std::size_t towns) {
  std::vector<double> values;
  values.reserve(mapped.size() * towns * (series.periods() + 1));
  for (const Outcome outcome : mapped) {
    for (std::size_t town = 0; town < towns; ++town) {
      const auto sum_of = [&](std::size_t period) {
        return series.rows[period * towns + town][static_cast<std::size_t>(outcome)];
      };
      std::int64_t whole = 0;
      for (std::size_t period = 0; period < series.periods(); ++period) whole += sum_of(period);
      values.push_back(outcome_value(outcome, whole, series.period_days.back() - series.period_days.front(), 1));
      for (std::size_t period = 0; period < series.periods(); ++period) {
        const std::int32_t length = series.period_days[period + 1] - series.period_days[period];
        values.push_back(outcome_value(outcome, sum_of(period), length, 1));
      }
    }
  }
  return values;
}

RunTotals totals_of(const WorldRun& run, const std::vector<bool>& is_acted_on, const std::vector<Outcome>& mapped) {
  RunTotals totals;
  const Series series = series_so_far(run);
  totals.period_days = series.period_days;
  for (std::size_t where = 0; where < k_places; ++where) {
    std::vector<bool> is_meant;
    for (const bool is_acted : is_acted_on) is_meant.push_back(counts_for(static_cast<Whereabouts>(where), is_acted));
    totals.by_place[where] = values_of_place(run, series, is_meant);
  }
  for (std::size_t period = 0; period < series.periods(); ++period) {
    totals.by_period.push_back(values_of_period(series, period, is_acted_on.size()));
  }
  totals.mapped = mapped_values(series, mapped, is_acted_on.size());
  return totals;
}

// The baseline as seen by each scenario, and the scenario itself.
struct Replicate {
  std::vector<RunTotals> before;
  std::vector<RunTotals> after;
};

base::Result<Replicate> replicate_of(const CompareInput& input, std::int64_t number, const base::Interrupt& interrupt) {
  RunInput base_input = input.baseline;
  base_input.seed = replicate_seed(input.baseline.seed, number);
  WorldRun baseline = begin_world(base_input);
  TRY(run_days(baseline, input.days, interrupt));
  Replicate replicate;
  for (const Scenario& scenario : input.scenarios) {
    RunInput changed = base_input;
    changed.scenario = scenario;
    WorldRun run = begin_world(std::move(changed));
    TRY(run_days(run, input.days, interrupt));
    const std::vector<bool> is_acted_on = acted_on(scenario, base_input.world.places.size());
    replicate.before.push_back(totals_of(baseline, is_acted_on, input.mapped));
    replicate.after.push_back(totals_of(run, is_acted_on, input.mapped));
  }
  return replicate;
}

// Student's t at 0.975, by the expansion of Cornish and Fisher (Abramowitz and Stegun 26.7.5); within 0.2 per cent from
// four degrees of freedom on.
double student_t(double freedom) {
  const double z = base::portable_normal_quantile(0.975);
  const double z3 = z * z * z;
  const double z5 = z3 * z * z;
  const double z7 = z5 * z * z;
  const double z9 = z7 * z * z;
  return z + (z3 + z) / (4 * freedom) + (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom * freedom) +
         (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom * freedom * freedom) +
         (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / (92160 * freedom * freedom * freedom * freedom);
}

bool is_any_of(const std::vector<double>& differences) {
  return std::ranges::any_of(differences, [](double difference) { return difference != 0; });
}

OutcomeDifference difference_of(const std::vector<Replicate>& replicates, OutcomeDifference which) {
  std::vector<double> differences;
  double baseline = 0;
  for (const Replicate& replicate : replicates) {
    const auto place = static_cast<std::size_t>(which.where);
    const double before = replicate.before[which.scenario].by_place[place][which.outcome];
    const double after = replicate.after[which.scenario].by_place[place][which.outcome];
    differences.push_back(after - before);
    baseline += before;
    which.higher += after > before ? 1 : 0;
    which.lower += after < before ? 1 : 0;
  }
  const auto count = static_cast<double>(replicates.size());
  const MeanLimits limits = mean_limits(differences);
  which.baseline = baseline / count;
  which.difference = limits.mean;
  which.low = limits.low;
  which.high = limits.high;
  which.share_up = share_higher(which.higher, which.lower, std::ssize(replicates));
  which.spread = limits.spread;
  which.is_any_different = is_any_of(differences);
  return which;
}

// Of one number of each run, which value_of(totals) finds.
template <class ValueOf>
PeriodDifference difference_of(const std::vector<Replicate>& replicates, PeriodDifference which,
                               const ValueOf& value_of) {
  std::vector<double> differences;
  differences.reserve(replicates.size());
  double baseline = 0;
  for (const Replicate& replicate : replicates) {
    const double before = value_of(replicate.before[which.scenario]);
    differences.push_back(value_of(replicate.after[which.scenario]) - before);
    baseline += before;
  }
  const MeanLimits limits = mean_limits(differences);
  which.baseline = baseline / static_cast<double>(replicates.size());
  which.difference = limits.mean;
  which.low = limits.low;
  which.high = limits.high;
  which.is_any_different = is_any_of(differences);
  return which;
}

void add_totals(const CompareInput& input, const std::vector<Replicate>& replicates, std::size_t scenario,
                Comparison& comparison) {
  const std::vector<bool> marks = acted_on(input.scenarios[scenario], input.baseline.world.places.size());
  const bool is_apart = std::ranges::count(marks, true) > 0 && std::ranges::count(marks, false) > 0;
  for (std::size_t where = 0; where < (is_apart ? k_places : 1); ++where) {
    for (std::size_t outcome = 0; outcome < k_with_cost; ++outcome) {
      comparison.totals.push_back(difference_of(
          replicates, {.scenario = scenario, .where = static_cast<Whereabouts>(where), .outcome = outcome}));
    }
  }
}

void add_periods(const std::vector<Replicate>& replicates, std::size_t scenario, Comparison& comparison) {
  const std::vector<std::int32_t>& days = replicates.front().before[scenario].period_days;
  for (std::size_t outcome = 0; outcome < k_outcomes; ++outcome) {
    for (std::size_t period = 0; period + 1 < days.size(); ++period) {
      const PeriodDifference which{
          .scenario = scenario, .outcome = outcome, .from_day = days[period], .days = days[period + 1] - days[period]};
      const auto value_of = [&](const RunTotals& totals) { return totals.by_period[period][outcome]; };
      comparison.periods.push_back(difference_of(replicates, which, value_of));
    }
  }
}

void add_places(const CompareInput& input, const std::vector<Replicate>& replicates, std::size_t scenario,
                Comparison& comparison) {
  const std::vector<std::int32_t>& days = replicates.front().before[scenario].period_days;
  const std::size_t towns = input.baseline.world.places.size();
  std::size_t at = 0;
  for (const Outcome outcome : input.mapped) {
    for (std::size_t cell = 0; cell < towns * days.size(); ++cell, ++at) {
      const std::size_t period = cell % days.size();
      PeriodDifference which{.scenario = scenario, .outcome = static_cast<std::size_t>(outcome)};
      which.from_day = period == 0 ? days.front() : days[period - 1];
      which.days = (period == 0 ? days.back() : days[period]) - which.from_day;
      const auto value_of = [at](const RunTotals& totals) { return totals.mapped[at]; };
      comparison.places.push_back({.place = cell / days.size(), .of = difference_of(replicates, which, value_of)});
    }
  }
}

std::int64_t periods_most(const CompareInput& input) {
  constexpr std::array<std::int64_t, 3> k_days_least{1, 7, 28};
  return input.days / k_days_least[static_cast<std::size_t>(input.baseline.every)] + 1;
}

}  // namespace

std::vector<bool> acted_on(const Scenario& scenario, std::size_t places) {
  std::vector<bool> is_acted_on(places, false);
  const auto mark = [&](const std::vector<std::int32_t>& areas) {
    if (areas.empty()) is_acted_on.assign(places, true);
    for (const std::int32_t area : areas) is_acted_on[index_of(area)] = true;
  };
  for (const LeverAction& action : scenario.actions) mark(action.areas);
  for (const Strike& strike : scenario.strikes) mark(strike.areas);
  return is_acted_on;
}

std::int64_t rows_by_period(const CompareInput& input) {
  const std::int64_t periods = periods_most(input);
  const std::int64_t by_place = std::ssize(input.baseline.world.places) * std::ssize(input.mapped) * (periods + 1);
  return std::ssize(input.scenarios) * (periods * static_cast<std::int64_t>(k_outcomes) + by_place);
}

std::int64_t numbers_held(const CompareInput& input) {
  const std::int64_t periods = periods_most(input);
  const std::int64_t kept = 2 * input.replicates * std::ssize(input.scenarios);
  const std::int64_t places = std::ssize(input.baseline.world.places);
  const std::int64_t under_way = 2 * places;
  constexpr auto k_numbers_a_row = static_cast<std::int64_t>(sizeof(PlaceDifference) / sizeof(double));
  const std::int64_t mapped =
      (kept + std::ssize(input.scenarios) * k_numbers_a_row) * places * std::ssize(input.mapped) * (periods + 1);
  return (kept + under_way) * periods * static_cast<std::int64_t>(k_outcomes) + mapped;
}

std::uint64_t replicate_seed(std::uint64_t seed, std::int64_t replicate) {
  return mixed(mixed(seed, static_cast<std::uint64_t>(Purpose::replicate)), static_cast<std::uint64_t>(replicate));
}

double share_higher(std::int64_t higher, std::int64_t lower, std::int64_t of) {
  return static_cast<double>(of + higher - lower) / 2 / static_cast<double>(of);
}

MeanLimits mean_limits(const std::vector<double>& values) {
  CHECK(values.size() >= 2);
  const auto count = static_cast<double>(values.size());
  double mean = 0;
  for (const double value : values) mean += value;
  mean /= count;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double half = student_t(count - 1) * std::sqrt(squares / (count - 1) / count);
  return {.mean = mean, .low = mean - half, .high = mean + half, .spread = std::sqrt(squares / (count - 1))};
}

base::Result<void> check_held(std::int64_t held, std::string_view what) {
  if (held <= k_numbers_held_most) return {};
  return base::Error{
      base::ErrorKind::bad_command, "too_much",
      fmt::format("{} over so many periods are {} numbers, more than {}", what, held, k_numbers_held_most),
      "--replicates, --members, --every, --years",
      "Ask for fewer pairs, members or scenarios, longer periods (--every month) or fewer years"};
}

base::Result<Comparison> compare(const CompareInput& input, const base::Interrupt& interrupt,
                                 const std::function<void()>& told) {
  CHECK(input.replicates >= 5 && !input.scenarios.empty());
  TRY(check_held(numbers_held(input), fmt::format("{} pairs", input.replicates)));
  std::vector<Replicate> replicates(static_cast<std::size_t>(input.replicates));
  const auto work = [&](const base::Chunk& chunk) -> base::Result<void> {
    for (std::int64_t number = chunk.begin; number < chunk.end; ++number) {
      replicates[static_cast<std::size_t>(number)] = TRY(replicate_of(input, number, interrupt));
      if (told) told();
    }
    return {};
  };
  TRY(base::try_parallel_chunks({.items = input.replicates, .chunk_items = 1}, interrupt, work));
  Comparison comparison;
  for (std::size_t scenario = 0; scenario < input.scenarios.size(); ++scenario) {
    add_totals(input, replicates, scenario, comparison);
    add_periods(replicates, scenario, comparison);
    add_places(input, replicates, scenario, comparison);
  }
  return comparison;
}

}  // namespace throughline::simulate
