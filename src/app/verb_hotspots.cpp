// throughline hotspots: which places stand out together with those about them, and what that may not mean.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string_view>
#include <utility>

#include "app/bad_command.h"
#include "app/carried_tables.h"
#include "app/figure_report.h"
#include "app/hotspots_input.h"
#include "app/hotspots_tables.h"
#include "app/hotspots_verb.h"
#include "app/refused_use.h"
#include "app/small_table.h"
#include "base/number.h"
#include "base/parallel.h"
#include "evidence/watch/adjust.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::CountedPlace;
using evidence::Neighbourhood;
using evidence::ScanCluster;

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

std::vector<std::string> input_notes(const HotspotInput& input, bool has_independent) {
  std::vector<std::string> notes = input.notes;
  if (!input.independent_source.empty()) {
    notes.push_back(fmt::format(
        "Beside it stands what the police's own work does not make: {}. It may be of another time, and of so "
        "few events that a place that is hot in it does not show. Its rates are over the same residents.",
        input.independent_source));
  }
  if (!input.has_population) {
    notes.emplace_back("Without a population every place is taken to have the same share: a busy place is hot.");
  }
  const auto refusal = evidence::refuse(evidence::Use::rank_areas, input.caveats);
  if (refusal.has_value()) notes.push_back(evidence::text_of(*refusal));
  if (input.is_police_activity) {
    notes.emplace_back(
        has_independent
            ? "A place is hot only in police activity unless it is hot in the count beside it too. A circle is, unless "
              "that count is so high in it as in at most a twentieth of the circles that hold the same share of the "
              "population about every place, the number of circles found being allowed for. Its interval From, To is "
              "of chance alone, and places differ by more than chance."
            : "There is no count beside it that the police's own work does not make, so every hot place is marked as "
              "hot "
              "only in police activity. A column independent, or --independent SERIES, lays one beside it.");
  }
  for (std::string& note : caveat_notes(input.caveats)) notes.push_back(std::move(note));
  return notes;
}

// Where so many circles are asked about among so few places that one which alone is high beside could not be told.
std::optional<std::string> too_few_to_tell(const HotspotInput& input, const std::vector<ScanCluster>& clusters) {
  const auto asked = std::ranges::count_if(clusters, is_more_than_chance);
  const bool is_marked = input.is_police_activity && !input.independent.empty() && asked > 0;
  if (!is_marked || static_cast<double>(asked) <= k_stands_out * static_cast<double>(input.places.size())) {
    return std::nullopt;
  }
  return fmt::format(
      "{} among {} places: were one of them alone high in the count beside it, it could not be told from chance. "
      "The mark of a circle then says that nothing else was shown, and not that nothing else is there.",
      asked == 1 ? "1 circle" : fmt::format("{} circles", asked), input.places.size());
}

