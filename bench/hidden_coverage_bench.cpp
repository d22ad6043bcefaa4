// How often 95 per cent limits of hidden populations hold the truth: list sets drawn from a known population.
//
//   hidden_coverage_bench [SETS, 10000 when left out] [SEED, 1]
//
// Populations are the fits of the Home Office's tables of 2013, with main effects and with the pairs chosen stepwise.
// Of each set the model is once known and once chosen from the set itself. Prints counts and shares, with the standard
// error that so many sets give a share of 0.95, and seconds of the processor.

#include <ctime>

#include <cmath>
#include <cstdio>
#include <string>

#include "base/number.h"
#include "evidence/hidden/coverage.h"
#include "evidence/hidden/made_up_lists.h"

namespace throughline::evidence {
namespace {

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void print(const char* model, const HeldCount& held) {
  const auto share = [&](std::int64_t count) {
    return static_cast<double>(count) / static_cast<double>(held.with_estimate);
  };
  std::printf("    %-8s %6lld sets with an estimate, limits %.4f, profile %.4f\n", model,
              static_cast<long long>(held.with_estimate), share(held.wald), share(held.profile));
}

void measure(const char* name, const ListTable& table, const ListFit& truth, const CoverageOptions& options) {
  const double started = processor_seconds();
  const KnownPopulation population = population_of(table, truth);
  const LimitsCoverage coverage = measure_coverage(population, options);
  std::printf("%s: %lld cases, %lld sets, %.1f s, standard error %.4f\n", name,
              static_cast<long long>(population.cases), static_cast<long long>(coverage.sets),
              processor_seconds() - started, std::sqrt(0.95 * 0.05 / static_cast<double>(coverage.sets)));
  print("known", coverage.known);
  print("chosen", coverage.chosen);
}

void measure_all(const CoverageOptions& options) {
  for (const auto& [name, table] :
       {std::pair{"six lists", six_lists_of_2013()}, std::pair{"five lists", five_lists_of_2013()}}) {
    measure((std::string(name) + ", main effects").c_str(), table, existing_fit(table, {}).value(), options);
    measure((std::string(name) + ", stepwise").c_str(), table, stepwise_fit(table).value().fit, options);
  }
}

}  // namespace
}  // namespace throughline::evidence

int main(int count, char** words) {
  const auto sets = count > 1 ? throughline::base::parse_integer(words[1]) : std::optional<std::int64_t>(10'000);
  const auto seed = count > 2 ? throughline::base::parse_integer(words[2]) : std::optional<std::int64_t>(1);
  if (!sets.has_value() || *sets < 1 || !seed.has_value() || *seed < 0) {
    std::fputs("usage: hidden_coverage_bench [SETS] [SEED]\n", stderr);
    return 2;
  }
  throughline::evidence::measure_all({.sets = *sets, .seed = static_cast<std::uint64_t>(*seed)});
  return 0;
}
