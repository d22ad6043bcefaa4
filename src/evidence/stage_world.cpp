#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/check.h"
#include "evidence/stage.h"

namespace throughline::evidence {
namespace {

using base::Result;

std::string release_of(const std::vector<const VisibleExtract*>& extracts) {
  if (extracts.empty()) {
    return "nothing";
  }
  base::Date first = extracts.front()->received;
  base::Date last = first;
  for (const VisibleExtract* extract : extracts) {
    first = std::min(first, extract->received);
    last = std::max(last, extract->received);
  }
  const std::string when =
      first == last ? base::to_string(first) : fmt::format("{} to {}", base::to_string(first), base::to_string(last));
  return fmt::format("{} extract{}, received {}", extracts.size(), extracts.size() == 1 ? "" : "s", when);
}

// What "Kent Police 2025-01" says.
struct Declared {
  std::string force;
  MonthSpan months;
};

std::optional<Declared> declared(std::string_view coverage) {
  const std::size_t blank = coverage.rfind(' ');
  if (blank == std::string_view::npos) {
    return std::nullopt;
  }
  const auto months = parse_month_span(coverage.substr(blank + 1));
  if (!months) {
    return std::nullopt;
  }
  return Declared{.force = std::string(coverage.substr(0, blank)), .months = *months};
}

// Files what a source calls a force under the force's code.
std::optional<AreaCode> file_force(SourceFacts& facts, const Areas& areas, const std::string& words) {
  const auto code = areas.force_named(words);
  if (!code) {
    if (std::ranges::find(facts.unknown_forces, words) == facts.unknown_forces.end()) {
      facts.unknown_forces.push_back(words);
      std::ranges::sort(facts.unknown_forces);
    }
    return std::nullopt;
  }
  std::vector<std::string>& known = facts.force_words[*code];
  if (std::ranges::find(known, words) == known.end()) {
    known.push_back(words);
  }
  return code;
}

// A force-month was received when an extract declares it, or when it holds at least one row of it.
Result<void> learn_coverage(SourceFacts& facts, const View& view, const Areas& areas,
                            const std::vector<const VisibleExtract*>& extracts) {
  const CountQuery everything{.extracts = facts.extracts, .path = view.path};
  for (const ForceCount& row : TRY(count_by_force(*view.connection, everything))) {
    if (const auto code = file_force(facts, areas, row.force)) {
      facts.coverage.add(*code, row.month);
    }
  }
  for (const VisibleExtract* extract : extracts) {
    const auto said = declared(extract->coverage);
    if (!said) {
      continue;
    }
    if (const auto code = file_force(facts, areas, said->force)) {
      for (base::Month month = said->months.begin; month < said->months.end; month = month + 1) {
        facts.coverage.add(*code, month);
      }
    }
  }
  return {};
}

void learn_observed(SourceFacts& facts) {
  std::map<std::string, CategoryUse> uses;
  for (const ObservedCount& row : facts.observed) {
    if (row.area) {
      facts.coverage.add(*row.area, row.month);
    }
    const auto [place, is_new] = uses.try_emplace(
        row.category,
        CategoryUse{.slug = slug_of(row.category), .words = row.category, .first = row.month, .last = row.month});
    place->second.first = std::min(place->second.first, row.month);
    place->second.last = std::max(place->second.last, row.month);
  }
  for (const auto& [words, use] : uses) {
    facts.categories.push_back(use);
  }
}

Result<SourceFacts> learn(RowSource source, const View& view, const Areas& areas) {
  SourceFacts facts;
  std::vector<const VisibleExtract*> extracts;
  for (const VisibleExtract& extract : view.extracts) {
    if (row_source_of(extract.mapping) == source) {
      extracts.push_back(&extract);
      facts.extracts.push_back(extract.number);
      facts.records += extract.records;
      facts.rejections += extract.rejections;
    }
  }
  facts.release = release_of(extracts);
  if (source == RowSource::observation) {
    facts.observed = TRY(observed_counts(*view.connection, facts.extracts));
    learn_observed(facts);
    return facts;
  }
  facts.categories = TRY(category_uses(*view.connection, {.extracts = facts.extracts, .path = view.path}));
  TRY(learn_coverage(facts, view, areas, extracts));
  return facts;
}

}  // namespace

Result<World> World::load(View view) {
  CHECK(view.connection != nullptr);
  const auto known = std::make_shared<Known>();
  std::vector<std::int32_t> numbers;
  for (const VisibleExtract& extract : view.extracts) {
    numbers.push_back(extract.number);
  }
  known->areas = Areas::build(TRY(read_area_tables(*view.connection, numbers)));
  for (const RowSource source : {RowSource::street_crime, RowSource::stop_and_search, RowSource::observation}) {
    known->facts.emplace(source, TRY(learn(source, view, known->areas)));
  }
  return World(std::move(view), known);
}

const std::map<AreaCode, AreaCode>& Known::lsoas_in(AreaKind kind) const {
  const std::scoped_lock lock(mutex_);
  const auto [place, is_new] = lsoas_.try_emplace(kind);
  if (is_new) {
    for (const auto& [code, area] : areas.all()) {
      const auto larger = area.kind == AreaKind::lsoa ? areas.containing(code, kind) : std::nullopt;
      if (larger) {
        place->second.emplace_hint(place->second.end(), code, *larger);
      }
    }
  }
  return place->second;
}

}  // namespace throughline::evidence
