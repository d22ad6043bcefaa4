// Tables of offences, of what they weigh, and of severity scores as they were published.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "evidence/harm/severity.h"

namespace throughline::app {

struct SeverityInput {
  std::vector<evidence::OffenceWeight> weights;
  std::vector<std::string> periods;  // In the order of time.
  std::vector<evidence::OffenceCount> counts;
};

// Columns offence, period, count; and offence, severity_weight, custody_days, proactive and where wanted source.
// Errors: those of TableColumns; "weight_malformed", "count_not_whole"; "offence_unknown" for one without a row of
// weights.
[[nodiscard]] base::Result<SeverityInput> read_severity(const std::string& offences, const std::string& weights);

struct PublishedScore {
  std::string year_ending;
  std::string offence_group;
  double score = 0;
};

// Columns offence_group, name, year_ending, severity_score, as the Office for National Statistics publishes them; those
// of one area, by year. Errors: those of TableColumns; "area_unknown" with the nearest.
[[nodiscard]] base::Result<std::vector<PublishedScore>> read_published(const std::string& path,
                                                                       const std::string& area);

// The areas of such a table, in the order in which they first come.
[[nodiscard]] base::Result<std::vector<std::string>> published_areas(const std::string& path);

}  // namespace throughline::app
