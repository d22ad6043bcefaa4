// From the rows of a file to the lines of a series.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "evidence/series/catalogue.h"
#include "evidence/series/text_table.h"

namespace throughline::evidence {

// How a file's columns become dimensions, as a card says it.
struct SeriesColumns {
  std::string area;                    // For every row; empty where a column says it.
  std::string area_column;             // The column that says it.
  std::vector<std::string> area_skip;  // Areas that another series holds.
  std::string period;                  // The column of periods as text.
  bool is_march_year = false;          // That column holds the year in whose March the period ends.
  std::string value;                   // The column of values.
  double scale = 1;
  bool is_positive = false;                                             // Nought is impossible, as for residents.
  std::vector<std::pair<std::string, std::vector<std::string>>> where;  // Column → the words of it that belong here.
};

struct ReadLine {
  std::vector<SeriesPoint> points;  // By area, then period.
  std::vector<CatalogueFault> faults;
  std::vector<std::string> notes;  // Categories that were renamed.
};

// The files of a series, read as one: the same value in two of them is one value.
[[nodiscard]] ReadLine read_line(const std::vector<TextTable>& tables, const SeriesColumns& columns);

}  // namespace throughline::evidence
