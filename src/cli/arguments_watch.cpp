#include "cli/arguments_harm_internal.h"

#include <utility>

namespace throughline::cli {

namespace {

using app::Outside;
using app::Settings;
using Shared = std::shared_ptr<HarmRequests>;

void add_watch_sources(CLI::App& verb, app::WatchRequest& request) {
  const std::string group = "What is watched, one of these";
  verb.add_option("measure", request.measure, "A measure of the workspace, each category in each area")
      ->type_name("MEASURE")
      ->group(group);
  verb.add_option("--input", request.input, "A table: period, count, and area, category, police_activity")
      ->type_name("FILE")
      ->group(group);
  verb.add_option("--published", request.published, "A published series, or all of them")
      ->type_name("NAME")
      ->group(group);
}

void add_watch_choices(CLI::App& verb, app::WatchRequest& request) {
  verb.add_option("-c,--category", request.category, "Of the measure (default: each)")->type_name("CATEGORY");
  verb.add_option("-a,--area", request.area, "Of the measure (default: each)")->type_name("AREA");
  verb.add_option("--area-kind", request.area_kind, "lsoa, ward, local-authority or force")->type_name("KIND");
  verb.add_option("--from", request.from, "First period whose alerts are told (default: the last year)")
      ->type_name("PERIOD");
  verb.add_option("--to", request.to, "Last period; later ones are not looked at")->type_name("PERIOD");
  verb.add_flag("--noughts-left-out", request.has_noughts_left_out,
                "In the table a missing row is a nought where its area has any row");
  verb.add_option("--renamed", request.renamed, "A category that goes on under a new name")->type_name("OLD=NEW");
}

Verb add_watch(const AddVerb& add, const Shared& requests) {
  app::WatchRequest& request = requests->watch;
  CLI::App* verb = add("watch", "Alerts: counts that are not what those before them lead to expect");
  add_watch_sources(*verb, request);
  add_watch_choices(*verb, request);
  verb->add_option("--detector", request.detectors, "farrington, ears-c1, ears-c2, ears-c3 or cusum; several")
      ->type_name("NAME");
  verb->add_option("--level", request.level, "False alarms of a quiet series in a period, each direction")
      ->capture_default_str()
      ->check(CLI::Range(0.00001, 0.1).description("0.00001 to 0.1"))
      ->type_name("P");
  verb->add_option("--window", request.window, "Periods of the baseline (default: 60 months, 20 years)")
      ->check(CLI::Range(5, 400).description("5 to 400"))
      ->type_name("N");
  verb->add_option("--gap", request.gap, "Periods left out just before (default: 6 months, no year)")
      ->check(CLI::Range(0, 60).description("0 to 60"))
      ->type_name("N");
  verb->add_option("-n,--rows", request.rows, "Alerts shown at most")
      ->capture_default_str()
      ->check(CLI::Range(1, 100000).description("1 to 100000"))
      ->type_name("N");
  verb->add_option("--output", request.output, "Where all alerts go, as CSV")->type_name("FILE");
  verb->add_option("--seed", request.seed, "Of what cusum and ears-c3 draw")->capture_default_str();
  verb->footer(
      "Example: throughline watch borough-offences --area-kind local-authority\n"
      "         throughline watch --published all");
  return {verb, [requests](const Outside& o, const Settings& s) { return app::watch(o, s, requests->watch); }};
}

void add_hotspot_sources(CLI::App& verb, app::HotspotsRequest& request) {
  const std::string group = "What is searched, one of these";
  verb.add_option("--input", request.input, "Places: place, x, y, count, and population, independent")
      ->type_name("FILE")
      ->group(group);
  verb.add_option("--points", request.points, "Dated points, for near repeats: x, y, date")
      ->type_name("FILE")
      ->group(group);
  verb.add_option("measure", request.measure, "A measure of the workspace; with --places")
      ->type_name("MEASURE")
      ->group(group);
  verb.add_option("--published", request.published, "A published series by area, or a line of it; with --places")
      ->type_name("NAME")
      ->group(group);
}

void add_hotspot_measure(CLI::App& verb, app::HotspotsRequest& request) {
  const std::string group = "Of the measure or series";
  verb.add_option("--places", request.places, "Where its areas are: area, x, y, and code, population, population_year")
      ->type_name("FILE")
      ->group(group);
  verb.add_flag("--residents", request.has_workspace_residents,
                "Divide a published series by the residents that the workspace holds")
      ->group(group);
  verb.add_option("--independent", request.independent,
                  "A published series that is not of the police's own work, laid beside it")
      ->type_name("NAME")
      ->group(group);
  verb.add_option("-c,--category", request.category, "One category (default: all)")
      ->type_name("CATEGORY")
      ->group(group);
  verb.add_option("--area-kind", request.area_kind, "lsoa, ward, local-authority or force")
      ->type_name("KIND")
      ->group(group);
  verb.add_option("--from", request.from, "First month, or period of the series")->type_name("PERIOD")->group(group);
  verb.add_option("--to", request.to, "Last month, or period of the series")->type_name("PERIOD")->group(group);
}

Verb add_hotspots(const AddVerb& add, const Shared& requests) {
  app::HotspotsRequest& request = requests->hotspots;
  CLI::App* verb = add("hotspots", "Places that stand out with those about them; near repeats of dated points");
  add_hotspot_sources(*verb, request);
  add_hotspot_measure(*verb, request);
  verb->add_flag("--police-activity", request.is_police_activity, "The table's counts are of the police's own work");
  verb->add_option("--neighbours", request.neighbours, "The nearest so many are near")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000).description("1 to 1000"))
      ->type_name("N");
  verb->add_option("--within", request.within, "Or those within so many metres")
      ->check(CLI::Range(0.0, 1e6).description("0 to 1000000"))
      ->type_name("METRES");
  verb->add_option("--circle", request.circle, "The share of the population that a circle holds at most")
      ->capture_default_str()
      ->check(CLI::Range(0.01, 0.5).description("0.01 to 0.5"))
      ->type_name("SHARE");
  verb->add_option("--metres", request.metres, "Of near repeats")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1e5).description("0 to 100000"))
      ->type_name("METRES");
  verb->add_option("--days", request.days, "Of near repeats")
      ->capture_default_str()
      ->check(CLI::Range(0, 3650).description("0 to 3650"))
      ->type_name("N");
  verb->add_option("--draws", request.draws, "Of the scan, and permutations")
      ->capture_default_str()
      ->check(CLI::Range(99, 99999).description("99 to 99999"))
      ->type_name("N");
  verb->add_option("--seed", request.seed, "Of the draws")->capture_default_str();
  verb->add_option("--output", request.output, "Where the places go, as CSV")->type_name("FILE");
  verb->footer(
      "Example: throughline hotspots --input places.csv --police-activity\n"
      "         throughline hotspots --published drug_deaths_by_authority --places carried:local_authorities.csv");
  return {verb, [requests](const Outside& o, const Settings& s) { return app::hotspots(o, s, requests->hotspots); }};
}

}  // namespace

std::vector<Verb> add_watch_verbs(const AddVerb& add, const Shared& requests) {
  std::vector<Verb> verbs = {add_watch(add, requests), add_hotspots(add, requests)};
  for (Verb& verb : add_series_verbs(add, requests)) verbs.push_back(std::move(verb));
  return verbs;
}

}  // namespace throughline::cli
