// The market model: what it is, and comparisons of scenarios as jobs. It holds nobody's data.

#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "app/comparisons.h"
#include "app/own_work.h"
#include "app/simulate_model.h"
#include "base/number.h"
#include "serve/api_handlers.h"
#include "serve/api_problem.h"
#include "serve/download.h"
#include "serve/json_answer.h"

namespace throughline::serve {

namespace {

using base::Result;
using Kept = std::shared_ptr<const app::KeptComparison>;

// The fields of a body are texts; these hold whole numbers.
Result<std::optional<std::int64_t>> whole_in(const Call& call, std::string_view field) {
  const std::string text = call.body.text(field);
  if (text.empty()) return std::optional<std::int64_t>();
  const auto number = base::parse_integer(text);
  if (number && *number >= 0) return number;
  return asked_wrongly("number_malformed", fmt::format("{} is not a whole number", field), "the request's body",
                       "Write digits alone, as \"730\"");
}

Result<app::ComparisonAsked> asked_in(const Call& call) {
  app::ComparisonAsked asked;
  asked.over = call.body.text("over") == "one" ? app::Over::one : app::Over::ensemble;
  asked.world = text_or(call.body.text("world"), asked.world);
  asked.days = TRY(whole_in(call, "days")).value_or(asked.days);
  asked.seed = static_cast<std::uint64_t>(TRY(whole_in(call, "seed")).value_or(static_cast<std::int64_t>(asked.seed)));
  asked.replicates = TRY(whole_in(call, "replicates"));
  asked.every = text_or(call.body.text("every"), asked.every);
  asked.scenario = call.body.text("scenario");
  asked.parameters = call.body.text("parameters");
  return asked;
}

Result<Kept> kept_in(const Call& call) {
  const ledger::Account owner = TRY(app::owner_of_work(
      call.parts.outside, call.settings(), {.operation = ledger::Operation::consultation, .object = "jobs"}));
  return call.parts.comparisons.find(call.parts.jobs, owner, call.arguments.text("job"));
}

std::string_view type_of(std::string_view ending) {
  if (ending == "csv") return "text/csv; charset=utf-8";
  if (ending == "toml") return "application/toml; charset=utf-8";
  if (ending == "md") return "text/markdown; charset=utf-8";
  return "application/json";
}

Response file_response(std::string text, const std::string& name) {
  const std::size_t point = name.rfind('.');
  const std::string ending = name.substr(point + 1);
  Response response = Response::of(200, std::string(type_of(ending)), std::move(text));
  response.fields.emplace_back("Content-Disposition", disposition_of(name.substr(0, point), ending));
  return response;
}

}  // namespace

Answered get_model(const Call& call) {
  const std::string world = text_or(call.arguments.text("world"), "small");
  return json_response(json_of(TRY(app::show_model(call.parts.outside, call.settings(), world))));
}

Answered get_model_description(const Call& call) {
  const std::string world = text_or(call.arguments.text("world"), "small");
  std::string text = TRY(app::describe_model(call.parts.outside, call.settings(), world));
  if (call.arguments.text("format") == "md") return file_response(std::move(text), "market-model.md");
  return json_response(json_of_description(text));
}

Answered read_scenario(const Call& call) {
  const app::ScenarioAsked usual;
  const app::ScenarioAsked asked{.world = text_or(call.body.text("world"), usual.world),
                                 .days = TRY(whole_in(call, "days")).value_or(usual.days),
                                 .scenario = call.body.text("scenario")};
  return json_response(json_of(TRY(app::show_scenario(call.parts.outside, call.settings(), asked))));
}

Answered start_comparison(const Call& call) {
  const ledger::Account owner = TRY(app::owner_of_work(call.parts.outside, call.settings(),
                                                       {.operation = ledger::Operation::collection, .object = "jobs"}));
  app::ComparisonAsked asked = TRY(asked_in(call));
  return json_response(json_of(TRY(call.parts.comparisons.start(call.parts.jobs, owner.id, std::move(asked)))), 202);
}

Answered get_comparison(const Call& call) {
  Response response = json_response(json_of(app::shown_comparison(*TRY(kept_in(call)))));
  response.is_compressible = true;  // Long, and nothing in it is secret.
  return response;
}

Answered get_comparison_file(const Call& call) {
  const Kept kept = TRY(kept_in(call));
  const std::string file = call.arguments.text("file");
  if (!file.ends_with(".xlsx")) return file_response(TRY(app::comparison_text(*kept, file)), file);
  const std::string table = file.substr(0, file.rfind('.'));
  const Download download{.name = table,
                          .about = app::kept_facts(*kept),
                          .notes = app::comparison_notes(kept->order.runs),
                          .table = TRY(app::comparison_table(*kept, table))};
  return download_response(download, "xlsx");
}

}  // namespace throughline::serve
