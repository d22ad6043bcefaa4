#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>

#include "app/carried_tables.h"
#include "cli/arguments_claim_internal.h"
#include "cli/arguments_demo_internal.h"
#include "cli/arguments_errors_internal.h"
#include "cli/arguments_harm_internal.h"
#include "cli/arguments_linkage_internal.h"
#include "cli/arguments_simulate_internal.h"
#include "cli/serve_command.h"

namespace throughline::cli {

namespace {

using app::Outside;
using app::Settings;

// What the options write into while CLI11 parses. Shared with the Run closures, which outlive the parser.
struct Typed {
  Settings settings;
  std::string as_of, received;
  bool is_json = false, is_quiet = false;
  std::string fault_point;
  std::int64_t entry = -1;
  app::InitRequest init;
  app::IngestRequest ingest;
  app::RecordsRequest records;
  app::TraceRequest trace;
  app::QualityRequest quality;
  app::MeasureRequest measure;
  app::AuditRequest audit;
  app::AccountsRequest accounts;
  app::MappingsRequest mappings;
  app::BackupRequest backup;
  app::RestoreRequest restore;
  app::EraseRequest erase;
  app::DemoRequest demo;
  HarmRequests harm;
  LinkageRequests linkage;
  ServeRequest serve;
  app::ClaimRequest claim;
  app::SimulateRequest simulate;
};

using Shared = std::shared_ptr<Typed>;

// The options every verb takes.
void add_common(CLI::App& verb, const Shared& typed) {
  Settings& settings = typed->settings;
  verb.add_option("-w,--workspace", settings.workspace, "The workspace directory")
      ->capture_default_str()
      ->type_name("DIR");
  verb.add_option("--keys", settings.keys, "Where its keys lie, if not in DIR.keys")->type_name("DIR");
  verb.add_option("--as", settings.account, "The account that acts (default: yours)")->type_name("ACCOUNT");
  verb.add_option("--as-of", typed->as_of, "What was known at the end of that day")->type_name("YYYY-MM-DD");
  verb.add_option("--purpose", settings.purpose, "PROTECT, INVESTIGATE, COUNT, GOVERN or OPERATE; needed for people")
      ->type_name("CODE");
  verb.add_option("--reason", settings.reason, "Why, in words; kept encrypted with the log entry")->type_name("TEXT");
  verb.add_option("--threads", settings.threads, "Threads to use (0: all)")
      ->check(CLI::Range(0, 256).description("0 to 256"))
      ->type_name("N");
  verb.add_option("--memory", settings.memory_limit_mebibytes, "Working memory of the record store, in MiB")
      ->check(CLI::Range(64, 1 << 20).description("64 to 1048576"))
      ->type_name("N")
      ->capture_default_str();
  verb.add_flag("--json", typed->is_json, "Answer as one JSON document");
  verb.add_flag("-q,--quiet", typed->is_quiet, "No progress");
  verb.add_option("--die-at", typed->fault_point)->group("");  // For storms only, so not listed.
}

Verb add_verb(CLI::App& root, const Shared& typed, const std::string& name, const std::string& what) {
  CLI::App* verb = root.add_subcommand(name, what);
  add_common(*verb, typed);
  return {verb, nullptr};
}

Verb add_init(CLI::App& root, const Shared& typed) {
  Verb verb = add_verb(root, typed, "init", "Make a workspace");
  verb.parser->add_option("--agency", typed->init.agency, "The agency that holds it")->type_name("NAME");
  verb.parser->footer("Example: throughline init --workspace county --agency \"Example County Council\"");
  verb.run = [typed](const Outside& o, const Settings& s) { return app::init(o, s, typed->init); };
  return verb;
}

Verb add_ingest(CLI::App& root, const Shared& typed) {
  Verb verb = add_verb(root, typed, "ingest", "Read files that agencies sent");
  verb.parser->add_option("files", typed->ingest.files, "Files: CSV, NDJSON, XLSX, Parquet; plain, .gz or .zip")
      ->required()
      ->type_name("FILE");
  verb.parser
      ->add_option("-m,--map", typed->ingest.mapping, "The mapping, by name or .toml file (default: by the header)")
      ->type_name("NAME");
  verb.parser->add_option("--supersedes", typed->ingest.supersedes, "The extract these correct")->type_name("EXTRACT");
  verb.parser->add_option("--received", typed->received, "When it came (default: now)")->type_name("YYYY-MM-DD");
  verb.parser->footer("Example: throughline ingest 2025-01-essex-street.csv.gz --map police-uk-street");
  verb.run = [typed](const Outside& o, const Settings& s) { return app::ingest(o, s, typed->ingest); };
  return verb;
}

Verb add_records(CLI::App& root, const Shared& typed) {
  Verb verb = add_verb(root, typed, "records", "List extracts, or show one with its rows, or one row");
  verb.parser->add_option("name", typed->records.name, "An extract, or a record as EXTRACT:PLACE")->type_name("NAME");
  verb.parser->add_flag("--rejections", typed->records.is_rejections, "Show what was rejected, and why");
  verb.parser->add_option("-n,--rows", typed->records.rows_max, "Rows at most")
      ->capture_default_str()
      ->check(CLI::Range(1, 100000).description("1 to 100000"))
      ->type_name("N");
  verb.parser->footer("Example: throughline records 3f9a0c12ab345678 --rejections");
  verb.run = [typed](const Outside& o, const Settings& s) { return app::records(o, s, typed->records); };
  return verb;
}

Verb add_trace(CLI::App& root, const Shared& typed) {
  Verb verb = add_verb(root, typed, "trace", "Follow a figure or a record to the rows, files and hashes behind it");
  verb.parser->add_option("name", typed->trace.name, "A figure's id, a record or an extract")
      ->required()
      ->type_name("ID");
  verb.parser->add_option("-n,--rows", typed->trace.rows_max, "Rows shown at most")
      ->capture_default_str()
      ->check(CLI::Range(1, 100000).description("1 to 100000"))
      ->type_name("N");
  verb.parser->footer("Example: throughline trace crimes/drugs/E23000028/2025-03");
  verb.run = [typed](const Outside& o, const Settings& s) { return app::trace(o, s, typed->trace); };
  return verb;
}

Verb add_quality(CLI::App& root, const Shared& typed) {
  Verb verb = add_verb(root, typed, "quality", "How good each source is");
  verb.parser->add_option("source", typed->quality.source, "One source only")->type_name("SOURCE");
  verb.parser->footer("Example: throughline quality police-uk-stop-and-search");
  verb.run = [typed](const Outside& o, const Settings& s) { return app::quality(o, s, typed->quality); };
  return verb;
}

Verb add_measure(CLI::App& root, const Shared& typed) {
  app::MeasureRequest& request = typed->measure;
  Verb verb = add_verb(root, typed, "measure", "Count by area, month and category, with caveats");
  verb.parser->add_option("measure", request.measure, "Which (none: lists them)")->type_name("MEASURE");
  verb.parser->add_option("-c,--category", request.category, "One category or group")->type_name("NAME");
  verb.parser->add_option("-a,--area", request.area, "One area, by code or name")->type_name("AREA");
  verb.parser->add_option("-k,--kind", request.area_kind, "Kind of area: lsoa, ward, local-authority, force")
      ->type_name("KIND");
  verb.parser->add_option("--from", request.from, "First month")->type_name("YYYY-MM");
  verb.parser->add_option("--to", request.to, "Last month")->type_name("YYYY-MM");
  verb.parser->add_option("--by", request.by, "Rows of the table: month, area or category")
      ->capture_default_str()
      ->type_name("WHAT");
  verb.parser->add_option("--definition", request.definition, "By a definition, ID or ID@VERSION")->type_name("ID");
  verb.parser->add_flag("--rate", request.is_rate, "Per 100,000 residents, where a denominator exists");
  verb.parser->add_flag("--change", request.is_change, "The change from the same months a year before, a row an area");
  verb.parser->footer(
      "Example: throughline measure crimes --category drugs --kind force --by area --from 2025-01 --to 2025-09");
  verb.run = [typed](const Outside& o, const Settings& s) { return app::measure(o, s, typed->measure); };
  return verb;
}

Verb add_audit(CLI::App& root, const Shared& typed) {
  Verb verb = add_verb(root, typed, "audit", "Show, verify and prove the audit log");
  verb.parser->add_option("act", typed->audit.act, "show, verify, prove or checkpoint")->required()->type_name("ACT");
  verb.parser->add_option("entry", typed->entry, "An entry's number, for show and prove")->type_name("ENTRY");
  verb.parser->add_option("--checkpoint", typed->audit.checkpoint_file, "prove: that the log still extends this one")
      ->type_name("FILE");
  verb.parser->add_option("-n,--rows", typed->audit.rows_max, "Entries at most, newest first")
      ->capture_default_str()
      ->type_name("N");
  verb.parser->footer("Example: throughline audit verify");
  verb.run = [typed](const Outside& o, const Settings& s) {
    if (typed->entry >= 0) typed->audit.entry = typed->entry;
    return app::audit(o, s, typed->audit);
  };
  return verb;
}

Verb add_accounts(CLI::App& root, const Shared& typed) {
  app::AccountsRequest& request = typed->accounts;
  Verb verb = add_verb(root, typed, "accounts", "People of the system and what they may do");
  verb.parser->add_option("act", request.act, "list, add, grant, revoke or invite (default: list)")->type_name("ACT");
  verb.parser->add_option("name", request.name, "The account's short name")->type_name("ACCOUNT");
  verb.parser->add_option("--person", request.person_name, "add: who it is for")->type_name("NAME");
  verb.parser->add_option("--agency", request.agency, "add: their agency")->type_name("NAME");
  verb.parser->add_option("--role", request.role, "administrator, analyst, practitioner or auditor")->type_name("ROLE");
  verb.parser->add_option("--address", request.address, "invite: where people reach the server")
      ->capture_default_str()
      ->type_name("URL");
  verb.parser->footer(
      "Example: throughline accounts add acole --person \"A. Cole\" --agency \"Example Police\" --role analyst");
  verb.run = [typed](const Outside& o, const Settings& s) { return app::accounts(o, s, typed->accounts); };
  return verb;
}

Verb add_mappings(CLI::App& root, const Shared& typed) {
  Verb verb = add_verb(root, typed, "mappings", "What files can be read: list, show one, check your own");
  verb.parser->add_option("act", typed->mappings.act, "list, show or check (default: list)")->type_name("ACT");
  verb.parser->add_option("name", typed->mappings.name, "A built-in's name, or a .toml file")->type_name("NAME");
  verb.parser->footer("Example: throughline mappings check my-council.toml");
  verb.run = [typed](const Outside&, const Settings&) { return app::mappings(typed->mappings); };
  return verb;
}

Verb add_backup(CLI::App& root, const Shared& typed) {
  Verb verb = add_verb(root, typed, "backup", "Copy the workspace, verified");
  verb.parser->add_option("target", typed->backup.target, "A directory that does not exist yet")
      ->required()
      ->type_name("DIR");
  verb.parser->add_option("--keys-to", typed->backup.keys_target, "Copy the keys too, to another place")
      ->type_name("DIR");
  verb.parser->footer("Example: throughline backup /mnt/safe/2026-11-22 --keys-to /mnt/vault/2026-11-22");
  verb.run = [typed](const Outside& o, const Settings& s) { return app::backup(o, s, typed->backup); };
  return verb;
}

Verb add_restore(CLI::App& root, const Shared& typed) {
  Verb verb = add_verb(root, typed, "restore", "Bring a backup back as a new workspace, verified");
  verb.parser->add_option("source", typed->restore.source, "A backup's directory")->required()->type_name("DIR");
  verb.parser->add_option("--keys-from", typed->restore.keys_source, "Where its keys were copied to")->type_name("DIR");
  verb.parser
      ->add_option("--orders-from", typed->restore.orders_from,
                   "A workspace whose later erasure orders are carried out again")
      ->type_name("DIR");
  verb.parser->footer(
      "Example: throughline restore /mnt/safe/2026-11-22 --keys-from /mnt/vault/2026-11-22 --workspace county");
  verb.run = [typed](const Outside& o, const Settings& s) { return app::restore(o, s, typed->restore); };
  return verb;
}

Verb add_compact(CLI::App& root, const Shared& typed) {
  Verb verb = add_verb(root, typed, "compact", "Give back the room that erased and rebuilt data took");
  verb.parser->footer("Example: throughline compact --workspace county");
  verb.run = [](const Outside& o, const Settings& s) { return app::compact(o, s); };
  return verb;
}

Verb add_erase(CLI::App& root, const Shared& typed) {
  Verb verb = add_verb(root, typed, "erase", "Remove rows for good, with their keys; the log keeps that it was done");
  verb.parser->add_option("records", typed->erase.records, "Records as EXTRACT:PLACE")->required()->type_name("RECORD");
  verb.parser->add_option("--basis", typed->erase.basis, "The law that orders it, such as UKGDPR_ART17")
      ->required()
      ->type_name("CODE");
  verb.parser->footer(
      "Example: throughline erase 3f9a0c12ab345678:10482 --basis UKGDPR_ART17 --purpose GOVERN --reason \"request "
      "17\"");
  verb.run = [typed](const Outside& o, const Settings& s) { return app::erase(o, s, typed->erase); };
  return verb;
}

Verb add_demo(CLI::App& root, const Shared& typed) {
  Verb verb = add_verb(root, typed, "demo", "The main job on the bundled example, on one page");
  add_demo_options(*verb.parser, typed->demo);
  verb.run = [typed](const Outside& o, const Settings& s) { return app::demo(o, s, typed->demo); };
  return verb;
}

Verb add_serve(CLI::App& root, const Shared& typed) {
  ServeRequest& request = typed->serve;
  Verb verb = add_verb(root, typed, "serve", "Serve the pages, on this machine unless told otherwise");
  verb.parser->add_option("--listen", request.address, "The address to listen on; off this machine only with TLS")
      ->capture_default_str()
      ->type_name("IP");
  verb.parser->add_option("--port", request.port, "The port (default: 8321, or any that is free; 0: any)")
      ->check(CLI::Range(0, 65535).description("0 to 65535"))
      ->type_name("N");
  verb.parser->add_option("--host", request.hosts, "A name under which people reach it; may be repeated")
      ->type_name("NAME");
  verb.parser->add_option("--tls-certificate", request.certificate, "The server's certificate chain")->type_name("PEM");
  verb.parser->add_option("--tls-key", request.key, "Its key")->type_name("PEM");
  verb.parser->add_option("--agency-sign-in", request.agency_sign_in, "Agencies' own providers of sign-in")
      ->type_name("TOML");
  verb.parser->add_option("--log", request.log, "Where the program's own log goes, as JSON lines")->type_name("FILE");
  verb.parser->footer("Example: throughline serve --workspace county");
  verb.run = [typed](const Outside& o, const Settings& s) { return serve(o, s, typed->serve); };
  return verb;
}

Verb add_claim(CLI::App& root, const Shared& typed) {
  Verb verb =
      add_verb(root, typed, "claim", "Does a printed figure hold? Held against published series, on every basis");
  add_claim_options(*verb.parser, typed->claim);
  verb.run = [typed](const Outside& o, const Settings& s) { return app::claim(o, s, typed->claim); };
  return verb;
}

Verb add_simulate(CLI::App& root, const Shared& typed) {
  Verb verb = add_verb(root, typed, "simulate", "A made-up county-lines market: run it, compare policies, describe it");
  add_simulate_options(*verb.parser, typed->simulate);
  verb.run = [typed](const Outside& o, const Settings& s) { return app::simulate(o, s, typed->simulate); };
  return verb;
}

std::vector<Verb> add_verbs(CLI::App& root, const Shared& typed) {
  std::vector<Verb> verbs = {add_init(root, typed),   add_ingest(root, typed),   add_records(root, typed),
                             add_trace(root, typed),  add_quality(root, typed),  add_measure(root, typed),
                             add_audit(root, typed),  add_accounts(root, typed), add_mappings(root, typed),
                             add_backup(root, typed), add_restore(root, typed),  add_compact(root, typed),
                             add_erase(root, typed),  add_demo(root, typed),     add_serve(root, typed)};
  const AddVerb add = [&](const std::string& name, const std::string& what) {
    return add_verb(root, typed, name, what).parser;
  };
  for (Verb& verb : add_linkage_verbs(add, std::shared_ptr<LinkageRequests>(typed, &typed->linkage))) {
    verbs.push_back(std::move(verb));
  }
  for (Verb& verb : add_harm_verbs(add, std::shared_ptr<HarmRequests>(typed, &typed->harm))) {
    verbs.push_back(std::move(verb));
  }
  for (Verb& verb : add_watch_verbs(add, std::shared_ptr<HarmRequests>(typed, &typed->harm))) {
    verbs.push_back(std::move(verb));
  }
  for (Verb& verb : add_profile_verbs(add, std::shared_ptr<HarmRequests>(typed, &typed->harm))) {
    verbs.push_back(std::move(verb));
  }
  verbs.insert(verbs.end(), {add_claim(root, typed), add_simulate(root, typed)});
  return verbs;
}

base::Result<std::optional<base::Date>> parse_date_option(const std::string& text, const std::string& option) {
  if (text.empty()) return std::optional<base::Date>();
  const auto date = base::parse_iso_date(text);
  if (date.has_value()) return date;
  return bad_command("'" + text + "' is not a date", option, "Write it as 2026-11-22");
}

std::vector<std::string> verb_names(const std::vector<Verb>& verbs) {
  std::vector<std::string> names;
  for (const Verb& verb : verbs) names.push_back(verb.parser->get_name());
  return names;
}

const Verb* chosen(const std::vector<Verb>& verbs) {
  const auto at = std::ranges::find_if(verbs, [](const Verb& verb) { return verb.parser->parsed(); });
  return at == verbs.end() ? nullptr : &*at;
}

// Paths as they were meant where the command was typed. A mapping is a path only where it is written as a file.
void resolve_all_paths(Typed& typed, const std::string& folder) {
  if (folder.empty()) return;
  const ResolvePath resolve = [&](std::string& path) {
    const bool is_file = !path.empty() && !app::is_carried(path);
    if (is_file) path = (std::filesystem::path(folder) / path).lexically_normal().string();
  };
  for (std::string& file : typed.ingest.files) resolve(file);
  for (std::string* mapping : {&typed.ingest.mapping, &typed.mappings.name}) {
    if (mapping->ends_with(".toml")) resolve(*mapping);
  }
  for (std::string* path :
       {&typed.settings.workspace, &typed.settings.keys, &typed.audit.checkpoint_file, &typed.backup.target,
        &typed.backup.keys_target, &typed.restore.source, &typed.restore.keys_source, &typed.restore.orders_from,
        &typed.demo.examples, &typed.demo.people, &typed.demo.county}) {
    resolve(*path);
  }
  resolve_paths(typed.harm, resolve);
  resolve_paths(typed.simulate, resolve);
  resolve_paths(typed.linkage, resolve);
}

base::Result<Command> finished(const Shared& typed, const Verb& verb, const std::string& folder) {
  resolve_all_paths(*typed, folder);
  typed->settings.as_of = TRY(parse_date_option(typed->as_of, "--as-of"));
  typed->ingest.received = TRY(parse_date_option(typed->received, "--received"));
  return Command{.verb = verb.parser->get_name(),
                 .settings = typed->settings,
                 .run = verb.run,
                 .is_json = typed->is_json,
                 .is_quiet = typed->is_quiet,
                 .fault_point = typed->fault_point,
                 .early_output = {}};
}

}  // namespace

base::Result<Command> parse_arguments(const std::vector<std::string>& arguments, const std::string& folder) {
  const auto typed = std::make_shared<Typed>();
  CLI::App root("Throughline joins what agencies hold into one accountable picture.", "throughline");
  root.require_subcommand(1);
  root.footer(
      "Exit: 0 done, 1 done with findings, 2 bad command, 3 refused by policy, 4 damaged data, 5 the world failed.");
  root.add_flag("--version", [](std::int64_t) {}, "Print commit, compiler and libraries");
  const std::vector<Verb> verbs = add_verbs(root, typed);
  TRY(check_first(root, arguments, verb_names(verbs)));
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // CLI11 takes them last first.
  try {
    root.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    const Verb* verb = chosen(verbs);
    Command help;
    help.early_output = verb == nullptr ? root.help() : verb->parser->help("throughline");
    return help;
  } catch (const CLI::ParseError& error) {
    const Verb* verb = chosen(verbs);
    return explain(error, verb == nullptr ? root : *verb->parser, root.remaining(true));
  }
  return finished(typed, *chosen(verbs), folder);
}

}  // namespace throughline::cli
