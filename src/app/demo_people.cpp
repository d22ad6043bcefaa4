#include "app/demo_people.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <vector>

#include "app/demo_agencies.h"
#include "app/linkage_verbs.h"
#include "app/shown_command.h"
#include "app/verbs.h"

namespace throughline::app {

namespace {

using base::Result;
namespace fs = std::filesystem;

// An agency of the example. The founder's own has no account to be made.
struct Part {
  std::string_view account;
  std::string_view agency;
  std::string_view desk;
  std::vector<std::string_view> files;
};

const std::vector<Part>& parts() {
  static const std::vector<Part> k_parts = {
      {.account = "",
       .agency = "",
       .desk = "Otherford duty desk, 01632 960001",
       .files = {"otherford_crimes.csv", "missing_unit_episodes.csv", "otherford_reports.csv"}},
      {.account = "mockbridge",
       .agency = "Mockbridge Constabulary",
       .desk = "Mockbridge safeguarding hub, 01632 960002",
       .files = {"mockbridge_crimes.csv"}},
      {.account = "sampleham",
       .agency = "Sampleham Police",
       .desk = "Sampleham control room, 01632 960003",
       .files = {"sampleham_crimes.csv"}},
      {.account = "council",
       .agency = "Specimen County Council",
       .desk = "Council out-of-hours social work, 01632 960004",
       .files = {"council_episodes.csv", "council_reports.csv"}}};
  return k_parts;
}

Result<void> check_files(const std::string& folder) {
  for (const Part& part : parts()) {
    for (const std::string_view file : part.files) {
      std::error_code failure;
      if (fs::exists(fs::path(folder) / file, failure)) continue;
      return base::Error{.kind = base::ErrorKind::bad_command,
                         .code = "people_missing",
                         .what = "The example's people are not here: " + std::string(file) + " is wanted",
                         .where = folder,
                         .remedy = "Give --people examples/people, from the root of the clone"};
    }
  }
  return {};
}

Result<Brought> bring_parts(const Outside& outside, const Settings& settings, const std::string& folder) {
  std::vector<DemoAgency> agencies;
  for (const Part& part : parts()) {
    DemoAgency& agency = agencies.emplace_back();
    agency = {.account = std::string(part.account), .agency = std::string(part.agency), .desk = std::string(part.desk)};
    for (const std::string_view file : part.files) agency.files.push_back((fs::path(folder) / file).string());
  }
  return bring_all(outside, settings, agencies);
}

}  // namespace

Result<Section> demo_people(const Outside& outside, const Settings& settings, const std::string& folder) {
  TRY(check_files(folder));
  Settings protecting = settings;
  protecting.purpose = "PROTECT";
  protecting.reason = "The demonstration";
  const Brought brought = TRY(bring_parts(outside, protecting, folder));
  Section section{.name = "people",
                  .title = "PEOPLE (all made up), AND WHO ELSE KNOWS THEM",
                  .facts = {},
                  .tables = {},
                  .notes = {}};
  section.facts = {{"files", "Files of five agencies", brought.files}, {"known", "Known from before", brought.known}};
  if (brought.known < brought.files) {
    const Report ran = TRY(link(outside, protecting, {.act = "run"}));
    for (const Fact& fact : ran.sections.front().facts) {
      if (fact.name == "mentions" || fact.name == "entities") section.facts.push_back(fact);
    }
  }
  section.commands = {{.line = shown_command(settings, {"who", "--surname", "Vexworthy", "--birth", "2009-04-20",
                                                        "--purpose", "PROTECT"}),
                       .what = "which agencies hold something of her, and of her twin"},
                      {.line = shown_command(settings, {"review", "next", "--purpose", "PROTECT"}),
                       .what = "two records, one decision"}};
  return section;
}

}  // namespace throughline::app
