#include "app/ingest_report.h"
#include "app/intake.h"
#include "app/session.h"
#include "app/shown_command.h"
#include "app/verbs.h"
#include "records/record_id.h"

namespace throughline::app {

namespace {

// One way to look further for each thing that happened.
std::vector<Command> next_commands(const Settings& settings, const std::vector<FileOutcome>& outcomes) {
  for (const FileOutcome& outcome : outcomes) {
    if (!outcome.ingested.ok()) continue;
    const ledger::Announcement& announced = outcome.ingested.value().extract.announced;
    if (announced.rows_rejected == 0) continue;
    const std::string name = records::extract_name(announced.content_hash);
    return {
        {.line = shown_command(settings, {"records", name, "--rejections"}), .what = "what was rejected, row by row"}};
  }
  return {{.line = shown_command(settings, {"quality"}), .what = "how good each source is"}};
}

}  // namespace

Answer ingest(const Outside& outside, const Settings& settings, const IngestRequest& request) {
  const auto session = TRY(Session::open(outside, settings, "ingest", Access::writing));
  const base::Date today = outside.clock.now().date();
  if (request.received && *request.received > today) {
    return base::Error{base::ErrorKind::bad_command, "received_in_future",
                       "The file cannot have been received on " + base::to_string(*request.received) +
                           ", for today is " + base::to_string(today),
                       "--received", "Give the day on which the agency sent it"};
  }
  IntakeOrder order{.files = request.files, .mapping = request.mapping, .supersedes = {}, .received = request.received};
  if (!request.supersedes.empty()) {
    order.supersedes = TRY(session->extract(request.supersedes)).announced.extract;
  }
  const std::vector<FileOutcome> outcomes = TRY(take_in(*session, outside, order));
  const std::vector<ledger::RegisteredExtract> registry = TRY(ledger::registry(session->ledger()));
  const ExtractNames names = [&](ledger::ExtractNo number) {
    for (const ledger::RegisteredExtract& extract : registry) {
      if (extract.announced.extract == number) return records::extract_name(extract.announced.content_hash);
    }
    return std::to_string(number.number());
  };
  Report report{.verb = "ingest", .sections = {}};
  report.sections.push_back(TRY(ingest_section(outcomes, names)));
  report.sections.back().commands = next_commands(settings, outcomes);
  if (has_findings(outcomes)) report.outcome = Outcome::done_with_findings;
  return report;
}

}  // namespace throughline::app
