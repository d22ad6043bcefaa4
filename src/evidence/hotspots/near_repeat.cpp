#include "evidence/hotspots/near_repeat.h"

#include <fmt/format.h>

#include <cstdlib>
#include <limits>
#include <map>
#include <span>
#include <utility>

#include "base/check.h"
#include "base/parallel.h"
#include "base/random.h"

namespace throughline::evidence {

namespace {

constexpr std::size_t k_points_judged_min = 20;
constexpr std::int64_t k_chunk_permutations = 16;

using PointPair = std::pair<std::uint32_t, std::uint32_t>;

std::vector<PointPair> pairs_near(const std::vector<DatedPoint>& points, double metres) {
  std::vector<PointPair> pairs;
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t j = i + 1; j < points.size(); ++j) {
      const double across = points[i].x - points[j].x;
      const double up = points[i].y - points[j].y;
      if (across * across + up * up > metres * metres) continue;
      pairs.emplace_back(static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j));
    }
  }
  return pairs;
}

std::int64_t pairs_soon(const std::vector<PointPair>& near, const std::vector<std::int32_t>& days,
                        std::int32_t within) {
  std::int64_t soon = 0;
  for (const auto& [one, other] : near) soon += std::abs(days[one] - days[other]) <= within ? 1 : 0;
  return soon;
}

}  // namespace

std::optional<Refusal> refuse_moved_points(const std::vector<DatedPoint>& points) {
  if (points.size() < k_points_judged_min) return std::nullopt;
  std::map<std::pair<double, double>, std::size_t> at;
  for (const DatedPoint& point : points) ++at[{point.x, point.y}];
  std::size_t shared = 0;
  for (const auto& [place, count] : at) shared += count > 1 ? count : 0;
  if (2 * shared <= points.size()) return std::nullopt;
  return Refusal{.rule = Rule::snapped_points_are_not_addresses,
                 .reason = fmt::format("{} of {} points share their very coordinates with another: they look like "
                                       "points that were moved to a few places",
                                       shared, points.size()),
                 .remedy = "Give the places where it happened, as an agency's own records have them"};
}

NearRepeat near_repeat(const std::vector<DatedPoint>& points, const NearRepeatRule& rule) {
  CHECK(rule.permutations > 0 && rule.metres >= 0 && rule.days >= 0);
  std::vector<std::int32_t> days;
  for (const DatedPoint& point : points) days.push_back(point.day);
  const std::vector<PointPair> near = pairs_near(points, rule.metres);
  NearRepeat found;
  found.pairs = pairs_soon(near, days, rule.days);
  found.near_pairs = static_cast<std::int64_t>(near.size());
  std::vector<std::int64_t> dealt(static_cast<std::size_t>(rule.permutations));
  base::parallel_chunks(
      {.items = rule.permutations, .chunk_items = k_chunk_permutations}, [&](const base::Chunk& chunk) {
        for (std::int64_t i = chunk.begin; i < chunk.end; ++i) {
          base::Random random({rule.seed, base::stream_of("hotspots/knox"), static_cast<std::uint32_t>(i)});
          std::vector<std::int32_t> shuffled = days;
          random.shuffle(std::span(shuffled));
          dealt[static_cast<std::size_t>(i)] = pairs_soon(near, shuffled, rule.days);
        }
      });
  std::int64_t as_many = 0;
  std::int64_t sum = 0;
  for (const std::int64_t pairs : dealt) {
    as_many += pairs >= found.pairs ? 1 : 0;
    sum += pairs;
  }
  found.expected = static_cast<double>(sum) / static_cast<double>(rule.permutations);
  found.ratio = sum > 0 ? static_cast<double>(found.pairs) / found.expected : std::numeric_limits<double>::infinity();
  found.p_value = static_cast<double>(as_many + 1) / static_cast<double>(rule.permutations + 1);
  return found;
}

}  // namespace throughline::evidence
