// Claims and the published series behind them: nothing of a workspace and of nobody.

#include "app/claim_verb.h"
#include "serve/api_handlers.h"
#include "serve/api_problem.h"
#include "serve/json_answer.h"

namespace throughline::serve {

namespace {

Answered claim_report(const Call& call, const app::ClaimRequest& request) {
  return report_response(call, app::claim(call.parts.outside, call.settings(), request));
}

}  // namespace

Answered check_claim(const Call& call) {
  return claim_report(call, {.statement = call.body.text("statement")});
}

Answered get_report_claims(const Call& call) {
  return claim_report(call, {.is_reports = true});
}

Answered get_claim_conflicts(const Call& call) {
  return claim_report(call, {.is_conflicts = true});
}

Answered list_published_series(const Call& call) {
  return claim_report(call, {.is_list = true});
}

}  // namespace throughline::serve
