// throughline trend: counts over time as rates, rolling years, an index and changes over years, with known and found
// breaks, areas against funnel limits, areas most alike, and rates in a standard population.
#pragma once

#include <cstdint>
#include <string>

#include "app/verbs.h"

namespace throughline::app {

// What is read is one of input, published and measure.
struct TrendRequest {
  std::string input{};      // A table: period, count; area, category, police_activity and population where it has them.
  std::string published{};  // A published series, or one of its lines: "drug_deaths.misuse".
  std::string measure{};    // A measure of the workspace.
  bool has_workspace_residents =
      false;               // A published series is divided by residents of the workspace, where it can be.
  std::string category{};  // One category. Empty: each.
  std::string area{};      // One area. Empty: each.
  std::string area_kind{};
  std::string base{};        // The period in which the year ends that is 100. Empty: the first whole one.
  std::string to{};          // The last period. Empty: the last there is.
  std::int64_t years = 5;    // Of the change.
  bool is_list = false;      // What there is to look at, in place of looking at it.
  bool is_by_place = false;  // Every area by name, with funnel limits; the highest and lowest where they may be ranked.
  bool is_ranked = false;    // The highest and lowest areas, with funnel limits.
  std::string similar{};     // The area whose likes are wanted; with traits.
  std::string traits{};      // A table: area and columns of numbers; of one named "…:log" the logarithms are compared.
  std::int64_t likes = 10;   // How many.
  std::string breaks{};      // Known breaks of one's own: month, what, source.
  double break_level = 0.01;   // Of a found break.
  std::string standard{};      // The standard population: age, people. The input then has the column age.
  std::int64_t lines_max = 0;  // Of the workspace; more are refused. 0: as many as there are.
  bool has_noughts_left_out = false;
  std::string output{};  // Where the table of the line, or else of the changes, goes as CSV.
  std::uint64_t seed = 1;
};

// → section "trend" (facts; table "changes"); of one line also "line" (table "points") and "breaks" (tables "breaks",
// "readings"); asked for, "places" (tables "places", "left_out"), "funnel" (table "funnel"), "similar" (tables
// "similar", "traits"); with a standard population only "standardised" (table "standardised"); of a list only "lines"
// (tables "lines", "areas"). Errors: "trend_not_said"; those of read_watch_table, published_batches and
// workspace_batch; "line_unknown", "area_unknown", "category_unknown", "period_malformed", "periods_too_few",
// "breaks_malformed", "similar_missing", "similar_unknown", "traits_missing", "trait_not_positive",
// "population_missing", "age_unlike"; refused by the name of a rule: a ranking that the caveats forbid.
[[nodiscard]] Answer trend(const Outside& outside, const Settings& settings, const TrendRequest& request);

}  // namespace throughline::app
