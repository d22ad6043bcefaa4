#include "app/hotspots_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include "base/text.h"
#include "evidence/hotspots/beside.h"

namespace throughline::app {

namespace {

using evidence::CountedPlace;
using evidence::ScanCluster;

// "hot", "cold", or nothing where a place does not stand out among all.
Value stands_word(const Reckoned& reckoned, std::size_t place) {
  if (!reckoned.stands_out(place)) return {};
  return std::string(*reckoned.stars[place] > 0 ? "hot" : "cold");
}

std::vector<Value> place_row(const PlaceRows& rows, std::size_t at) {
  const auto& [input, reckoned, independent, circles] = rows;
  const CountedPlace& place = input.places[at];
  std::vector<Value> row = {place.name, place.count,
                            input.has_population ? Value(Decimal{place.population, 0}) : Value()};
  const auto add = [&](bool is_known, const auto& value) { row.push_back(is_known ? Value(value()) : Value()); };
  const auto& star = reckoned.stars[at];
  add(star.has_value(), [&] { return Decimal{*star, 3}; });
  add(star.has_value(), [&] { return fmt::format("{:.2g}", reckoned.star_adjusted[at]); });
  const std::optional<evidence::LocalMoran>& moran = reckoned.morans[at];
  add(moran.has_value(), [&] { return Decimal{moran->statistic, 3}; });
  add(moran.has_value(), [&] { return fmt::format("{:.2g}", moran->p_value); });
  add(moran.has_value(), [&] { return std::string(evidence::name_of(moran->quadrant)); });
  row.push_back(stands_word(reckoned, at));
  add(circles[at] < input.places.size(), [&] { return input.places[circles[at]].name; });
  const bool is_elsewhere_hot = independent.has_value() && independent->is_hot(at);
  add(input.is_police_activity && reckoned.is_hot(at) && !is_elsewhere_hot, [] { return std::string("yes"); });
  if (independent.has_value()) {
    row.emplace_back(input.independent[at]);
    add(independent->stars[at].has_value(), [&] { return Decimal{*independent->stars[at], 3}; });
    row.push_back(stands_word(*independent, at));
  }
  return row;
}

std::string names_of(const HotspotInput& input, const ScanCluster& cluster) {
  std::vector<std::string> names;
  for (const std::size_t place : cluster.places) names.push_back(input.places[place].name);
  return base::short_list(names);
}

// By cluster, how the count beside it is inside: nothing of circles that are not more than chance.
std::vector<std::optional<double>> beside_probabilities(const HotspotInput& input,
                                                        const std::vector<ScanCluster>& clusters) {
  std::vector<std::optional<double>> found(clusters.size());
  if (input.independent.empty()) return found;
  std::vector<ScanCluster> asked;
  std::ranges::copy_if(clusters, std::back_inserter(asked), is_more_than_chance);
  const std::vector<double> probabilities = evidence::placed_probabilities(input.places, input.independent, asked);
  std::size_t next = 0;
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    if (is_more_than_chance(clusters[i])) found[i] = probabilities[next++];
  }
  return found;
}

// The rate of the count beside it inside over outside, its interval, and how often a circle anywhere is as high.
void add_beside(std::vector<Value>& row, const HotspotInput& input, const ScanCluster& cluster,
                std::optional<double> probability) {
  const auto other = evidence::compare_beside(input.places, input.independent, cluster);
  const auto add = [&](double number) {
    row.push_back(other.has_value() && std::isfinite(number) ? Value(Decimal{number, 2}) : Value());
  };
  add(other.has_value() ? other->ratio : 0);
  add(other.has_value() ? other->interval.low : 0);
  add(other.has_value() ? other->interval.high : 0);
  row.push_back(probability ? Value(fmt::format("{:.2g}", *probability)) : Value());
}

std::vector<Value> cluster_row(const HotspotInput& input, const ScanCluster& cluster,
                               std::optional<double> probability) {
  const bool is_finite = std::isfinite(cluster.relative_risk);
  std::vector<Value> row{input.places[cluster.centre].name,
                         static_cast<std::int64_t>(cluster.places.size()),
                         Decimal{cluster.radius, 0},
                         cluster.count,
                         Decimal{cluster.expected, 1},
                         is_finite ? Value(Decimal{cluster.relative_risk, 2}) : Value(),
                         Decimal{cluster.log_likelihood_ratio, 3},
                         fmt::format("{:.3g}", cluster.p_value)};
  const bool is_elsewhere_hot = probability.has_value() && *probability <= k_stands_out;
  const bool is_police_only = input.is_police_activity && is_more_than_chance(cluster) && !is_elsewhere_hot;
  row.push_back(is_police_only ? Value("yes") : Value());
  if (!input.independent.empty()) add_beside(row, input, cluster, probability);
  row.emplace_back(names_of(input, cluster));
  return row;
}

}  // namespace

