// Tables of counted events and of people, as disproportionality takes them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/disparity_verb.h"
#include "base/result.h"
#include "evidence/disparity/disparity.h"
#include "evidence/disparity/residents.h"

namespace throughline::app {

// Everything that figures are made of, wherever it came from.
struct DisparityInput {
  std::vector<evidence::GroupTable> tables;  // In the order of the file; forces by name.
  bool has_people = false;                   // A column of the input gives them.
  std::vector<evidence::GroupTable>
      other_definition;  // The same searches by the other ethnicity; of a workspace alone.
  std::string basis;     // How ethnicity is defined in `tables`, and in the other.
  std::string other_basis;
  std::map<std::string, std::string> area_names;  // By the code of a table's area; a table without one has a name.
  std::vector<Fact> facts;                        // What it is, for the head of the answer.
  std::vector<std::string> notes;
};

// Columns: group, events; and where wanted area, period, outcome, people. A blank group is one that is not known. With
// `outcome` there is a row for each of them. Errors, with the line: those of read_small_table; "column_missing",
// "column_unknown", "value_missing", "not_a_count", "count_negative", "count_too_large", "people_none",
// "people_differ", "row_twice", "area_in_table".
[[nodiscard]] base::Result<DisparityInput> read_disparity(const std::string& path, const std::string& area);

// Columns: group, people; and where wanted area. Errors likewise.
[[nodiscard]] base::Result<evidence::GroupPopulation> read_group_population(const std::string& path);

// The carried population of that name: "denominator_unknown" with the nearest.
[[nodiscard]] base::Result<const evidence::GroupPopulation*> carried_population(const std::string& name);

}  // namespace throughline::app
