#include "cli/arguments_harm_internal.h"

namespace throughline::cli {

namespace {

using app::Outside;
using app::Settings;
using Shared = std::shared_ptr<HarmRequests>;

Verb add_profile(const AddVerb& add, const Shared& requests) {
  app::ProfileRequest& request = requests->profile;
  CLI::App* verb = add("profile", "How an area stands: supply, demand, enforcement, violence, exploitation");
  verb->add_option("area", request.area, "Its name or code")->type_name("AREA")->required();
  verb->add_option("--kind", request.kind, "market, or needs: a needs assessment for the Serious Violence Duty")
      ->capture_default_str()
      ->type_name("KIND");
  verb->add_option("--basket", request.basket, "Indicators of your own, beside the central ones")->type_name("FILE");
  verb->add_option("--output", request.output, "Where the indicators go, as CSV")->type_name("FILE");
  verb->footer(
      "Example: throughline profile Southend-on-Sea\n"
      "         throughline profile Newham --kind needs");
  return {verb, [requests](const Outside& o, const Settings& s) { return app::profile(o, s, requests->profile); }};
}

Verb add_plan(const AddVerb& add, const Shared& requests) {
  app::PlanRequest& request = requests->plan;
  CLI::App* verb = add("plan", "A local plan's targets, held against what happened");
  verb->add_option("file", request.file, "The plan: docs/reference/baskets.md")->type_name("FILE")->required();
  verb->add_option("--output", request.output, "Where the targets go, as CSV")->type_name("FILE");
  verb->footer("Example: throughline plan examples/plans/newham.toml");
  return {verb, [requests](const Outside& o, const Settings& s) { return app::plan(o, s, requests->plan); }};
}

}  // namespace

std::vector<Verb> add_profile_verbs(const AddVerb& add, const Shared& requests) {
  return {add_profile(add, requests), add_plan(add, requests)};
}

}  // namespace throughline::cli
