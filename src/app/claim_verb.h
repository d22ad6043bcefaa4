// The verb of claims: statements and printed figures held against published series. It needs no workspace and holds no
// personal data.
#pragma once

#include <string>
#include <vector>

#include "app/outside.h"
#include "app/verbs.h"

namespace throughline::app {

// One of these is asked:
//   statement     section "claim" (facts statement, verdict, basis, why); tables "readings" (agrees, reading, series,
//                 area, basis, working), "missing" (missing), "caveats" (code, sentence)
//   tables        section "table" (facts for each verdict and what decided), table "rows"; with `output` written as CSV
//   is_reports    the same for the figures of published reports that are carried in the program
//   is_conflicts  section "conflicts", table "conflicts" (kind, figures), of `tables` or of the reports
//   is_list       section "series", table "series": every series with up to when it runs
struct ClaimRequest {
  std::string statement{};
  std::vector<std::string> tables{};
  std::string output{};
  bool is_reports = false;
  bool is_conflicts = false;
  bool is_list = false;
};

// Errors: those of reading statements and tables; "claim_missing" when nothing is asked, "claim_ambiguous" when two
// things are; "output_without_table"; "table_too_large".
[[nodiscard]] Answer claim(const Outside& outside, const Settings& settings, const ClaimRequest& request);

}  // namespace throughline::app
