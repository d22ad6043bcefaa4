// Extracts, records, quality, mappings and traces: each is the verb of the command line, asked for by an address.

#include "app/home.h"
#include "app/verbs.h"
#include "serve/api_handlers.h"
#include "serve/api_problem.h"
#include "serve/json_answer.h"

namespace throughline::serve {

namespace {

constexpr std::int64_t k_rows_shown = 20;
constexpr std::int64_t k_rows_traced = 5;

std::int64_t rows_of(const Call& call, std::int64_t otherwise) {
  return call.arguments.integer("rows").value_or(otherwise);
}

// The verbs tell an extract from a record and from a figure by its form; an address of extracts is of extracts alone.
base::Result<std::string> extract_of(const Call& call) {
  const std::string name = call.arguments.text("extract");
  if (name.find_first_of(":/@") == std::string::npos) return name;
  return asked_wrongly("extract_unknown", "That is not the name of an extract", "the request's path",
                       "Give the first digits of its content hash");
}

Answered extract_part(const Call& call, bool is_rejections) {
  const app::RecordsRequest request{
      .name = TRY(extract_of(call)), .is_rejections = is_rejections, .rows_max = rows_of(call, k_rows_shown)};
  return report_response(call, app::records(call.parts.outside, call.settings(), request));
}

// Whose purpose and roles may tell what is judged and what is told of it.
std::string viewer_of(const app::Visitor& visitor) {
  std::string viewer = visitor.account.name;
  for (const auto role : visitor.account.roles) viewer += " " + std::string(code_of(role));
  return viewer + " " + std::string(code_of(visitor.purpose));
}

// Judging every source takes seconds; one person's judgement is kept as long as nothing new can be seen.
Answered quality_of(const Call& call, const std::string& source) {
  const std::string format = call.arguments.text("format");
  const auto judge = [&] { return app::quality(call.parts.outside, call.settings(), {.source = source}); };
  if (format == "csv" || format == "xlsx") return report_response(call, judge());
  return kept_json(call, viewer_of(*call.visitor),
                   [&]() -> base::Result<std::string> { return json_of(TRY(judge())); });
}

}  // namespace

Answered get_home(const Call& call) {
  return report_response(call, app::home(call.parts.outside, call.settings()));
}

Answered get_trace(const Call& call) {
  const app::TraceRequest request{.name = call.arguments.text("name"), .rows_max = rows_of(call, k_rows_traced)};
  return report_response(call, app::trace(call.parts.outside, call.settings(), request));
}

Answered list_extracts(const Call& call) {
  return report_response(call, app::records(call.parts.outside, call.settings(), {.name = ""}));
}

Answered get_extract(const Call& call) {
  const app::TraceRequest request{.name = TRY(extract_of(call)), .rows_max = k_rows_traced};
  return report_response(call, app::trace(call.parts.outside, call.settings(), request));
}

Answered get_extract_rows(const Call& call) {
  return extract_part(call, false);
}

Answered get_extract_rejections(const Call& call) {
  return extract_part(call, true);
}

Answered get_record(const Call& call) {
  const std::string name = call.arguments.text("record");
  if (name.find(':') == std::string::npos) {
    return asked_wrongly("record_unknown", "That is not the name of a record", "the request's path",
                         "Give the extract and the place: 86e6df89b5d44880:5609");
  }
  return report_response(call, app::records(call.parts.outside, call.settings(), {.name = name}));
}

Answered get_quality(const Call& call) {
  return quality_of(call, "");
}

Answered get_source_quality(const Call& call) {
  return quality_of(call, call.arguments.text("source"));
}

Answered list_mappings(const Call& call) {
  return report_response(call, app::mappings({.act = "list", .name = ""}));
}

Answered get_mapping(const Call& call) {
  const std::string name = call.arguments.text("mapping");
  // The verb reads a file of that name where it ends so: no address does.
  if (name.ends_with(".toml") || name.find('/') != std::string::npos) {
    return asked_wrongly("mapping_unknown", "That is not the name of a built-in mapping", "the request's path",
                         "See the list of mappings");
  }
  return report_response(call, app::mappings({.act = "show", .name = name}));
}

}  // namespace throughline::serve
