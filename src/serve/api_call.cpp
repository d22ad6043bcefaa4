#include "serve/api_call.h"

#include <utility>

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
  if (const std::string as_of = call.arguments.text("as_of"); !as_of.empty()) {
    download.about.insert(download.about.begin() + 1, {"as_of", "As known at the end of", as_of});
  }
  return download_response(download, format);
}

}  // namespace throughline::serve
