// Series over time, areas beside one another, alerts and definitions: published figures, so that an answer once made is
// kept.

#include "app/carried_tables.h"
#include "app/define_verb.h"
#include "app/trend_verb.h"
#include "app/watch_verb.h"
#include "base/number.h"
#include "serve/api_handlers.h"

namespace throughline::serve {

namespace {

// Of small areas a force has thousands, times categories: more would hold the server for minutes.
constexpr std::int64_t k_lines_max = 5000;

app::TrendRequest trend_request(const Call& call) {
  app::TrendRequest request{.published = call.arguments.text("series"),
                            .measure = call.arguments.text("measure"),
                            .category = call.arguments.text("category"),
                            .area_kind = call.arguments.text("area_kind"),
                            .to = call.arguments.text("to")};
  if (const auto years = call.arguments.integer("years")) request.years = *years;
  request.lines_max = k_lines_max;
  // A server always has a workspace, and who may see figures may see whom they are divided by.
  request.has_workspace_residents = !request.published.empty();
  return request;
}

Answered kept_trend(const Call& call, const app::TrendRequest& request) {
  return kept_report(call, [&] { return app::trend(call.parts.outside, call.settings(), request); });
}

Answered kept_definition(const Call& call, const app::DefineRequest& request) {
  return kept_report(call, [&] { return app::define(call.parts.outside, call.settings(), request); });
}

}  // namespace

Answered get_trend(const Call& call) {
  app::TrendRequest request = trend_request(call);
  request.area = call.arguments.text("area");
  request.base = call.arguments.text("base");
  return kept_trend(call, request);
}

Answered list_trend_lines(const Call& call) {
  return kept_trend(call, {.is_list = true});
}

Answered compare_places(const Call& call) {
  app::TrendRequest request = trend_request(call);
  request.is_by_place = true;
  return kept_trend(call, request);
}

Answered get_like_areas(const Call& call) {
  app::TrendRequest request = trend_request(call);
  request.area_kind = request.measure.empty() ? "" : "local-authority";
  request.similar = call.arguments.text("area");
  request.traits = app::carried_path("local_authority_traits");
  if (const auto likes = call.arguments.integer("likes")) request.likes = *likes;
  return kept_trend(call, request);
}

Answered get_alerts(const Call& call) {
  app::WatchRequest request{.published = call.arguments.text("series"),
                            .measure = call.arguments.text("measure"),
                            .category = call.arguments.text("category"),
                            .area = call.arguments.text("area"),
                            .area_kind = call.arguments.text("area_kind"),
                            .from = call.arguments.text("from"),
                            .to = call.arguments.text("to")};
  if (const auto level = base::parse_double(call.arguments.text("level"))) request.level = *level;
  if (const auto rows = call.arguments.integer("rows")) request.rows = *rows;
  request.lines_max = k_lines_max;
  return kept_report(call, [&] { return app::watch(call.parts.outside, call.settings(), request); });
}

Answered list_definitions(const Call& call) {
  return kept_definition(call, {.act = "list"});
}

Answered get_definition(const Call& call) {
  return kept_definition(call,
                         {.act = "show", .name = call.arguments.text("name"), .area = call.arguments.text("area")});
}

Answered compare_definitions(const Call& call) {
  return kept_definition(call,
                         {.act = "compare", .name = call.arguments.text("term"), .area = call.arguments.text("area")});
}

}  // namespace throughline::serve
