// The harm index, hidden populations, the treatment gap, the sentinel, lags, who is searched and hot spots: of tables
// and series that the program carries, and of what was received.

#include "app/carried_tables.h"
#include "app/disparity_verb.h"
#include "app/gap_verb.h"
#include "app/harm_index.h"
#include "app/hidden_lists.h"
#include "app/hotspots_verb.h"
#include "app/lag_verb.h"
#include "app/sentinel_verb.h"
#include "base/number.h"
#include "serve/api_handlers.h"

namespace throughline::serve {

Answered get_harm_index(const Call& call) {
  const app::IndexRequest request{.table = app::carried_path("constructed_harms"),
                                  .base = call.arguments.text("base"),
                                  .offences = app::carried_path("constructed_offences"),
                                  .weights = app::carried_path("constructed_weights"),
                                  .published = app::carried_path("ons_crime_severity_scores"),
                                  .area = text_or(call.arguments.text("area"), "England and Wales")};
  return kept_report(call, [&] { return app::index(call.parts.outside, call.settings(), request); });
}

Answered estimate_hidden(const Call& call) {
  const app::HiddenRequest request{.file =
                                       app::carried_path(text_or(call.arguments.text("lists"), "uk_2013_six_lists"))};
  return kept_report(call, [&] { return app::hidden(call.parts.outside, call.settings(), request); });
}

Answered get_treatment_gap(const Call& call) {
  return kept_report(call, [&] { return app::gap(call.parts.outside, call.settings(), {}); });
}

Answered get_sentinel(const Call& call) {
  app::SentinelRequest request{.area = call.arguments.text("area"),
                               .before = call.arguments.text("before"),
                               .after = call.arguments.text("after")};
  const std::string of = text_or(call.arguments.text("of"), "metropolitan");
  if (of == "metropolitan") {
    request.input = app::carried_path("met_drug_offences");
    request.area.clear();
  } else {
    request.of = of;
  }
  return kept_report(call, [&] { return app::sentinel(call.parts.outside, call.settings(), request); });
}

Answered get_lag(const Call& call) {
  const app::LagRequest request{.leader = call.arguments.text("leader"),
                                .follower = call.arguments.text("follower"),
                                .window = call.arguments.text("window"),
                                .hypothesis = call.arguments.text("hypothesis"),
                                .area = call.arguments.text("area"),
                                .is_level = call.arguments.text("taken_as") == "levels"};
  return kept_report(call, [&] { return app::lag(call.parts.outside, call.settings(), request); });
}

Answered find_hot_spots(const Call& call) {
  app::HotspotsRequest request{.measure = call.arguments.text("measure"),
                               .published = call.arguments.text("series"),
                               .independent = call.arguments.text("independent"),
                               .places = app::carried_path("local_authorities"),
                               .category = call.arguments.text("category"),
                               .from = call.arguments.text("from"),
                               .to = call.arguments.text("to")};
  if (!request.measure.empty()) request.area_kind = "local-authority";
  // A server always has a workspace, and who may see figures may see whom they are divided by.
  request.has_workspace_residents = !request.published.empty();
  if (const auto near = call.arguments.integer("near")) request.neighbours = *near;
  if (const auto circle = base::parse_double(call.arguments.text("circle"))) request.circle = *circle;
  return kept_report(call, [&] { return app::hotspots(call.parts.outside, call.settings(), request); });
}

Answered get_disparity(const Call& call) {
  const app::DisparityRequest request{.denominator = call.arguments.text("denominator"),
                                      .reference = text_or(call.arguments.text("reference"), "White"),
                                      .area = call.arguments.text("area"),
                                      .from = call.arguments.text("from"),
                                      .to = call.arguments.text("to"),
                                      .object = call.arguments.text("object"),
                                      .ethnicity = call.arguments.text("ethnicity")};
  return kept_report(call, [&] { return app::disparity(call.parts.outside, call.settings(), request); });
}

}  // namespace throughline::serve
