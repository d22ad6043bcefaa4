#include "evidence/hidden/coverage.h"

#include <cmath>

#include "base/check.h"
#include "base/parallel.h"
#include "base/portable_math.h"
#include "base/random.h"
#include "evidence/hidden/draw.h"

namespace throughline::evidence {

namespace {

struct Drawn {
  const ListTable& table;
  double truth = 0;
  Confidence confidence{};
};

void count(HeldCount& held, const Drawn& drawn, const std::optional<ListFit>& fit) {
  if (!fit.has_value()) return;
  ++held.with_estimate;
  const Interval wald = wald_interval(*fit, drawn.confidence);
  if (wald.low <= drawn.truth && drawn.truth <= wald.high) ++held.wald;
  if (profile_holds(drawn.table, *fit, drawn.truth, drawn.confidence)) ++held.profile;
}

void add(HeldCount& sum, const HeldCount& part) {
  sum.with_estimate += part.with_estimate;
  sum.wald += part.wald;
  sum.profile += part.profile;
}

LimitsCoverage one_set(const KnownPopulation& population, const CoverageOptions& options, std::int64_t set) {
  base::Random random({options.seed, base::stream_of("hidden/coverage"), static_cast<std::uint32_t>(set)});
  ListTable table{.lists = population.lists, .counts = draw_counts(random, population.cases, population.expected)};
  table.counts.front() = 0;
  const Drawn drawn{table, static_cast<double>(population.cases), options.confidence};
  LimitsCoverage coverage{.sets = 1, .known = {}, .chosen = {}};
  count(coverage.known, drawn, existing_fit(table, population.model));
  std::optional<StepwiseFit> chosen = stepwise_fit(table, options.p_max);
  count(coverage.chosen, drawn, chosen.has_value() ? std::optional(std::move(chosen->fit)) : std::nullopt);
  return coverage;
}

}  // namespace

KnownPopulation population_of(const ListTable& table, const ListFit& fit) {
  KnownPopulation population{.lists = table.lists, .model = fit.model, .expected = {}, .cases = 0};
  population.expected.assign(table.counts.size(), 0.0);
  population.expected.front() = base::portable_exp(fit.log_unseen);
  double sum = population.expected.front();
  for (std::size_t i = 0; i < fit.fitted.size(); ++i) {
    population.expected[fit.design.histories[i]] = fit.fitted[i];
    sum += fit.fitted[i];
  }
  CHECK(sum <= k_population_max * 1.001);
  population.cases = std::llround(sum);
  return population;
}

LimitsCoverage measure_coverage(const KnownPopulation& population, const CoverageOptions& options) {
  return base::reduce_chunks(
      {.items = options.sets, .chunk_items = 8}, LimitsCoverage{},
      [&](const base::Chunk& chunk) {
        LimitsCoverage part;
        for (std::int64_t set = chunk.begin; set < chunk.end; ++set) {
          const LimitsCoverage one = one_set(population, options, set);
          ++part.sets;
          add(part.known, one.known);
          add(part.chosen, one.chosen);
        }
        return part;
      },
      [](LimitsCoverage sum, const LimitsCoverage& part) {
        sum.sets += part.sets;
        add(sum.known, part.known);
        add(sum.chosen, part.chosen);
        return sum;
      });
}

}  // namespace throughline::evidence
