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

struct PublishedScores {
  std::vector<PublishedScore> scores;  // Of the area asked for, by year.
  std::vector<std::string> areas;      // Every one of the table, in the order in which they first come.
};

// Columns offence_group, name, year_ending, severity_score, as the Office for National Statistics publishes them.
// Errors: those of TableColumns; "area_unknown" with the nearest.
[[nodiscard]] base::Result<PublishedScores> read_published(const std::string& path, const std::string& area);

}  // namespace throughline::app
