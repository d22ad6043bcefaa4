// Whom the counts of published series are divided by, where a workspace knows it and the series do not.

#include <cstdlib>
#include <map>
#include <optional>

#include "app/session.h"
#include "app/trend_input.h"
#include "evidence/areas.h"
#include "evidence/series/catalogue.h"
#include "evidence/stage.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::AreaCode;
using evidence::AreaKind;
using evidence::Areas;

// What kind of areas a series is of. Nothing where the workspace has no residents of such areas.
std::optional<AreaKind> kind_of(const evidence::SeriesCard& card) {
  const auto has = [&](std::string_view words) { return card.geography.find(words) != std::string::npos; };
  if (has("local authorities of")) return AreaKind::local_authority;
  if (has("police force area")) return AreaKind::force;
  return std::nullopt;
}

std::optional<AreaCode> code_of(const Areas& areas, const std::string& name, AreaKind kind) {
  const Result<AreaCode> found = areas.resolve(name, kind);
  if (found.ok()) return found.value();
  if (kind == AreaKind::force) return areas.force_named(name);
  return std::nullopt;
}

std::vector<std::optional<double>> residents_of(TrendInput& input, const Areas& areas, AreaCode code) {
  std::vector<std::optional<double>> people(input.periods);
  for (std::size_t period = 0; period < input.periods; ++period) {
    const auto span = evidence::parse_span(input.period_text(period));
    if (!span) continue;
    const std::int32_t year = span->first.year();
    const auto found = areas.residents(code, year);
    if (found && found->persons > 0 && std::abs(found->year - year) <= evidence::k_denominator_years_max) {
      people[period] = static_cast<double>(found->persons);
      input.residents_years[period].take(found->year);
    }
  }
  return people;
}

}  // namespace

Result<void> add_workspace_residents(TrendInput& input, const Outside& outside, const Settings& settings) {
  const evidence::SeriesCard* card = evidence::built_in_catalogue().find(input.register_name);
  const std::optional<AreaKind> kind = card == nullptr ? std::nullopt : kind_of(*card);
  if (!kind) return {};
  const auto session = TRY(Session::open(outside, settings, "trend"));
  static_cast<void>(TRY(session->may({.operation = ledger::Operation::consultation,
                                      .data_class = ledger::DataClass::published,
                                      .object = "figures"})));
  store::DuckConnection connection = TRY(session->connect());
  const evidence::World world = TRY(session->world(connection, settings.as_of));
  bool has_any = false;
  input.residents_years.resize(input.periods);
  for (TrendLine& line : input.lines) {
    if (!line.line.people.empty()) continue;
    const auto code = code_of(world.areas(), line.area, *kind);
    if (!code) continue;
    line.line.people = residents_of(input, world.areas(), *code);
    has_any = true;
  }
  if (has_any) {
    input.frame.notes.emplace_back(
        "Residents: the mid-year estimates that the workspace holds of areas of the same name, of the period's own "
        "year "
        "or at most five years from it.");
  }
  return {};
}

}  // namespace throughline::app
