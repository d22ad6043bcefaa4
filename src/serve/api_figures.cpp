// Measures, areas, series: published data, so that an answer once made is kept.

#include <utility>

#include "app/host.h"
#include "app/measure_answer.h"
#include "app/profile_verb.h"
#include "app/verbs.h"
#include "serve/api_handlers.h"
#include "serve/download.h"
#include "serve/json_answer.h"

namespace throughline::serve {

namespace {

app::SeriesQuery query_of(const Call& call) {
  return {.measure = call.arguments.text("measure"),
          .category = call.arguments.text("category"),
          .areas = call.arguments.list("area"),
          .from = call.arguments.text("from"),
          .to = call.arguments.text("to")};
}

Answered series_download(const Call& call, const std::string& format) {
  const app::SeriesAnswer answer = TRY(app::measure_series(call.parts.outside, call.settings(), query_of(call)));
  Download download{
      .name = "figures-" + answer.measure.name + "-" + answer.category + "-" + answer.from + "-" + answer.to,
      .about = app::series_facts(answer),
      .notes = answer.words,
      .table = app::series_table(answer)};
  for (const app::CaveatShown& caveat : answer.caveats) {
    download.notes.push_back(caveat.code + ": " + caveat.sentence);
  }
  return download_response(download, format);
}

}  // namespace

Answered list_measures(const Call& call) {
  return kept_json(call, "", [&]() -> base::Result<std::string> {
    return json_of(TRY(app::measure_offers(call.parts.outside, call.settings())));
  });
}

Answered list_areas(const Call& call) {
  const app::AreasQuery query{.kind = call.arguments.text("kind"),
                              .measure = call.arguments.text("measure"),
                              .within = call.arguments.text("within")};
  return kept_json(call, "", [&]() -> base::Result<std::string> {
    return json_of(TRY(app::measure_areas(call.parts.outside, call.settings(), query)));
  });
}

Answered get_profile(const Call& call) {
  const std::string kind = call.arguments.text("kind");
  app::ProfileRequest request{.area = call.arguments.text("area")};
  if (!kind.empty()) request.kind = kind;
  return report_response(call, app::profile(call.parts.outside, call.settings(), request));
}

Answered check_plan(const Call& call) {
  return report_response(call, app::plan(call.parts.outside, call.settings(), {.text = call.body.text("plan")}));
}

Answered get_series(const Call& call) {
  const std::string format = call.arguments.text("format");
  if (format == "csv" || format == "xlsx") return series_download(call, format);
  return kept_json(call, "", [&]() -> base::Result<std::string> {
    return json_of(TRY(app::measure_series(call.parts.outside, call.settings(), query_of(call))));
  });
}

}  // namespace throughline::serve
