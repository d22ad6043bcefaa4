#include "simulate/ensemble/compare_members.h"

#include <algorithm>

#include "base/parallel.h"
#include "base/quantile.h"
#include "simulate/parameter_names.h"

namespace throughline::simulate {

namespace {

// The rows of the members, each in the order of Comparison::totals.
using Rows = std::vector<std::vector<OutcomeDifference>>;

EnsembleDifference over_members(const Rows& rows, const std::vector<std::size_t>& members, std::size_t row,
                                std::int64_t pairs) {
  EnsembleDifference found;
  const OutcomeDifference& first = rows[members.front()][row];
  found.scenario = first.scenario;
  found.where = first.where;
  found.outcome = first.outcome;
  std::vector<double> means;
  std::vector<MeanAndSpread> spreads;
  const auto count = static_cast<double>(members.size());
  for (const std::size_t member : members) {
    const OutcomeDifference& own = rows[member][row];
    means.push_back(own.difference);
    spreads.push_back({.mean = own.difference, .spread = own.spread});
    found.baseline += own.baseline / count;
    found.share_up += own.difference > 0 ? 1 : own.difference == 0 ? 0.5 : 0;
  }
  found.share_up /= count;
  const MeanLimits limits = mean_limits(means);
  found.difference = limits.mean;
  found.mean_low = limits.low;
  found.mean_high = limits.high;
  std::ranges::sort(means);
  const bool are_many = std::ssize(means) >= k_members_for_quantiles;
  found.low = are_many ? base::quantile_of_sorted(means, 0.025) : means.front();
  found.high = are_many ? base::quantile_of_sorted(means, 0.975) : means.back();
  const VarianceParts parts = variance_parts(spreads, pairs);
  const double all = parts.between + parts.within;
  found.share_between = all > 0 ? parts.between / all : 0;
  return found;
}

void add_rivals(const EnsembleInput& input, const Rows& rows, const Prior& prior, EnsembleComparison& comparison) {
  for (std::size_t rival = 0; rival < prior.parts.size(); ++rival) {
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < input.members.size(); ++i) {
      const double value = input.members[i].parameters.*parameter_names()[prior.parameter].member;
      if (part_of(prior, value) == rival) members.push_back(i);
    }
    if (members.size() < 2) continue;
    for (std::size_t row = 0; row < rows.front().size(); ++row) {
      if (rows.front()[row].where != Whereabouts::everywhere) continue;
      comparison.rivals.push_back({.parameter = prior.parameter,
                                   .rival = rival,
                                   .members = std::ssize(members),
                                   .difference = over_members(rows, members, row, input.pairs.replicates)});
    }
  }
}

}  // namespace

VarianceParts variance_parts(const std::vector<MeanAndSpread>& members, std::int64_t pairs) {
  const auto count = static_cast<double>(members.size());
  double mean = 0;
  VarianceParts parts;
  for (const MeanAndSpread& member : members) {
    mean += member.mean / count;
    parts.within += member.spread * member.spread / count;
  }
  double squares = 0;
  for (const MeanAndSpread& member : members) squares += (member.mean - mean) * (member.mean - mean);
  parts.between = std::max(0.0, squares / (count - 1) - parts.within / static_cast<double>(pairs));
  return parts;
}

base::Result<EnsembleComparison> compare_members(const EnsembleInput& input, const base::Interrupt& interrupt,
                                                 const std::function<void()>& told) {
  CHECK(input.members.size() >= 2);
  Rows rows(input.members.size());
  const auto work = [&](const base::Chunk& chunk) -> base::Result<void> {
    for (std::int64_t number = chunk.begin; number < chunk.end; ++number) {
      const auto at = static_cast<std::size_t>(number);
      CompareInput pairs = input.pairs;
      pairs.baseline.parameters = input.members[at].parameters;
      rows[at] = TRY(compare(pairs, interrupt, told)).totals;
    }
    return {};
  };
  TRY(base::try_parallel_chunks({.items = std::ssize(input.members), .chunk_items = 1}, interrupt, work));
  EnsembleComparison comparison;
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < input.members.size(); ++i) all.push_back(i);
  for (std::size_t row = 0; row < rows.front().size(); ++row) {
    comparison.totals.push_back(over_members(rows, all, row, input.pairs.replicates));
  }
  for (const Prior& prior : input.priors) {
    if (prior.parts.size() > 1) add_rivals(input, rows, prior, comparison);
  }
  return comparison;
}

}  // namespace throughline::simulate
