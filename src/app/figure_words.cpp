#include "app/figure_words.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/number.h"
#include "evidence/cell.h"

namespace throughline::app {

namespace {

using evidence::AreaCode;
using evidence::AreaKind;
using evidence::Caveat;
using evidence::Figure;
using evidence::World;

std::vector<AreaKind> kinds_of(const evidence::Measure& measure) {
  switch (measure.basis) {
    case evidence::AreaBasis::event_place:
      return {AreaKind::force, AreaKind::local_authority, AreaKind::ward, AreaKind::lsoa};
    case evidence::AreaBasis::reporting_force: return {AreaKind::force};
    case evidence::AreaBasis::published_area: return {AreaKind::local_authority};
  }
  return {};
}

bool is_received(const World& world, AreaCode area, const evidence::Measure& measure) {
  const bool is_by_place = measure.basis == evidence::AreaBasis::event_place;
  const auto owner = is_by_place ? world.areas().containing(area, AreaKind::force) : std::optional(area);
  return owner && world.facts(measure.source).coverage.knows(*owner);
}

std::string plural(const std::string& unit) {
  return unit.ends_with("ch") || unit.ends_with("s") ? unit + "es" : unit + "s";
}

std::string whole(double value) {
  return base::format_integer(std::llround(value));
}

std::string months_text(const std::string& from, const std::string& to) {
  const auto first = base::parse_month(from);
  const auto last = base::parse_month(to);
  if (!first || !last) return from + " to " + to;
  return from == to ? base::to_words(*first) : base::to_words(*first) + " to " + base::to_words(*last);
}

std::string signed_percent(double value) {
  return fmt::format("{}{:.1f}%", value < 0 ? "−" : "+", std::abs(value));
}

std::string total_text(const SeriesAnswer& answer, const FigureShown& total) {
  const std::string under =
      answer.category == evidence::k_all_categories ? "" : fmt::format(" under “{}”", answer.category_words);
  const std::string unit = plural(answer.measure.unit);
  if (!total.count) {
    return fmt::format("no total of {}{} is given, for {} months are missing; {} in the months received", unit, under,
                       total.missing.size(), base::format_integer(total.received_count));
  }
  const std::string counted = *total.count == 1 ? answer.measure.unit : unit;
  std::string text = fmt::format("{} {}{} (95% interval {} to {})", base::format_integer(*total.count), counted, under,
                                 whole(total.interval->low), whole(total.interval->high));
  if (total.rate) {
    text += fmt::format(", which is {:.1f} ({:.1f} to {:.1f}) for every 100,000 residents", *total.rate,
                        total.rate_interval->low, total.rate_interval->high);
  }
  return text;
}

std::string change_text(const ChangeShown& change) {
  if (!change.percent) return "; against the same months a year before: cannot tell";
  const std::string before = base::format_integer(change.before.count.value_or(0));
  const bool is_chance = change.interval->low <= 0 && change.interval->high >= 0;
  return fmt::format("; against {} in {}: {} ({} to {}){}", before, months_text(change.before.from, change.before.to),
                     signed_percent(*change.percent), signed_percent(change.interval->low),
                     signed_percent(change.interval->high), is_chance ? ", which chance alone may explain" : "");
}

}  // namespace

CommonCaveats::CommonCaveats(const std::vector<const evidence::Series*>& series) {
  for (const Caveat caveat : evidence::all_caveats()) {
    const bool is_everywhere = std::ranges::all_of(series, [&](const evidence::Series* each) {
      return std::ranges::all_of(each->figures, [&](const Figure& figure) { return figure.caveats.has(caveat); });
    });
    if (is_everywhere) common_.insert(caveat);
  }
}

std::vector<std::string> CommonCaveats::others(const evidence::Caveats& caveats) const {
  std::vector<std::string> codes;
  for (const Caveat caveat : evidence::all_caveats()) {
    if (caveats.has(caveat) && !common_.contains(caveat)) codes.emplace_back(code_of(caveat));
  }
  return codes;
}

MeasureShown shown_of(const evidence::Measure& measure) {
  return {.name = std::string(measure.name),
          .title = std::string(measure.title),
          .unit = std::string(measure.unit),
          .universe = std::string(measure.universe),
          .date_basis = std::string(measure.date_basis),
          .area_basis = std::string(measure.area_words),
          .publisher = std::string(measure.publisher),
          .revision = std::string(measure.revision),
          .is_police_activity = measure.is_police_activity};
}

RefusalShown shown_of(const evidence::Refusal& refusal) {
  return {.rule = std::string(name_of(refusal.rule)), .reason = refusal.reason, .remedy = refusal.remedy};
}

FigureShown shown_of(const Figure& figure, const CommonCaveats& common) {
  FigureShown shown{.cell = to_text(figure.cell),
                    .area = figure.cell.area,
                    .from = base::to_string(figure.cell.period.begin),
                    .to = base::to_string(figure.cell.period.end - 1),
                    .received_count = figure.received_count,
                    .caveats = common.others(figure.caveats)};
  for (const base::Month month : figure.missing) shown.missing.push_back(base::to_string(month));
  if (const auto* count = std::get_if<std::int64_t>(&figure.count)) {
    shown.count = *count;
    shown.interval = IntervalShown{.low = figure.interval.low, .high = figure.interval.high};
  } else {
    shown.refusal = shown_of(std::get<evidence::Refusal>(figure.count));
  }
  if (figure.rate) {
    if (const auto* rate = std::get_if<evidence::Rate>(&*figure.rate)) {
      shown.rate = rate->value;
      shown.rate_interval = IntervalShown{.low = rate->interval.low, .high = rate->interval.high};
    } else {
      shown.rate_refusal = shown_of(std::get<evidence::Refusal>(*figure.rate));
    }
  }
  if (figure.denominator) {
    shown.persons = figure.denominator->persons;
    shown.persons_year = figure.denominator->year;
  }
  return shown;
}

std::vector<CaveatShown> shown_of(const evidence::Caveats& caveats) {
  std::vector<CaveatShown> shown;
  for (const Caveat caveat : evidence::all_caveats()) {
    if (!caveats.has(caveat)) continue;
    CaveatShown one{.code = std::string(code_of(caveat)), .sentence = std::string(sentence_of(caveat)), .details = {}};
    for (const evidence::CaveatNote& note : caveats.notes()) {
      if (note.caveat == caveat && !note.detail.empty()) one.details.push_back(note.detail);
    }
    shown.push_back(std::move(one));
  }
  return shown;
}

AreaShown area_shown(const World& world, AreaCode area, const evidence::Measure* measure) {
  const evidence::Area* found = world.areas().find(area);
  AreaShown shown{.code = area.text(), .name = area.text()};
  if (found != nullptr) {
    shown.name = found->name;
    shown.kind = std::string(name_of(found->kind));
  }
  if (const auto force = world.areas().containing(area, AreaKind::force)) {
    shown.force = force->text();
    if (const evidence::Area* named = world.areas().find(*force)) shown.force_name = named->name;
  }
  shown.is_received =
      measure != nullptr
          ? is_received(world, area, *measure)
          : std::ranges::any_of(evidence::measures(), [&](const auto& each) { return is_received(world, area, each); });
  return shown;
}

MeasureOffer offer_of(const World& world, const evidence::Measure& measure) {
  const evidence::SourceFacts& facts = world.facts(measure.source);
  MeasureOffer offer{.measure = shown_of(measure)};
  for (const evidence::CategoryUse& use : facts.categories) {
    if (use.words.empty()) continue;
    offer.categories.push_back(
        {.slug = use.slug, .words = use.words, .first = base::to_string(use.first), .last = base::to_string(use.last)});
  }
  for (const AreaKind kind : kinds_of(measure)) offer.area_kinds.emplace_back(name_of(kind));
  const auto span = facts.coverage.span();
  if (!span) return offer;
  offer.first = base::to_string(span->begin);
  offer.last = base::to_string(span->end - 1);
  for (const AreaCode area : facts.coverage.areas()) {
    const evidence::Area* found = world.areas().find(area);
    ReceivedShown received{.area = area.text(), .name = found == nullptr ? area.text() : found->name, .months = {}};
    for (base::Month month = span->begin; month < span->end; month = month + 1) {
      if (facts.coverage.has(area, month)) received.months.push_back(base::to_string(month));
    }
    offer.received.push_back(std::move(received));
  }
  std::ranges::sort(offer.received, {}, &ReceivedShown::name);
  return offer;
}

std::string sentence_of(const SeriesAnswer& answer, std::size_t area) {
  const FigureShown& total = answer.totals.at(area);
  return fmt::format("{}, {}: {}{}.", answer.areas.at(area).name, months_text(total.from, total.to),
                     total_text(answer, total), change_text(answer.changes.at(area)));
}

}  // namespace throughline::app
