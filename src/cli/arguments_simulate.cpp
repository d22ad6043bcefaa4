#include "cli/arguments_simulate_internal.h"

namespace throughline::cli {

namespace {

// Of sensitivity and ensemble.
void add_study_options(CLI::App& verb, app::SimulateRequest& request) {
  verb.add_option("--method", request.method, "sensitivity: morris screens, sobol divides variance")
      ->capture_default_str()
      ->type_name("METHOD");
  verb.add_option("--outcomes", request.outcomes,
                  "sensitivity: of what; lines, children, fights and deaths if left out")
      ->delimiter(',')
      ->type_name("NAME…");
  verb.add_option("--vary", request.vary, "sensitivity: which parameters; all that have a prior if left out")
      ->delimiter(',')
      ->type_name("NAME…");
  verb.add_option("--trajectories", request.trajectories,
                  "sensitivity by morris: a run for each parameter and one, each")
      ->capture_default_str()
      ->check(CLI::Range(2, 10000).description("2 to 10000"))
      ->type_name("N");
  verb.add_option("--samples", request.samples, "sensitivity by sobol: a run for each parameter and two, each")
      ->capture_default_str()
      ->check(CLI::Range(2, 100000).description("2 to 100000"))
      ->type_name("N");
  verb.add_option("--draws", request.draws, "ensemble: sets of parameters that are drawn")
      ->capture_default_str()
      ->check(CLI::Range(1, 100000).description("1 to 100000"))
      ->type_name("N");
  verb.add_option("--priors", request.priors, "sensitivity, ensemble, compare: what is believed of parameters")
      ->type_name("TOML");
  verb.add_option("--acceptance", request.acceptance, "ensemble: what draws are held against")->type_name("TOML");
}

}  // namespace

void add_simulate_options(CLI::App& verb, app::SimulateRequest& request) {
  verb.add_option("act", request.act, "run, compare, observe, describe, sensitivity or ensemble")
      ->required()
      ->type_name("ACT");
  verb.add_option("--world", request.world, "small, england-and-wales, or a .toml file")
      ->capture_default_str()
      ->type_name("WORLD");
  verb.add_option("--parameters", request.parameters, "Values in place of the built-in ones")->type_name("TOML");
  verb.add_option("--agencies", request.agencies, "observe: how agencies record, in place of the built-in values")
      ->type_name("TOML");
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
  verb.add_flag("--resume", request.is_resumed, "run, sensitivity, ensemble: go on with what is in the folder");
  verb.add_option("--replicates", request.replicates, "compare: pairs of runs, over one set of parameters")
      ->default_str(std::to_string(app::k_replicates_usual))
      ->check(CLI::Range(5, 10000).description("5 to 10000"))
      ->type_name("N");
  verb.add_flag("--by-place", request.is_by_place, "compare: differences by place and period too, in places.csv");
  verb.add_option("--ensemble", request.ensemble,
                  "compare: under every set of this ensemble.csv. The built-in one where neither this nor\n"
                  "--replicates nor --parameters is given")
      ->type_name("built-in|CSV");
  verb.add_option("--members", request.members, "compare: the first so many sets of the ensemble; all where left out")
      ->check(CLI::Range(2, 100000).description("2 to 100000"))
      ->type_name("N");
  verb.add_option("--member-pairs", request.member_pairs, "compare: pairs of runs of each set of the ensemble")
      ->capture_default_str()
      ->check(CLI::Range(5, 1000).description("5 to 1000"))
      ->type_name("N");
  add_study_options(verb, request);
  verb.parse_complete_callback([&verb, &request] {
    for (const CLI::Option* option : verb.get_options()) {
      if (option->count() > 0) request.given.push_back(option->get_name());
    }
  });
  verb.footer(
      "Example: throughline simulate run --world small --years 2 --output county\n"
      "         throughline simulate compare --scenario examples/simulate/controllers.toml\n"
      "         throughline simulate compare --scenario examples/simulate/controllers.toml --replicates 20\n"
      "         throughline simulate observe --world small --days 730 --seed 1 --output county\n"
      "         throughline simulate sensitivity --method morris --days 365 --output screened\n"
      "         throughline simulate ensemble --draws 600 --output drawn\n"
      "         throughline simulate describe --output model.md");
}

void resolve_paths(app::SimulateRequest& request, const ResolvePath& resolve) {
  if (request.world.ends_with(".toml")) resolve(request.world);
  resolve(request.parameters);
  resolve(request.agencies);
  resolve(request.output);
  resolve(request.priors);
  resolve(request.acceptance);
  if (request.ensemble != app::k_built_in_ensemble) resolve(request.ensemble);
  for (std::string& file : request.scenarios) resolve(file);
}

}  // namespace throughline::cli
