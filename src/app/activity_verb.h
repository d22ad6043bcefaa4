// throughline activity: was more looked for, or is more there?
#pragma once

#include <string>
#include <vector>

#include "app/outside.h"
#include "app/verbs.h"

namespace throughline::app {

struct ActivityRequest {
  std::vector<std::string> independent{};  // Columns of the input that do not come from the police.
  std::string input{};                     // A row a period; see below. Empty with is_national.
  bool is_national = false;                // The published series of England and Wales that are carried.
  std::string before{};      // A period; empty: the first of the input, or the first that the national series share.
  std::string after{};       // Likewise the last.
  double size_percent = 10;  // A smaller change counts as none.
  std::string output{};      // Where the parts go, as CSV.
};

// Columns: period, recorded; where wanted searches, finds, people, and those that are named as independent of the
// police; any other is refused. A blank is not known. → section "activity" (facts verdict, why; table "parts"). Errors,
// with the line: those of read_small_table; "column_missing", "column_unknown", "independent_own", "not_a_count",
// "count_negative", "count_too_large", "people_none", "period_twice", "period_unknown" with the nearest,
// "periods_too_few", "windows_unlike", "finds_too_many", "activity_not_said".
[[nodiscard]] Answer activity(const Outside& outside, const Settings& settings, const ActivityRequest& request);

}  // namespace throughline::app
