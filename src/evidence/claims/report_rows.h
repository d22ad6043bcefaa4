// The figures that published reports print, a row each: what a table of claims holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "evidence/claims/claim.h"
#include "evidence/series/catalogue.h"
#include "evidence/series/text_table.h"

namespace throughline::evidence {

struct ReportRow {
  std::int64_t line = 0;
  std::string table;  // The file.
  std::string source;
  std::string place;  // Page or paragraph.
  std::string label;  // What it is a figure of, as the table calls it.
  std::string area;
  std::string period;
  std::string value;  // As printed: "-47", ">100", "700-800".
  std::string unit;   // "% change", "people (approx)", "% of 29".
};

// The columns source, page_or_para (or place), series (or label), area, period, value and unit; others are not read.
// Error: column_missing, with the nearest.
[[nodiscard]] base::Result<std::vector<ReportRow>> report_rows(const TextTable& table);

// A row's figure with what its unit says.
struct ReportFigure {
  double amount = 0;  // In ones: 15.4 billion is 15.4e9.
  PrintedFigure printed;
  bool is_change = false;
  bool is_points = false;
  bool is_percentage = false;
  bool is_ratio = false;  // "times".
  bool is_share = false;  // A percentage of something that the unit names.
  double share_of = 0;    // "% of 29": 29. 0 when no number is named.
  double per = 0;         // "per million".
  std::string noun;       // What is counted: "line", "people", "gbp". Small letters, no plural.
};

// Nothing when the value is no number.
[[nodiscard]] std::optional<ReportFigure> report_figure(const ReportRow& row);

// What the row claims, to be held against series; or why it cannot be, in words.
struct RowClaim {
  std::optional<Claim> claim;
  std::string why_not;
};
[[nodiscard]] RowClaim claim_of_row(const ReportRow& row, const Vocabulary& vocabulary);

}  // namespace throughline::evidence
