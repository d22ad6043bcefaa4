#include "app/demo_county.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/bad_command.h"
#include "app/demo_agencies.h"
#include "app/linkage_verbs.h"
#include "app/score_verb.h"
#include "app/shown_command.h"
#include "app/simulate_verb.h"
#include "app/verbs.h"
#include "evidence/model.h"
#include "store/files.h"

namespace throughline::app {

namespace {

using base::Result;
namespace fs = std::filesystem;

constexpr std::uint64_t k_seed = 1;

// What an agency holds, as the manifest of the extracts says it.
struct Held {
  std::string agency{};
  std::vector<std::string> files{};
  std::int64_t rows = 0;
};

struct County {
  std::int32_t days = 0;
  std::vector<Held> agencies{};  // In the manifest's order.
};

base::Error damaged(const fs::path& file) {
  return {base::ErrorKind::damaged, "county_damaged", "The county's manifest cannot be read", file.string(),
          "Take the county's folder away and run the demonstration again"};
}

bool is_file_told(const nlohmann::ordered_json& told) {
  return told.is_object() && told.contains("agency") && told["agency"].is_string() && told.contains("file") &&
         told["file"].is_string() && told.contains("rows") && told["rows"].is_number_integer();
}

Result<County> county_in(const fs::path& extracts) {
  const fs::path file = extracts / "manifest.json";
  const auto manifest = nlohmann::ordered_json::parse(TRY(store::read_whole(file)), nullptr, false);
  const bool is_whole = manifest.is_object() && manifest.contains("files") && manifest["files"].is_array() &&
                        manifest.contains("days") && manifest["days"].is_number_integer();
  if (!is_whole) return damaged(file);
  County county{.days = manifest["days"].get<std::int32_t>()};
  for (const auto& told : manifest["files"]) {
    if (!is_file_told(told)) return damaged(file);
    const auto agency = told["agency"].get<std::string>();
    auto held = std::ranges::find(county.agencies, agency, &Held::agency);
    if (held == county.agencies.end()) held = county.agencies.insert(held, Held{.agency = agency});
    held->files.push_back((extracts / told["file"].get<std::string>()).string());
    held->rows += told["rows"].get<std::int64_t>();
  }
  return county;
}

Result<void> write_extracts(const Outside& outside, const Settings& settings, const fs::path& extracts,
                            std::int32_t days) {
  std::error_code unknown;
  if (fs::exists(extracts / "manifest.json", unknown)) return {};
  TRY(store::make_private_folder(extracts.parent_path()));
  static_cast<void>(
      TRY(simulate(outside, settings,
                   {.act = "observe", .world = "small", .days = days, .seed = k_seed, .output = extracts.string()})));
  return {};
}

// Numbers that are kept for drama stand for desks.
std::vector<DemoAgency> agencies_of(const County& county) {
  constexpr int k_first_number = 960'100;
  std::vector<DemoAgency> agencies;
  for (const Held& held : county.agencies) {
    const int number = k_first_number + static_cast<int>(agencies.size());
    agencies.push_back({.account = evidence::slug_of(held.agency),
                        .agency = held.agency + " (made up)",
                        .desk = fmt::format("{} duty desk, 01632 {}", held.agency, number),
                        .files = held.files});
  }
  return agencies;
}

Result<void> found_workspace(const Outside& outside, const Settings& settings) {
  const auto made = init(outside, settings, {.agency = "County analysts (made up)"});
  if (made.ok() || made.error().code == "workspace_exists") return {};
  return made.error();
}

void add_measures(Section& section, const Report& scored) {
  for (const Section& part : scored.sections) {
    if (part.name != "links") continue;
    for (const Fact& fact : part.facts) {
      if (fact.name == "records_matched" || fact.name == "true_pairs") section.facts.push_back(fact);
    }
    for (const Table& table : part.tables) {
      if (table.name == "measures") section.tables.push_back(table);
    }
  }
}

Table agencies_table(const County& county) {
  Table table{.name = "agencies",
              .title = "What each agency holds",
              .columns = {{"agency", "Agency (made up)"},
                          {"extracts", "Extracts", ColumnKind::number},
                          {"rows", "Rows", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  for (const Held& held : county.agencies) {
    table.rows.push_back({held.agency, std::ssize(held.files), held.rows});
  }
  return table;
}

}  // namespace

Result<Section> demo_county(const Outside& outside, const Settings& settings, const CountyOrder& order) {
  const fs::path extracts = fs::path(order.folder) / "extracts";
  TRY(write_extracts(outside, settings, extracts, order.days));
  const County county = TRY(county_in(extracts));
  if (county.days != order.days) {
    return bad_command("county_other",
                       fmt::format("The county there is of {} days, and {} were asked for", county.days, order.days),
                       order.folder, "Take the folder away, or name another one");
  }
  Settings own = settings;
  own.workspace = (fs::path(order.folder) / "workspace").string();
  own.purpose = "PROTECT";
  own.reason = "The demonstration";
  TRY(found_workspace(outside, own));
  const Brought brought = TRY(bring_all(outside, own, agencies_of(county)));
  Section section{.name = "county",
                  .title = "A COUNTY (all made up), AND WHAT ITS AGENCIES WOULD HOLD",
                  .facts = {},
                  .tables = {},
                  .notes = {}};
  section.facts = {{"agencies", "Agencies", std::ssize(county.agencies)},
                   {"extracts", "Extracts", brought.files},
                   {"known", "Known from before", brought.known},
                   {"rows", "Rows", brought.rows},
                   {"rejected", "Rejected", brought.rejected}};
  if (brought.known < brought.files) static_cast<void>(TRY(link(outside, own, {.act = "run"})));
  const Report scored = TRY(score(outside, own, {.truth = (extracts / "truth").string()}));
  section.tables.push_back(agencies_table(county));
  add_measures(section, scored);
  section.notes = {
      "Nobody in it lives, and nothing in it happened; names of places and forces are real, what stands under them is "
      "not "
      "theirs. It has a workspace of its own, so that nothing made up is counted among real figures.",
      "Links are held against the truth that was sealed when the county was made. What agencies keep under seal, such "
      "as "
      "health records, is in no figure here."};
  section.commands = {
      {.line = shown_command(own, {"serve", "--port", "8322"}),
       .what = "its pages: the people, and which agencies hold what of them"},
      {.line = shown_command(own, {"score", "--truth", (extracts / "truth").string(), "--purpose", "PROTECT"}),
       .what = "by agency, kind and for children, and what was missed"}};
  return section;
}

}  // namespace throughline::app
