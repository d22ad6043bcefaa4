// Rates, index, change and breaks: how long they take for 331 areas, 30 categories and 180 months; how often breaks and
// lags are found where there is none and where there is one. `rates_bench time`, `rates_bench breaks`, `rates_bench
// lags` print the tables of docs/benchmarks.md.

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string_view>
#include <vector>

#include "base/parallel.h"
#include "evidence/lags/lag_analysis.h"
#include "evidence/lags/made_up_pairs.h"
#include "evidence/rates/breaks.h"
#include "evidence/rates/funnel.h"
#include "evidence/rates/made_up_lines.h"
#include "evidence/rates/trend.h"

namespace {

using throughline::evidence::BreakRule;
using throughline::evidence::CountLine;
using throughline::evidence::LagPlan;
using throughline::evidence::LagVerdict;
using throughline::evidence::MadeUpLine;
using throughline::evidence::MadeUpPair;

constexpr std::size_t k_areas = 331;
constexpr std::size_t k_categories = 30;
constexpr int k_months = 180;

// Calls it with every number below the count, on every core.
void each_of(std::size_t count, const std::function<void(std::size_t)>& act) {
  throughline::base::parallel_chunks({.items = static_cast<std::int64_t>(count), .chunk_items = 16},
                                     [&](const throughline::base::Chunk& chunk) {
                                       for (std::int64_t i = chunk.begin; i < chunk.end; ++i) {
                                         act(static_cast<std::size_t>(i));
                                       }
                                     });
}

// How long it takes by the clock, and of all cores.
void timed(std::string_view what, const std::function<void()>& act) {
  const auto begin = std::chrono::steady_clock::now();
  const std::clock_t cores_begin = std::clock();
  act();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  fmt::print("{}: {:.2f} s wall, {:.2f} s of cores\n", what, wall.count(),
             static_cast<double>(std::clock() - cores_begin) / CLOCKS_PER_SEC);
  std::fflush(stdout);
}

std::vector<CountLine> england_and_wales() {
  constexpr std::array means{0.2, 1.0, 4.0, 15.0, 60.0, 250.0};
  std::vector<CountLine> lines(k_areas * k_categories);
  each_of(lines.size(), [&](std::size_t i) {
    lines[i] = throughline::evidence::made_up_line(
        {.periods = k_months, .mean = means.at(i % means.size()), .season = 0.2, .spread = 0.1, .seed = i + 1});
    lines[i].people.assign(k_months, 100'000 + 1000 * static_cast<double>(i % 331));
  });
  return lines;
}

struct AllMeasures {
  std::int64_t cells = 0;
  double sum = 0;  // So that nothing is left out as unused.
};

// Each month's count, rolling year, rate and index, all with intervals; the change over five years; a funnel of each
// category.
AllMeasures all_measures(const std::vector<CountLine>& lines) {
  const throughline::evidence::PoissonLimits limits(6000);
  const throughline::evidence::RatioLimits ratios(128, limits);
  std::vector<AllMeasures> by_line(lines.size());
  each_of(lines.size(), [&](std::size_t i) {
    AllMeasures& mine = by_line[i];
    for (const auto& point : throughline::evidence::trend_of(lines[i], 11, limits, &ratios)) {
      ++mine.cells;
      mine.sum += point.interval.high + (point.rate ? point.rate->interval.low : 0) + point.index.value_or(0);
    }
    const auto change = throughline::evidence::change_of(lines[i], {.from = k_months - 61, .to = k_months - 1}, {});
    if (const auto* given = std::get_if<throughline::evidence::YearChange>(&change)) mine.sum += given->percent;
  });
  AllMeasures all;
  for (const AllMeasures& mine : by_line) {
    all.cells += mine.cells;
    all.sum += mine.sum;
  }
  for (std::size_t category = 0; category < k_categories; ++category) {
    std::vector<throughline::evidence::FunnelArea> areas;
    for (std::size_t area = 0; area < k_areas; ++area) {
      const CountLine& line = lines[category * k_areas + area];
      areas.push_back({.count = line.counts.back().value_or(0), .people = line.people.back().value_or(1)});
    }
    all.sum += throughline::evidence::funnel_of(areas).rate;
  }
  return all;
}

void time_all() {
  const std::vector<CountLine> lines = england_and_wales();
  AllMeasures all;
  timed("every measure of 331 areas, 30 categories, 180 months", [&] { all = all_measures(lines); });
  fmt::print("{} cells, check sum {:.6g}\n", all.cells, all.sum);
  timed("search for breaks in 331 lines of 180 months, 999 draws", [&] {
    each_of(k_areas, [&](std::size_t i) {
      static_cast<void>(throughline::evidence::find_breaks(lines[i * 6 % lines.size()], {}));
    });
  });
}

struct BreakLaw {
  std::string_view name;
  MadeUpLine law;
};

// Whether any break was found in a made-up line, and whether one near where it was put.
struct BreakSeen {
  int any = 0;
  int near = 0;
};

BreakSeen break_seen(MadeUpLine law, std::uint64_t seed) {
  law.seed = seed;
  const BreakRule rule{.level = 0.05, .draws = 199};
  const auto search = throughline::evidence::find_breaks(throughline::evidence::made_up_line(law), rule);
  BreakSeen seen{.any = search.breaks.empty() ? 0 : 1};
  for (const auto& one : search.breaks) {
    const int apart = std::abs(static_cast<int>(one.at) - law.break_at);
    if (law.break_at >= 0 && apart <= law.periods_in_year / 4 + 1) seen.near = 1;
  }
  return seen;
}

// The share of lines in which a break is found, and of those with one in which it is found within a year.
void print_breaks(std::int64_t lines) {
  const std::vector<BreakLaw> laws{
      {"monthly, mean 60, chance alone", {.periods = 120, .mean = 60}},
      {"monthly, mean 5, chance alone", {.periods = 120, .mean = 5}},
      {"monthly, mean 60, trend and season", {.periods = 120, .mean = 60, .trend = 0.05, .season = 0.2}},
      {"monthly, mean 60, spread 15 %", {.periods = 120, .mean = 60, .spread = 0.15}},
      {"monthly, mean 60, spread 15 %, memory 0.5", {.periods = 120, .mean = 60, .spread = 0.15, .memory = 0.5}},
      {"monthly, mean 60, spread 15 %, memory 0.8", {.periods = 120, .mean = 60, .spread = 0.15, .memory = 0.8}},
      {"yearly, 24, mean 400, trend", {.periods = 24, .periods_in_year = 1, .mean = 400, .trend = 0.03}},
      {"yearly, 24, mean 400, spread 8 %, memory 0.5",
       {.periods = 24, .periods_in_year = 1, .mean = 400, .spread = 0.08, .memory = 0.5}},
      {"step 1.2 at 60, mean 60", {.periods = 120, .mean = 60, .break_at = 60, .step = 1.2}},
      {"step 1.5 at 60, mean 60, spread 15 %, memory 0.5",
       {.periods = 120, .mean = 60, .spread = 0.15, .memory = 0.5, .break_at = 60, .step = 1.5}},
      {"step 2 at 60, mean 60, spread 15 %, memory 0.5",
       {.periods = 120, .mean = 60, .spread = 0.15, .memory = 0.5, .break_at = 60, .step = 2}},
      {"yearly, step 1.3 at 12, mean 400, trend",
       {.periods = 24, .periods_in_year = 1, .mean = 400, .trend = 0.03, .break_at = 12, .step = 1.3}}};
  for (const BreakLaw& each : laws) {
    std::vector<BreakSeen> found(static_cast<std::size_t>(lines));
    each_of(found.size(), [&](std::size_t i) { found[i] = break_seen(each.law, i + 1); });
    double any = 0;
    double right = 0;
    for (const BreakSeen& seen : found) {
      any += seen.any;
      right += seen.near;
    }
    fmt::print("| {} | {:.3f} | {} |\n", each.name, any / static_cast<double>(lines),
               each.law.break_at < 0 ? "" : fmt::format("{:.3f}", right / static_cast<double>(lines)));
    std::fflush(stdout);
  }
}

struct LagLaw {
  std::string_view name;
  MadeUpPair law;
  LagPlan plan;
};

void print_lags(std::int64_t pairs) {
  const LagPlan monthly{.lag_min = 0, .lag_max = 6, .is_differenced = false, .draws = 199};
  LagPlan changes = monthly;
  changes.is_differenced = true;
  LagPlan yearly = changes;
  yearly.lag_max = 2;
  const std::vector<LagLaw> laws{
      {"unrelated, 120 periods, no memory", {.periods = 120}, monthly},
      {"unrelated, 120 periods, memory 0.5 and 0.5",
       {.periods = 120, .memory_leader = 0.5, .memory_follower = 0.5},
       monthly},
      {"unrelated, 120 periods, memory 0.8 and 0.8",
       {.periods = 120, .memory_leader = 0.8, .memory_follower = 0.8},
       monthly},
      {"unrelated, 120 periods, memory 0 and 0.8", {.periods = 120, .memory_follower = 0.8}, monthly},
      {"unrelated walks, 120 periods, as changes", {.periods = 120, .is_summed = true}, changes},
      {"unrelated walks, 120 periods, memory 0.5, as changes",
       {.periods = 120, .memory_leader = 0.5, .memory_follower = 0.5, .is_summed = true},
       changes},
      {"unrelated walks, 25 years, as changes", {.periods = 25, .is_summed = true}, yearly},
      {"related at lag 3 by 0.3, 120 periods", {.periods = 120, .lag = 3, .share = 0.3}, monthly},
      {"related at lag 3 by 0.5, 120 periods, memory 0.5 and 0.5",
       {.periods = 120, .memory_leader = 0.5, .memory_follower = 0.5, .lag = 3, .share = 0.5},
       monthly},
      {"related at lag 1 by 0.5, walks, 25 years", {.periods = 25, .is_summed = true, .lag = 1, .share = 0.5}, yearly}};
  for (const LagLaw& each : laws) {
    std::vector<int> shown(static_cast<std::size_t>(pairs));
    std::vector<int> untold(shown.size());
    each_of(shown.size(), [&](std::size_t i) {
      MadeUpPair law = each.law;
      law.seed = i + 1;
      const auto pair = throughline::evidence::made_up_pair(law);
      const auto found = throughline::evidence::analyse_lags(pair.leader, pair.follower, each.plan);
      shown[i] = found.verdict == LagVerdict::shows ? 1 : 0;
      untold[i] = found.verdict == LagVerdict::cannot_tell ? 1 : 0;
    });
    double relations = 0;
    double cannot = 0;
    for (std::size_t i = 0; i < shown.size(); ++i) {
      relations += shown[i];
      cannot += untold[i];
    }
    fmt::print("| {} | {:.3f} | {:.3f} |\n", each.name, relations / static_cast<double>(pairs),
               cannot / static_cast<double>(pairs));
    std::fflush(stdout);
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view act = count > 1 ? arguments[1] : "time";
  const std::int64_t sets = count > 2 ? std::strtoll(arguments[2], nullptr, 10) : 2000;
  if (act == "breaks") {
    print_breaks(sets);
  } else if (act == "lags") {
    print_lags(sets);
  } else {
    time_all();
  }
  return 0;
}
