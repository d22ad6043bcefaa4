#include "serve/api_call.h"

#include <utility>

#include "app/host.h"
#include "app/measure_answer.h"
#include "serve/api_problem.h"
#include "serve/download.h"
#include "serve/json_answer.h"

namespace throughline::serve {

app::Settings Call::settings() const {
  app::Settings settings = visitor->settings(parts.settings);
  settings.as_of = arguments.date("as_of");
  return settings;
}

Response json_response(std::string json, int status) {
  Response response = Response::of(status, "application/json", std::move(json));
  // No secret of a session lies in these answers, so that compressing them gives nothing away.
  response.is_compressible = true;
  return response;
}

Answered kept_json(const Call& call, const std::string& owner, const MakeJson& make) {
  // Somebody who may not see figures goes the long way, by which a refusal is written down.
  const bool is_allowed = app::may_see_figures(*call.visitor);
  const std::string key = owner + "/" + std::string(call.operation.name) + "?" + call.arguments.canonical();
  // Read before the answer is made: one that was begun before a change is not kept as if it were made after it.
  const app::Host* const host = call.parts.outside.host;
  const std::uint64_t generation = host == nullptr ? 0 : host->generation();
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

Response no_content() {
  Response response;
  response.status = 204;
  return response;
}

Answered report_response(const Call& call, const base::Result<app::Report>& report, int status) {
  if (!report.ok()) return report.error();
  const std::string format = call.arguments.text("format");
  if (format.empty() || format == "json") return json_response(json_of(report.value()), status);
  Download download = TRY(download_of(report.value(), call.arguments.text("table")));
  // A published series is shown as the program carries it: no date makes it older.
  const bool is_published = !call.arguments.text("series").empty();
  if (const std::string as_of = call.arguments.text("as_of"); !as_of.empty()) {
    download.about.insert(download.about.begin() + 1,
                          is_published ? app::Fact{"as_of", "As known", "as the program carries it, whatever the date"}
                                       : app::Fact{"as_of", "As known at the end of", as_of});
  }
  return download_response(download, format);
}

Answered kept_report(const Call& call, const MakeReport& make) {
  const std::string format = call.arguments.text("format");
  if (!format.empty() && format != "json") return report_response(call, make());
  return kept_json(call, "", [&]() -> base::Result<std::string> { return json_of(TRY(make())); });
}

}  // namespace throughline::serve
