#include "cli/arguments_harm_internal.h"

#include "base/number.h"
#include "cli/arguments_disparity_internal.h"

namespace throughline::cli {

namespace {

using app::Outside;
using app::Settings;
using Shared = std::shared_ptr<HarmRequests>;

// None at all, or so many.
CLI::Validator none_or(std::int64_t least, std::int64_t most) {
  const std::string range = "0, or " + std::to_string(least) + " to " + std::to_string(most);
  return {[=](std::string& text) {
            const auto number = base::parse_integer(text);
            const bool is_good = number.has_value() && (*number == 0 || (*number >= least && *number <= most));
            return is_good ? std::string() : "'" + text + "' is not " + range;
          },
          range};
}

// Lists out of a workspace.
void add_link_options(CLI::App& verb, app::HiddenRequest& request) {
  const std::string group = "Lists from linked records";
  verb.add_flag("--from-links", request.is_from_links, "Lists are agencies that hold a person in the capacity")
      ->group(group);
  verb.add_option("--capacity", request.capacity,
                  "harmed, missing, in care, suspected, named, referred, detained, in treatment, patient")
      ->capture_default_str()
      ->type_name("CAPACITY")
      ->group(group);
  verb.add_option("--category", request.category, "Only of events with these words")->type_name("WORDS")->group(group);
  verb.add_option("--from", request.from, "First month")->type_name("YYYY-MM")->group(group);
  verb.add_option("--to", request.to, "Last month")->type_name("YYYY-MM")->group(group);
  verb.add_option("--draws", request.draws, "How often the links are drawn")
      ->capture_default_str()
      ->check(CLI::Range(2, 1000).description("2 to 1000"))
      ->type_name("N")
      ->group(group);
}

Verb add_hidden(const AddVerb& add, const Shared& requests) {
  app::HiddenRequest& request = requests->hidden;
  CLI::App* verb = add("hidden", "How many no list saw, from a table of overlapping lists or from linked records");
  verb->add_option("lists", request.file, "A column of 0 and 1 for each list, then count")->type_name("FILE");
  add_link_options(*verb, request);
  verb->add_option("--output", request.output, "Where the estimates go, as CSV")->type_name("FILE");
  verb->add_option("--p-max", request.p_max, "A pair of lists comes into the model below this")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 0.5).description("0 to 0.5"))
      ->type_name("P");
  verb->add_option("--resamples", request.resamples, "Bootstrap resamples (0: none)")
      ->capture_default_str()
      ->check(none_or(100, 100'000))
      ->type_name("N");
  verb->add_option("--simulations", request.simulations, "List sets drawn to measure coverage (0: none)")
      ->capture_default_str()
      ->check(CLI::Range(0, 100000).description("0 to 100000"))
      ->type_name("N");
  verb->add_option("--seed", request.seed, "Of resamples and simulations")->capture_default_str();
  verb->footer(
      "Example: throughline hidden examples/hidden/uk_2013_six_lists.csv\n"
      "         throughline hidden --from-links --capacity missing --purpose COUNT");
  return {verb, [requests](const Outside& o, const Settings& s) { return app::hidden(o, s, requests->hidden); }};
}

Verb add_index(const AddVerb& add, const Shared& requests) {
  app::IndexRequest& request = requests->index;
  CLI::App* verb = add("index", "The Drug Harms Index of a table of harms, with its parts; needs no workspace");
  verb->add_option("--table", request.table, "Harms by period: volumes, unit costs, shares")
      ->required()
      ->type_name("FILE");
  verb->add_option("--base", request.base, "The period that is 100 (default: the first)")->type_name("PERIOD");
  verb->add_option("--deflator", request.deflator, "Prices by year: brings all costs to the base period's")
      ->type_name("FILE");
  verb->add_option("--offences", request.offences, "Recorded offences, to be weighed by severity; with --weights")
      ->type_name("FILE");
  verb->add_option("--weights", request.weights, "What each offence weighs")->type_name("FILE");
  verb->add_option("--published", request.published, "Severity scores as they were published; with --area")
      ->type_name("FILE");
  verb->add_option("--area", request.area, "The area whose published scores are shown")->type_name("NAME");
  verb->add_option("--output", request.output, "Where the index goes, as CSV")->type_name("FILE");
  verb->add_option("--draws", request.draws, "Draws for intervals (0: none)")
      ->capture_default_str()
      ->check(none_or(100, 1'000'000))
      ->type_name("N");
  verb->add_option("--seed", request.seed, "Of the draws")->capture_default_str();
  verb->footer("Example: throughline index --table examples/harm_index/constructed_harms.csv");
  return {verb, [requests](const Outside& o, const Settings& s) { return app::index(o, s, requests->index); }};
}

Verb add_disparity(const AddVerb& add, const Shared& requests) {
  CLI::App* verb = add("disparity", "How often groups are searched or arrested, against a population that is named");
  add_disparity_options(*verb, requests->disparity);
  return {verb, [requests](const Outside& o, const Settings& s) { return app::disparity(o, s, requests->disparity); }};
}

Verb add_sentinel(const AddVerb& add, const Shared& requests) {
  CLI::App* verb = add("sentinel", "Patterns that a target can leave in what is recorded, read both ways");
  add_sentinel_options(*verb, requests->sentinel);
  return {verb, [requests](const Outside& o, const Settings& s) { return app::sentinel(o, s, requests->sentinel); }};
}

Verb add_activity(const AddVerb& add, const Shared& requests) {
  CLI::App* verb = add("activity", "More looked for, or more there? Police figures beside series not from the police");
  add_activity_options(*verb, requests->activity);
  return {verb, [requests](const Outside& o, const Settings& s) { return app::activity(o, s, requests->activity); }};
}

}  // namespace

std::vector<Verb> add_harm_verbs(const AddVerb& add, const std::shared_ptr<HarmRequests>& requests) {
  return {add_hidden(add, requests), add_index(add, requests), add_disparity(add, requests),
          add_sentinel(add, requests), add_activity(add, requests)};
}

void resolve_paths(HarmRequests& requests, const ResolvePath& resolve) {
  for (std::string* path : {&requests.hidden.file,      &requests.hidden.output,
                            &requests.index.table,      &requests.index.deflator,
                            &requests.index.offences,   &requests.index.weights,
                            &requests.index.published,  &requests.index.output,
                            &requests.disparity.input,  &requests.disparity.population,
                            &requests.disparity.output, &requests.sentinel.input,
                            &requests.sentinel.output,  &requests.activity.input,
                            &requests.activity.output,  &requests.watch.input,
                            &requests.watch.output,     &requests.hotspots.input,
                            &requests.hotspots.points,  &requests.hotspots.places,
                            &requests.hotspots.output,  &requests.profile.basket,
                            &requests.profile.output,   &requests.plan.file,
                            &requests.plan.output,      &requests.trend.input,
                            &requests.trend.output,     &requests.trend.traits,
                            &requests.trend.breaks,     &requests.trend.standard,
                            &requests.gap.input,        &requests.gap.output,
                            &requests.lag.input,        &requests.lag.output}) {
    resolve(*path);
  }
}

}  // namespace throughline::cli
