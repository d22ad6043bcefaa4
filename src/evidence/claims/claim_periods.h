// Years and periods in the words of a statement.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/claims/claim.h"

namespace throughline::evidence {

struct FoundPeriods {
  std::vector<ClaimPeriod> periods;  // In the order of the text; "2012-18" is two.
  bool is_since = false;             // "since 1993": the end is left open.
  bool is_pooled = false;            // "combined", "together".
  std::string rest;                  // The text without them, in small letters.
};

// In a statement a bare year counts only after a word that leads to one ("in", "since", "from", "to"…), so that "2000
// lines" is no year; in a column of periods every year does. "2018-19" is the year from April 2018; "2010-14" is from
// 2010 to 2014.
enum class PeriodPlace { statement, column };
[[nodiscard]] FoundPeriods find_periods(std::string_view text, PeriodPlace place);

}  // namespace throughline::evidence
