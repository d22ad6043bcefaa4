// Sessions, uploads, jobs, searches, drafts and invitations as the contract's JSON.

#include <algorithm>

#include "serve/api_problem.h"
#include "serve/json_answer.h"
#include "serve/json_value_internal.h"

namespace throughline::serve {

namespace {

Json or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json problem_or_null(const std::optional<base::Error>& error) {
  return error ? problem_json(status_of(*error), *error) : Json(nullptr);
}

const char* word_of(app::SignInWay::Kind kind) {
  switch (kind) {
    case app::SignInWay::Kind::link: return "link";
    case app::SignInWay::Kind::password: return "password";
    case app::SignInWay::Kind::agency: return "agency";
  }
  return "link";
}

Json to_json(const app::UploadSample& sample) {
  Json rules = Json::array();
  for (const app::UploadSample::Rule& rule : sample.rules) {
    rules.push_back({{"rule", rule.rule}, {"column", rule.column}, {"rows", rule.rows}});
  }
  return {
      {"rows", sample.rows}, {"records", sample.records}, {"rejected", sample.rejected}, {"rules", std::move(rules)}};
}

Json to_json(const app::Upload& upload) {
  Json candidates = Json::array();
  for (const app::UploadCandidate& each : upload.candidates) {
    candidates.push_back({{"name", each.name}, {"title", each.title}});
  }
  Json columns = Json::array();
  for (const app::UploadColumn& each : upload.columns) {
    columns.push_back({{"column", each.column}, {"kind", each.kind}, {"meaning", each.meaning}});
  }
  return {{"upload", upload.upload},
          {"file_name", upload.file_name},
          {"bytes", upload.bytes},
          {"sha256", upload.sha256.hex()},
          {"mapping", or_null(upload.mapping)},
          {"candidates", std::move(candidates)},
          {"columns", std::move(columns)},
          {"toml", upload.toml},
          {"sample", upload.sample ? to_json(*upload.sample) : Json(nullptr)},
          {"problem", problem_or_null(upload.problem)},
          {"known_as", or_null(upload.known_as)}};
}

Json to_json(const app::JobShown& job) {
  return {{"job", job.job},
          {"kind", job.kind},
          {"title", job.title},
          {"state", app::name_of(job.state)},
          {"stage", job.stage},
          {"done", job.done},
          {"total", job.total},
          {"unit", job.unit},
          {"notes", job.notes},
          {"report", job.report ? report_json(*job.report) : Json(nullptr)},
          {"problem", problem_or_null(job.problem)},
          {"started_at", base::to_string(job.started_at)},
          {"ended_at", job.ended_at ? Json(base::to_string(*job.ended_at)) : Json(nullptr)}};
}

template <class T>
std::string list_json(const std::vector<T>& items) {
  Json list = Json::array();
  for (const T& item : items) list.push_back(to_json(item));
  return dump(list);
}

Json account_json(const app::Visitor& visitor) {
  Json roles = Json::array();
  for (const auto role : visitor.account.roles) roles.push_back(code_of(role));
  return {{"name", visitor.account.name},          {"person_name", visitor.account.person_name},
          {"agency", visitor.account.agency_name}, {"roles", std::move(roles)},
          {"has_password", visitor.has_password},  {"is_recent", visitor.is_recent}};
}

Json purpose_json(const app::Visitor& visitor) {
  const std::string code(code_of(visitor.purpose));
  if (visitor.purpose == decltype(visitor.purpose){}) return nullptr;
  return {{"code", code}, {"reason", visitor.reason}};
}

}  // namespace

std::string json_of(const app::Upload& upload) {
  return dump(to_json(upload));
}

std::string json_of(const std::vector<app::Upload>& uploads) {
  return list_json(uploads);
}

std::string json_of(const app::JobShown& job) {
  return dump(to_json(job));
}

std::string json_of(const std::vector<app::JobShown>& jobs) {
  return list_json(jobs);
}

std::string json_of(const app::SearchAnswer& answer) {
  Json groups = Json::array();
  for (const app::SearchGroup& group : answer.groups) {
    Json hits = Json::array();
    for (const app::SearchHit& hit : group.hits) {
      hits.push_back({{"title", hit.title}, {"detail", hit.detail}, {"page", hit.page}});
    }
    groups.push_back({{"kind", group.kind}, {"title", group.title}, {"hits", std::move(hits)}});
  }
  return dump({{"groups", std::move(groups)}, {"meant", or_null(answer.meant)}});
}

std::string json_of(const app::Draft& draft) {
  return dump({{"text", draft.text}, {"kept_at", base::to_string(draft.kept_at)}});
}

std::string json_of(const app::Invitation& invitation) {
  return dump(
      {{"account", invitation.account}, {"link", invitation.link}, {"ends_at", base::to_string(invitation.ends_at)}});
}

std::string json_of(const SessionShown& shown) {
  Json ways = Json::array();
  for (const app::SignInWay& way : shown.ways) {
    ways.push_back({{"kind", word_of(way.kind)}, {"name", way.name}, {"title", way.title}});
  }
  const app::Visitor* visitor = shown.visitor;
  const bool is_in = visitor != nullptr;
  return dump({{"signed_in", is_in},
               {"ways", std::move(ways)},
               {"account", is_in ? account_json(*visitor) : Json(nullptr)},
               {"purpose", is_in ? purpose_json(*visitor) : Json(nullptr)},
               {"workspace", shown.workspace},
               {"csrf", is_in ? visitor->csrf : ""},
               {"idle_seconds", is_in ? visitor->idle.count() : 0},
               {"ends_at", is_in ? Json(base::to_string(visitor->ends_at)) : Json(nullptr)}});
}

}  // namespace throughline::serve
