// Measures, areas, series: published data, so that an answer once made is kept.

#include <utility>

#include "app/host.h"
#include "app/measure_answer.h"
#include "app/verbs.h"
#include "serve/api_handlers.h"
#include "serve/download.h"
#include "serve/json_answer.h"

namespace throughline::serve {

namespace {

std::uint64_t generation_of(const Call& call) {
  return call.parts.outside.host == nullptr ? 0 : call.parts.outside.host->generation();
}

// The kept answer; else the one that is made now, which is kept. `make` gives a Result<std::string>.
template <class Make>
Answered kept_or_made(const Call& call, const Make& make) {
  // Somebody who may not see figures goes the long way, by which a refusal is written down.
  const bool is_allowed = app::may_see_figures(*call.visitor);
  const std::string key = std::string(call.operation.name) + "?" + call.arguments.canonical();
  // Read before the answer is made: one that was begun before a change is not kept as if it were made after it.
  const std::uint64_t generation = generation_of(call);
  SharedBytes bytes = is_allowed ? call.cache.find(key, generation) : nullptr;
  if (bytes == nullptr) {
    bytes = std::make_shared<const std::string>(TRY(make()));
    if (is_allowed) call.cache.keep(key, generation, bytes);
  }
  Response response;
  response.content_type = "application/json";
  response.body = std::move(bytes);
  response.is_compressible = true;
  return response;
}

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
  return kept_or_made(call, [&]() -> base::Result<std::string> {
    return json_of(TRY(app::measure_offers(call.parts.outside, call.settings())));
  });
}

Answered list_areas(const Call& call) {
  const app::AreasQuery query{.kind = call.arguments.text("kind"),
                              .measure = call.arguments.text("measure"),
                              .within = call.arguments.text("within")};
  return kept_or_made(call, [&]() -> base::Result<std::string> {
    return json_of(TRY(app::measure_areas(call.parts.outside, call.settings(), query)));
  });
}

Answered get_series(const Call& call) {
  const std::string format = call.arguments.text("format");
  if (format == "csv" || format == "xlsx") return series_download(call, format);
  return kept_or_made(call, [&]() -> base::Result<std::string> {
    return json_of(TRY(app::measure_series(call.parts.outside, call.settings(), query_of(call))));
  });
}

}  // namespace throughline::serve
