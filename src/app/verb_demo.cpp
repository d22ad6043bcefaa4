#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <utility>

#include "app/assessment.h"
#include "app/demo_county.h"
#include "app/demo_page.h"
#include "app/demo_people.h"
#include "app/intake.h"
#include "app/session.h"
#include "app/verbs.h"

namespace throughline::app {

namespace {

using base::Result;
namespace fs = std::filesystem;

// The files of tables under the example's folders, look-ups first, each folder by name. Boundaries are for maps.
Result<std::vector<std::string>> example_files(const std::string& examples) {
  constexpr std::array k_folders{"reference", "street", "stop_search", "borough_counts"};
  std::vector<std::string> files;
  for (const char* folder : k_folders) {
    std::vector<std::string> found;
    std::error_code failure;
    for (fs::directory_iterator at(fs::path(examples) / folder, failure), end; !failure && at != end;
         at.increment(failure)) {
      const std::string name = at->path().filename().string();
      if (name.ends_with(".csv") || name.ends_with(".csv.gz")) found.push_back(at->path().string());
    }
    std::ranges::sort(found);
    files.insert(files.end(), found.begin(), found.end());
  }
  if (!files.empty()) return files;
  return base::Error{.kind = base::ErrorKind::bad_command,
                     .code = "examples_missing",
                     .what =
                         "There are no example files here: a folder with reference/, street/, stop_search/ and "
                         "borough_counts/ is wanted",
                     .where = examples,
                     .remedy = "Give --examples examples/home_counties, from the root of the clone"};
}

Result<std::unique_ptr<Session>> session_for(const Outside& outside, const Settings& settings) {
  auto session = Session::open(outside, settings, "demo", Access::writing);
  if (session.ok() || session.error().code != "workspace_missing") return session;
  static_cast<void>(TRY(init(outside, settings, {.agency = "Demonstration"})));
  return Session::open(outside, settings, "demo", Access::writing);
}

Result<void> take_in_examples(Session& session, const Outside& outside, const std::vector<std::string>& files,
                              DemoFindings& findings) {
  const IntakeOrder order{.files = files, .mapping = "", .supersedes = {}, .received = {}};
  for (const FileOutcome& outcome : TRY(take_in(session, outside, order))) {
    if (!outcome.ingested.ok()) {
      findings.files_refused.push_back(fmt::format("{} was refused: {}", fs::path(outcome.path).filename().string(),
                                                   outcome.ingested.error().message()));
      continue;
    }
    ++(outcome.ingested.value().is_known ? findings.files_known : findings.files_new);
  }
  return {};
}

Result<void> look_at_log(Session& session, const Outside& outside, DemoFindings& findings) {
  TRY(session.look({.operation = ledger::Operation::consultation,
                    .data_class = ledger::DataClass::proof,
                    .object = "the log, to verify it"}));
  outside.progress.begin("verifying the log", TRY(session.ledger().log().size()), "entries");
  const ledger::Verdict verdict = TRY(session.ledger().log().verify([&](std::int64_t) -> Result<void> {
    outside.progress.advance(1);
    return outside.interrupt.poll();
  }));
  outside.progress.end();
  findings.log_entries = verdict.entries;
  if (!verdict.is_sound) findings.log_fault = verdict.what;
  return {};
}

Result<DemoFindings> found_in_figures(const Outside& outside, const Settings& settings, const DemoRequest& request) {
  DemoFindings findings;
  const std::vector<std::string> files = TRY(example_files(request.examples));
  const auto session = TRY(session_for(outside, settings));
  TRY(take_in_examples(*session, outside, files, findings));
  findings.sources = TRY(assess_sources(*session, outside, ""));
  std::ranges::stable_sort(findings.sources, std::greater(), &records::SourceQuality::rows_read);
  store::DuckConnection connection = TRY(session->connect());
  const evidence::World world = TRY(session->world(connection, settings.as_of));
  findings.figures = TRY(evidence::summary(world));
  findings.areas = world.areas();
  TRY(look_at_log(*session, outside, findings));
  return findings;
}

}  // namespace

Answer demo(const Outside& outside, const Settings& settings, const DemoRequest& request) {
  Report report = demo_page(TRY(found_in_figures(outside, settings, request)), settings);
  if (!request.people.empty()) report.sections.push_back(TRY(demo_people(outside, settings, request.people)));
  if (!request.county.empty()) {
    const CountyOrder order{.folder = request.county, .days = request.county_days};
    report.sections.push_back(TRY(demo_county(outside, settings, order)));
  }
  return report;
}

}  // namespace throughline::app
