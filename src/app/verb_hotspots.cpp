// throughline hotspots: which places stand out together with those about them, and what that may not mean.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "app/bad_command.h"
#include "app/figure_report.h"
#include "app/hotspots_input.h"
#include "app/hotspots_verb.h"
#include "app/small_table.h"
#include "base/number.h"
#include "base/parallel.h"
#include "evidence/hotspots/local_statistics.h"
#include "evidence/hotspots/scan.h"
#include "evidence/watch/adjust.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::CountedPlace;
using evidence::Neighbourhood;
using evidence::ScanCluster;

constexpr double k_stands_out = 0.05;

// What was reckoned for one set of counts.
struct Reckoned {
  std::vector<std::optional<double>> stars;
  std::vector<double> star_adjusted;  // Two-sided, among all places.
  std::vector<std::optional<evidence::LocalMoran>> morans;

  [[nodiscard]] bool is_hot(std::size_t place) const {
    return stars[place].value_or(0) > 0 && star_adjusted[place] <= k_stands_out;
  }
};

// P(|Z| >= |z|).
double two_sided(double z) {
  return std::erfc(std::abs(z) / std::sqrt(2.0));
}

Reckoned reckon(const std::vector<double>& values, const Neighbourhood& near, const HotspotsRequest& request) {
  Reckoned reckoned{
      .stars = evidence::getis_ord_star(values, near),
      .star_adjusted = {},
      .morans = evidence::local_moran(values, near, {.permutations = request.draws, .seed = request.seed})};
  std::vector<double> probabilities;
  for (const std::optional<double>& star : reckoned.stars) probabilities.push_back(star ? two_sided(*star) : 1);
  reckoned.star_adjusted = evidence::false_discovery_rates(probabilities);
  return reckoned;
}

std::vector<double> values_of(const std::vector<CountedPlace>& places) {
  std::vector<double> values;
  for (const CountedPlace& place : places) values.push_back(static_cast<double>(place.count) / place.population);
  return values;
}

Result<Neighbourhood> neighbourhood_of(const HotspotInput& input, const HotspotsRequest& request) {
  if (request.within > 0) return evidence::neighbours_within(input.places, request.within);
  if (request.neighbours < static_cast<std::int64_t>(input.places.size())) {
    return evidence::nearest_neighbours(input.places, static_cast<std::size_t>(request.neighbours));
  }
  return bad_command(
      "neighbours_too_many",
      fmt::format("Each of {} places cannot have {} neighbours", input.places.size(), request.neighbours),
      "--neighbours", "Ask for fewer, a tenth of the places or less");
}

std::vector<Value> place_row(const HotspotInput& input, const Reckoned& reckoned, std::size_t at, bool is_police_only) {
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
  add(is_police_only, [] { return std::string("yes"); });
  return row;
}

Table places_table(const HotspotInput& input, const Reckoned& reckoned, const std::optional<Reckoned>& independent) {
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
                          {"police_only", "Hot only in police activity"}},
              .rows = {},
              .empty_text = ""};
  std::vector<std::size_t> order(input.places.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return input.places[i].name; });
  for (const std::size_t i : order) {
    const bool is_police_only =
        input.is_police_activity && reckoned.is_hot(i) && !(independent.has_value() && independent->is_hot(i));
    table.rows.push_back(place_row(input, reckoned, i, is_police_only));
  }
  return table;
}

std::string names_of(const HotspotInput& input, const ScanCluster& cluster) {
  constexpr std::size_t k_named = 5;
  std::string names;
  for (std::size_t i = 0; i < std::min(k_named, cluster.places.size()); ++i) {
    names += (i > 0 ? ", " : "") + input.places[cluster.places[i]].name;
  }
  if (cluster.places.size() > k_named) names += fmt::format(" and {} more", cluster.places.size() - k_named);
  return names;
}

// By the name of the centre where the caveats forbid that places are ranked.
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
                          {"names", "Places in it"}},
              .rows = {},
              .empty_text = "No circle has more than its share."};
  if (evidence::refuse(evidence::Use::rank_areas, input.caveats)) {
    std::ranges::stable_sort(clusters, {},
                             [&](const ScanCluster& cluster) { return input.places[cluster.centre].name; });
  }
  for (const ScanCluster& cluster : clusters) {
    const bool is_finite = std::isfinite(cluster.relative_risk);
    table.rows.push_back({input.places[cluster.centre].name, static_cast<std::int64_t>(cluster.places.size()),
                          Decimal{cluster.radius, 0}, cluster.count, Decimal{cluster.expected, 1},
                          is_finite ? Value(Decimal{cluster.relative_risk, 2}) : Value(),
                          Decimal{cluster.log_likelihood_ratio, 3}, fmt::format("{:.3g}", cluster.p_value),
                          names_of(input, cluster)});
  }
  return table;
}

std::vector<std::string> input_notes(const HotspotInput& input, bool has_independent) {
  std::vector<std::string> notes = input.notes;
  if (!input.has_population) {
    notes.emplace_back("Without a population every place is taken to have the same share: a busy place is hot.");
  }
  const auto refusal = evidence::refuse(evidence::Use::rank_areas, input.caveats);
  if (refusal.has_value()) notes.push_back(evidence::text_of(*refusal));
  if (input.is_police_activity) {
    if (!has_independent) {
      notes.emplace_back(
          "There is no count beside it that the police's own work does not make (a column independent), so "
          "every hot place is marked as hot only in police activity.");
    }
  }
  for (std::string& note : caveat_notes(input.caveats)) notes.push_back(std::move(note));
  return notes;
}

