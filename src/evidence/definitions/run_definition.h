// A definition carried out on the stored series.
#pragma once

#include <string>
#include <vector>

#include "evidence/definitions/definition.h"

namespace throughline::evidence {

// What one rule gives: the sum of its lines, for each area and period that all of them have and in which the definition
// holds.
struct DefinedSeries {
  const SeriesCard* card = nullptr;
  std::string lines;  // "cocaine + heroin".
  Caveats caveats;    // Of the series and of the definition, united.
  OrRefusal<std::vector<SeriesPoint>> points;
};

// One for each rule that names a series, in order. Refused where lines of overlapping substances would be added up, or
// percentages and rates.
[[nodiscard]] std::vector<DefinedSeries> run_definition(const Definition& definition, const Catalogue& catalogue);

}  // namespace throughline::evidence
