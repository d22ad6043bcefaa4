// Figures as tables: one row a figure, with its cell, its count and interval, its rate where one was asked for, the
// caveats that it carries beyond those of all, and why it is not given where it is refused. Pure.
#pragma once

#include <string>
#include <vector>

#include "app/report.h"
#include "evidence/areas.h"
#include "evidence/measures.h"

namespace throughline::app {

// What the rows of the table are; it decides the first column beside the cell.
enum class FigureRows { months, areas, categories };

// One section named "measure": the rule of the measure as facts, the figures, and its caveats as notes.
[[nodiscard]] Section figure_section(const evidence::Series& series, FigureRows rows, const evidence::Areas& areas);

// The figures of several categories of one area and period, one a row, as one section.
[[nodiscard]] Section category_section(const std::vector<evidence::Series>& series, const evidence::Areas& areas);

// "POLICE_ACTIVITY: This shows what … Here: …", each caveat once; more than two details are left to the traces of their
// figures.
[[nodiscard]] std::vector<std::string> caveat_notes(const evidence::Caveats& caveats);

// The caveats that every figure carries, and those that only some do.
struct PartedCaveats {
  evidence::Caveats common;
  evidence::Caveats single;
};
[[nodiscard]] PartedCaveats parted(const std::vector<evidence::Figure>& figures);

// "4,700 (4,567 to 4,836)"; for a refused figure its reason.
[[nodiscard]] std::string figure_text(const evidence::Figure& figure);

}  // namespace throughline::app
