// Who else knows a person, what holds their records together, and the review of it: the verbs of linkage.
//
// What is known of a person comes in a body and never in an address. The reason that is given with an act goes with
// that act alone, whatever reason the session has.

#include "app/linkage_verbs.h"
#include "serve/api_handlers.h"
#include "serve/download.h"

namespace throughline::serve {

namespace {

Answered link_report(const Call& call, const app::LinkRequest& request) {
  return report_response(call, app::link(call.parts.outside, call.settings(), request));
}

Answered person_report(const Call& call, const char* act) {
  return link_report(call, {.act = act, .names = {call.arguments.text("person")}});
}

Answered review_report(const Call& call, const char* act) {
  return report_response(call, app::review(call.parts.outside, call.settings(), {.act = act}));
}

app::Settings settings_with_reason(const Call& call) {
  app::Settings settings = call.settings();
  settings.reason = call.body.text("reason");
  return settings;
}

}  // namespace

Answered who_else_knows(const Call& call) {
  const app::WhoRequest request{.forename = call.body.text("forename"),
                                .surname = call.body.text("surname"),
                                .known_as = call.body.text("known_as"),
                                .birth = call.body.text("birth"),
                                .sex = call.body.text("sex"),
                                .address = call.body.text("address"),
                                .postcode = call.body.text("postcode"),
                                .phone = call.body.text("phone"),
                                .nhs_number = call.body.text("nhs_number"),
                                .police_id = call.body.text("police_id")};
  return report_response(call, app::who(call.parts.outside, call.settings(), request));
}

Answered get_person(const Call& call) {
  return person_report(call, "entity");
}

Answered get_person_history(const Call& call) {
  return person_report(call, "history");
}

Answered get_person_uses(const Call& call) {
  return person_report(call, "acted");
}

Answered note_use(const Call& call) {
  const app::LinkRequest request{.act = "act", .names = {call.arguments.text("person")}};
  return report_response(call, app::link(call.parts.outside, settings_with_reason(call), request), 201);
}

Answered get_link(const Call& call) {
  return link_report(call, {.act = "explain", .names = {call.arguments.text("one"), call.arguments.text("other")}});
}

// As a file, and as it was issued to the last byte: replaying reads it so.
Answered get_link_certificate(const Call& call) {
  const std::string one = call.arguments.text("one");
  const std::string other = call.arguments.text("other");
  const auto report = app::link(call.parts.outside, call.settings(), {.act = "certificate", .names = {one, other}});
  if (!report.ok()) return report.error();
  Response response = json_response(report.value().sections.front().verbatim);
  response.fields.emplace_back("Content-Disposition", disposition_of("link " + one + " " + other, "json"));
  return response;
}

Answered get_linkage(const Call& call) {
  return link_report(call, {.act = "report"});
}

Answered get_linkage_plan(const Call& call) {
  return link_report(call, {.act = "plan"});
}

Answered get_next_review(const Call& call) {
  return review_report(call, "next");
}

Answered judge_pair(const Call& call) {
  const app::ReviewRequest request{
      .act = "judge", .names = {call.body.text("one"), call.body.text("other")}, .verdict = call.body.text("verdict")};
  return report_response(call, app::review(call.parts.outside, settings_with_reason(call), request), 201);
}

Answered get_agreement(const Call& call) {
  return review_report(call, "agreement");
}

Answered get_accuracy(const Call& call) {
  return review_report(call, "accuracy");
}

}  // namespace throughline::serve
