// Every row of a table of printed figures gets a status: held against the stored series first, then against the other
// rows.
#pragma once

#include <string>
#include <vector>

#include "evidence/claims/report_findings.h"

namespace throughline::evidence {

// What decided a row.
enum class DecidedBy { series, arithmetic, conflict, nothing };
// "stored series", "arithmetic within the reports", "conflict between figures", "nothing stored".
[[nodiscard]] std::string_view words_of(DecidedBy by);

struct RowStatus {
  Verdict verdict = Verdict::no_data;
  DecidedBy by = DecidedBy::nothing;
  std::string basis;
  std::string why;  // The working, or what is missing.
};

struct CheckedTable {
  std::vector<RowStatus> statuses;  // One for each row, in order.
  std::vector<RivalFigures> rivals;
};

[[nodiscard]] CheckedTable check_table(const std::vector<ReportRow>& rows, const Catalogue& catalogue);

}  // namespace throughline::evidence
