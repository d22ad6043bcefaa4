#include "cli/arguments_simulate_internal.h"

namespace throughline::cli {

void add_simulate_options(CLI::App& verb, app::SimulateRequest& request) {
  verb.add_option("act", request.act, "run, compare or describe")->required()->type_name("ACT");
  verb.add_option("--world", request.world, "small, england-and-wales, or a .toml file")
      ->capture_default_str()
      ->type_name("WORLD");
  verb.add_option("--parameters", request.parameters, "Values in place of the built-in ones")->type_name("TOML");
  verb.add_option("--scenario", request.scenarios, "What policy does differently; for compare, may be repeated")
      ->type_name("TOML");
  verb.add_option("--years", request.years, "How long it runs")
      ->capture_default_str()
      ->check(CLI::Range(1, 50).description("1 to 50"))
      ->type_name("N");
  verb.add_option("--days", request.days, "The same in days")
      ->check(CLI::Range(1, 18250).description("1 to 18250"))
      ->type_name("N");
  verb.add_option("--seed", request.seed, "The same seed gives the same bytes")->capture_default_str();
  verb.add_option("--every", request.every, "Length of the periods of series: day, week or month")
      ->capture_default_str()
      ->type_name("PERIOD");
  verb.add_option("--output", request.output, "The folder for what is written; for describe, the file")
      ->type_name("PATH");
  verb.add_flag("--resume", request.is_resumed, "run: go on from the checkpoint in the folder");
  verb.add_option("--replicates", request.replicates, "compare: pairs of runs")
      ->capture_default_str()
      ->check(CLI::Range(5, 10000).description("5 to 10000"))
      ->type_name("N");
  verb.footer(
      "Example: throughline simulate run --world small --years 2 --output county\n"
      "         throughline simulate compare --scenario examples/simulate/controllers.toml --replicates 20\n"
      "         throughline simulate describe --output model.md");
}

void resolve_paths(app::SimulateRequest& request, const ResolvePath& resolve) {
  if (request.world.ends_with(".toml")) resolve(request.world);
  resolve(request.parameters);
  resolve(request.output);
  for (std::string& file : request.scenarios) resolve(file);
}

}  // namespace throughline::cli