bool is_more_than_chance(const ScanCluster& cluster) {
  return cluster.p_value <= k_stands_out;
}

std::vector<std::size_t> circles_of(const HotspotInput& input, const std::vector<ScanCluster>& clusters) {
  std::vector<std::size_t> circles(input.places.size(), input.places.size());
  for (const ScanCluster& cluster : clusters) {
    if (!is_more_than_chance(cluster)) continue;
    for (const std::size_t place : cluster.places) circles[place] = cluster.centre;
  }
  return circles;
}

Table places_table(const PlaceRows& rows) {
  const HotspotInput& input = rows.input;
  Table table{.name = "places",
              .title = "",
              .columns = {{"place", "Place"},
                          {"count", "Count", ColumnKind::number},
                          {"population", "Population", ColumnKind::number},
                          {"star", "Gi*", ColumnKind::number},
                          {"star_adjusted", "p among all"},
                          {"moran", "Local I", ColumnKind::number},
                          {"moran_p", "p"},
                          {"reading", "Among its neighbours"},
                          {"stands_out", "Stands out"},
                          {"circle", "In the circle about"},
                          {"police_only", "Hot only in police activity"}},
              .rows = {},
              .empty_text = ""};
  if (rows.independent.has_value()) {
    table.columns.insert(table.columns.end(), {{"independent", "Count beside it", ColumnKind::number},
                                               {"independent_star", "Its Gi*", ColumnKind::number},
                                               {"independent_stands_out", "Stands out in it"}});
  }
  std::vector<std::size_t> order(input.places.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return input.places[i].name; });
  for (const std::size_t i : order) table.rows.push_back(place_row(rows, i));
  return table;
}

Table clusters_table(const HotspotInput& input, std::vector<ScanCluster> clusters) {
  Table table{.name = "clusters",
              .title = "Circles with more than their share",
              .columns = {{"centre", "About"},
                          {"places", "Places", ColumnKind::number},
                          {"radius", "Radius (m)", ColumnKind::number},
                          {"count", "Count", ColumnKind::number},
                          {"expected", "Expected", ColumnKind::number},
                          {"relative_risk", "Inside against outside", ColumnKind::number},
                          {"log_likelihood_ratio", "Log likelihood ratio", ColumnKind::number},
                          {"p_value", "p"},
                          {"police_only", "Hot only in police activity"}},
              .rows = {},
              .empty_text = "No circle has more than its share."};
  if (!input.independent.empty()) {
    table.columns.insert(table.columns.end(),
                         {{"independent_risk", "The same of the count beside it", ColumnKind::number},
                          {"independent_low", "From", ColumnKind::number},
                          {"independent_high", "To", ColumnKind::number},
                          {"independent_p", "As high anywhere, p among all"}});
  }
  table.columns.push_back({"names", "Places in it"});
  if (evidence::refuse(evidence::Use::rank_areas, input.caveats)) {
    std::ranges::stable_sort(clusters, {},
                             [&](const ScanCluster& cluster) { return input.places[cluster.centre].name; });
  }
  const std::vector<std::optional<double>> probabilities = beside_probabilities(input, clusters);
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    table.rows.push_back(cluster_row(input, clusters[i], probabilities[i]));
  }
  return table;
}

}  // namespace throughline::app
