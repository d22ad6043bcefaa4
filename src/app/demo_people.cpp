#include "app/demo_people.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <vector>

#include "app/intake.h"
#include "app/linkage_verbs.h"
#include "app/session.h"
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

// One that is there already is as it should be.
Result<void> add_account(const Outside& outside, const Settings& settings, const Part& part) {
  const AccountsRequest request{.act = "add",
                                .name = std::string(part.account),
                                .person_name = "The demonstration",
                                .agency = std::string(part.agency),
                                .role = "analyst"};
  const auto added = accounts(outside, settings, request);
  if (!added.ok()) return added.error().code == "account_taken" ? Result<void>() : added.error();
  static_cast<void>(
      TRY(accounts(outside, settings, {.act = "grant", .name = std::string(part.account), .role = "administrator"})));
  return {};
}

struct Brought {
  std::int64_t files = 0;
  std::int64_t known = 0;
};

Result<Brought> bring_in(const Outside& outside, const Settings& settings, const std::vector<std::string>& files) {
  const auto session = TRY(Session::open(outside, settings, "demo", Access::writing));
  Brought brought;
  const IntakeOrder order{.files = files, .mapping = "", .supersedes = {}, .received = {}};
  for (const FileOutcome& outcome : TRY(take_in(*session, outside, order))) {
    if (!outcome.ingested.ok()) return outcome.ingested.error();
    ++brought.files;
    brought.known += outcome.ingested.value().is_known ? 1 : 0;
  }
  return brought;
}

Result<Brought> bring_all(const Outside& outside, const Settings& settings, const std::string& folder) {
  Brought all;
  for (const Part& part : parts()) {
    Settings own = settings;
    if (!part.account.empty()) {
      TRY(add_account(outside, settings, part));
      own.account = part.account;
    }
    std::vector<std::string> files;
    for (const std::string_view file : part.files) files.push_back((fs::path(folder) / file).string());
    const Brought brought = TRY(bring_in(outside, own, files));
    if (brought.known < brought.files) {
      static_cast<void>(TRY(link(outside, own, {.act = "desk", .names = {std::string(part.desk)}})));
    }
    all.files += brought.files;
    all.known += brought.known;
  }
  return all;
}

}  // namespace

Result<Section> demo_people(const Outside& outside, const Settings& settings, const std::string& folder) {
  TRY(check_files(folder));
  Settings protecting = settings;
  protecting.purpose = "PROTECT";
  protecting.reason = "The demonstration";
  const Brought brought = TRY(bring_all(outside, protecting, folder));
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
