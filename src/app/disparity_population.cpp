#include "app/disparity_population.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/bad_command.h"
#include "app/table_columns.h"
#include "base/text.h"

namespace throughline::app {

namespace {

using base::Error;
using base::Result;
using evidence::GroupPopulation;
using evidence::GroupTable;
using evidence::GroupTally;

ChosenPopulation chosen_of(const GroupPopulation& population) {
  return {.name = population.name, .title = population.title, .limits = population.limits, .population = population};
}

ChosenPopulation of_input() {
  return {.name = "the input",
          .title = "The column people of the input",
          .limits = "What it counts is what its maker says.",
          .population = std::nullopt};
}

bool has_each_area(const GroupPopulation& population, const std::vector<GroupTable>& tables) {
  return std::ranges::all_of(tables, [&](const GroupTable& each) { return population.find(each.area) != nullptr; });
}

bool has_an_area(const GroupPopulation& population, const std::vector<GroupTable>& tables) {
  return std::ranges::any_of(tables, [&](const GroupTable& each) { return population.find(each.area) != nullptr; });
}

Error not_in_population(const GroupPopulation& population, const std::string& area) {
  std::vector<std::string> names;
  for (const auto& [name, codes] : population.codes) names.push_back(name);
  const auto nearest = base::nearest_name(base::fold(area), names);
  return bad_command("area_not_in_population",
                     area.empty() ? "The table says of no area, so no population can be found for it"
                                  : fmt::format("'{}' is no area of {}", area, population.name),
                     "--denominator",
                     nearest && !area.empty() ? fmt::format("Did you mean {}?", *nearest)
                                              : "Name the area with --area or in a column area, by its name or code");
}

Result<void> check_areas(const GroupPopulation& population, const std::vector<GroupTable>& tables) {
  for (const GroupTable& each : tables) {
    const std::vector<std::string> codes = population.codes_of(each.area);
    if (codes.size() > 1) {
      return bad_command("area_ambiguous", fmt::format("A force and an authority are both called {}", each.area),
                         "--denominator", fmt::format("Write the code: {}", fmt::join(codes, " or ")));
    }
  }
  if (has_an_area(population, tables)) return {};
  return not_in_population(population, tables.front().area);
}

}  // namespace

Result<ChosenPopulation> choose_population(const DisparityInput& input, const DisparityRequest& request) {
  if (!request.population.empty() && !request.denominator.empty()) {
    return bad_command("denominator_twice", "Two populations are named", "--population, --denominator",
                       "Name one; both can be seen beside each other by asking twice");
  }
  if (!request.population.empty()) {
    const GroupPopulation population = TRY(read_group_population(request.population));
    TRY(check_areas(population, input.tables));
    return chosen_of(population);
  }
  if (!request.denominator.empty()) {
    const GroupPopulation* population = TRY(carried_population(request.denominator));
    TRY(check_areas(*population, input.tables));
    return chosen_of(*population);
  }
  if (input.has_people) return of_input();
  for (const GroupPopulation& each : evidence::carried_populations()) {
    if (has_each_area(each, input.tables)) return chosen_of(each);
  }
  return ChosenPopulation{.name = "none",
                          .title = "Nobody: no population was chosen, and none that is carried has these areas",
                          .limits = "",
                          .population = std::nullopt};
}

std::vector<ChosenPopulation> populations_for(const DisparityInput& input, const ChosenPopulation& chosen) {
  std::vector<ChosenPopulation> all{chosen};
  if (input.has_people && chosen.name != of_input().name) all.push_back(of_input());
  for (const GroupPopulation& each : evidence::carried_populations()) {
    if (each.name != chosen.name && has_an_area(each, input.tables)) all.push_back(chosen_of(each));
  }
  return all;
}

std::vector<GroupTable> with_people(std::vector<GroupTable> tables, const ChosenPopulation& chosen) {
  if (!chosen.population) return tables;
  for (GroupTable& table : tables) {
    const evidence::GroupPeople* people = chosen.population->find(table.area);
    for (GroupTally& tally : table.groups) {
      tally.people.reset();
      if (people == nullptr || !people->contains(tally.group)) continue;
      tally.people = people->at(tally.group);
    }
  }
  return tables;
}

std::vector<std::string> unused_groups(const GroupTable& table, const ChosenPopulation& chosen) {
  std::vector<std::string> unused;
  const evidence::GroupPeople* people = chosen.population ? chosen.population->find(table.area) : nullptr;
  if (people == nullptr) return unused;
  for (const auto& [group, count] : *people) {
    if (table.find(group) == nullptr) unused.push_back(group);
  }
  return unused;
}

}  // namespace throughline::app
