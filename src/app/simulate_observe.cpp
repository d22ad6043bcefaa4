#include "app/simulate_observe.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "app/bad_command.h"
#include "app/version.h"
#include "base/number.h"
#include "base/sha256.h"
#include "simulate/begin.h"
#include "simulate/checkpoint.h"
#include "simulate/observe/agencies.h"
#include "simulate/observe/listen.h"
#include "simulate/observe/numbers.h"
#include "simulate/observe/observe.h"
#include "simulate/observe/roll.h"
#include "simulate/observe/telephone.h"
#include "simulate/run.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Result;
using nlohmann::ordered_json;
using std::filesystem::path;

constexpr std::string_view k_made_up =
    "Everybody in these extracts is made up, and nothing in them happened. Names of places and forces are real; what "
    "stands under them is not theirs.";

// What is written goes, unless it came to be under its name.
struct PartFolder {
  path folder;
  bool is_kept = false;

  explicit PartFolder(path where) : folder(std::move(where)) {}
  PartFolder(const PartFolder&) = delete;
  PartFolder& operator=(const PartFolder&) = delete;
  ~PartFolder() {
    std::error_code unknown;
    if (!is_kept) std::filesystem::remove_all(folder, unknown);
  }
};

struct Writing {
  path folder;  // Where it is written until all of it is there.
  store::FileHandle records{};
  std::string faults{simulate::k_faults_header};
  ordered_json files = ordered_json::array();
  std::set<std::string> folders{};
  Table table{.name = "extracts",
              .title = "What each agency would hold",
              .columns = {{"agency", "Agency", ColumnKind::text},
                          {"file", "File", ColumnKind::id},
                          {"rows", "Rows", ColumnKind::number},
                          {"faulty", "Made bad", ColumnKind::number}},
              .rows = {},
              .empty_text = "Nobody recorded anything."};
  std::int64_t rows = 0;
  std::int64_t faulty = 0;
};

Result<void> check_output(const std::string& output) {
  if (output.empty()) {
    return bad_command("output_missing", "Nobody said where the extracts go", "--output",
                       "Name a folder that does not exist yet");
  }
  std::error_code unknown;
  for (const std::string& taken : {output, output + ".part"}) {
    const bool is_there = std::filesystem::exists(taken, unknown);
    const bool is_empty =
        is_there && std::filesystem::is_directory(taken, unknown) && std::filesystem::is_empty(taken, unknown);
    if (!is_there || is_empty) continue;
    return bad_command("output_taken", "There is something of that name already", taken,
                       "Name another folder with --output, or take this one away");
  }
  return {};
}

