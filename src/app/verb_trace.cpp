#include "app/records_report.h"
#include "app/session.h"
#include "app/shown_command.h"
#include "app/trace_depends.h"
#include "app/trace_report.h"
#include "app/verbs.h"
#include "evidence/cell.h"
#include "records/record_id.h"

namespace throughline::app {

namespace {

using ledger::RegisteredExtract;

// A figure counts, and what it rests on are numbers of rows and names of records: nobody's data are shown.
Answer figure(Session& session, const TraceRequest& request) {
  static_cast<void>(TRY(session.may({.object = "figure"})));
  evidence::CellId cell = TRY(evidence::parse_cell(request.name));
  if (!cell.as_of) cell.as_of = session.settings().as_of;
  store::DuckConnection connection = TRY(session.connect());
  TracedFigure traced = TRY(trace_figure(TRY(session.world(connection, cell.as_of)), cell, request.rows_max));
  for (Section& section : traced.sections) {
    if (section.name != "behind" || section.tables.back().rows.empty()) continue;
    const std::string first = std::get<std::string>(section.tables.back().rows.front().front());
    section.commands = {
        {.line = shown_command(session.settings(), {"trace", first}), .what = "the row, its file and its entry"}};
  }
  return Report{.verb = "trace", .sections = std::move(traced.sections)};
}

Answer record(Session& session, const records::RecordId& id) {
  const RegisteredExtract extract = TRY(session.extract(id.extract));
  const records::RecordId whole{.extract = records::extract_name(extract.announced.content_hash), .place = id.place};
  TRY(session.look(Session::reading(extract, "record " + whole.text())));
  const FoundRecord found = TRY(find_record(session.ledger(), extract, id.place));
  Report report{.verb = "trace", .sections = {record_section(found)}};
  if (!found.original.is_erased) report.sections.push_back(handling_section(found.typed));
  report.sections.push_back(TRY(provenance_section(session.ledger(), extract)));
  report.sections.push_back(TRY(entry_section(session.ledger(), extract.entry)));
  return report;
}

Answer extract_alone(Session& session, const TraceRequest& request) {
  const RegisteredExtract extract = TRY(session.extract(request.name));
  const std::string object = "extract " + records::extract_name(extract.announced.content_hash);
  static_cast<void>(TRY(session.may(session.telling_of(extract, object))));
  Report report{.verb = "trace", .sections = {}};
  report.sections.push_back(TRY(provenance_section(session.ledger(), extract)));
  report.sections.push_back(TRY(depends_section(session.ledger(), extract)));
  report.sections.push_back(TRY(entry_section(session.ledger(), extract.entry)));
  return report;
}

}  // namespace

Answer trace(const Outside& outside, const Settings& settings, const TraceRequest& request) {
  const auto session = TRY(Session::open(outside, settings, "trace"));
  if (evidence::looks_like_cell(request.name)) return figure(*session, request);
  if (const auto id = records::RecordId::parse(request.name)) return record(*session, *id);
  return extract_alone(*session, request);
}

}  // namespace throughline::app
