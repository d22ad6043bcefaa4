#include "evidence/watch/screen.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "base/parallel.h"
#include "base/random.h"
#include "evidence/watch/adjust.h"
#include "evidence/watch/cusum.h"
#include "evidence/watch/dispersion_prior.h"
#include "evidence/watch/ears.h"
#include "evidence/watch/predictive.h"

namespace throughline::evidence {

namespace {

constexpr std::int64_t k_chunk_series = 8;

// What one series gave.
struct SeriesScreening {
  std::vector<Alert> alerts;
  DetectorTally tally;
  std::vector<double> probabilities;  // Of both directions, by period; above 1 where nothing was tested.
};

struct Task {
  const std::vector<WatchedSeries>& series;
  const WatchRule& rule;
  Detector detector;
  BaselineRule baseline;
  DispersionPrior prior;
  double limit = 0;  // Of sums.
};

BaselineRule baseline_of(Detector detector, const WatchRule& rule) {
  BaselineRule baseline = rule.baseline;
  if (detector == Detector::cusum) baseline.gap = 0;
  if (detector == Detector::ears_c1) baseline = ears_baseline(0);
  if (detector == Detector::ears_c2 || detector == Detector::ears_c3) baseline = ears_baseline(2);
  return baseline;
}

double limit_of(Detector detector, const WatchRule& rule) {
  if (detector == Detector::cusum) return cusum_limit(rule.level);
  return detector == Detector::ears_c3 ? c3_limit(rule.level, rule.seed) : 0;
}

// The place of a count within the interval of probabilities that it stands for.
double place_drawn(const Task& task, const WatchedSeries& series, std::size_t period) {
  const std::uint64_t stream = base::stream_of(fmt::format("watch/{}/{}", series.area, series.category));
  return base::Random({task.rule.seed, stream, static_cast<std::uint32_t>(period)}).uniform01();
}

// One series under way.
struct Walk {
  const Task& task;
  const WatchedSeries& series;
  SeriesScreening found;

  [[nodiscard]] bool is_told(std::size_t period) const { return period >= task.rule.from; }

