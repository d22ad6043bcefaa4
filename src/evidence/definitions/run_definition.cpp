#include "evidence/definitions/run_definition.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/check.h"

namespace throughline::evidence {

namespace {

const SeriesLine& line_named(const SeriesCard& card, const std::string& name) {
  const auto found = std::ranges::find(card.lines, name, &SeriesLine::name);
  CHECK(found != card.lines.end());
  return *found;
}

std::vector<SeriesPoint> summed(const SeriesCard& card, const SeriesRule& rule, const Definition& definition) {
  std::vector<SeriesPoint> points;
  for (const SeriesPoint& first : line_named(card, rule.lines.front()).points) {
    if (!definition.holds_in(first.span.first, first.span.last)) continue;
    SeriesPoint point = first;
    bool is_whole = true;
    for (std::size_t i = 1; i < rule.lines.size(); ++i) {
      const SeriesPoint* more = line_named(card, rule.lines[i]).at(first.area, first.span);
      is_whole = is_whole && more != nullptr;
      if (more != nullptr) point.value += more->value;
    }
    if (is_whole) points.push_back(std::move(point));
  }
  return points;
}

// Counts of events can be added up; shares and rates cannot.
std::optional<Refusal> refuse_sum(const SeriesCard& card, const SeriesRule& rule, const Caveats& caveats) {
  if (rule.lines.size() < 2) return std::nullopt;
  if (auto refusal = refuse(Use::sum_substances, caveats)) return refusal;
  if (!card.is_percentage && card.per == 0) return std::nullopt;
  return Refusal{.rule = Rule::universes_are_not_joined,
                 .reason = "Shares and rates of different groups have no sum.",
                 .remedy = "Ask for each line by itself."};
}

}  // namespace

std::vector<DefinedSeries> run_definition(const Definition& definition, const Catalogue& catalogue) {
  std::vector<DefinedSeries> made;
  for (const SeriesRule& rule : definition.series) {
    const SeriesCard* card = catalogue.find(rule.series);
    CHECK(card != nullptr && !rule.lines.empty());
    DefinedSeries defined{
        .card = card, .lines = fmt::format("{}", fmt::join(rule.lines, " + ")), .caveats = card->caveats, .points = {}};
    defined.caveats.unite(definition.caveats);
    if (auto refusal = refuse_sum(*card, rule, defined.caveats)) {
      defined.points = *std::move(refusal);
    } else {
      defined.points = summed(*card, rule, definition);
    }
    made.push_back(std::move(defined));
  }
  return made;
}

}  // namespace throughline::evidence
