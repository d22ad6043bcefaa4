// Disproportionality as sections of an answer. Pure.
#pragma once

#include <string>
#include <vector>

#include "app/disparity_population.h"
#include "evidence/disparity/disparity.h"

namespace throughline::app {

// One area and period, as it was taken and as it was reckoned.
struct ReckonedDisparity {
  evidence::GroupTable table;
  std::string area;  // Its name.
  evidence::DisparityFigures figures;
};

// What every section needs to know of the whole.
struct DisparityHead {
  std::string reference;
  ChosenPopulation population;
};

[[nodiscard]] Section ratios_section(const std::vector<ReckonedDisparity>& all, const DisparityHead& head);
[[nodiscard]] Section unknown_section(const std::vector<ReckonedDisparity>& all);
// Without outcomes: no section, nothing.
[[nodiscard]] std::vector<Section> outcome_sections(const std::vector<ReckonedDisparity>& all);

// The same ratios on another footing: over another population, or by the other definition of ethnicity.
struct OtherFooting {
  std::string name;
  std::vector<ReckonedDisparity> all;
};
[[nodiscard]] Table footings_table(const std::string& name, const std::vector<OtherFooting>& footings);

}  // namespace throughline::app
