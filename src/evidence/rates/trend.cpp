#include "evidence/rates/trend.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "base/parallel.h"
#include "base/portable_math.h"

namespace throughline::evidence {

namespace {

struct Year {
  std::optional<std::int64_t> count;
  double people = 0;
};

// The year that ends there.
Year year_at(const CountLine& line, std::size_t end) {
  const auto length = static_cast<std::size_t>(line.periods_in_year);
  Year year;
  if (end + 1 < length) return year;
  std::int64_t sum = 0;
  double people = 0;
  bool has_people = !line.people.empty();
  for (std::size_t at = end + 1 - length; at <= end; ++at) {
    if (!line.counts[at]) return year;
    sum += *line.counts[at];
    has_people = has_people && line.people[at].has_value();
    if (has_people) people += *line.people[at];
  }
  year.count = sum;
  if (has_people) year.people = people / static_cast<double>(length);
  return year;
}

// Events of the periods that both years have, and how many periods those are. REQUIRES both years whole.
struct Shared {
  std::int64_t count = 0;
  std::size_t periods = 0;
};

Shared shared_of(const CountLine& line, std::size_t one, std::size_t other) {
  const auto length = static_cast<std::size_t>(line.periods_in_year);
  const auto [first, last] = std::minmax(one, other);
  Shared shared;
  for (std::size_t at = last + 1 - length; at <= first; ++at) {
    shared.count += *line.counts[at];
    ++shared.periods;
  }
  return shared;
}

// What the periods that both years have do not move, and what the others do: the ratio of the counts of the years where
// that of the others is so.
double with_shared(double ratio, std::int64_t before, std::int64_t shared) {
  const auto kept = static_cast<double>(shared);
  return (kept + ratio * static_cast<double>(before - shared)) / static_cast<double>(before);
}

Interval with_shared(const Interval& ratio, std::int64_t before, std::int64_t shared) {
  return {.low = with_shared(ratio.low, before, shared), .high = with_shared(ratio.high, before, shared)};
}

// The year that ends in `to` over the one that ends in `from`: of rates where people were counted. Nothing where there
// is nothing to compare beside the periods that both have.
std::optional<Comparison> compared(const CountLine& line, std::size_t from, std::size_t to) {
  const Year before = year_at(line, from);
  const Year after = year_at(line, to);
  const bool is_of_rates = before.people > 0 && after.people > 0;
  const double people_before = is_of_rates ? before.people : 1;
  const double people_after = is_of_rates ? after.people : 1;
  const Shared shared = shared_of(line, from, to);
  if (*before.count == shared.count && shared.periods > 0) return std::nullopt;
  auto own = compare_counts({.before = *before.count - shared.count,
                             .after = *after.count - shared.count,
                             .exposure_before = people_before,
                             .exposure_after = people_after});
  if (!own || shared.periods == 0) return own;
  const double counts = people_after / people_before;  // From ratios of rates to ratios of counts.
  own->ratio = with_shared(own->ratio * counts, *before.count, shared.count) / counts;
  own->interval = with_shared({.low = own->interval.low * counts, .high = own->interval.high * counts}, *before.count,
                              shared.count);
  own->interval = {.low = own->interval.low / counts, .high = own->interval.high / counts};
  return own;
}

// The periods in which the year that is 100 and the one of the point end.
struct IndexPlaces {
  std::size_t base = 0;
  std::size_t at = 0;
};

// With the exact limits of the ratio, or those that `ratios` keeps.
void add_index(YearPoint& point, const CountLine& line, IndexPlaces places, const RatioLimits* ratios) {
  const auto [base, at] = places;
  const Year before = year_at(line, base);
  const Year after = year_at(line, at);
  if (!before.count || !after.count || *before.count == 0 || (before.people > 0) != (after.people > 0)) return;
  const double scale = before.people > 0 ? 100 * before.people / after.people : 100;
  point.index = scale * static_cast<double>(*after.count) / static_cast<double>(*before.count);
  if (base == at) {
    point.index_interval = {.low = 100, .high = 100};
    return;
  }
  const Shared shared = shared_of(line, base, at);
  if (ratios != nullptr && *before.count > shared.count) {
    const Interval own = ratios->of(*before.count - shared.count, *after.count - shared.count);
    const Interval interval = shared.periods > 0 ? with_shared(own, *before.count, shared.count) : own;
    point.index_interval = {.low = scale * interval.low, .high = scale * interval.high};
    return;
  }
  const auto comparison = compared(line, base, at);
  if (!comparison) {
    point.index.reset();
    return;
  }
  point.index_interval = {.low = 100 * comparison->interval.low, .high = 100 * comparison->interval.high};
}

void add_year(YearPoint& point, const Year& year, const PoissonLimits& limits) {
  if (!year.count) return;
  point.year = year.count;
  point.year_interval = limits.of(*year.count);
  point.people = year.people;
  if (year.people <= 0) return;
  const double scale = 100'000 / year.people;
  point.rate = Rate{.value = static_cast<double>(*year.count) * scale,
                    .interval = {.low = point.year_interval.low * scale, .high = point.year_interval.high * scale}};
}

Refusal not_whole() {
  return {.rule = Rule::absent_months_are_not_summed,
          .reason = "A period of one of the two years is absent, and absent is not nought.",
          .remedy = "Compare years of which every period was received."};
}

Refusal nothing_apart() {
  return {.rule = Rule::nothing_to_compare,
          .reason = "The two years share periods, and beside these the first has no event.",
          .remedy = "Compare years that lie further apart."};
}

}  // namespace

PoissonLimits::PoissonLimits(std::int64_t kept_max, Confidence confidence) : confidence_(confidence) {
  CHECK(kept_max >= 0);
  kept_.reserve(static_cast<std::size_t>(kept_max) + 1);
  for (std::int64_t count = 0; count <= kept_max; ++count) kept_.push_back(poisson_interval(count, confidence));
}

Interval PoissonLimits::of(std::int64_t count) const {
  const auto at = static_cast<std::size_t>(count);
  return at < kept_.size() ? kept_[at] : poisson_interval(count, confidence_);
}

RatioLimits::RatioLimits(std::int64_t kept, const PoissonLimits& limits) : kept_(kept), limits_(&limits) {
  CHECK(kept >= 0);
  const auto side = static_cast<std::size_t>(kept);
  pairs_.resize(side * side);
  // Half of them: the ratio the other way round has the limits turned round.
  base::parallel_chunks({.items = kept, .chunk_items = 1}, [&](const base::Chunk& chunk) {
    const auto before = static_cast<std::size_t>(chunk.begin);
    for (std::size_t after = 0; after <= before; ++after) {
      const auto comparison =
          compare_counts({.before = static_cast<std::int64_t>(before), .after = static_cast<std::int64_t>(after)});
      if (!comparison) continue;
      const Interval interval = comparison->interval;
      pairs_[before * side + after] = interval;
      pairs_[after * side + before] = {
          .low = 1 / interval.high,
          .high = interval.low > 0 ? 1 / interval.low : std::numeric_limits<double>::infinity()};
    }
  });
}

Interval RatioLimits::of(std::int64_t before, std::int64_t after) const {
  CHECK(before > 0 && after >= 0);
  if (before < kept_ && after < kept_) {
    return pairs_[static_cast<std::size_t>(before) * static_cast<std::size_t>(kept_) + static_cast<std::size_t>(after)];
  }
  if (std::min(before, after) < k_change_count_min) {
    return compare_counts({.before = before, .after = after})->interval;
  }
  const Interval first = limits_->of(before);
  const Interval second = limits_->of(after);
  const auto one = static_cast<double>(before);
  const auto other = static_cast<double>(after);
  const double down = std::hypot(base::portable_log(other / second.low), base::portable_log(first.high / one));
  const double up = std::hypot(base::portable_log(second.high / other), base::portable_log(one / first.low));
  return {.low = other / one * base::portable_exp(-down), .high = other / one * base::portable_exp(up)};
}

YearPoint year_point(const CountLine& line, std::size_t at, const PoissonLimits& limits) {
  CHECK(at < line.counts.size());
  YearPoint point;
  point.count = line.counts[at];
  if (point.count) point.interval = limits.of(*point.count);
  add_year(point, year_at(line, at), limits);
  return point;
}

std::vector<YearPoint> trend_of(const CountLine& line, std::size_t base, const PoissonLimits& limits,
                                const RatioLimits* ratios) {
  CHECK(base < line.counts.size() && (line.people.empty() || line.people.size() == line.counts.size()));
  std::vector<YearPoint> points(line.counts.size());
  for (std::size_t at = 0; at < points.size(); ++at) {
    points[at] = year_point(line, at, limits);
    add_index(points[at], line, {.base = base, .at = at}, ratios);
  }
  return points;
}

OrRefusal<YearChange> change_of(const CountLine& line, const ChangeAsked& asked, const Caveats& caveats) {
  CHECK(asked.from < asked.to && asked.to < line.counts.size());
  const Year before = year_at(line, asked.from);
  const Year after = year_at(line, asked.to);
  if (!before.count || !after.count) return not_whole();
  const UseContext context{.smallest_count = std::min(*before.count, *after.count),
                           .reaches_latest = asked.reaches_latest};
  if (auto refusal = refuse(Use::percentage_change, caveats, context)) return *std::move(refusal);
  const auto comparison = compared(line, asked.from, asked.to);
  if (!comparison) return nothing_apart();
  return YearChange{
      .before = *before.count,
      .after = *after.count,
      .is_of_rates = before.people > 0 && after.people > 0,
      .percent = 100 * (comparison->ratio - 1),
      .interval = {.low = 100 * (comparison->interval.low - 1), .high = 100 * (comparison->interval.high - 1)},
      .p_value = comparison->p_value,
      .shared_periods = static_cast<std::int64_t>(shared_of(line, asked.from, asked.to).periods)};
}

}  // namespace throughline::evidence
