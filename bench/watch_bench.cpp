// How often quiet series raise alerts, as the table of docs/benchmarks.md, and how long it takes to screen 331 areas,
// 30 categories and 180 months. `watch_bench alarms [DETECTOR]` prints the one, `watch_bench time` the other.

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/watch/false_alarms.h"
#include "evidence/watch/screen.h"

namespace {

using throughline::evidence::Detector;
using throughline::evidence::FalseAlarmCount;
using throughline::evidence::FalseAlarms;
using throughline::evidence::QuietLaw;
using throughline::evidence::WatchedSeries;
using throughline::evidence::WatchRule;

constexpr std::array k_means{0.05, 0.2, 1.0, 5.0, 20.0, 100.0};
constexpr std::array k_dispersions{1.0, 1.5, 3.0};
constexpr double k_level = 0.01;

constexpr std::int64_t k_series_each = 1655;  // 331 authorities, five categories.

// Series from sparse to busy, as categories of offences by authority are.
std::vector<WatchedSeries> england_and_wales() {
  std::vector<WatchedSeries> all;
  std::uint64_t seed = 0;
  for (const double mean : {0.2, 1.0, 4.0, 15.0, 60.0, 250.0}) {
    const QuietLaw law{
        .mean = mean, .dispersion = 1.8, .season = 0.2, .series = k_series_each, .periods = 180, .seed = ++seed};
    for (WatchedSeries& series : throughline::evidence::quiet_series(law, 0)) all.push_back(std::move(series));
  }
  return all;
}

void time_screen(Detector detector, std::size_t from) {
  const std::vector<WatchedSeries> series = england_and_wales();
  const auto begin = std::chrono::steady_clock::now();
  const std::clock_t cores_begin = std::clock();
  const throughline::base::Interrupt never;
  const auto screening = throughline::evidence::screen(series, {.detectors = {detector}, .from = from}, never).value();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  const double cores = static_cast<double>(std::clock() - cores_begin) / CLOCKS_PER_SEC;
  fmt::print("{}, periods {} to 179 of {} series: {} tests, {:.1f} s wall, {:.1f} s of cores\n",
             throughline::evidence::name_of(detector), from, series.size(), screening.tallies.front().tests,
             wall.count(), cores);
  std::fflush(stdout);
}

// "1.06 / 0.98": exact against the level, where a detector has it, and alerts against what the tests stated.
std::string cell(const FalseAlarmCount& count) {
  // Where no test can give an alert there is nothing to divide by.
  const double stated = count.stated > 0 ? static_cast<double>(count.alerts) / count.stated : 0;
  if (count.randomised <= 0) return fmt::format("{:.2f}", stated);
  const double exact = count.randomised / (k_level * static_cast<double>(count.tests));
  return count.stated > 0 ? fmt::format("{:.2f} / {:.2f}", exact, stated) : fmt::format("{:.2f} / none", exact);
}

FalseAlarms counted(Detector detector, double mean, double dispersion, bool is_seasonal) {
  const QuietLaw law{.mean = mean,
                     .dispersion = dispersion,
                     .season = is_seasonal ? 0.3 : 0.0,
                     .trend_in_year = is_seasonal ? 0.04 : 0.0,
                     .series = 350,  // 420 alarms to be expected in each direction.
                     .periods = 120,
                     .seed = 20'261'129};
  return throughline::evidence::count_false_alarms(law, {.detectors = {detector}, .level = k_level});
}

void print_row(Detector detector, double mean) {
  const bool is_ears = detector != Detector::farrington && detector != Detector::cusum;
  std::string rises = fmt::format("| {} | rise | {} |", throughline::evidence::name_of(detector), mean);
  std::string falls = fmt::format("| {} | fall | {} |", throughline::evidence::name_of(detector), mean);
  bool has_falls = false;
  for (const bool is_seasonal : {false, true}) {
    for (const double dispersion : k_dispersions) {
      if (is_ears && is_seasonal) {
        rises += " |";
        falls += " |";
        continue;
      }
      const FalseAlarms found = counted(detector, mean, dispersion, is_seasonal);
      rises += fmt::format(" {} |", cell(found.rises));
      has_falls = found.falls.tests > 0;
      if (has_falls) falls += fmt::format(" {} |", cell(found.falls));
    }
  }
  fmt::print("{}\n", rises);
  if (has_falls) fmt::print("{}\n", falls);
  std::fflush(stdout);
}

void print_alarms(std::string_view only) {
  fmt::print(
      "| detector | | mean | dispersion 1 | 1.5 | 3 | 1, season and trend | 1.5 | 3 "
      "|\n|---|---|---|---|---|---|---|---|---|"
      "\n");
  for (const Detector detector :
       {Detector::ears_c1, Detector::ears_c2, Detector::ears_c3, Detector::cusum, Detector::farrington}) {
    if (!only.empty() && only != throughline::evidence::name_of(detector)) continue;
    for (const double mean : k_means) print_row(detector, mean);
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::string_view what = count > 1 ? arguments[1] : "";
  if (what == "alarms") {
    print_alarms(count > 2 ? arguments[2] : "");
  } else if (what == "time") {
    time_screen(Detector::farrington, 168);
    time_screen(Detector::farrington, 0);
    time_screen(Detector::cusum, 0);
  } else {
    fmt::print(stderr, "watch_bench alarms [DETECTOR] | time\n");
    return 2;
  }
  return 0;
}
