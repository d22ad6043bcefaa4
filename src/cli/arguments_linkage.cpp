#include "cli/arguments_linkage_internal.h"

namespace throughline::cli {

namespace {

using app::Outside;
using app::Settings;
using Shared = std::shared_ptr<LinkageRequests>;

// Files straight away: no workspace, no mapping.
void add_file_options(CLI::App& verb, const Shared& requests) {
  app::LinkFilesRequest& files = requests->files;
  const std::string group = "Files without a workspace";
  verb.add_option("--input", files.inputs, "Files of rows about people: CSV, NDJSON, XLSX; plain, .gz or .zip")
      ->type_name("FILE")
      ->group(group);
  verb.add_option("--id", files.ids, "The column that tells rows apart; one for all inputs, or one each")
      ->type_name("COLUMN")
      ->group(group);
  verb.add_option(
          "--output", files.output,
          "Where clusters go, as .csv or .parquet (none: only the plan is told); the certificate of two records")
      ->type_name("FILE")
      ->group(group);
  verb.add_option("--pairs", files.pairs, "Where weighed pairs go, as .csv or .parquet")
      ->type_name("FILE")
      ->group(group);
  verb.add_option("--truth", files.truth, "A column equal for rows of one person: accuracy is told")
      ->type_name("COLUMN")
      ->group(group);
  verb.add_option("--field", files.fields, "What a column is, as given_name=COLUMN; may be repeated")
      ->type_name("FIELD=COLUMN")
      ->group(group);
  verb.add_option("--splink-model", files.splink_model, "A model that Splink saved: pairs are scored by it alone")
      ->type_name("MODEL.json")
      ->group(group);
  verb.add_option("--threshold", files.threshold,
                  "With --splink-model: the match probability from which pairs link (0.5)")
      ->type_name("P")
      ->group(group);
  verb.add_flag("--one-to-one", files.is_one_to_one, "Each input names nobody twice")->group(group);
  verb.add_flag("--across-only", files.is_across_only, "Only pairs of different inputs")->group(group);
}

Verb add_link(const AddVerb& add, const Shared& requests) {
  app::LinkRequest& request = requests->link;
  CLI::App* verb = add("link", "Who is who: link records of people, and show what holds them together");
  verb->add_option(
          "act", request.act,
          "run, plan, report, entity, explain, certificate, replay, history, acted, act or desk; none with --input")
      ->type_name("ACT");
  verb->add_option(
          "names", request.names,
          "entity, history, acted, act: a person; explain, certificate: two records; replay: a file; desk: its text")
      ->type_name("NAME");
  verb->add_option("--seed", request.seed, "run: of the pairs that are drawn at random")->capture_default_str();
  verb->add_option("-n,--rows", request.rows_max, "report: bridges at most")
      ->capture_default_str()
      ->check(CLI::Range(1, 100000).description("1 to 100000"))
      ->type_name("N");
  verb->add_option("--deprivation", request.deprivation,
                   "report: a CSV of columns postcode and decile (1 the most deprived), to count errors by")
      ->type_name("FILE");
  add_file_options(*verb, requests);
  verb->footer(
      "Example: throughline link run --purpose PROTECT\n"
      "         throughline link --input census.csv register.csv --id person_no --output clusters.csv");
  return {verb, [requests](const Outside& o, const Settings& s) {
            requests->link.output = requests->files.output;
            if (requests->files.inputs.empty() && requests->files.splink_model.empty())
              return app::link(o, s, requests->link);
            requests->files.seed = requests->link.seed;
            return app::link_files(o, s, requests->files);
          }};
}

Verb add_review(const AddVerb& add, const Shared& requests) {
  app::ReviewRequest& request = requests->review;
  CLI::App* verb = add("review", "Judge whether two records are of one person");
  verb->add_option("act", request.act, "next, judge, agreement or accuracy (default: next)")->type_name("ACT");
  verb->add_option("records", request.names, "judge: two records, as EXTRACT:PLACE.ITEM")->type_name("RECORD");
  verb->add_option("--verdict", request.verdict, "judge: same, different or cannot-tell")->type_name("VERDICT");
  verb->footer(
      "Example: throughline review judge 3f9a0c12ab345678:10482.1 77aa0c12ab345678:96.0 --verdict same --purpose "
      "PROTECT "
      "--reason \"same scar\"");
  return {verb, [requests](const Outside& o, const Settings& s) { return app::review(o, s, requests->review); }};
}

Verb add_who(const AddVerb& add, const Shared& requests) {
  app::WhoRequest& request = requests->who;
  CLI::App* verb = add("who", "Who else knows this person? Agencies, capacity, how sure, whom to ring; nothing more");
  verb->add_option("--forename", request.forename, "As far as it is known, spelt as you heard it")->type_name("NAME");
  verb->add_option("--surname", request.surname, "The same")->type_name("NAME");
  verb->add_option("--known-as", request.known_as, "Another forename")->type_name("NAME");
  verb->add_option("--birth", request.birth, "2009-04-20, 2009-04 or 2009")->type_name("DATE");
  verb->add_option("--sex", request.sex, "F or M")->type_name("SEX");
  verb->add_option("--address", request.address, "House and street")->type_name("TEXT");
  verb->add_option("--postcode", request.postcode, "Of that address")->type_name("TEXT");
  verb->add_option("--phone", request.phone, "A number they use")->type_name("NUMBER");
  verb->add_option("--nhs-number", request.nhs_number, "Their NHS number")->type_name("NUMBER");
  verb->add_option("--police-id", request.police_id, "A police identifier")->type_name("ID");
  verb->footer("Example: throughline who --purpose PROTECT --forename Inventa --surname Fictonbee --birth 2009");
  return {verb, [requests](const Outside& o, const Settings& s) { return app::who(o, s, requests->who); }};
}

Verb add_score(const AddVerb& add, const Shared& requests) {
  CLI::App* verb = add("score", "How right is it? A made-up county's links, held against its sealed truth");
  verb->add_option("--truth", requests->score.truth, "The folder truth that simulate observe wrote")
      ->type_name("FOLDER");
  verb->footer("Example: throughline score --truth county/truth --purpose COUNT");
  return {verb, [requests](const Outside& o, const Settings& s) { return app::score(o, s, requests->score); }};
}

Verb add_cohort(const AddVerb& add, const Shared& requests) {
  app::CohortRequest& request = requests->cohort;
  CLI::App* verb = add("cohort", "Of the people in one capacity, what share had a history of another");
  verb->add_option("--capacity", request.capacity,
                   "harmed, missing, in care, suspected, named, referred, detained, in treatment, patient")
      ->capture_default_str()
      ->type_name("CAPACITY");
  verb->add_option("--category", request.category, "Only of events with these words")->type_name("WORDS");
  verb->add_option("--from", request.from, "First month")->type_name("YYYY-MM");
  verb->add_option("--to", request.to, "Last month")->type_name("YYYY-MM");
  verb->add_option("--history", request.history, "The history asked for, a capacity")
      ->capture_default_str()
      ->type_name("CAPACITY");
  verb->add_option("--history-category", request.history_category, "Only of events with these words")
      ->type_name("WORDS");
  verb->add_option("--draws", request.draws, "How often the links are drawn")
      ->capture_default_str()
      ->check(CLI::Range(2, 10000).description("2 to 10000"))
      ->type_name("N");
  verb->add_option("--seed", request.seed, "Of the draws")->capture_default_str();
  verb->footer("Example: throughline cohort --purpose COUNT --capacity suspected --history missing --from 2025-01");
  return {verb, [requests](const Outside& o, const Settings& s) { return app::cohort(o, s, requests->cohort); }};
}

}  // namespace

std::vector<Verb> add_linkage_verbs(const AddVerb& add, const std::shared_ptr<LinkageRequests>& requests) {
  return {add_link(add, requests), add_review(add, requests), add_who(add, requests), add_cohort(add, requests),
          add_score(add, requests)};
}

void resolve_paths(LinkageRequests& requests, const ResolvePath& resolve) {
  for (std::string& input : requests.files.inputs) resolve(input);
  for (std::string* path :
       {&requests.files.output, &requests.files.pairs, &requests.files.splink_model, &requests.score.truth})
    resolve(*path);
  resolve(requests.link.deprivation);
  if (requests.link.act != "replay") return;
  for (std::string& file : requests.link.names) resolve(file);
}

}  // namespace throughline::cli
