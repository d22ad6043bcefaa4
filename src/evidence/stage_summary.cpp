#include <algorithm>
#include <map>
#include <utility>

#include "evidence/stage.h"

namespace throughline::evidence {
namespace {

using base::Result;

bool is_in_use(const World& world, const std::string& slug) {
  const auto& categories = world.facts(RowSource::street_crime).categories;
  return std::ranges::find(categories, slug, &CategoryUse::slug) != categories.end();
}

}  // namespace

const std::vector<std::string>& offence_groups() {
  static const std::vector<std::string> k_groups{"drugs", "possession-of-weapons", "robbery",
                                                 "violence-and-sexual-offences"};
  return k_groups;
}

Result<Summary> summary(const World& world) {
  Summary made;
  made.order = "Areas stand by name; they are not ranked by what was recorded.";
  std::map<std::string, SourceSummary> sources;
  for (const VisibleExtract& extract : world.view().extracts) {
    const auto source = row_source_of(extract.mapping);
    if (!source) {
      continue;
    }
    SourceSummary& entry = sources[extract.mapping];
    entry.source = *source;
    entry.mapping = extract.mapping;
    ++entry.extracts;
    entry.records += extract.records;
    entry.rejections += extract.rejections;
  }
  for (auto& [mapping, entry] : sources) {
    const Coverage& coverage = world.facts(entry.source).coverage;
    entry.months = coverage.span();
    for (const AreaCode area : coverage.areas()) {
      const Area* known = world.areas().find(area);
      entry.areas.push_back(known == nullptr ? area.text() : known->name);
    }
    std::ranges::sort(entry.areas);
    made.sources.push_back(std::move(entry));
  }
  for (const std::string& group : offence_groups()) {
    if (!is_in_use(world, group)) {
      continue;
    }
    const Question by_force{.measure = "crimes", .category = group, .area_kind = "force"};
    const SeriesRequest forces = TRY(resolve(world, by_force));
    made.by_force.push_back(TRY(measure(world, forces)));
    const Question by_authority{
        .measure = "crimes", .category = group, .area_kind = "local-authority", .length = PeriodLength::whole};
    const SeriesRequest authorities = TRY(resolve(world, by_authority));
    made.by_authority.push_back(TRY(measure(world, authorities)));
  }
  return made;
}

}  // namespace throughline::evidence