  Alert alert(const Predictive& predictive, std::size_t period) const {
    const std::int64_t observed = series.counts[period].value();
    return {.series = 0,
            .period = period,
            .detector = task.detector,
            .direction = AlertDirection::rise,
            .observed = observed,
            .expected = predictive.expected(),
            .interval = predictive.interval(0.95),
            .limit = 0,
            .statistic = predictive.score(observed, 0.5)};
  }
};

double exceedance_of(const Alert& alert) {
  const double room = std::abs(alert.limit - alert.expected);
  return room > 0 ? std::abs(static_cast<double>(alert.observed) - alert.expected) / room : 0;
}

// One count against its own two limits.
void test_count(Walk& walk, const Predictive& predictive, std::size_t period) {
  const double level = walk.task.rule.level;
  const std::int64_t observed = walk.series.counts[period].value();
  const CountLimit rise = predictive.rise_limit(level);
  const CountLimit fall = predictive.fall_limit(level);
  const double more = predictive.at_least(observed);
  const double less = predictive.at_most(observed);
  walk.found.tally.tests += 2;
  walk.found.tally.expected_false += rise.probability + fall.probability;
  walk.found.probabilities[period] = std::min(1.0, 2 * std::min(more, less));
  if (observed < rise.count && observed > fall.count) return;
  const bool is_rise = observed >= rise.count;
  Alert alert = walk.alert(predictive, period);
  alert.direction = is_rise ? AlertDirection::rise : AlertDirection::fall;
  alert.limit = static_cast<double>(is_rise ? rise.count : fall.count);
  alert.probability = is_rise ? more : less;
  alert.attainable = is_rise ? rise.probability : fall.probability;
  alert.exceedance = exceedance_of(alert);
  walk.found.alerts.push_back(alert);
}

// A sum against its limit. It has one for each direction, or for rises alone.
struct SumAgainstLimit {
  double rise = 0;
  std::optional<double> fall = {};
};

void test_sum(Walk& walk, const Predictive& predictive, std::size_t period, const SumAgainstLimit& sum) {
  const double level = walk.task.rule.level;
  walk.found.tally.tests += sum.fall.has_value() ? 2 : 1;
  walk.found.tally.expected_false += level * (sum.fall.has_value() ? 2 : 1);
  const auto tell = [&](AlertDirection direction, double statistic) {
    Alert alert = walk.alert(predictive, period);
    alert.direction = direction;
    alert.limit = walk.task.limit;
    alert.statistic = statistic;
    alert.probability = level;
    alert.attainable = level;
    walk.found.alerts.push_back(alert);
  };
  if (sum.rise > walk.task.limit) tell(AlertDirection::rise, sum.rise);
  if (sum.fall.value_or(0) > walk.task.limit) tell(AlertDirection::fall, *sum.fall);
}

// What a detector that adds up remembers from one period to the next.
struct Memory {
  CusumSums cusum;
  std::array<double, 3> scores{};
  std::size_t scores_kept = 0;
};

void test_cusum(Walk& walk, const Predictive& predictive, std::size_t period, Memory& memory) {
  const double place = place_drawn(walk.task, walk.series, period);
  memory.cusum.add(predictive.score(walk.series.counts[period].value(), place));
  if (walk.is_told(period)) {
    test_sum(walk, predictive, period, {.rise = memory.cusum.rise, .fall = memory.cusum.fall});
  }
  if (memory.cusum.rise > walk.task.limit) memory.cusum.rise = 0;
  if (memory.cusum.fall > walk.task.limit) memory.cusum.fall = 0;
}

void test_c3(Walk& walk, const Predictive& predictive, std::size_t period, Memory& memory) {
  const double place = place_drawn(walk.task, walk.series, period);
  memory.scores[period % memory.scores.size()] = predictive.score(walk.series.counts[period].value(), place);
  ++memory.scores_kept;
  if (memory.scores_kept < memory.scores.size() || !walk.is_told(period)) return;
  test_sum(walk, predictive, period, {.rise = c3_sum(memory.scores)});
}

void test_period(Walk& walk, const Predictive& predictive, std::size_t period, Memory& memory) {
  switch (walk.task.detector) {
    case Detector::cusum: return test_cusum(walk, predictive, period, memory);
    case Detector::ears_c3: return test_c3(walk, predictive, period, memory);
    default: return test_count(walk, predictive, period);
  }
}

SeriesScreening walk_series(const Task& task, const WatchedSeries& series) {
  Walk walk{.task = task, .series = series, .found = {}};
  walk.found.probabilities.assign(series.counts.size(), 2.0);
  const bool is_summing = task.detector == Detector::cusum || task.detector == Detector::ears_c3;
  Memory memory;
  PosteriorMemory posteriors;
  for (std::size_t period = is_summing ? 0 : task.rule.from; period < series.counts.size(); ++period) {
    std::optional<BaselineFit> fit =
        series.counts[period].has_value() ? fit_baseline(series.counts, period, task.baseline) : std::nullopt;
    if (!fit.has_value()) {
      memory = {};  // Nothing is added up across an absence.
      if (series.counts[period].has_value() && walk.is_told(period)) ++walk.found.tally.skipped;
      continue;
    }
    test_period(walk, Predictive(std::move(*fit), task.prior, posteriors), period, memory);
  }
  return std::move(walk.found);
}

// The false discovery rate of each alert among the series of its period. Sums have no probability of their own.
void adjust(std::vector<Alert>& alerts, const std::vector<SeriesScreening>& screened, std::size_t periods) {
  std::vector<double> of_period;
  std::vector<std::size_t> places(screened.size());
  std::size_t next = 0;
  for (std::size_t period = 0; period < periods && next < alerts.size(); ++period) {
    if (alerts[next].period != period) continue;
    of_period.clear();
    for (std::size_t i = 0; i < screened.size(); ++i) {
      if (period >= screened[i].probabilities.size() || screened[i].probabilities[period] > 1) continue;
      places[i] = of_period.size();
      of_period.push_back(screened[i].probabilities[period]);
    }
    const std::vector<double> rates = false_discovery_rates(of_period);
    for (; next < alerts.size() && alerts[next].period == period; ++next) {
      alerts[next].adjusted = rates[places[alerts[next].series]];
    }
  }
}

base::Result<void> screen_with(const Task& task, const base::Interrupt& interrupt, Screening& screening) {
  const auto count = static_cast<std::int64_t>(task.series.size());
  std::vector<SeriesScreening> screened(task.series.size());
  const auto walk = [&](const base::Chunk& chunk) -> base::Result<void> {
    for (std::int64_t i = chunk.begin; i < chunk.end; ++i) {
      const auto at = static_cast<std::size_t>(i);
      screened[at] = walk_series(task, task.series[at]);
    }
    return {};
  };
  TRY(base::try_parallel_chunks({.items = count, .chunk_items = k_chunk_series}, interrupt, walk));
  DetectorTally tally{.detector = task.detector};
  std::vector<Alert> alerts;
  std::size_t periods = 0;
  for (std::size_t i = 0; i < screened.size(); ++i) {
    tally.tests += screened[i].tally.tests;
    tally.skipped += screened[i].tally.skipped;
    tally.expected_false += screened[i].tally.expected_false;
    periods = std::max(periods, screened[i].probabilities.size());
    for (Alert& alert : screened[i].alerts) {
      alert.series = i;
      alerts.push_back(alert);
    }
  }
  std::ranges::stable_sort(alerts, {}, &Alert::period);
  const bool is_summing = task.detector == Detector::cusum || task.detector == Detector::ears_c3;
  if (!is_summing) adjust(alerts, screened, periods);
  tally.alerts = static_cast<std::int64_t>(alerts.size());
  screening.tallies.push_back(tally);
  screening.alerts.insert(screening.alerts.end(), alerts.begin(), alerts.end());
  return {};
}

}  // namespace

std::string_view name_of(Detector detector) {
  switch (detector) {
    case Detector::farrington: return "farrington";
    case Detector::ears_c1: return "ears-c1";
    case Detector::ears_c2: return "ears-c2";
    case Detector::ears_c3: return "ears-c3";
    case Detector::cusum: return "cusum";
  }
  return "";
}

base::Result<Screening> screen(const std::vector<WatchedSeries>& series, const WatchRule& rule,
                               const base::Interrupt& interrupt) {
  Screening screening;
  for (const Detector detector : rule.detectors) {
    Task task{.series = series,
              .rule = rule,
              .detector = detector,
              .baseline = baseline_of(detector, rule),
              .prior = {},
              .limit = limit_of(detector, rule)};
    task.prior = prior_before(series, task.baseline, rule.from);
    TRY(screen_with(task, interrupt, screening));
  }
  std::ranges::stable_sort(screening.alerts, {}, [](const Alert& alert) {
    return std::tuple(alert.period, static_cast<int>(alert.detector), alert.series);
  });
  return screening;
}

}  // namespace throughline::evidence
