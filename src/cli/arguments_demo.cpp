#include "cli/arguments_demo_internal.h"

namespace throughline::cli {

void add_demo_options(CLI::App& verb, app::DemoRequest& request) {
  verb.add_option("--examples", request.examples, "The example's directory")->required()->type_name("DIR");
  verb.add_option("--people", request.people, "The directory of its made-up people")->type_name("DIR");
  verb.add_option("--county", request.county, "Where a made-up county goes, with a workspace of its own")
      ->type_name("DIR");
  verb.add_option("--county-days", request.county_days, "How long the county runs")
      ->capture_default_str()
      ->check(CLI::Range(1, 3650).description("1 to 3650"))
      ->type_name("N");
  verb.footer(
      "Example: throughline demo --examples examples/home_counties --people examples/people --workspace "
      "demo-workspace\n"
      "         throughline demo --examples examples/home_counties --county demo-county --workspace demo-workspace");
}

}  // namespace throughline::cli
