// The demonstration's county: a made-up market run for two years, what its agencies would hold, brought in by each and
// linked, and the links held against the truth.
//
// It has a workspace of its own. Its forces and places have real names, and made-up records that bear them must never
// be counted among real ones: docs/decisions/0009-the-county-has-a-workspace-of-its-own.md.
#pragma once

#include <cstdint>
#include <string>

#include "app/outside.h"
#include "app/report.h"
#include "base/result.h"

namespace throughline::app {

struct CountyOrder {
  std::string folder;     // Holds extracts/ and workspace/ when it is done.
  std::int32_t days = 0;  // Of the run.
};

// What is there already is left as it is: a second time takes seconds. Section "county" (facts agencies, extracts,
// known, rows, rejected, records_matched, true_pairs; tables "agencies": agency, extracts, rows, and "measures" of
// score()). Errors: those of the verbs; "county_other" where the folder's extracts are of another length;
// "county_damaged".
[[nodiscard]] base::Result<Section> demo_county(const Outside& outside, const Settings& settings,
                                                const CountyOrder& order);

}  // namespace throughline::app