base::Error too_large(const simulate::World& world, std::string what, double times) {
  const double scale = std::floor(world.scale * times * 1'000) / 1'000;
  return bad_command(
      "world_too_large", std::move(what), world.name,
      fmt::format("Give a world with a scale of {} or less, or with fewer places; scale is a line of the "
                  "world's file, and here it is {}",
                  base::format_fixed(scale, 3), world.scale));
}

// Numbers that are nobody's are few, and two people with one number would be taken for one.
Result<void> check_people(const simulate::WorldRun& run) {
  constexpr std::int64_t k_numbers = std::min(simulate::k_person_numbers, simulate::k_nhs_numbers);
  std::int64_t market = 0;
  for (const simulate::Town& town : run.state.towns) market += town.people.kind_begin.back();
  const std::int64_t people = simulate::ordinals_of(market);
  if (people <= k_numbers) return {};
  return too_large(run.input.world,
                   fmt::format("The world has {} people who may be recorded, and there are telephone numbers for {}",
                               people, k_numbers),
                   static_cast<double>(k_numbers) / static_cast<double>(people));
}

// Before the run and after it, for lines open on the way.
Result<void> check_lines(const simulate::WorldRun& run) {
  const auto lines = static_cast<std::int64_t>(run.state.lines.size());
  if (lines <= simulate::k_lines_with_numbers) return {};
  return too_large(
      run.input.world,
      fmt::format("The world comes to {} lines, and there are numbers for {}", lines, simulate::k_lines_with_numbers),
      static_cast<double>(simulate::k_lines_with_numbers) / static_cast<double>(lines));
}

Result<simulate::Practices> practices_of(const SimulateRequest& request, const simulate::World& world) {
  simulate::Practices practices = simulate::built_in_practices();
  if (request.agencies.empty()) return practices;
  const std::string text = TRY(store::read_whole(request.agencies));
  practices = TRY(simulate::with_practices(std::move(practices), text, request.agencies));
  std::vector<std::string> names;
  for (const simulate::Agency& agency : simulate::agencies_of(world)) names.push_back(agency.name);
  TRY(simulate::check_agencies(practices, names, request.agencies));
  return practices;
}

std::vector<simulate::LaterBirth> later_births(const simulate::Happenings& happenings) {
  std::vector<simulate::LaterBirth> births;
  for (const std::vector<simulate::Happening>& list : happenings.by_area) {
    for (const simulate::Happening& one : list) {
      if (one.what != simulate::Happened::came_of_age) continue;
      births.push_back({.town = one.area,
                        .row = one.person,
                        .generation = one.generation,
                        .birth_day = static_cast<std::int32_t>(one.amount)});
    }
  }
  return births;
}

// The folder that it stands in comes to be under its name when all is written, so that no file needs a name of its own
// until then.
Result<base::Hash> write_pieces(const path& file, const std::vector<std::string>& pieces) {
  const store::FileHandle open = TRY(store::create_private_file(file));
  base::Sha256 hash;
  for (const std::string& piece : pieces) {
    hash.update(piece);
    TRY(store::write_all(open, piece, file));
  }
  TRY(store::sync_file(open, file));
  return hash.finish();
}

Result<void> take_extract(Writing& writing, const simulate::Extract& extract) {
  if (writing.folders.insert(extract.folder).second) TRY(store::make_private_folder(writing.folder / extract.folder));
  const path file = path(extract.folder) / extract.file;
  const base::Hash hash = TRY(write_pieces(writing.folder / file, extract.text));
  for (const std::string& rows : extract.truth) {
    TRY(store::write_all(writing.records, rows, writing.folder / "truth/records.csv"));
  }
  writing.faults += extract.faults;
  const std::string kind(simulate::words_of(extract.kind).name);
  writing.files.push_back({{"file", file.string()},
                           {"agency", extract.agency},
                           {"mapping", kind},
                           {"rows", extract.rows},
                           {"faulty", extract.faulty},
                           {"sha256", hash.hex()}});
  writing.table.rows.push_back({extract.agency, file.string(), extract.rows, extract.faulty});
  writing.rows += extract.rows;
  writing.faulty += extract.faulty;
  return {};
}

// Each file as it comes, piece by piece; the rows of each.
Result<ordered_json> write_truth_files(const Outside& outside, const simulate::Scene& scene, const path& folder) {
  ordered_json rows;
  std::string open;
  store::FileHandle file;
  TRY(simulate::tell_truth(scene, outside.interrupt, [&](const simulate::TruthPiece& piece) -> Result<void> {
    if (piece.file != open) {
      if (!open.empty()) TRY(store::sync_file(file, folder / open));
      open = piece.file;
      file = TRY(store::create_private_file(folder / open));
      rows[open] = -1;  // The header is none.
    }
    rows[open] = rows[open].get<std::int64_t>() + std::ranges::count(piece.text, '\n');
    return store::write_all(file, piece.text, folder / open);
  }));
  TRY(store::sync_file(file, folder / open));
  return rows;
}

Result<void> write_truth(const Outside& outside, const Writing& writing, const simulate::Scene& scene) {
  const path folder = writing.folder / "truth";
  TRY(store::sync_file(writing.records, folder / "records.csv"));
  const ordered_json counts = TRY(write_truth_files(outside, scene, folder));
  const simulate::RunInput& input = scene.run().input;
  const simulate::RunNames names = simulate::names_of(input);
  const ordered_json manifest{{"program", program_version()},
                              {"model_version", simulate::k_model_version},
                              {"seed", input.seed},
                              {"world", {{"name", input.world.name}, {"hash", names.world}}},
                              {"starts", base::to_string(input.world.starts)},
                              {"days", scene.input.days},
                              {"parameters_hash", names.parameters},
                              {"scenario", {{"name", input.scenario.name}, {"hash", names.scenario}}},
                              {"agencies_hash", base::hash_text(simulate::practices_text(scene.input.practices)).hex()},
                              {"rows", writing.rows},
                              {"counts", counts},
                              {"note", k_made_up}};
  return store::write_whole(folder / "manifest.json", manifest.dump(2) + "\n");
}

// What follows from the truth alone stays under seal: the open manifest names neither seed nor scenario.
Result<void> write_manifest(const Writing& writing, const simulate::Scene& scene) {
  TRY(store::write_whole(writing.folder / "faults.csv", writing.faults));
  const simulate::RunInput& input = scene.run().input;
  const ordered_json manifest{{"program", program_version()}, {"model_version", simulate::k_model_version},
                              {"world", input.world.name},    {"starts", base::to_string(input.world.starts)},
                              {"days", scene.input.days},     {"note", k_made_up},
                              {"files", writing.files}};
  return store::write_whole(writing.folder / "manifest.json", manifest.dump(2) + "\n");
}

Result<Writing> written(const Outside& outside, simulate::Scene& scene, const path& folder) {
  Writing writing{.folder = folder, .records = {}};
  TRY(store::make_private_folder(folder));
  TRY(store::make_private_folder(folder / "truth"));
  writing.records = TRY(store::create_private_file(folder / "truth/records.csv"));
  TRY(store::write_all(writing.records, simulate::k_records_header, folder / "truth/records.csv"));
  TRY(simulate::observe(scene, outside.interrupt, [&](const simulate::Extract& extract) {
    outside.progress.advance(1);
    return take_extract(writing, extract);
  }));
  TRY(write_truth(outside, writing, scene));
  TRY(write_manifest(writing, scene));
  for (const std::string& each : writing.folders) TRY(store::sync_path(folder / each));
  TRY(store::sync_path(folder / "truth"));
  TRY(store::sync_path(folder));
  return writing;
}

Section observe_section(const Writing& writing, const simulate::Scene& scene, const std::string& output) {
  const simulate::RunInput& input = scene.run().input;
  return {.name = "observed",
          .title = "What agencies would hold",
          .facts = {{"world", "World", input.world.name + ": " + input.world.title},
                    {"starts", "From", base::to_string(input.world.starts)},
                    {"days", "Days", std::int64_t{scene.input.days}},
                    {"seed", "Seed", std::to_string(input.seed)},
                    {"scenario", "Scenario", input.scenario.name},
                    {"agencies", "Agencies", static_cast<std::int64_t>(writing.folders.size())},
                    {"rows", "Rows", writing.rows},
                    {"faulty", "Rows made bad", writing.faulty}},
          .tables = {writing.table},
          .notes = {std::string(k_made_up),
                    fmt::format("Written: {0}/<agency>/, {0}/faults.csv and {0}/manifest.json. The truth is in "
                                "{0}/truth, which only throughline score reads.",
                                output)}};
}

}  // namespace

