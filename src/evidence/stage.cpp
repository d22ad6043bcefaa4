#include "evidence/stage.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/check.h"
#include "base/text.h"
#include "evidence/cell.h"

namespace throughline::evidence {
namespace {

using base::Result;

// Street-level files hold incidents of antisocial behaviour beside offences; "all offences" leaves them out.
constexpr std::string_view k_incidents = "anti-social-behaviour";

// The publisher's words that a slug stands for.
std::vector<std::string> words_of(const SourceFacts& facts, std::string_view slug) {
  std::vector<std::string> words;
  for (const CategoryUse& use : facts.categories) {
    if (use.slug == slug) {
      words.push_back(use.words);
    }
  }
  return words;
}

// The query of a category, before it is narrowed to a time or a place.
CountQuery query_of(const World& world, const Measure& measure, const std::string& category) {
  const SourceFacts& facts = world.facts(measure.source);
  CountQuery query{.extracts = facts.extracts, .path = world.view().path};
  if (category != k_all_categories) {
    query.category_filter = CategoryFilter::named;
    query.categories = words_of(facts, category);
  } else if (measure.source == RowSource::street_crime) {
    query.excluded = words_of(facts, k_incidents);
  }
  return query;
}

// Every LSOA, of any edition, that lies in one of the areas; all of them when the areas are many.
std::vector<AreaCode> lsoas_of(const World& world, const std::vector<AreaCode>& areas) {
  constexpr std::size_t k_areas_filtered_max = 50;
  std::vector<AreaCode> lsoas;
  if (areas.size() > k_areas_filtered_max) {
    return lsoas;
  }
  const std::set<AreaCode> wanted(areas.begin(), areas.end());
  std::set<AreaKind> kinds;
  for (const AreaCode area : areas) {
    kinds.insert(world.areas().find(area)->kind);
  }
  for (const AreaKind kind : kinds) {
    for (const auto& [lsoa, larger] : world.lsoas_in(kind)) {
      if (wanted.contains(larger)) {
        lsoas.push_back(lsoa);
      }
    }
  }
  return lsoas;
}

Result<void> gather_by_place(Evidence& evidence, const World& world, const SeriesRequest& request, CountQuery query) {
  const SourceFacts& facts = world.facts(request.measure->source);
  for (const ForceCount& row : TRY(count_by_force(*world.view().connection, query))) {
    const auto code = world.areas().force_named(row.force);
    if (code && row.without_place > 0) {
      evidence.blanks.push_back({.area = *code, .month = row.month, .count = row.without_place});
    }
  }
  query.lsoas = lsoas_of(world, request.areas);
  if (query.lsoas.empty() && request.areas.empty()) {
    return {};
  }
  std::set<AreaKind> kinds;
  for (const AreaCode area : request.areas) {
    kinds.insert(world.areas().find(area)->kind);
  }
  const std::vector<CountRow> rows = TRY(count_by_lsoa(*world.view().connection, query));
  for (const AreaKind kind : kinds) {
    const auto& larger = world.lsoas_in(kind);
    for (const CountRow& row : rows) {
      if (const auto place = larger.find(row.area); place != larger.end()) {
        evidence.counts.push_back({.area = place->second, .month = row.month, .count = row.count});
      }
    }
  }
  evidence.coverage = facts.coverage;
  return {};
}

// Force-months of which every record leaves the category blank.
std::set<std::pair<AreaCode, base::Month>> unfilled_months(const std::vector<CountRow>& all,
                                                           const std::vector<CountRow>& blanks) {
  std::map<std::pair<AreaCode, base::Month>, std::int64_t> filled;
  for (const CountRow& row : all) {
    filled[{row.area, row.month}] += row.count;
  }
  for (const CountRow& row : blanks) {
    filled[{row.area, row.month}] -= row.count;
  }
  std::set<std::pair<AreaCode, base::Month>> unfilled;
  for (const auto& [place, records] : filled) {
    if (records == 0) {
      unfilled.insert(place);
    }
  }
  return unfilled;
}

Result<void> gather_by_force(Evidence& evidence, const World& world, const SeriesRequest& request, CountQuery query) {
  const auto take = [&](const std::vector<ForceCount>& rows, std::vector<CountRow>& counts) {
    for (const ForceCount& row : rows) {
      if (const auto code = world.areas().force_named(row.force)) {
        counts.push_back({.area = *code, .month = row.month, .count = row.count});
      }
    }
  };
  take(TRY(count_by_force(*world.view().connection, query)), evidence.counts);
  evidence.coverage = world.facts(request.measure->source).coverage;
  if (request.measure->source != RowSource::stop_and_search) {
    return {};
  }
  query.category_filter = CategoryFilter::blank;
  query.excluded.clear();
  take(TRY(count_by_force(*world.view().connection, query)), evidence.blanks);
  if (request.category == k_all_categories) {
    return {};
  }
  query.category_filter = CategoryFilter::any;
  std::vector<CountRow> all;
  take(TRY(count_by_force(*world.view().connection, query)), all);
  evidence.unfilled = unfilled_months(all, evidence.blanks);
  return {};
}

// A published month counts as received for a category when a figure was printed for it, nought included.
void gather_published(Evidence& evidence, const World& world, const SeriesRequest& request) {
  for (const ObservedCount& row : world.facts(RowSource::observation).observed) {
    if (request.category != k_all_categories && slug_of(row.category) != request.category) {
      continue;
    }
    if (!row.area) {
      evidence.unplaced.push_back({.area = {}, .month = row.month, .count = row.count});
      continue;
    }
    evidence.counts.push_back({.area = *row.area, .month = row.month, .count = row.count});
    evidence.coverage.add(*row.area, row.month);
  }
}

Result<Evidence> gather(const World& world, const SeriesRequest& request) {
  const SourceFacts& facts = world.facts(request.measure->source);
  Evidence evidence;
  evidence.categories = facts.categories;
  evidence.release = facts.release;
  CountQuery query = query_of(world, *request.measure, request.category);
  query.span = request.span;
  if (request.measure->basis == AreaBasis::published_area) {
    gather_published(evidence, world, request);
  } else if (request.measure->basis == AreaBasis::reporting_force) {
    TRY(gather_by_force(evidence, world, request, std::move(query)));
  } else {
    TRY(gather_by_place(evidence, world, request, std::move(query)));
  }
  return evidence;
}

base::Error bad(std::string code, std::string what, std::string remedy) {
  return {.kind = base::ErrorKind::bad_command,
          .code = std::move(code),
          .what = std::move(what),
          .where = "",
          .remedy = std::move(remedy)};
}

Result<std::optional<AreaKind>> kind_asked(const Question& question) {
  if (question.area_kind.empty()) {
    return std::optional<AreaKind>();
  }
  const auto kind = area_kind_named(question.area_kind);
  if (!kind) {
    const std::vector<std::string> names{"lsoa", "ward", "local-authority", "force"};
    const auto nearest = base::nearest_name(question.area_kind, names);
    return bad("area_kind_unknown", fmt::format("There is no kind of area “{}”", question.area_kind),
               fmt::format("{}The kinds are {}.", nearest ? fmt::format("Did you mean “{}”? ", *nearest) : "",
                           fmt::join(names, ", ")));
  }
  return kind;
}

AreaKind largest_kind(const Measure& measure) {
  return measure.basis == AreaBasis::published_area ? AreaKind::local_authority : AreaKind::force;
}

// Every area of the kind of which anything was received, by name.
std::vector<AreaCode> received_areas(const World& world, const Measure& measure, AreaKind kind) {
  const Coverage& coverage = world.facts(measure.source).coverage;
  std::vector<AreaCode> areas = world.areas().of_kind(kind);
  std::erase_if(areas, [&](AreaCode area) {
    const auto owner =
        measure.basis == AreaBasis::event_place ? world.areas().containing(area, AreaKind::force) : std::optional(area);
    return !owner || !coverage.knows(*owner);
  });
  return areas;
}

Result<std::vector<AreaCode>> areas_asked(const World& world, const Question& question, const Measure& measure) {
  const std::optional<AreaKind> kind = TRY(kind_asked(question));
  if (question.area.empty()) {
    return received_areas(world, measure, kind.value_or(largest_kind(measure)));
  }
  // With a kind, the name may be of that kind, or of a larger area whose parts of that kind are wanted.
  const auto of_kind = world.areas().resolve(question.area, kind);
  if (of_kind.ok()) {
    return std::vector<AreaCode>{of_kind.value()};
  }
  if (!kind || of_kind.error().code == "area_ambiguous") {
    return of_kind.error();
  }
  const auto larger = world.areas().resolve(question.area);
  if (!larger.ok()) {
    return of_kind.error();
  }
  const std::vector<AreaCode> parts = world.areas().within(larger.value(), *kind);
  if (parts.empty()) {
    return bad("area_kind_unknown",
               fmt::format("No {} lies in {}", name_of(*kind), world.areas().find(larger.value())->name),
               "Ask for a smaller kind of area.");
  }
  std::vector<AreaCode> by_name = world.areas().of_kind(*kind);
  std::erase_if(by_name, [&](AreaCode area) { return !std::ranges::binary_search(parts, area); });
  return by_name;
}

Result<MonthSpan> narrowed(MonthSpan span, const MonthsAsked& months) {
  for (const auto& [text, is_first] : {std::pair(months.from, true), std::pair(months.to, false)}) {
    if (text.empty()) {
      continue;
    }
    const auto asked = parse_month_span(text);
    if (!asked) {
      return bad("month_malformed", fmt::format("“{}” is not a month", text), "Write it as 2025-03.");
    }
    (is_first ? span.begin : span.end) = is_first ? asked->begin : asked->end;
  }
  if (span.months() <= 0) {
    return bad("month_malformed",
               fmt::format("The period ends ({}) before it begins ({})", base::to_string(span.end - 1),
                           base::to_string(span.begin)),
               "Swap the two months.");
  }
  return span;
}

Result<MonthSpan> span_asked(const World& world, const Question& question, const Measure& measure) {
  const auto received = world.facts(measure.source).coverage.span();
  if (!received) {
    const auto& as_of = world.view().as_of;
    const std::string by_then = as_of ? fmt::format(" by the end of {}", base::to_string(*as_of)) : "";
    return bad("nothing_received", fmt::format("Nothing that “{}” counts was received{}", measure.name, by_then),
               "Ingest files of that source, and the reference files that name forces and areas, first.");
  }
  return narrowed(*received, {.from = question.from, .to = question.to});
}
Result<TracedRows> trace_cell(const World& world, const SeriesRequest& request, std::int64_t rows_max) {
  const Measure& measure = *request.measure;
  const SourceFacts& facts = world.facts(measure.source);
  if (measure.basis == AreaBasis::published_area) {
    const auto words =
        request.category == k_all_categories ? std::vector<std::string>() : words_of(facts, request.category);
    return trace_observations(
        *world.view().connection,
        {.extracts = facts.extracts, .area = request.areas.front(), .span = request.span, .categories = words},
        rows_max);
  }
  CountQuery query = query_of(world, measure, request.category);
  query.span = request.span;
  if (measure.basis == AreaBasis::event_place) {
    query.lsoas = lsoas_of(world, request.areas);
  } else if (const auto words = facts.force_words.find(request.areas.front()); words != facts.force_words.end()) {
    query.forces = words->second;
  }
  // Without a place to look in there is nothing to trace, and an empty filter would mean everywhere.
  if (query.lsoas.empty() && query.forces.empty()) {
    return TracedRows{};
  }
  return trace_events(*world.view().connection, query, rows_max);
}

}  // namespace

Result<SeriesRequest> resolve(const World& world, const Question& question) {
  SeriesRequest request;
  request.measure = TRY(resolve_measure(question.measure, ""));
  request.as_of = world.view().as_of;
  request.length = question.length;
  request.is_rate = question.is_rate;
  request.span = TRY(span_asked(world, question, *request.measure));
  request.category = question.category.empty()
                         ? std::string(k_all_categories)
                         : TRY(resolve_category(question.category, world.facts(request.measure->source).categories));
  request.areas = TRY(areas_asked(world, question, *request.measure));
  return request;
}

Result<std::vector<CategoryCount>> vocabulary(const World& world, const Measure& measure, const MonthsAsked& months) {
  const MonthSpan ever{.begin = base::Month(12), .end = base::Month(9999 * 12 + 12)};
  const MonthSpan span = TRY(narrowed(ever, months));
  const SourceFacts& facts = world.facts(measure.source);
  if (measure.source != RowSource::observation) {
    return count_by_category(*world.view().connection,
                             {.extracts = facts.extracts, .span = span, .path = world.view().path});
  }
  std::map<std::string, CategoryCount> by_words;
  for (const ObservedCount& row : facts.observed) {
    if (!span.contains(row.month)) {
      continue;
    }
    const auto [place, is_new] = by_words.try_emplace(
        row.category,
        CategoryCount{
            .use = {.slug = slug_of(row.category), .words = row.category, .first = row.month, .last = row.month}});
    CategoryCount& counted = place->second;
    counted.count += row.count;
    counted.use.first = std::min(counted.use.first, row.month);
    counted.use.last = std::max(counted.use.last, row.month);
  }
  std::vector<CategoryCount> counts;
  for (auto& [words, counted] : by_words) {
    counts.push_back(std::move(counted));
  }
  return counts;
}

Result<Series> measure(const World& world, const SeriesRequest& request) {
  return build_series(request, TRY(gather(world, request)), world.areas());
}

Result<CellAnswer> recompute(const World& world, const CellId& cell, std::int64_t rows_max) {
  SeriesRequest request;
  request.measure = TRY(resolve_measure(cell.measure, to_text(cell)));
  request.category = TRY(resolve_category(cell.category, world.facts(request.measure->source).categories));
  request.areas = {TRY(world.areas().resolve(cell.area))};
  request.span = cell.period;
  request.length = PeriodLength::whole;
  request.as_of = cell.as_of;
  CellAnswer answer;
  answer.series = TRY(measure(world, request));
  CHECK(answer.series.figures.size() == 1);
  const TracedRows traced = TRY(trace_cell(world, request, rows_max));
  std::map<std::int32_t, const VisibleExtract*> by_number;
  for (const VisibleExtract& extract : world.view().extracts) {
    by_number[extract.number] = &extract;
  }
  for (const TracedExtract& each : traced.extracts) {
    answer.sources.push_back({.extract = *by_number.at(each.extract), .rows = each.rows});
  }
  for (const TracedRow& row : traced.first) {
    answer.rows.push_back(fmt::format("{}:{}", by_number.at(row.extract)->name, row.place));
  }
  answer.rows_total = traced.total;
  return answer;
}

}  // namespace throughline::evidence
