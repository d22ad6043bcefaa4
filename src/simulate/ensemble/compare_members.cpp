#include "simulate/ensemble/compare_members.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/parallel.h"
#include "base/quantile.h"
#include "simulate/parameter_names.h"

namespace throughline::simulate {

namespace {

// What one number came to in one member.
struct MemberMean {
  double baseline = 0;
  double difference = 0;
  bool is_any_different = false;
};

struct MemberRows {
  std::vector<OutcomeDifference> totals;  // In the order of Comparison::totals.
  std::vector<MemberMean> courses;        // In that of its periods, then of its places.
};
using Rows = std::vector<MemberRows>;

struct Range {
  double low = 0;
  double high = 0;
};

Range range_over_members(std::vector<double> means) {
  std::ranges::sort(means);
  if (std::ssize(means) < k_members_for_quantiles) return {.low = means.front(), .high = means.back()};
  return {.low = base::quantile_of_sorted(means, 0.025), .high = base::quantile_of_sorted(means, 0.975)};
}

std::vector<OutcomeDifference> totals_of(const Rows& rows, const std::vector<std::size_t>& members, std::size_t row) {
  std::vector<OutcomeDifference> totals;
  totals.reserve(members.size());
  for (const std::size_t member : members) totals.push_back(rows[member].totals[row]);
  return totals;
}

// Puts what the members came to into a row that one of them had.
void put_members(const Rows& rows, std::size_t course, PeriodDifference& row) {
  std::vector<double> means;
  means.reserve(rows.size());
  const auto count = static_cast<double>(rows.size());
  row.baseline = 0;
  row.difference = 0;
  row.is_any_different = false;
  for (const MemberRows& member : rows) {
    const MemberMean& own = member.courses[course];
    means.push_back(own.difference);
    row.baseline += own.baseline / count;
    row.difference += own.difference;
    row.is_any_different = row.is_any_different || own.is_any_different;
  }
  row.difference /= count;
  const Range range = range_over_members(std::move(means));
  row.low = range.low;
  row.high = range.high;
}

MemberRows rows_of(const Comparison& comparison) {
  MemberRows rows{.totals = comparison.totals, .courses = {}};
  rows.courses.reserve(comparison.periods.size() + comparison.places.size());
  const auto keep = [&](const PeriodDifference& row) {
    rows.courses.push_back(
        {.baseline = row.baseline, .difference = row.difference, .is_any_different = row.is_any_different});
  };
  std::ranges::for_each(comparison.periods, keep);
  std::ranges::for_each(comparison.places, keep, &PlaceDifference::of);
  return rows;
}

void add_rivals(const EnsembleInput& input, const Rows& rows, const Prior& prior, EnsembleComparison& comparison) {
  for (std::size_t rival = 0; rival < prior.parts.size(); ++rival) {
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < input.members.size(); ++i) {
      const double value = input.members[i].parameters.*parameter_names()[prior.parameter].member;
      if (part_of(prior, value) == rival) members.push_back(i);
    }
    if (members.size() < 2) continue;
    for (std::size_t row = 0; row < rows.front().totals.size(); ++row) {
      if (rows.front().totals[row].where != Whereabouts::everywhere) continue;
      comparison.rivals.push_back({.parameter = prior.parameter,
                                   .rival = rival,
                                   .members = std::ssize(members),
                                   .difference = over_members(totals_of(rows, members, row), input.pairs.replicates)});
    }
  }
}

}  // namespace

EnsembleDifference over_members(std::span<const OutcomeDifference> members, std::int64_t pairs) {
  EnsembleDifference found;
  found.scenario = members.front().scenario;
  found.where = members.front().where;
  found.outcome = members.front().outcome;
  std::vector<double> means;
  std::vector<MeanAndSpread> spreads;
  const auto count = static_cast<double>(members.size());
  for (const OutcomeDifference& own : members) {
    means.push_back(own.difference);
    spreads.push_back({.mean = own.difference, .spread = own.spread});
    found.baseline += own.baseline / count;
    found.higher += own.difference > 0 ? 1 : 0;
    found.lower += own.difference < 0 ? 1 : 0;
    found.is_any_different = found.is_any_different || own.is_any_different;
  }
  found.share_up = share_higher(found.higher, found.lower, std::ssize(members));
  const MeanLimits limits = mean_limits(means);
  found.difference = limits.mean;
  found.mean_low = limits.low;
  found.mean_high = limits.high;
  const Range range = range_over_members(std::move(means));
  found.low = range.low;
  found.high = range.high;
  const VarianceParts parts = variance_parts(spreads, pairs);
  const double all = parts.between + parts.within;
  found.share_between = all > 0 ? parts.between / all : 0;
  return found;
}

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

std::int64_t numbers_held(const EnsembleInput& input) {
  constexpr auto k_numbers_of_mean = static_cast<std::int64_t>(sizeof(MemberMean) / sizeof(double));
  constexpr auto k_numbers_a_row = static_cast<std::int64_t>(sizeof(PlaceDifference) / sizeof(double));
  const std::int64_t members = std::ssize(input.members);
  return std::min(members, k_members_at_once) * numbers_held(input.pairs) +
         (members * k_numbers_of_mean + k_numbers_a_row) * rows_by_period(input.pairs);
}

base::Result<EnsembleComparison> compare_members(const EnsembleInput& input, const base::Interrupt& interrupt,
                                                 const std::function<void()>& told) {
  CHECK(input.members.size() >= 2);
  TRY(check_held(numbers_held(input), fmt::format("{} pairs of each of {} sets of parameters", input.pairs.replicates,
                                                  input.members.size())));
  Rows rows(input.members.size());
  EnsembleComparison comparison;
  const auto compare_member = [&](std::int64_t number) -> base::Result<void> {
    const auto at = static_cast<std::size_t>(number);
    CompareInput pairs = input.pairs;
    pairs.baseline.parameters = input.members[at].parameters;
    Comparison own = TRY(compare(pairs, interrupt, told));
    rows[at] = rows_of(own);
    if (at > 0) return {};
    comparison.periods = std::move(own.periods);
    comparison.places = std::move(own.places);
    return {};
  };
  for (std::int64_t first = 0; first < std::ssize(input.members); first += k_members_at_once) {
    const std::int64_t several = std::min(k_members_at_once, std::ssize(input.members) - first);
    const auto work = [&](const base::Chunk& chunk) { return compare_member(first + chunk.index); };
    TRY(base::try_parallel_chunks({.items = several, .chunk_items = 1}, interrupt, work));
  }
  std::vector<std::size_t> all(input.members.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  for (std::size_t row = 0; row < rows.front().totals.size(); ++row) {
    comparison.totals.push_back(over_members(totals_of(rows, all, row), input.pairs.replicates));
  }
  std::size_t course = 0;
  for (PeriodDifference& row : comparison.periods) put_members(rows, course++, row);
  for (PlaceDifference& row : comparison.places) put_members(rows, course++, row.of);
  for (const Prior& prior : input.priors) {
    if (prior.parts.size() > 1) add_rivals(input, rows, prior, comparison);
  }
  return comparison;
}

}  // namespace throughline::simulate