Answer places_report(HotspotInput input, const HotspotsRequest& request) {
  if (const auto refusal = evidence::refuse(evidence::Use::compare_levels, input.caveats)) {
    return refused_use(*refusal, input.source);
  }
  const Neighbourhood near = TRY(neighbourhood_of(input, request));
  const Reckoned reckoned = reckon(values_of(input.places), near, request);
  std::optional<Reckoned> independent;
  if (!input.independent.empty()) {
    std::vector<CountedPlace> others = input.places;
    for (std::size_t i = 0; i < others.size(); ++i) others[i].count = input.independent[i];
    independent = reckon(values_of(others), near, request);
  }
  if (input.is_police_activity) input.caveats.add(evidence::Caveat::police_activity);
  std::vector<ScanCluster> clusters = evidence::scan_places(
      input.places, {.population_share_max = request.circle, .draws = request.draws, .seed = request.seed});
  Report report{.verb = "hotspots", .sections = {}};
  if (std::ranges::any_of(clusters, is_more_than_chance)) report.outcome = Outcome::done_with_findings;
  const std::int64_t total =
      std::accumulate(input.places.begin(), input.places.end(), std::int64_t{0},
                      [](std::int64_t sum, const CountedPlace& place) { return sum + place.count; });
  std::vector<std::size_t> circles = circles_of(input, clusters);
  const std::optional<std::string> untold = too_few_to_tell(input, clusters);
  Section scan{.name = "hotspots",
               .title = "Circles that hold more events than their share of the population",
               .facts = {{"source", "Source", input.source},
                         {"places", "Places", static_cast<std::int64_t>(input.places.size())},
                         {"events", "Events", total}},
               .tables = {clusters_table(input, std::move(clusters))},
               .notes = input_notes(input, independent.has_value())};
  if (!input.residents.empty()) scan.facts.push_back({"residents", "Residents", input.residents});
  if (untold) scan.notes.push_back(*untold);
  scan.notes.push_back(
      fmt::format("p: how often the most striking circle of {} draws (seed {}), in which every event falls by "
                  "population alone, was "
                  "as striking. A circle does not follow the shape of a market.",
                  request.draws, request.seed));
  Section places{
      .name = "places",
      .title = "Places among their neighbours, by name",
      .facts = {},
      .tables = {places_table(
          {.input = input, .reckoned = reckoned, .independent = independent, .circles = std::move(circles)})},
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
  if (request.input.empty()) add_carried_note(scan, request.places);
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

Result<HotspotInput> input_asked(const Outside& outside, const Settings& settings, const HotspotsRequest& request) {
  if (!request.measure.empty()) return places_of_workspace(outside, settings, request);
  if (!request.published.empty()) return places_of_published(outside, settings, request);
  HotspotInput input = TRY(read_places(request.input));
  input.is_police_activity = request.is_police_activity;
  if (request.independent.empty() || input.independent.empty()) return input;
  return bad_command("independent_twice", "The table has a column independent, and a series beside it is named too",
                     "--independent", "Leave out one of the two");
}

struct KnownOption {
  std::string_view name;
  bool is_given = false;
  bool has_use = false;
};

// What is given and has no use for what is searched would be thought to be answered to.
Result<void> check_options(const HotspotsRequest& request) {
  const bool is_points = !request.points.empty();
  const bool is_table = is_points || !request.input.empty();
  const bool is_measure = !request.measure.empty();
  const std::array<KnownOption, 8> options{
      {{.name = "--category", .is_given = !request.category.empty(), .has_use = !is_table},
       {.name = "--area-kind", .is_given = !request.area_kind.empty(), .has_use = is_measure},
       {.name = "--from", .is_given = !request.from.empty(), .has_use = !is_table},
       {.name = "--to", .is_given = !request.to.empty(), .has_use = !is_table},
       {.name = "--places", .is_given = !request.places.empty(), .has_use = !is_table},
       {.name = "--residents", .is_given = request.has_workspace_residents, .has_use = !is_table},
       {.name = "--independent", .is_given = !request.independent.empty(), .has_use = !is_points},
       {.name = "--police-activity", .is_given = request.is_police_activity, .has_use = !request.input.empty()}}};
  const auto found =
      std::ranges::find_if(options, [](const KnownOption& each) { return each.is_given && !each.has_use; });
  if (found == options.end()) return {};
  std::string_view searched = is_measure ? "a measure" : "a published series";
  if (is_table) searched = is_points ? "dated points" : "a table of places";
  return bad_command("option_unused", fmt::format("{} has no use in a search of {}", found->name, searched),
                     std::string(found->name), "Leave it out");
}

}  // namespace

Answer hotspots(const Outside& outside, const Settings& settings, const HotspotsRequest& request) {
  const int named = (request.input.empty() ? 0 : 1) + (request.points.empty() ? 0 : 1) +
                    (request.measure.empty() ? 0 : 1) + (request.published.empty() ? 0 : 1);
  if (named != 1) {
    return base::Error{
        base::ErrorKind::bad_command, "hotspots_not_said",
        named == 0 ? "Nothing to search is named" : "Several things to search are named",
        "measure, --published, --input, --points",
        "Name a measure or --published SERIES with --places FILE, or --input FILE of places, or --points FILE of dated "
        "points"};
  }
  TRY(check_options(request));
  // A server's other work goes on with the threads it has.
  if (outside.host == nullptr) base::set_thread_limit(settings.threads);
  if (!request.points.empty()) return points_report(request);
  HotspotInput input = TRY(input_asked(outside, settings, request));
  TRY(add_independent(input, outside, settings, request));
  return places_report(std::move(input), request);
}

}  // namespace throughline::app
