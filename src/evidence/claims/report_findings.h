// What the rows of reports say of one another: parts and totals, shares, ranges and products within a report, and rival
// figures for the same words.
//
// - Every rule is general and named; none knows a report. A rule that does not apply says nothing.
// - Undecidable: whether figures that agree are right. "Holds" here means that the arithmetic of the rows holds.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "evidence/claims/check_claim.h"
#include "evidence/claims/report_rows.h"

namespace throughline::evidence {

struct RowFinding {
  std::size_t row = 0;  // An index into the rows.
  Verdict verdict = Verdict::holds;
  std::string rule;  // "parts", "total", "whole_counts", "range", "product", "share", "rival_figures", "same_figure".
  std::string why;
};

// Figures of one thing that cannot all be right, or one figure that stands for several things.
struct RivalFigures {
  std::vector<std::size_t> rows;
  std::string kind;   // "Different figures for the same words", "The same figure for different words".
  std::string scope;  // How they differ, as far as the rows say.
};

// In the order of the rules, and within a rule of the rows.
[[nodiscard]] std::vector<RowFinding> arithmetic_findings(const std::vector<ReportRow>& rows,
                                                          const Vocabulary& vocabulary);

[[nodiscard]] std::vector<RivalFigures> rival_figures(const std::vector<ReportRow>& rows, const Vocabulary& vocabulary);

// The words of a label that tell it from others, phrases for one thing drawn together. Sorted, each once.
[[nodiscard]] std::vector<std::string> label_words(const std::string& label, const Vocabulary& vocabulary);

}  // namespace throughline::evidence
