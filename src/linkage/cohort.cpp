#include "linkage/cohort.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "base/random.h"
#include "linkage/components.h"

namespace throughline::linkage {

namespace {

constexpr double k_z_95 = 1.959963984540054;

struct Counted {
  std::int64_t people = 0;
  std::int64_t with_history = 0;
};

void take_earlier(std::optional<base::Date>& kept, std::optional<base::Date> found) {
  if (found && (!kept || *found < *kept)) kept = found;
}

template <class IsThere>
Counted count(std::span<const CohortRecord> records, std::span<const GraphLink> links, const IsThere& is_there) {
  DisjointSets groups(std::ssize(records));
  for (const GraphLink& link : links) {
    if (is_there(link)) groups.join({.one = link.one, .other = link.other});
  }
  std::vector<CohortRecord> people(records.size());
  for (std::uint32_t i = 0; i < records.size(); ++i) {
    CohortRecord& person = people[groups.find(i)];
    take_earlier(person.in_cohort, records[i].in_cohort);
    take_earlier(person.has_history, records[i].has_history);
  }
  Counted counted;
  for (const CohortRecord& person : people) {
    if (!person.in_cohort) continue;
    ++counted.people;
    counted.with_history += person.has_history && *person.has_history <= *person.in_cohort ? 1 : 0;
  }
  return counted;
}

double share_of_odds(double log_odds) {
  return 1 / (1 + std::exp(-log_odds));
}

}  // namespace

std::optional<CohortAnswer> cohort_share(std::span<const CohortRecord> records, std::span<const GraphLink> links,
                                         const CohortDraws& draws) {
  CHECK(draws.draws > 1);
  const Counted likely = count(records, links, [](const GraphLink& link) { return link.probability >= 0.5; });
  if (likely.people == 0) return std::nullopt;
  std::vector<double> log_odds;
  double within = 0;
  for (std::int64_t draw = 0; draw < draws.draws; ++draw) {
    base::Random chance({.seed = draws.seed,
                         .stream = base::stream_of("linkage cohort draws"),
                         .step = static_cast<std::uint32_t>(draw)});
    const Counted drawn =
        count(records, links, [&](const GraphLink& link) { return chance.bernoulli(link.probability); });
    const double with = static_cast<double>(drawn.with_history) + 0.5;
    const double without = static_cast<double>(drawn.people - drawn.with_history) + 0.5;
    log_odds.push_back(std::log(with / without));
    within += 1 / with + 1 / without;
  }
  const auto n = static_cast<double>(draws.draws);
  const double mean = std::accumulate(log_odds.begin(), log_odds.end(), 0.0) / n;
  double between = 0;
  for (const double each : log_odds) between += (each - mean) * (each - mean);
  const double half = k_z_95 * std::sqrt(within / n + (1 + 1 / n) * between / (n - 1));
  return CohortAnswer{.people = likely.people,
                      .with_history = likely.with_history,
                      .share = share_of_odds(mean),
                      .interval = {share_of_odds(mean - half), share_of_odds(mean + half)},
                      .sampling = wilson(likely.with_history, likely.people)};
}

}  // namespace throughline::linkage