Answer places_report(HotspotInput input, const HotspotsRequest& request) {
  const Neighbourhood near = TRY(neighbourhood_of(input, request));
  const Reckoned reckoned = reckon(values_of(input.places), near, request);
  std::optional<Reckoned> independent;
  if (!input.independent.empty()) {
    std::vector<CountedPlace> others = input.places;
    for (std::size_t i = 0; i < others.size(); ++i) others[i].count = input.independent[i];
    independent = reckon(values_of(others), near, request);
  }
  if (input.is_police_activity) input.caveats.add(evidence::Caveat::police_activity);
  std::vector<ScanCluster> clusters =
      evidence::scan_places(input.places, {.draws = request.draws, .seed = request.seed});
  Report report{.verb = "hotspots", .sections = {}};
  const bool is_any = std::ranges::any_of(clusters, [](const ScanCluster& c) { return c.p_value <= k_stands_out; });
  if (is_any) report.outcome = Outcome::done_with_findings;
  const std::int64_t total =
      std::accumulate(input.places.begin(), input.places.end(), std::int64_t{0},
                      [](std::int64_t sum, const CountedPlace& place) { return sum + place.count; });
  Section scan{.name = "hotspots",
               .title = "Circles that hold more events than their share of the population",
               .facts = {{"source", "Source", input.source},
                         {"places", "Places", static_cast<std::int64_t>(input.places.size())},
                         {"events", "Events", total}},
               .tables = {clusters_table(input, std::move(clusters))},
               .notes = input_notes(input, independent.has_value())};
  scan.notes.push_back(
      fmt::format("p: how often the most striking circle of {} draws (seed {}), in which every event falls by "
                  "population alone, was "
                  "as striking. A circle does not follow the shape of a market.",
                  request.draws, request.seed));
  Section places{.name = "places",
                 .title = "Places among their neighbours, by name",
                 .facts = {},
                 .tables = {places_table(input, reckoned, independent)},
                 .notes = {}};
  places.notes.push_back(fmt::format(
      "Near are {}. Gi* is in standard deviations, a place counted with its neighbours; p among all is its rate of "
      "false "
      "discoveries. Local I: {} permutations. Rates of small places vary more and stand out too easily in both.",
      request.within > 0 ? fmt::format("places within {} m", base::format_double(request.within))
                         : fmt::format("the {} nearest", request.neighbours),
      request.draws));
  if (!request.output.empty()) {
    TRY(write_small_table(request.output, places.tables.front()));
    places.notes.push_back("Written: " + request.output + ".");
  }
  report.sections = {std::move(scan), std::move(places)};
  return report;
}

Answer points_report(const HotspotsRequest& request) {
  const std::vector<evidence::DatedPoint> points = TRY(read_points(request.points));
  if (const auto refusal = evidence::refuse_moved_points(points)) {
    return base::Error{base::ErrorKind::refused, "points_moved", refusal->reason, request.points, refusal->remedy};
  }
  const evidence::NearRepeat found = evidence::near_repeat(points, {.metres = request.metres,
                                                                    .days = static_cast<std::int32_t>(request.days),
                                                                    .permutations = request.draws,
                                                                    .seed = request.seed});
  const bool is_finite = std::isfinite(found.ratio);
  Report report{.verb = "hotspots", .sections = {}};
  report.sections.push_back(
      {.name = "near_repeats",
       .title = fmt::format("Pairs within {} m and {} days", base::format_double(request.metres), request.days),
       .facts = {{"points", "Points", static_cast<std::int64_t>(points.size())},
                 {"pairs", "Pairs near and soon", found.pairs},
                 {"expected", "Expected", Decimal{found.expected, 2}},
                 {"ratio", "Ratio", is_finite ? Value(Decimal{found.ratio, 2}) : Value()},
                 {"p_value", "p", fmt::format("{:.3g}", found.p_value)},
                 {"near_pairs", "Pairs near, whenever", found.near_pairs}},
       .tables = {},
       .notes = {
           fmt::format("Expected: the days dealt out among the places {} times (seed {}). Only for places where it "
                       "happened and days when it did.",
                       request.draws, request.seed)}});
  if (found.p_value <= k_stands_out) report.outcome = Outcome::done_with_findings;
  return report;
}

}  // namespace

Answer hotspots(const Outside& outside, const Settings& settings, const HotspotsRequest& request) {
  const int named =
      (request.input.empty() ? 0 : 1) + (request.points.empty() ? 0 : 1) + (request.measure.empty() ? 0 : 1);
  if (named != 1) {
    return base::Error{
        base::ErrorKind::bad_command, "hotspots_not_said",
        named == 0 ? "Nothing to search is named" : "Several things to search are named", "measure, --input, --points",
        "Name a measure with --places FILE, or --input FILE of places, or --points FILE of dated points"};
  }
  // A server's other work goes on with the threads it has.
  if (outside.host == nullptr) base::set_thread_limit(settings.threads);
  if (!request.points.empty()) return points_report(request);
  if (!request.measure.empty()) return places_report(TRY(places_of_workspace(outside, settings, request)), request);
  HotspotInput input = TRY(read_places(request.input));
  input.is_police_activity = request.is_police_activity;
  return places_report(std::move(input), request);
}

}  // namespace throughline::app
