// How long the market model takes: a million people for ten years, and a hundred replicates of the small world.
//
//   market_bench [THREADS, 2 when left out] [YEARS, 10] [REPLICATES, 100]
//
// Bars: 30 s on two cores; under 2 minutes.

#include <chrono>
#include <cstdio>

#include "base/number.h"
#include "base/parallel.h"
#include "simulate/begin.h"
#include "simulate/compare.h"
#include "simulate/describe.h"
#include "simulate/run.h"
#include "simulate/world_file.h"

namespace throughline::simulate {
namespace {

double seconds_since(std::chrono::steady_clock::time_point started) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

void measure_country(std::int64_t years) {
  RunInput input{.world = built_in_world("england-and-wales").value(), .parameters = values_of(built_in_cards())};
  input.world.scale = 1.1;
  input.every = Every::month;
  const auto started = std::chrono::steady_clock::now();
  WorldRun run = begin_world(input);
  const std::int64_t people = counts_of(run).people;
  const base::Interrupt never;
  run_days(run, static_cast<std::int32_t>(years * 365), never).value();
  std::printf("%lld people, %zu places, %lld years: %.1f s wall\n", static_cast<long long>(people),
              run.state.towns.size(), static_cast<long long>(years), seconds_since(started));
}

void measure_replicates(std::int64_t replicates) {
  CompareInput input{.baseline = {.world = built_in_world("small").value(), .parameters = values_of(built_in_cards())},
                     .scenarios = {Scenario{}},
                     .days = 730,
                     .replicates = replicates};
  const auto started = std::chrono::steady_clock::now();
  const base::Interrupt never;
  const Comparison compared = compare(input, never).value();
  std::printf("%lld pairs of runs of the small world, two years, %zu differences: %.1f s wall\n",
              static_cast<long long>(replicates), compared.totals.size(), seconds_since(started));
}

}  // namespace
}  // namespace throughline::simulate

int main(int count, char** words) {
  const auto number = [&](int at, std::int64_t otherwise) {
    return count > at ? throughline::base::parse_integer(words[at]).value_or(0) : otherwise;
  };
  const std::int64_t threads = number(1, 2);
  const std::int64_t years = number(2, 10);
  const std::int64_t replicates = number(3, 100);
  if (threads < 1 || threads > 256 || years < 1 || years > 50 || replicates < 5 || replicates > 10'000) {
    std::fputs("usage: market_bench [THREADS] [YEARS] [REPLICATES]\n", stderr);
    return 2;
  }
  throughline::base::set_thread_limit(static_cast<int>(threads));
  throughline::simulate::measure_country(years);
  throughline::simulate::measure_replicates(replicates);
  return 0;
}
