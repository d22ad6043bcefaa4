// A statement in words → a claim.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "evidence/claims/claim.h"
#include "evidence/series/catalogue.h"

namespace throughline::evidence {

// Reads statements of change ("drug stop and search fell 61 per cent 2012-18", "deaths doubled since 1993", "rose from
// 471 in 1993 to 2,208 in 2018") and of level ("3.4 per cent of adults used a Class A drug in 2005/06").
//
// Errors: statement_empty; statement_too_long; size_missing (no number, fraction or direction); base_year_missing (a
// change without the year that it is measured from); year_missing (a level without its year); area_ended (a code that
// is no longer in use, with the one that follows it). Refused, by the name of the rule, where the words do with a
// series what its caveats forbid (see forbidden_uses.h). What it counts may stay unknown: that is for the check to say.
[[nodiscard]] base::Result<Claim> parse_statement(std::string_view text, const Catalogue& catalogue);

}  // namespace throughline::evidence
