#include "serve/api_site.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/uploads.h"
#include "base/number.h"
#include "serve/api_gate.h"
#include "serve/api_problem.h"
#include "serve/routes.h"

namespace throughline::serve {

std::vector<std::string> page_addresses() {
  return {"/",
          "/sign-in",
          "/measure",
          "/measure/claims",
          "/measure/profile",
          "/measure/plan",
          "/measure/trend",
          "/measure/places",
          "/measure/alerts",
          "/measure/hotspots",
          "/measure/definitions",
          "/measure/index",
          "/measure/hidden",
          "/measure/sentinel",
          "/measure/lag",
          "/measure/disparity",
          "/decide",
          "/decide/protocol",
          "/sources",
          "/sources/*",
          "/sources/extracts/*",
          "/records/*",
          "/govern",
          "/govern/*",
          "/govern/log/*",
          "/govern/people/*",
          "/search",
          "/account",
          "/people",
          "/people/*",
          "/people/links/*"};
}

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::int64_t k_cache_bytes_max = std::int64_t{64} << 20;

bool is_of_api(std::string_view path) {
  return path == "/api" || path.starts_with("/api/");
}

// What the room for uploads says, as the server says it.
class UploadIntake final : public Intake {
 public:
  explicit UploadIntake(std::shared_ptr<app::Uploads::Arriving> arriving) : arriving_(std::move(arriving)) {}
  std::optional<Refusal> take(const std::filesystem::path& file, std::int64_t bytes) override {
    const Result<void> taken = arriving_->take(file, bytes);
    if (taken.ok()) return std::nullopt;
    const Error& error = taken.error();
    const bool is_full = error.code == "uploads_full";
    return Refusal{.status = status_of(error),
                   .code = is_full ? base::Code("uploads_full") : base::Code("disk_reserve"),
                   .what = error.what,
                   .remedy = error.remedy};
  }

 private:
  std::shared_ptr<app::Uploads::Arriving> arriving_;
};

// A query without values that name a thing: what was not found stands in the path.
bool has_path_name(const Route& route) {
  return !route.names.empty();
}

}  // namespace

ApiSite::ApiSite(ApiParts parts, Files files)
    : parts_(std::move(parts)), files_(std::move(files)), cache_(k_cache_bytes_max) {}

Response ApiSite::refused_route(const RequestHead& head) const {
  const Routing routing = find_route(head.method, head.path);
  if (const auto* other = std::get_if<OtherMethods>(&routing)) {
    Response response = problem_of(asked_wrongly("method_not_allowed", "This address does not take that method", "",
                                                 fmt::format("It takes {}", other->allow)));
    response.fields.emplace_back("Allow", other->allow);
    return response;
  }
  const auto* none = std::get_if<NoRoute>(&routing);
  const bool has_nearest = none != nullptr && none->nearest && is_of_api(head.path);
  return problem_of(asked_wrongly("path_unknown", "There is nothing at this address", "",
                                  has_nearest ? fmt::format("Did you mean {}?", *none->nearest) : ""));
}

// Whoever mistypes an address in a browser gets the pages, which say so and lead on.
std::optional<Response> ApiSite::page_of_nothing(const RequestHead& head) const {
  const bool is_read = head.method == Method::get || head.method == Method::head;
  const std::optional<std::string_view> accepted = head.field("accept");
  if (!is_read || !accepted || accepted->find("text/html") == std::string_view::npos) return {};
  RequestHead start;
  start.method = head.method;
  start.path = "/";
  std::optional<Response> page = files_(start);
  if (page) page->status = 404;
  return page;
}

// Before a byte of a file is taken in: that it comes from our own page, and from a session that goes on and whose
// account may bring data in and has room. Whoever may not is told so by the operation, which leaves the entry; the
// whole question is asked once the file is there.
Result<BodyPlan> ApiSite::plan_upload(const RequestHead& head, const Operation& operation) const {
  const auto seen = parts_.sign_ins.seen(cookie_of(head, k_session_cookie).value_or(""));
  if (!seen) {
    return Error{ErrorKind::refused, "signed_out", "Nobody is signed in with this request", "", "Sign in first"};
  }
  TRY(check_csrf(head, seen->csrf));
  if (!seen->may_collect) return BodyPlan(LeaveUnread{});
  const std::int64_t length = base::parse_integer(head.field("content-length").value_or("")).value_or(0);
  std::shared_ptr<app::Uploads::Arriving> arriving =
      TRY(parts_.uploads.expect(seen->account, std::min(length, operation.body_bytes_max)));
  return BodyPlan(KeepInFile{.folder = parts_.uploads.folder(),
                             .bytes_max = operation.body_bytes_max,
                             .intake = std::make_shared<UploadIntake>(std::move(arriving))});
}