Answer observe_verb(const Outside& outside, const SimulateRequest& request, SimulateInput input) {
  TRY(check_output(request.output));
  if (request.scenarios.size() > 1) {
    return bad_command("scenario_more", "A run has one scenario at most", "--scenario",
                       "Observe each in a folder of its own");
  }
  if (!input.scenarios.empty()) input.run.scenario = input.scenarios.front();
  simulate::Practices practices = TRY(practices_of(request, input.run.world));
  simulate::WorldRun run = simulate::begin_world(input.run);
  TRY(check_people(run));
  TRY(check_lines(run));
  PartFolder part(request.output + ".part");
  TRY(store::make_private_folder(part.folder));

  simulate::Happenings happenings(input.run.world.places.size());
  simulate::listen(run, happenings);
  outside.progress.begin("Running the model and writing extracts", 0, "steps");
  TRY(simulate::run_days(run, input.days, outside.interrupt));
  TRY(check_lines(run));
  const simulate::Population population(run.input, {.days = input.days, .later_births = later_births(happenings)});
  simulate::Scene scene = simulate::scene_of({.run = &run,
                                              .happenings = &happenings,
                                              .population = &population,
                                              .practices = std::move(practices),
                                              .days = input.days});
  const Writing done = TRY(written(outside, scene, part.folder));
  outside.progress.end();
  TRY(store::rename_durably(part.folder, request.output));
  part.is_kept = true;
  return Report{.verb = "simulate", .sections = {observe_section(done, scene, request.output)}};
}

}  // namespace throughline::app
