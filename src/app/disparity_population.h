// The population that disproportionality divides by: chosen once, and shown with every figure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/disparity_input.h"

namespace throughline::app {

struct ChosenPopulation {
  std::string name;  // "census-2021", "the input", "none".
  std::string title;
  std::string limits;
  std::optional<evidence::GroupPopulation> population;  // Nothing where the input itself has the people, or none has.
};

// What was asked for; else the input's own column; else the first that is carried and has each area; else none. Errors:
// "denominator_twice", "denominator_unknown", "area_not_in_population", "area_ambiguous" with the codes; those of
// read_group_population.
[[nodiscard]] base::Result<ChosenPopulation> choose_population(const DisparityInput& input,
                                                               const DisparityRequest& request);

// Every population that has an area of the tables, the chosen one first.
[[nodiscard]] std::vector<ChosenPopulation> populations_for(const DisparityInput& input,
                                                            const ChosenPopulation& chosen);

// The tables with the people of that population.
[[nodiscard]] std::vector<evidence::GroupTable> with_people(std::vector<evidence::GroupTable> tables,
                                                            const ChosenPopulation& chosen);

// Groups that the population counts there and that no event of the table is recorded under. Nobody can say whether that
// is nought or a word that was not in use: officers have often had no word for people of mixed groups.
[[nodiscard]] std::vector<std::string> unused_groups(const evidence::GroupTable& table, const ChosenPopulation& chosen);

}  // namespace throughline::app
