#include "cli/arguments_disparity_internal.h"

namespace throughline::cli {

void add_disparity_options(CLI::App& verb, app::DisparityRequest& request) {
  verb.add_option("--input", request.input,
                  "Counted events: group, events; where wanted area, period, outcome, people (default: the workspace's "
                  "searches)")
      ->type_name("FILE");
  verb.add_option("--denominator", request.denominator, "Divide by: census-2021 or census-2011")->type_name("NAME");
  verb.add_option("--population", request.population, "Divide by a table of your own: group, people; or area too")
      ->type_name("FILE");
  verb.add_option("--reference", request.reference, "The group that the others are held against")
      ->capture_default_str()
      ->type_name("GROUP");
  verb.add_option("--area", request.area, "A force of the workspace; or the area of a table that names none")
      ->type_name("NAME");
  const std::string group = "Searches of a workspace";
  verb.add_option("--from", request.from, "First month")->type_name("YYYY-MM")->group(group);
  verb.add_option("--to", request.to, "Last month")->type_name("YYYY-MM")->group(group);
  verb.add_option("--object", request.object, "What was looked for")->type_name("WORDS")->group(group);
  verb.add_option("--ethnicity", request.ethnicity,
                  "officer (as the officer saw it; the default) or self (as the person said)")
      ->type_name("WHOSE")
      ->group(group);
  verb.add_option("--output", request.output, "Where the ratios go, as CSV")->type_name("FILE");
  verb.footer(
      "Example: throughline disparity --area Essex --from 2021-01 --to 2021-06 --object \"Controlled drugs\"\n"
      "         throughline disparity --input searches.csv --denominator census-2021 --reference White");
}

void add_activity_options(CLI::App& verb, app::ActivityRequest& request) {
  verb.add_option("--input", request.input,
                  "Counts: period, recorded; where wanted searches, finds, people, and those named by --independent")
      ->type_name("FILE");
  verb.add_option("--independent", request.independent,
                  "Columns of the input that do not come from the police, such as admissions")
      ->type_name("COLUMN");
  verb.add_flag("--national", request.is_national, "The published series of England and Wales that are carried");
  verb.add_option("--before", request.before, "The earlier period (default: the first)")->type_name("PERIOD");
  verb.add_option("--after", request.after, "The later period (default: the last)")->type_name("PERIOD");
  verb.add_option("--size", request.size_percent, "A change of less than so many per cent counts as none")
      ->capture_default_str()
      ->check(CLI::Range(1.0, 99.0).description("1 to 99"))
      ->type_name("PERCENT");
  verb.add_option("--output", request.output, "Where the parts go, as CSV")->type_name("FILE");
  verb.footer("Example: throughline activity --national --before 2011/12 --after 2017/18");
}

void add_sentinel_options(CLI::App& verb, app::SentinelRequest& request) {
  verb.add_option("--input", request.input,
                  "Counts: period, category, count; where wanted area (default: the workspace)")
      ->type_name("FILE");
  verb.add_option("--area", request.area, "The area that is watched")->type_name("NAME");
  verb.add_option("--possession", request.possession, "A class that offences can be moved out of, or into")
      ->type_name("CATEGORY");
  verb.add_option("--trafficking", request.trafficking, "The class on the other side")->type_name("CATEGORY");
  verb.add_option("--part", request.part, "A part that can bolster a whole, such as cannabis disposals")
      ->type_name("CATEGORY");
  verb.add_option("--whole", request.whole, "That whole, such as detections")->type_name("CATEGORY");
  verb.add_option("--before", request.before,
                  "Held against: 2021, 2017/18 or 2021-01..2021-06 (default: the first year)")
      ->type_name("MONTHS");
  verb.add_option("--after", request.after, "What is held against it (default: the last year)")->type_name("MONTHS");
  const std::string group = "Out of a workspace";
  verb.add_option("--of", request.of,
                  "offences (recorded, by borough; the default) or outcomes (of searches, by force)")
      ->type_name("WHAT")
      ->group(group);
  verb.add_option("--from", request.from, "First month")->type_name("YYYY-MM")->group(group);
  verb.add_option("--to", request.to, "Last month")->type_name("YYYY-MM")->group(group);
  verb.add_option("--output", request.output, "Where the patterns go, as CSV")->type_name("FILE");
  verb.add_option("--permutations", request.permutations, "Orders that are drawn to test a step")
      ->capture_default_str()
      ->check(CLI::Range(99, 100'000).description("99 to 100000"))
      ->type_name("N");
  verb.add_option("--seed", request.seed, "Of the orders")->capture_default_str();
  verb.footer(
      "Example: throughline sentinel --input examples/sentinel/met_drug_offences.csv --before 2021 --after 2025\n"
      "         throughline sentinel --of outcomes --area Kent");
}

}  // namespace throughline::cli
