// Counts of a workspace to be watched.

#include <cstdlib>
#include <optional>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "app/session.h"
#include "app/watch_input.h"
#include "evidence/cell.h"
#include "evidence/stage.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::World;

// Categories to be watched, each by itself: `all` of them together says nothing that they do not say.
std::vector<std::string> categories_of(const World& world, const evidence::Measure& measure,
                                       const WatchRequest& request) {
  if (!request.category.empty()) return {request.category};
  std::vector<std::string> slugs;
  for (const evidence::CategoryUse& use : world.facts(measure.source).categories) {
    if (!use.slug.empty()) slugs.push_back(use.slug);
  }
  return slugs;
}

// Nothing where no population near enough in time was received.
std::optional<double> residents_of(const evidence::Figure& figure, const evidence::Areas& areas) {
  const auto code = records::GssCode::parse(figure.cell.area);
  if (!code.has_value()) return std::nullopt;
  const std::int32_t year = figure.cell.period.begin.year();
  const auto found = areas.residents(*code, year);
  if (!found || found->persons <= 0 || std::abs(found->year - year) > evidence::k_denominator_years_max) {
    return std::nullopt;
  }
  return static_cast<double>(found->persons);
}

std::string area_name(const std::string& code, const evidence::Areas& areas) {
  const auto gss = records::GssCode::parse(code);
  const evidence::Area* found = gss.has_value() ? areas.find(*gss) : nullptr;
  return found != nullptr ? found->name : code;
}

void add_series(WatchBatch& batch, const evidence::Series& series, const evidence::Areas& areas, PeopleRead read) {
  evidence::CountHistory counts;
  std::vector<std::optional<double>> people;
  std::string area;
  const auto finish = [&] {
    if (counts.empty()) return;
    batch.series.push_back({.area = area, .category = series.category_words, .counts = std::move(counts)});
    batch.is_police_activity.push_back(series.measure->is_police_activity);
    counts = {};
    if (read == PeopleRead::yes) batch.people.push_back(std::move(people));
    people = {};
  };
  std::string code;
  for (const evidence::Figure& figure : series.figures) {
    if (figure.cell.area != code) {
      finish();
      code = figure.cell.area;
      area = area_name(code, areas);
    }
    const auto* count = std::get_if<std::int64_t>(&figure.count);
    counts.push_back(count != nullptr ? std::optional(*count) : std::nullopt);
    if (read == PeopleRead::yes) people.push_back(residents_of(figure, areas));
  }
  finish();
  batch.caveats.unite(series.caveats);
}

base::Error too_many_lines(const WatchRequest& request) {
  return bad_command("lines_too_many",
                     fmt::format("{} has more than {} lines of area and category", request.measure, request.lines_max),
                     "area_kind", "Name an area or a category, or take a wider kind of area");
}

}  // namespace

Result<WatchBatch> workspace_batch(const Outside& outside, const Settings& settings, const WatchRequest& request,
                                   PeopleRead people) {
  const auto session = TRY(Session::open(outside, settings, people == PeopleRead::yes ? "trend" : "watch"));
  static_cast<void>(TRY(session->may({.operation = ledger::Operation::consultation,
                                      .data_class = ledger::DataClass::published,
                                      .object = "figures"})));
  store::DuckConnection connection = TRY(session->connect());
  const World world = TRY(session->world(connection, settings.as_of));
  const evidence::Measure& measure = *TRY(evidence::resolve_measure(request.measure, ""));
  WatchBatch batch;
  batch.source = std::string(measure.title);
  for (const std::string& category : categories_of(world, measure, request)) {
    TRY(outside.interrupt.poll());
    const evidence::SeriesRequest asked = TRY(evidence::resolve(
        world,
        {.measure = request.measure, .category = category, .area = request.area, .area_kind = request.area_kind}));
    const base::Month first = asked.span.begin;
    batch.first = {.kind = evidence::SpanKind::month, .first = first, .last = first};
    add_series(batch, TRY(evidence::measure(world, asked)), world.areas(), people);
    if (request.lines_max > 0 && std::ssize(batch.series) > request.lines_max) return too_many_lines(request);
  }
  if (batch.series.empty()) {
    // Nothing was received: the question itself says so.
    static_cast<void>(TRY(evidence::resolve(world, {.measure = request.measure})));
  }
  return batch;
}

}  // namespace throughline::app
