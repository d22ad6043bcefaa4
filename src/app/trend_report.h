// What trend answers, as sections. Pure but for the draws of the search for breaks, which are seeded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "app/report.h"
#include "app/trend_input.h"

namespace throughline::app {

// The year before the last that a change of so many years begins with; nothing where the lines are too short.
[[nodiscard]] std::optional<std::size_t> change_begin(const TrendInput& input, std::size_t end, std::int64_t years);

// A row for each line: the last year, its rate, the change over years, or why it is not given. By name, never ranked.
[[nodiscard]] Section changes_section(const TrendInput& input, const TrendRequest& request);
// Period by period. REQUIRES base within the periods.
[[nodiscard]] Section line_section(const TrendInput& input, const TrendLine& line, std::size_t base);
// Known and found breaks, and the change read through each and from it on.
[[nodiscard]] Section breaks_section(const TrendInput& input, const TrendLine& line, const TrendRequest& request,
                                     const std::vector<evidence::DeclaredBreak>& declared);

// Errors: "population_missing"; refused by the name of the rule that forbids a ranking.
[[nodiscard]] base::Result<Section> funnel_section(const TrendInput& input);
// Errors: "similar_unknown", "traits_missing", those of reading the table; refused where levels may not be compared.
[[nodiscard]] base::Result<Section> similar_section(const TrendInput& input, const TrendRequest& request);
// Errors: "age_unlike", "population_missing", those of reading both tables.
[[nodiscard]] base::Result<Section> standardised_section(const TrendRequest& request);

}  // namespace throughline::app
