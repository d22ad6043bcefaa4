// The audit log, people and permissions.

#include "app/permissions.h"
#include "app/verbs.h"
#include "serve/api_handlers.h"
#include "serve/json_answer.h"

namespace throughline::serve {

namespace {

constexpr std::int64_t k_entries_shown = 50;

Answered audit(const Call& call, const app::AuditRequest& request) {
  return report_response(call, app::audit(call.parts.outside, call.settings(), request));
}

Answered change_role(const Call& call, const char* act) {
  const app::AccountsRequest request{
      .act = act, .name = call.arguments.text("account"), .role = call.arguments.text("role")};
  return report_response(call, app::accounts(call.parts.outside, call.settings(), request));
}

}  // namespace

Answered list_entries(const Call& call) {
  return audit(call, {.act = "show",
                      .rows_max = call.arguments.integer("rows").value_or(k_entries_shown),
                      .before = call.arguments.integer("before")});
}

Answered get_entry(const Call& call) {
  return audit(call, {.act = "show", .entry = call.arguments.integer("entry")});
}

Answered prove_entry(const Call& call) {
  return audit(call, {.act = "prove", .entry = call.arguments.integer("entry")});
}

Answered get_checkpoint(const Call& call) {
  return audit(call, {.act = "checkpoint"});
}

Answered list_accounts(const Call& call) {
  return report_response(call, app::accounts(call.parts.outside, call.settings(), {.act = "list"}));
}

Answered add_account(const Call& call) {
  const app::AccountsRequest request{.act = "add",
                                     .name = call.body.text("name"),
                                     .person_name = call.body.text("person_name"),
                                     .agency = call.body.text("agency"),
                                     .role = call.body.text("role")};
  return report_response(call, app::accounts(call.parts.outside, call.settings(), request), 201);
}

Answered grant_role(const Call& call) {
  return change_role(call, "grant");
}

Answered revoke_role(const Call& call) {
  return change_role(call, "revoke");
}

Answered invite_account(const Call& call) {
  const app::Invitation invitation =
      TRY(app::invite(call.parts.outside, call.settings(), call.arguments.text("account"), call.parts.origins.front()));
  return json_response(json_of(invitation), 201);
}

Answered end_sessions(const Call& call) {
  return report_response(call, call.parts.sign_ins.end_sessions(call.settings(), call.arguments.text("account")));
}

Answered get_permissions(const Call& call) {
  return report_response(call, app::permissions(call.parts.outside, call.settings()));
}

}  // namespace throughline::serve
