#include "serve/api_problem.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "serve/json_value_internal.h"

namespace throughline::serve {

namespace {

using base::ErrorKind;

struct CodedStatus {
  std::string_view code;
  int status = 400;
};

constexpr std::array k_statuses = {CodedStatus{"signed_out", 401},          CodedStatus{"sign_in_failed", 401},
                                   CodedStatus{"proof_needed", 403},        CodedStatus{"sign_in_throttled", 429},
                                   CodedStatus{"account_taken", 409},       CodedStatus{"role_held", 409},
                                   CodedStatus{"role_not_held", 409},       CodedStatus{"last_administrator", 409},
                                   CodedStatus{"content_known", 409},       CodedStatus{"not_standing", 409},
                                   CodedStatus{"upload_in_use", 409},       CodedStatus{"uploads_full", 409},
                                   CodedStatus{"drafts_full", 409},         CodedStatus{"jobs_full", 409},
                                   CodedStatus{"jobs_full_own", 409},       CodedStatus{"too_many_streams", 429},
                                   CodedStatus{"comparison_not_done", 409}, CodedStatus{"comparison_forgotten", 404},
                                   CodedStatus{"body_too_long", 413},       CodedStatus{"method_not_allowed", 405},
                                   CodedStatus{"media_type", 415},          CodedStatus{"path_unknown", 404},
                                   CodedStatus{"format_unavailable", 404},  CodedStatus{"too_many_at_once", 429}};

// Names of things that a path can hold; where there is no such thing the address is of nothing.
constexpr std::array<std::string_view, 11> k_unknown = {
    "extract_unknown", "no_record_here", "mapping_unknown", "source_unknown", "account_unknown", "entry_unknown",
    "upload_unknown",  "job_unknown",    "draft_unknown",   "record_unknown", "no_such_entry"};

}  // namespace

int status_of(const base::Error& error, bool has_path_name) {
  const auto coded = std::ranges::find(k_statuses, std::string_view(error.code), &CodedStatus::code);
  if (coded != k_statuses.end()) return coded->status;
  if (has_path_name && std::ranges::find(k_unknown, std::string_view(error.code)) != k_unknown.end()) return 404;
  switch (error.kind) {
    case ErrorKind::bad_command: return 400;
    case ErrorKind::refused: return 403;
    case ErrorKind::damaged: return 500;
    case ErrorKind::world: return 503;
  }
  return 500;
}

Json problem_json(int status, const base::Error& error) {
  return {{"type", "urn:throughline:problem:" + error.code},
          {"title", error.what},
          {"status", status},
          {"code", error.code},
          {"where", error.where},
          {"remedy", error.remedy}};
}

Response problem_of(int status, const base::Error& error) {
  return Response::of(status, "application/problem+json", dump(problem_json(status, error)));
}

Response problem_of(const base::Error& error, bool has_path_name) {
  return problem_of(status_of(error, has_path_name), error);
}

base::Error asked_wrongly(std::string code, std::string what, std::string where, std::string remedy) {
  return {base::ErrorKind::bad_command, std::move(code), std::move(what), std::move(where), std::move(remedy)};
}

}  // namespace throughline::serve
