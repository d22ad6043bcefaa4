// throughline index: the Drug Harms Index of a table of harms, its parts beside it. Needs no workspace.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/verbs.h"
#include "evidence/harm/harms.h"

namespace throughline::app {

struct IndexRequest {
  std::string table{};      // Harms: see read_harms.
  std::string base{};       // The period that is 100; empty: the first.
  std::string deflator{};   // Columns year, index: restates all unit costs in the prices of one year; empty: none.
  std::string offences{};   // Columns offence, period, count: for the severity scores; with weights.
  std::string weights{};    // Columns offence, severity_weight, custody_days, proactive.
  std::string published{};  // Severity scores as they were published, to be seen beside them; with area.
  std::string area{};
  std::string output{};         // Where the index goes, as CSV; empty: nowhere.
  std::int64_t draws = 10'000;  // 0: no intervals.
  std::uint64_t seed = 1;
};

// Columns: harm, period, volume, unit_cost, price_year, attributable_share; and where wanted volume_se, cost_low,
// cost_high, share_low, share_high, source, caveats (codes, united for each harm). Errors, with the line:
// "column_missing", "column_unknown", "value_missing", "not_a_number", "volume_negative", "cost_not_positive",
// "price_year_malformed", "share_out_of_range", "range_malformed", "row_twice", "periods_too_few", "period_missing",
// "caveat_unknown"; refused: those of check_harm_caveats.
[[nodiscard]] base::Result<evidence::HarmTable> read_harms(const std::string& path);

// Without a deflator every period must have one price year: "price_years_mixed". With one, all costs are restated in
// the prices of the base period's first row: "deflator_year_missing", "deflator_malformed".
[[nodiscard]] base::Result<void> settle_prices(evidence::HarmTable& table, const std::string& deflator,
                                               std::size_t base);

// → sections "index" (facts file, base, harms; table "index"), "links" (tables "links", "parts"), "without" (table
// "without"), "costs" (table "costs"), with offences "severity" (table "severity"),
// with published scores "published" (tables "published", "areas"); notes with caveats.
[[nodiscard]] Answer index(const Outside& outside, const Settings& settings, const IndexRequest& request);

}  // namespace throughline::app
