#include <algorithm>
#include <utility>

#include "evidence/stage.h"

namespace throughline::evidence {
namespace {

using base::Result;

bool is_in_use(const World& world, RowSource source, std::string_view slug) {
  const auto& categories = world.facts(source).categories;
  return std::ranges::find(categories, slug, &CategoryUse::slug) != categories.end();
}

Result<std::optional<Series>> yearly(const World& world, const Question& question, RowSource source) {
  if (!world.facts(source).coverage.span()) {
    return std::optional<Series>();
  }
  const SeriesRequest asked = TRY(resolve(world, question));
  return std::optional(TRY(measure(world, asked)));
}

}  // namespace

const std::vector<std::string>& offence_groups() {
  static const std::vector<std::string> k_groups{"drugs", "possession-of-weapons", "robbery",
                                                 "violence-and-sexual-offences"};
  return k_groups;
}

Result<Summary> summary(const World& world) {
  Summary made;
  for (const std::string& group : offence_groups()) {
    if (!is_in_use(world, RowSource::street_crime, group)) {
      continue;
    }
    const Question by_force{.measure = "crimes", .category = group, .area_kind = "force"};
    const SeriesRequest forces = TRY(resolve(world, by_force));
    made.by_force.push_back(TRY(measure(world, forces)));
  }
  made.searches =
      TRY(yearly(world, {.measure = "searches", .length = PeriodLength::twelve_months}, RowSource::stop_and_search));
  const std::string trafficking = "trafficking-of-drugs";
  if (is_in_use(world, RowSource::observation, trafficking)) {
    made.trafficking = TRY(
        yearly(world, {.measure = "borough-offences", .category = trafficking, .length = PeriodLength::twelve_months},
               RowSource::observation));
  }
  return made;
}

}  // namespace throughline::evidence
