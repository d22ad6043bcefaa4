#include "evidence/hotspots/scan.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/check.h"
#include "base/parallel.h"
#include "base/portable_math.h"
#include "base/random.h"

namespace throughline::evidence {

namespace {

constexpr std::int64_t k_chunk_centres = 16;
constexpr std::int64_t k_chunk_draws = 4;

// The places that a growing circle takes in, one after another, and after which of them it is a circle of its own:
// places at one distance come in together.
struct Circles {
  std::vector<std::uint32_t> order;
  std::vector<bool> is_whole;
  std::vector<double> radius;
};

struct Ground {
  std::vector<double> shares;  // Of the population, by place.
  std::vector<Circles> circles;
};

Circles circles_about(const std::vector<CountedPlace>& places, std::size_t centre, const Ground& ground,
                      double share_max) {
  Circles circles;
  double share = ground.shares[centre];
  circles.order.push_back(static_cast<std::uint32_t>(centre));
  std::vector<double> squares{0};
  for (const OtherPlace& other : others_by_distance(places, centre)) {
    share += ground.shares[other.place];
    squares.push_back(other.distance_squared);
    if (share > share_max) break;
    circles.order.push_back(static_cast<std::uint32_t>(other.place));
  }
  for (std::size_t i = 0; i < circles.order.size(); ++i) {
    circles.is_whole.push_back(i + 1 >= squares.size() || squares[i + 1] > squares[i]);
    circles.radius.push_back(std::sqrt(squares[i]));
  }
  return circles;
}

Ground ground_of(const std::vector<CountedPlace>& places, double share_max) {
  Ground ground;
  double population = 0;
  for (const CountedPlace& place : places) {
    CHECK(place.population > 0);
    population += place.population;
  }
  for (const CountedPlace& place : places) ground.shares.push_back(place.population / population);
  ground.circles.resize(places.size());
  const auto count = static_cast<std::int64_t>(places.size());
  base::parallel_chunks({.items = count, .chunk_items = k_chunk_centres}, [&](const base::Chunk& chunk) {
    for (std::int64_t i = chunk.begin; i < chunk.end; ++i) {
      const auto centre = static_cast<std::size_t>(i);
      ground.circles[centre] = circles_about(places, centre, ground, share_max);
    }
  });
  return ground;
}

struct BestCircle {
  std::size_t centre = 0;
  std::size_t places = 0;
  double log_likelihood_ratio = 0;
};

// The best about one centre that is better than what is known already.
BestCircle best_about(const Ground& ground, std::size_t centre, const std::vector<std::int64_t>& counts, double total) {
  const Circles& circles = ground.circles[centre];
  BestCircle best{.centre = centre};
  double count = 0;
  double share = 0;
  for (std::size_t i = 0; i < circles.order.size(); ++i) {
    count += static_cast<double>(counts[circles.order[i]]);
    share += ground.shares[circles.order[i]];
    const double beyond = count - total * share;
    if (!circles.is_whole[i] || beyond <= 0) continue;
    // The ratio is at most beyond^2 / 2 (1 / E + 1 / (C - c)): most circles need no logarithm.
    const double expected = total * share;
    const double left = total - count;
    if (left > 0 && beyond * beyond * (left + expected) < 2 * best.log_likelihood_ratio * expected * left) continue;
    const double ratio = scan_log_likelihood_ratio(count, expected, total);
    if (ratio > best.log_likelihood_ratio) {
      best.places = i + 1;
      best.log_likelihood_ratio = ratio;
    }
  }
  return best;
}

// Of a draw only the largest ratio of all circles matters.
double largest_ratio(const Ground& ground, const std::vector<std::int64_t>& counts, double total) {
  double largest = 0;
  for (std::size_t centre = 0; centre < ground.circles.size(); ++centre) {
    largest = std::max(largest, best_about(ground, centre, counts, total).log_likelihood_ratio);
  }
  return largest;
}

// All events again, each in a place with the probability of its share.
std::vector<std::int64_t> drawn_counts(const Ground& ground, std::int64_t total, base::Random& random) {
  std::vector<std::int64_t> counts;
  double share_left = 1;
  for (const double share : ground.shares) {
    const double probability = std::clamp(share / share_left, 0.0, 1.0);
    const bool is_last = counts.size() + 1 == ground.shares.size();
    counts.push_back(is_last ? total : random.binomial(total, probability));
    total -= counts.back();
    share_left = std::max(share_left - share, 1e-300);
  }
  return counts;
}

std::vector<double> drawn_ratios(const Ground& ground, std::int64_t total, const ScanRule& rule) {
  std::vector<double> ratios(static_cast<std::size_t>(rule.draws));
  base::parallel_chunks({.items = rule.draws, .chunk_items = k_chunk_draws}, [&](const base::Chunk& chunk) {
    for (std::int64_t draw = chunk.begin; draw < chunk.end; ++draw) {
      base::Random random({rule.seed, base::stream_of("hotspots/scan"), static_cast<std::uint32_t>(draw)});
      ratios[static_cast<std::size_t>(draw)] =
          largest_ratio(ground, drawn_counts(ground, total, random), static_cast<double>(total));
    }
  });
  return ratios;
}

ScanCluster cluster_of(const Ground& ground, const BestCircle& best, const std::vector<std::int64_t>& counts,
                       double total) {
  const Circles& circles = ground.circles[best.centre];
  ScanCluster cluster;
  cluster.centre = best.centre;
  cluster.log_likelihood_ratio = best.log_likelihood_ratio;
  double share = 0;
  for (std::size_t i = 0; i < best.places; ++i) {
    cluster.places.push_back(circles.order[i]);
    cluster.count += counts[circles.order[i]];
    share += ground.shares[circles.order[i]];
  }
  cluster.radius = circles.radius[best.places - 1];
  cluster.expected = total * share;
  const double inside = static_cast<double>(cluster.count) / cluster.expected;
  const double outside = (total - static_cast<double>(cluster.count)) / (total - cluster.expected);
  cluster.relative_risk = outside > 0 ? inside / outside : std::numeric_limits<double>::infinity();
  return cluster;
}

// The best circle of each centre, the most striking first.
std::vector<BestCircle> best_circles(const Ground& ground, const std::vector<std::int64_t>& counts, double total) {
  std::vector<BestCircle> best;
  for (std::size_t centre = 0; centre < ground.circles.size(); ++centre) {
    best.push_back(best_about(ground, centre, counts, total));
  }
  std::erase_if(best, [](const BestCircle& circle) { return circle.places == 0; });
  std::ranges::stable_sort(best, std::greater<>(), &BestCircle::log_likelihood_ratio);
  return best;
}

}  // namespace

double scan_log_likelihood_ratio(double count, double expected, double total) {
  if (count <= expected) return 0;
  const double outside = total - count;
  const double inside_part = count * base::portable_log(count / expected);
  return outside <= 0 ? inside_part : inside_part + outside * base::portable_log(outside / (total - expected));
}

std::vector<ScanCluster> scan_places(const std::vector<CountedPlace>& places, const ScanRule& rule) {
  std::vector<std::int64_t> counts;
  for (const CountedPlace& place : places) counts.push_back(place.count);
  const std::int64_t total = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  if (places.size() < 2 || total < 2) return {};
  const Ground ground = ground_of(places, rule.population_share_max);
  const std::vector<double> drawn = drawn_ratios(ground, total, rule);
  std::vector<ScanCluster> clusters;
  std::vector<bool> is_taken(places.size(), false);
  for (const BestCircle& best : best_circles(ground, counts, static_cast<double>(total))) {
    if (clusters.size() >= rule.clusters_max) break;
    ScanCluster cluster = cluster_of(ground, best, counts, static_cast<double>(total));
    if (std::ranges::any_of(cluster.places, [&](std::size_t place) { return is_taken[place]; })) continue;
    const auto as_striking =
        std::ranges::count_if(drawn, [&](double ratio) { return ratio >= cluster.log_likelihood_ratio; });
    cluster.p_value = static_cast<double>(as_striking + 1) / static_cast<double>(rule.draws + 1);
    for (const std::size_t place : cluster.places) is_taken[place] = true;
    clusters.push_back(std::move(cluster));
  }
  return clusters;
}

}  // namespace throughline::evidence
