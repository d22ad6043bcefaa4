#include "cli/arguments_harm_internal.h"

namespace throughline::cli {

namespace {

using app::Outside;
using app::Settings;
using Shared = std::shared_ptr<HarmRequests>;

Verb add_define(const AddVerb& add, const Shared& requests) {
  app::DefineRequest& request = requests->define;
  CLI::App* verb = add("define", "What a term is taken to mean: list, show one, compare rivals; needs no workspace");
  verb->add_option("act", request.act, "list, show or compare")->capture_default_str()->type_name("ACT");
  verb->add_option("name", request.name, "show: ID or ID@VERSION; compare: a term, or one of its definitions")
      ->type_name("NAME");
  verb->add_option("-a,--area", request.area, "The area of the values (default: the widest)")->type_name("AREA");
  verb->footer(
      "Example: throughline define compare \"drug death\"\n"
      "         throughline measure --definition trafficking-offence --area Croydon");
  return {verb, [requests](const Outside& o, const Settings& s) { return app::define(o, s, requests->define); }};
}

void add_trend_sources(CLI::App& verb, app::TrendRequest& request) {
  const std::string group = "What is looked at, one of these";
  verb.add_option("measure", request.measure, "A measure of the workspace")->type_name("MEASURE")->group(group);
  verb.add_option("--input", request.input, "A table: period, count, and area, category, police_activity, population")
      ->type_name("FILE")
      ->group(group);
  verb.add_option("--published", request.published, "A published series, or one of its lines: SERIES.LINE")
      ->type_name("NAME")
      ->group(group);
}

void add_trend_places(CLI::App& verb, app::TrendRequest& request) {
  const std::string group = "Areas beside one another";
  verb.add_flag("--places", request.is_by_place, "Every area by name with funnel limits, ranked where that is allowed")
      ->group(group);
  verb.add_flag("--rank", request.is_ranked, "Highest and lowest ten with funnel limits, where ranking is allowed")
      ->group(group);
  verb.add_option("--similar", request.similar, "The areas most like this one; with --traits")
      ->type_name("AREA")
      ->group(group);
  verb.add_option("--traits", request.traits, "What areas are like: area, and columns of numbers")
      ->type_name("FILE")
      ->group(group);
  verb.add_option("--likes", request.likes, "How many like areas")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000).description("1 to 1000"))
      ->type_name("N")
      ->group(group);
  verb.add_option("--standard", request.standard, "A standard population: age, people; the input then has ages")
      ->type_name("FILE")
      ->group(group);
}

Verb add_trend(const AddVerb& add, const Shared& requests) {
  app::TrendRequest& request = requests->trend;
  CLI::App* verb = add("trend", "Rates, rolling years, index, change over years, breaks, areas beside one another");
  add_trend_sources(*verb, request);
  verb->add_flag("--list", request.is_list, "The published series that hold counts, with up to when each runs");
  verb->add_flag("--residents", request.has_workspace_residents,
                 "Divide a published series by the residents that the workspace holds");
  verb->add_option("-c,--category", request.category, "One category (default: each)")->type_name("CATEGORY");
  verb->add_option("-a,--area", request.area, "One area (default: each)")->type_name("AREA");
  verb->add_option("--area-kind", request.area_kind, "lsoa, ward, local-authority or force")->type_name("KIND");
  verb->add_option("--base", request.base, "Index 100 is the year that ends here (default: the first whole one)")
      ->type_name("PERIOD");
  verb->add_option("--to", request.to, "The last period (default: the last there is)")->type_name("PERIOD");
  verb->add_option("--years", request.years, "Over how many years the change is")
      ->capture_default_str()
      ->check(CLI::Range(1, 100).description("1 to 100"))
      ->type_name("N");
  verb->add_flag("--noughts-left-out", request.has_noughts_left_out,
                 "In the table a missing row is a nought where its area has any row");
  add_trend_places(*verb, request);
  verb->add_option("--breaks", request.breaks, "Known breaks of your own: month, what, source")->type_name("FILE");
  verb->add_option("--break-level", request.break_level, "How rare by chance a step must be to be told")
      ->capture_default_str()
      ->check(CLI::Range(0.001, 0.2).description("0.001 to 0.2"))
      ->type_name("P");
  verb->add_option("--output", request.output, "Where the line, or else the changes, go as CSV")->type_name("FILE");
  verb->add_option("--seed", request.seed, "Of the search for breaks")->capture_default_str();
  verb->footer(
      "Example: throughline trend --published drug_deaths.misuse\n"
      "         throughline trend borough-offences --category trafficking-of-drugs --area Croydon");
  return {verb, [requests](const Outside& o, const Settings& s) { return app::trend(o, s, requests->trend); }};
}

Verb add_gap(const AddVerb& add, const Shared& requests) {
  app::GapRequest& request = requests->gap;
  CLI::App* verb = add("gap", "How many who use are not in treatment, where both are known of the same people");
  verb->add_option("--input", request.input, "A table of both (default: what public documents print)")
      ->type_name("FILE");
  verb->add_option("--output", request.output, "Where the shares go, as CSV")->type_name("FILE");
  verb->footer("Example: throughline gap --input treatment.csv");
  return {verb, [requests](const Outside& o, const Settings& s) { return app::gap(o, s, requests->gap); }};
}

Verb add_lag(const AddVerb& add, const Shared& requests) {
  app::LagRequest& request = requests->lag;
  CLI::App* verb = add("lag", "Does one series move before another? Over a window declared first");
  verb->add_option("leader", request.leader, "SERIES.LINE, or a column of the table")->type_name("LEADER");
  verb->add_option("follower", request.follower, "The same, of what may follow")->type_name("FOLLOWER");
  verb->add_option("--window", request.window, "Lags in periods, such as 1..6")->type_name("LOW..HIGH");
  verb->add_option("--hypothesis", request.hypothesis, "What you expect and why, in a sentence")->type_name("TEXT");
  verb->add_option("--input", request.input, "A table: period, and a column for each series")->type_name("FILE");
  verb->add_option("-a,--area", request.area, "Of published series (default: the widest)")->type_name("AREA");
  verb->add_flag("--level", request.is_level, "Series as they are, not their changes");
  verb->add_option("--draws", request.draws, "Of the block bootstrap")
      ->capture_default_str()
      ->check(CLI::Range(199, 99999).description("199 to 99999"))
      ->type_name("N");
  verb->add_option("--output", request.output, "Where the lags go, as CSV")->type_name("FILE");
  verb->add_option("--seed", request.seed, "Of the bootstrap")->capture_default_str();
  verb->footer(
      "Example: throughline lag searches.drugs drug_arrests.drugs --window 0..2 \\\n"
      "           --hypothesis \"more searches for drugs are followed by more arrests\"");
  return {verb, [requests](const Outside& o, const Settings& s) { return app::lag(o, s, requests->lag); }};
}

}  // namespace

std::vector<Verb> add_series_verbs(const AddVerb& add, const Shared& requests) {
  return {add_define(add, requests), add_trend(add, requests), add_gap(add, requests), add_lag(add, requests)};
}

}  // namespace throughline::cli
