#include "evidence/measures.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/check.h"
#include "base/text.h"

namespace throughline::evidence {
namespace {

constexpr std::string_view k_method =
    "Records counted one by one; 95 per cent interval of the mean, exact for Poisson counts (Garwood 1936)";

std::string named(AreaCode code, const Areas& areas) {
  const Area* area = areas.find(code);
  return area == nullptr ? code.text() : area->name;
}

// Whose files must have come for the area to be countable.
std::optional<AreaCode> answerable(AreaCode area, const Measure& measure, const Areas& areas) {
  return measure.basis == AreaBasis::event_place ? areas.containing(area, AreaKind::force) : std::optional(area);
}

// Published figures that no area of the series holds: airports, places unknown.
void add_unplaced(Caveats& caveats, const SeriesRequest& request, const Evidence& evidence) {
  std::int64_t unplaced = 0;
  for (const CountRow& row : evidence.unplaced) {
    unplaced += request.span.contains(row.month) ? row.count : 0;
  }
  if (unplaced > 0) {
    caveats.add(Caveat::blank_field, fmt::format("{} events printed under no area of the look-up are in no figure, {}",
                                                 unplaced, to_text(request.span)));
  }
}

// What is true of every figure of the series, whatever its count.
Caveats standing_caveats(const SeriesRequest& request, const Evidence& evidence) {
  const Measure& measure = *request.measure;
  Caveats caveats;
  if (measure.is_police_activity) {
    caveats.add(Caveat::police_activity);
  }
  if (measure.source == RowSource::street_crime && measure.basis == AreaBasis::event_place) {
    caveats.add(Caveat::snapped_location);
  }
  if (measure.source == RowSource::observation) {
    caveats.add(Caveat::recording_change);
    add_unplaced(caveats, request, evidence);
  }
  const auto received = evidence.coverage.span();
  if (received) {
    const auto drifting = drifting_categories(evidence.categories, *received);
    for (const auto& [slug, seen] : drifting) {
      if (request.category == slug || request.category == k_all_categories) {
        caveats.add(Caveat::category_renamed, seen);
      }
    }
  }
  return caveats;
}

// Rows that belong to the force and period but to none of its areas, or to no category.
void add_blanks(Figure& figure, AreaCode force, const SeriesRequest& request, const Evidence& evidence) {
  std::int64_t blanks = 0;
  for (const CountRow& row : evidence.blanks) {
    if (row.area == force && figure.cell.period.contains(row.month)) {
      blanks += row.count;
    }
  }
  if (blanks == 0) {
    return;
  }
  const std::string_view what = request.measure->source == RowSource::stop_and_search
                                    ? "searches of the force do not say their object and are counted under “all” alone"
                                    : "records of the force have no place and are in no area";
  figure.caveats.add(Caveat::blank_field, fmt::format("{}: {} {}", to_text(figure.cell.period), blanks, what));
}

void add_edition(Figure& figure, AreaCode area, const Measure& measure, const Areas& areas) {
  const Area* known = areas.find(area);
  if (known == nullptr || measure.basis != AreaBasis::event_place) {
    return;
  }
  if (known->kind == AreaKind::force) {
    const auto authorities = areas.within(area, AreaKind::local_authority);
    if (!authorities.empty()) {
      figure.caveats.add(Caveat::vintage, fmt::format("authorities placed in forces by the look-up of {}",
                                                      areas.vintage_of(authorities.front())));
    }
  }
  if (known->kind == AreaKind::lsoa && known->vintage < 2021) {
    figure.caveats.add(Caveat::vintage,
                       fmt::format("an LSOA of {}, while the records use those of 2021", known->vintage));
  }
}

OrRefusal<Rate> rate_of(Figure& figure, AreaCode area, const Areas& areas) {
  const auto refused = std::get_if<Refusal>(&figure.count);
  if (refused != nullptr) {
    return *refused;
  }
  const std::string name = named(area, areas);
  const std::int32_t year = (figure.cell.period.begin + figure.cell.period.months() / 2).year();
  const auto denominator = areas.residents(area, year);
  if (!denominator || denominator->persons <= 0) {
    return Refusal{.rule = Rule::rate_needs_denominator,
                   .reason = fmt::format("No number of residents is known for {}, so no rate is given.", name),
                   .remedy = "Use the count, or an area with a population: a local authority or a force."};
  }
  const std::int32_t distance = std::abs(denominator->year - year);
  if (distance > k_denominator_years_max) {
    return Refusal{
        .rule = Rule::rate_needs_denominator,
        .reason = fmt::format("The nearest number of residents of {} is of {}, {} years from {}; more than {} "
                              "years apart no rate is given.",
                              name, denominator->year, distance, year, k_denominator_years_max),
        .remedy = "Ingest a newer population, or use the count."};
  }
  if (distance > 0) {
    figure.caveats.add(Caveat::vintage, fmt::format("residents of mid-{} under counts of {}", denominator->year, year));
  }
  figure.caveats.add(Caveat::coverage, "only residents are in the denominator, not people who visit or work there");
  figure.denominator = denominator;
  figure.method += fmt::format("; per 100,000 residents of mid-{} ({}), for the period and not for a year",
                               denominator->year, denominator->persons);
  return rate(std::get<std::int64_t>(figure.count), {.base = static_cast<double>(denominator->persons)});
}

// The missing months, and which of them came without the field that the figure counts by.
std::string missing_text(const Figure& figure) {
  std::string months = base::to_string(figure.missing);
  if (figure.unfilled.empty()) {
    return months;
  }
  if (figure.unfilled == figure.missing) {
    return fmt::format("{}, received without the field,", months);
  }
  return fmt::format("{}, of these {} received without the field,", months, base::to_string(figure.unfilled));
}

// What the months received, and those missing, make of a figure.
void settle_count(Figure& figure, AreaCode area, const Areas& areas) {
  if (figure.missing.empty()) {
    figure.count = figure.received_count;
    figure.interval = poisson_interval(figure.received_count);
    if (figure.received_count < k_change_count_min) {
      figure.caveats.add(Caveat::small_count);
    }
    return;
  }
  const std::string months = missing_text(figure);
  figure.caveats.add(Caveat::absent_not_zero, fmt::format("{} for {}", months, named(area, areas)));
  const bool is_all = std::cmp_equal(figure.missing.size(), figure.cell.period.months());
  if (is_all && figure.unfilled == figure.missing) {
    figure.count = Refusal{.rule = Rule::category_not_recorded,
                           .reason = fmt::format("Every record of {} in {} leaves blank what this counts by; that is "
                                                 "an absence, not a nought.",
                                                 named(area, areas), to_text(figure.cell.period)),
                           .remedy = "Ask for all categories together."};
    return;
  }
  if (is_all) {
    figure.count = Refusal{.rule = Rule::nothing_received,
                           .reason = fmt::format("Nothing was received for {} in {}; that is an absence, not a nought.",
                                                 named(area, areas), to_text(figure.cell.period)),
                           .remedy = "Ingest the missing files."};
    return;
  }
  auto refusal =
      refuse(Use::sum_periods, figure.caveats, {.absent = fmt::format("{} for {}", months, named(area, areas))});
  CHECK(refusal.has_value());
  const std::int64_t received = figure.cell.period.months() - static_cast<std::int64_t>(figure.missing.size());
  refusal->remedy =
      fmt::format("The {} months that were received hold {}. {}", received, figure.received_count, refusal->remedy);
  figure.count = std::move(*refusal);
}

// Why the measure has no figures for that kind of area, if it has none.
std::optional<Refusal> refuse_kind(AreaCode area, const Measure& measure, const Areas& areas) {
  const Area* known = areas.find(area);
  const AreaKind wanted = measure.basis == AreaBasis::reporting_force ? AreaKind::force : AreaKind::local_authority;
  if (known == nullptr || measure.basis == AreaBasis::event_place || known->kind == wanted) {
    return std::nullopt;
  }
  return Refusal{.rule = Rule::area_not_recorded,
                 .reason = fmt::format("{} is counted by {} alone, and {} is a {}.", measure.title, name_of(wanted),
                                       known->name, name_of(known->kind)),
                 .remedy = fmt::format("Ask for a {}.", name_of(wanted))};
}

struct Builder {
  const SeriesRequest& request;
  const Evidence& evidence;
  const Areas& areas;
  Caveats standing;
  std::map<std::pair<AreaCode, base::Month>, std::int64_t> counts;
};

Figure figure_of(const Builder& builder, AreaCode area, MonthSpan period) {
  const SeriesRequest& request = builder.request;
  Figure figure;
  figure.cell = {.measure = std::string(request.measure->name),
                 .category = request.category,
                 .area = area.text(),
                 .period = period,
                 .as_of = request.as_of};
  figure.method = k_method;
  figure.caveats = builder.standing;
  if (auto refusal = refuse_kind(area, *request.measure, builder.areas)) {
    figure.count = *refusal;
    if (request.is_rate) {
      figure.rate = *std::move(refusal);
    }
    return figure;
  }
  const auto owner = answerable(area, *request.measure, builder.areas);
  for (base::Month month = period.begin; month < period.end; month = month + 1) {
    if (!owner || !builder.evidence.coverage.has(*owner, month)) {
      figure.missing.push_back(month);
      continue;
    }
    if (builder.evidence.unfilled.contains({*owner, month})) {
      figure.missing.push_back(month);
      figure.unfilled.push_back(month);
      continue;
    }
    const auto place = builder.counts.find({area, month});
    figure.received_count += place == builder.counts.end() ? 0 : place->second;
  }
  add_edition(figure, area, *request.measure, builder.areas);
  if (owner) {
    add_blanks(figure, *owner, request, builder.evidence);
  }
  settle_count(figure, area, builder.areas);
  if (request.is_rate) {
    figure.rate = rate_of(figure, area, builder.areas);
  }
  return figure;
}

std::string geography_of(const SeriesRequest& request, const Areas& areas) {
  std::set<std::int32_t> editions;
  for (const AreaCode area : request.areas) {
    editions.insert(areas.vintage_of(area));
  }
  return fmt::format("Areas by the look-ups of {}", fmt::join(editions, ", "));
}

}  // namespace

bool Coverage::has(AreaCode area, base::Month month) const {
  const auto place = months_.find(area);
  return place != months_.end() && place->second.contains(month);
}

std::optional<MonthSpan> Coverage::span() const {
  std::optional<MonthSpan> span;
  for (const auto& [area, months] : months_) {
    const MonthSpan own{.begin = *months.begin(), .end = *months.rbegin() + 1};
    span = !span ? own : MonthSpan{.begin = std::min(span->begin, own.begin), .end = std::max(span->end, own.end)};
  }
  return span;
}

std::vector<AreaCode> Coverage::areas() const {
  std::vector<AreaCode> codes;
  for (const auto& [area, months] : months_) {
    codes.push_back(area);
  }
  return codes;
}

Series build_series(const SeriesRequest& request, const Evidence& evidence, const Areas& areas) {
  CHECK(request.measure != nullptr);
  Builder builder{.request = request,
                  .evidence = evidence,
                  .areas = areas,
                  .standing = standing_caveats(request, evidence),
                  .counts = {}};
  for (const CountRow& row : evidence.counts) {
    builder.counts[{row.area, row.month}] += row.count;
  }
  Series series;
  series.measure = request.measure;
  series.category = request.category;
  series.category_words = "all categories";
  for (const CategoryUse& use : evidence.categories) {
    if (use.slug == request.category) {
      series.category_words = use.words;
    }
  }
  series.geography = geography_of(request, areas);
  series.release = evidence.release;
  for (const AreaCode area : request.areas) {
    for (const MonthSpan period : periods_in(request.span, request.length)) {
      series.figures.push_back(figure_of(builder, area, period));
      series.caveats.unite(series.figures.back().caveats);
    }
  }
  return series;
}

OrRefusal<Series> join(const Series& left, const Series& right) {
  Caveats both = left.caveats;
  both.unite(right.caveats);
  if (left.measure != right.measure) {
    both.add(Caveat::different_universe);
  }
  if (auto refusal = refuse(Use::join_series, both)) {
    refusal->reason += fmt::format(" They are “{}” and “{}”.", left.measure->title, right.measure->title);
    return *std::move(refusal);
  }
  Series joined = left;
  joined.caveats = both;
  joined.figures.insert(joined.figures.end(), right.figures.begin(), right.figures.end());
  return joined;
}

OrRefusal<Change> change_between(const Figure& before, const Figure& after) {
  if (const auto* refusal = std::get_if<Refusal>(&before.count)) {
    return *refusal;
  }
  if (const auto* refusal = std::get_if<Refusal>(&after.count)) {
    return *refusal;
  }
  if (before.cell.period.months() != after.cell.period.months()) {
    return Refusal{.rule = Rule::nothing_to_compare,
                   .reason = fmt::format("{} and {} are not of the same length, so no change is given.",
                                         to_text(before.cell.period), to_text(after.cell.period)),
                   .remedy = "Compare periods of as many months."};
  }
  const std::int64_t first = std::get<std::int64_t>(before.count);
  const std::int64_t second = std::get<std::int64_t>(after.count);
  Caveats caveats = before.caveats;
  caveats.unite(after.caveats);
  if (auto refusal = refuse(Use::percentage_change, caveats, {.smallest_count = std::min(first, second)})) {
    return *std::move(refusal);
  }
  const auto compared = compare_counts({.before = first, .after = second});
  CHECK(compared.has_value());
  return Change{
      .percent = (compared->ratio - 1) * 100,
      .percent_interval = {.low = (compared->interval.low - 1) * 100, .high = (compared->interval.high - 1) * 100},
      .p_value = compared->p_value,
      .caveats = caveats};
}

std::map<std::string, std::string> drifting_categories(const std::vector<CategoryUse>& uses, MonthSpan received) {
  const base::Month last_received = received.end - 1;
  std::map<std::string, std::string> drifting;
  const auto note = [&](const CategoryUse& use, const std::string& seen) {
    std::string& text = drifting[use.slug];
    text += text.empty() ? seen : ", " + seen;
  };
  for (const CategoryUse& ended : uses) {
    for (const CategoryUse& begun : uses) {
      // A rare word may simply not occur for a while: only an end beside a beginning looks like a change of name.
      const std::int32_t gap = begun.first - ended.last;
      if (ended.last < last_received && begun.first > received.begin && gap >= -3 && gap <= 3 &&
          ended.slug != begun.slug) {
        const std::string seen = fmt::format("“{}” ends in {} and “{}” begins in {}", ended.words,
                                             base::to_string(ended.last), begun.words, base::to_string(begun.first));
        note(ended, seen);
        note(begun, seen);
      }
    }
  }
  return drifting;
}

base::Result<std::string> resolve_category(std::string_view text, const std::vector<CategoryUse>& uses) {
  const std::string slug = slug_of(text);
  std::vector<std::string> slugs{std::string(k_all_categories)};
  for (const CategoryUse& use : uses) {
    slugs.push_back(use.slug);
  }
  if (std::ranges::find(slugs, slug) != slugs.end()) {
    return slug;
  }
  std::ranges::sort(slugs);
  const auto nearest = base::nearest_name(slug, slugs);
  std::string remedy = nearest ? fmt::format("Did you mean “{}”? ", *nearest) : "";
  remedy += fmt::format("The categories are {}.", fmt::join(slugs, ", "));
  return base::Error{.kind = base::ErrorKind::bad_command,
                     .code = "category_unknown",
                     .what = fmt::format("Nothing was received under the category “{}”", text),
                     .where = "",
                     .remedy = std::move(remedy)};
}

}  // namespace throughline::evidence
