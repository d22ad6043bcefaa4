// Signing in and out, and the purpose for which a person acts.

#include <filesystem>
#include <utility>

#include "serve/api_gate.h"
#include "serve/api_handlers.h"
#include "serve/json_answer.h"

namespace throughline::serve {

namespace {

// The session's state holds its token against forged requests, so it is never compressed.
Response state_response(const Call& call, const app::Visitor* visitor) {
  const std::string workspace =
      std::filesystem::path(call.parts.settings.workspace).lexically_normal().filename().string();
  const SessionShown shown{.visitor = visitor, .ways = call.parts.sign_ins.ways(), .workspace = workspace};
  return Response::of(200, "application/json", json_of(shown));
}

Response started_response(const Call& call, const app::Started& started) {
  Response response = state_response(call, &started.visitor);
  response.fields.push_back(session_cookie(started.token));
  return response;
}

Response go_to(const std::string& address) {
  Response response;
  response.status = 303;
  response.fields.emplace_back("Location", address);
  return response;
}

}  // namespace

Answered get_session(const Call& call) {
  Response response = state_response(call, call.visitor ? &*call.visitor : nullptr);
  // A cookie of a session that ended is of no more use.
  if (!call.visitor && !call.token.empty()) response.fields.push_back(session_cookie(""));
  return response;
}

Answered sign_out(const Call& call) {
  TRY(call.parts.sign_ins.sign_out(call.token));
  Response response = no_content();
  response.fields.push_back(session_cookie(""));
  response.fields.emplace_back("Clear-Site-Data", "\"cache\"");
  return response;
}

Answered sign_in_by_link(const Call& call) {
  return started_response(call,
                          TRY(call.parts.sign_ins.by_link({.token = call.body.text("token"), .peer = call.head.peer})));
}

Answered sign_in_by_password(const Call& call) {
  return started_response(call, TRY(call.parts.sign_ins.by_password({.account = call.body.text("account"),
                                                                     .password = call.body.text("password"),
                                                                     .peer = call.head.peer})));
}

Answered change_password(const Call& call) {
  TRY(call.parts.sign_ins.change_password(call.token, call.body.text("password")));
  return no_content();
}

Answered accept_invitation(const Call& call) {
  return started_response(
      call, TRY(call.parts.sign_ins.by_invitation(
                {.token = call.body.text("token"), .password = call.body.text("password"), .peer = call.head.peer})));
}

Answered start_agency_sign_in(const Call& call) {
  const app::AgencyStart start = TRY(call.parts.sign_ins.agency_start({.provider = call.arguments.text("provider"),
                                                                       .return_to = call.arguments.text("return_to"),
                                                                       .peer = call.head.peer}));
  Response response = go_to(start.address);
  response.fields.push_back(agency_cookie(start.cookie));
  return response;
}

// A person comes here from elsewhere: what went wrong is told by the page, under its code.
Answered finish_agency_sign_in(const Call& call) {
  const auto finished = call.parts.sign_ins.agency_finish({.cookie = cookie_of(call.head, k_agency_cookie).value_or(""),
                                                           .code = call.arguments.text("code"),
                                                           .state = call.arguments.text("state"),
                                                           .issuer = call.arguments.text("iss"),
                                                           .has_error = !call.arguments.text("error").empty(),
                                                           .peer = call.head.peer});
  if (!finished.ok()) {
    Response response = go_to("/sign-in?problem=" + finished.error().code);
    response.fields.push_back(agency_cookie(""));
    return response;
  }
  Response response = go_to(finished.value().return_to);
  response.fields.push_back(agency_cookie(""));
  response.fields.push_back(session_cookie(finished.value().started.token));
  return response;
}

Answered show_who_you_are(const Call& call) {
  return started_response(
      call,
      TRY(call.parts.sign_ins.prove(
          call.token, {.account = call.account(), .password = call.body.text("password"), .peer = call.head.peer})));
}

Answered choose_purpose(const Call& call) {
  const app::Visitor visitor = TRY(call.parts.sign_ins.choose_purpose(
      call.token, {.code = call.body.text("code"), .reason = call.body.text("reason")}));
  return state_response(call, &visitor);
}

}  // namespace throughline::serve
