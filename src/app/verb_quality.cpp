#include "app/assessment.h"
#include "app/quality_report.h"
#include "app/session.h"
#include "app/shown_command.h"
#include "app/verbs.h"

namespace throughline::app {

Answer quality(const Outside& outside, const Settings& settings, const QualityRequest& request) {
  const auto session = TRY(Session::open(outside, settings, "quality"));
  static_cast<void>(TRY(session->may({.operation = ledger::Operation::consultation,
                                      .data_class = ledger::DataClass::published,
                                      .object = "figures about sources"})));
  const std::vector<records::SourceQuality> assessed = TRY(assess_sources(*session, outside, request.source));
  Report report{.verb = "quality", .sections = {}};
  if (request.source.empty()) {
    report.sections.push_back(quality_overview(assessed));
    if (!assessed.empty()) {
      report.sections.back().commands = {
          {.line = shown_command(settings, {"quality", assessed.front().source}), .what = "all of one source"}};
    }
  }
  for (const records::SourceQuality& each : assessed) {
    if (!request.source.empty()) report.sections.push_back(quality_section(each));
    if (!records::findings_of(each).empty()) report.outcome = Outcome::done_with_findings;
  }
  return report;
}

}  // namespace throughline::app
