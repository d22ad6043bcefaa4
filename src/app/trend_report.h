// What trend answers, as sections. Pure but for the draws of the search for breaks, which are seeded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/report.h"
#include "app/trend_input.h"
#include "evidence/rates/funnel.h"

namespace throughline::app {

// The year before the last that a change of so many years begins with; nothing where the lines are too short.
[[nodiscard]] std::optional<std::size_t> change_begin(const TrendInput& input, std::size_t end, std::int64_t years);

// A row for each line: the last year, its rate, the change over years, or why it is not given, and the known breaks
// that the change is across. By name, never ranked.
[[nodiscard]] Section changes_section(const TrendInput& input, const TrendRequest& request,
                                      const std::vector<evidence::DeclaredBreak>& declared);
// Period by period. REQUIRES base within the periods.
[[nodiscard]] Section line_section(const TrendInput& input, const TrendLine& line, std::size_t base);
// Known and found breaks, and the change read through each and from it on.
[[nodiscard]] Section breaks_section(const TrendInput& input, const TrendLine& line, const TrendRequest& request,
                                     const std::vector<evidence::DeclaredBreak>& declared);

// A known break with its first period in the line.
struct KnownBreak {
  std::size_t period = 0;
  evidence::DeclaredBreak declared;
};
// Those within the line, by period.
[[nodiscard]] std::vector<KnownBreak> known_breaks(const TrendInput& input, const TrendLine& line,
                                                   const std::vector<evidence::DeclaredBreak>& declared);

// The published series that hold counts, line by line, with up to when each runs, and their areas.
[[nodiscard]] Section lines_section();

// The last year of an area of the one category that is looked at.
struct YearOfArea {
  std::string area;
  evidence::YearPoint point;
};
// An area that has no place beside the others, and why.
struct AreaLeftOut {
  std::string area;
  std::string why;
};
struct YearsOfAreas {
  std::vector<YearOfArea> years;  // By name.
  std::vector<AreaLeftOut> left_out;
};
// Of one level only, so that nothing is counted twice: the others are left out.
[[nodiscard]] YearsOfAreas last_years(const TrendInput& input);
[[nodiscard]] Table left_out_table(const std::vector<AreaLeftOut>& left_out);
// Error "category_unknown" where there are several: areas are held against one another in one.
[[nodiscard]] base::Result<void> check_one_category(const TrendInput& input);
// Why the last year that is looked at is not to be compared; nothing where it is complete.
[[nodiscard]] std::optional<evidence::Refusal> last_year_refused(const TrendInput& input);
// Where the last period is not complete, the one before it becomes the last, and a note says so.
void leave_out_incomplete(TrendInput& input);
// Of all lines together.
[[nodiscard]] evidence::Caveats united_caveats(const TrendInput& input);
// REQUIRES one event at least among the years.
[[nodiscard]] evidence::Funnel funnel_of_years(const std::vector<YearOfArea>& years);

// Every area by name: its rate and, where levels may be compared, where it stands against the funnel limits; the
// highest and lowest too (section "funnel") where areas may be ranked, else why not. Neither of a year that is not
// complete. Errors: "category_unknown".
[[nodiscard]] base::Result<std::vector<Section>> places_sections(const TrendInput& input);
// Errors: "population_missing"; refused by the name of the rule that forbids a ranking.
[[nodiscard]] base::Result<Section> funnel_section(const TrendInput& input);
// The areas most alike of those that have a rate, and what they are alike in. Errors: "similar_unknown",
// "traits_missing", "trait_not_positive", those of reading the table; refused where levels may not be compared.
[[nodiscard]] base::Result<Section> similar_section(const TrendInput& input, const TrendRequest& request);
// Errors: "age_unlike", "population_missing", those of reading both tables.
[[nodiscard]] base::Result<Section> standardised_section(const TrendRequest& request);

}  // namespace throughline::app