BodyPlan ApiSite::plan(const RequestHead& head) {
  if (!is_of_api(head.path)) {
    if (std::optional<Response> file = files_(head)) return AnswerNow{std::move(*file)};
    if (std::optional<Response> page = page_of_nothing(head)) return AnswerNow{std::move(*page)};
    return AnswerNow{refused_route(head)};
  }
  const Routing routing = find_route(head.method, head.path);
  const auto* route = std::get_if<Route>(&routing);
  if (route == nullptr) return AnswerNow{refused_route(head)};
  const Operation& operation = *route->operation;
  if (!changes_something(head.method)) return KeepInMemory{.bytes_max = 0};
  if (const auto checked = check_origin(head, parts_.origins); !checked.ok()) {
    return AnswerNow{problem_of(checked.error())};
  }
  if (const auto checked = check_media_type(head, operation); !checked.ok()) {
    return AnswerNow{problem_of(checked.error())};
  }
  if (operation.body != BodyKind::file) return KeepInMemory{.bytes_max = operation.body_bytes_max};
  Result<BodyPlan> planned = plan_upload(head, operation);
  if (!planned.ok()) return AnswerNow{problem_of(planned.error())};
  return std::move(planned).value();
}

// Who sends the request; nobody, where the operation is open to anyone and the session has ended.
Result<std::optional<app::Visitor>> ApiSite::visitor_of(const RequestHead& head, const Route& route,
                                                        const std::string& token) {
  const Access access = route.operation->access;
  if (access == Access::anyone && route.operation->id != OperationId::get_session) return std::optional<app::Visitor>();
  if (access == Access::anyone && token.empty()) return std::optional<app::Visitor>();
  Result<app::Visitor> visitor = parts_.sign_ins.visitor(token);
  if (!visitor.ok()) {
    if (access == Access::anyone && visitor.error().code == "signed_out") return std::optional<app::Visitor>();
    return std::move(visitor).error();
  }
  if (changes_something(head.method)) TRY(check_csrf(head, visitor.value().csrf));
  if (access == Access::recent && !visitor.value().is_recent) {
    return Error{ErrorKind::refused, "proof_needed", "Who you are must be shown again before this", "",
                 "Give your password again, then do it within ten minutes"};
  }
  return std::optional<app::Visitor>(std::move(visitor).value());
}

Answered ApiSite::answer_route(const Request& request, const Route& route) {
  const Operation& operation = *route.operation;
  if (changes_something(request.head.method)) {
    TRY(check_origin(request.head, parts_.origins));
    TRY(check_media_type(request.head, operation));
  }
  const std::string token = cookie_of(request.head, k_session_cookie).value_or("");
  std::optional<app::Visitor> visitor = TRY(visitor_of(request.head, route, token));
  const std::optional<Turns::Turn> turn = visitor ? requests_.take(visitor->account.name) : std::nullopt;
  if (visitor && !turn) {
    return Error{ErrorKind::refused, "too_many_at_once", "Too many requests of this account are being answered", "",
                 "Wait until some are answered"};
  }
  Arguments arguments = TRY(Arguments::read(request.head, route));
  JsonBody body;
  if (operation.body == BodyKind::json) body = TRY(JsonBody::read(request.body, operation.fields));
  const Call call{.parts = parts_,
                  .cache = cache_,
                  .streams = streams_,
                  .operation = operation,
                  .head = request.head,
                  .body_file = request.body_file,
                  .arguments = std::move(arguments),
                  .body = std::move(body),
                  .token = token,
                  .visitor = std::move(visitor)};
  return handler_of(operation.id)(call);
}

Response ApiSite::answer(Request request) {
  const Routing routing = find_route(request.head.method, request.head.path);
  const auto* route = std::get_if<Route>(&routing);
  if (route == nullptr) return refused_route(request.head);
  Answered answered = answer_route(request, *route);
  if (answered.ok()) return std::move(answered).value();
  Response response = problem_of(answered.error(), has_path_name(*route));
  if (answered.error().code == "signed_out") response.fields.push_back(session_cookie(""));
  return response;
}

Response ApiSite::problem(const Refusal& refusal) {
  return problem_of(refusal.status, {.kind = ErrorKind::bad_command,
                                     .code = std::string(refusal.code.text()),
                                     .what = refusal.what,
                                     .remedy = refusal.remedy});
}

}  // namespace throughline::serve
