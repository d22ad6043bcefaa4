#include "app/records_report.h"
#include "app/session.h"
#include "app/shown_command.h"
#include "app/verbs.h"
#include "records/record_id.h"

namespace throughline::app {

namespace {

using ledger::RegisteredExtract;

Answer list(Session& session) {
  static_cast<void>(TRY(session.may({.object = "list of extracts"})));
  const auto agencies = TRY(session.ledger().agencies());
  return Report{.verb = "records",
                .sections = {extracts_section(TRY(session.listed()), session.settings().as_of, agencies)}};
}

Answer one_extract(Session& session, const RecordsRequest& request) {
  const RegisteredExtract extract = TRY(session.extract(request.name));
  const std::string object = "extract " + records::extract_name(extract.announced.content_hash);
  Report report{.verb = "records", .sections = {}};
  if (request.is_rejections) {
    // Rejections hold no value, so that nobody's data are looked at.
    static_cast<void>(TRY(session.may(session.telling_of(extract, object))));
  } else {
    TRY(session.look(Session::reading(extract, object)));
  }
  report.sections.push_back(TRY(extract_section(session.ledger(), extract)));
  report.sections.push_back(request.is_rejections ? TRY(rejections_section(session.ledger(), extract, request.rows_max))
                                                  : TRY(rows_section(session.ledger(), extract, request.rows_max)));
  const Table& last = report.sections.back().tables.back();
  if (!request.is_rejections && !last.rows.empty()) {
    const std::string first = std::get<std::string>(last.rows.front().front());
    report.sections.back().commands = {
        {.line = shown_command(session.settings(), {"records", first}), .what = "one as it came"}};
  }
  return report;
}

Answer one_record(Session& session, const records::RecordId& id) {
  const RegisteredExtract extract = TRY(session.extract(id.extract));
  const records::RecordId whole{.extract = records::extract_name(extract.announced.content_hash), .place = id.place};
  TRY(session.look(Session::reading(extract, "record " + whole.text())));
  const FoundRecord record = TRY(find_record(session.ledger(), extract, id.place));
  return Report{.verb = "records", .sections = {record_section(record)}};
}

}  // namespace

Answer records(const Outside& outside, const Settings& settings, const RecordsRequest& request) {
  const auto session = TRY(Session::open(outside, settings, "records"));
  if (request.name.empty()) return list(*session);
  if (const auto id = records::RecordId::parse(request.name)) return one_record(*session, *id);
  return one_extract(*session, request);
}

}  // namespace throughline::app
