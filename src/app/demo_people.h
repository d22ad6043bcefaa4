// The demonstration's made-up people: what five agencies hold of them, each brought in by an account of its own agency,
// and linked.
#pragma once

#include <string>

#include "app/outside.h"
#include "app/report.h"
#include "base/result.h"

namespace throughline::app {

// Brings the folder's files in and links what they hold; what is known already is left as it is. REQUIRES: the
// workspace is there and no session of it is open. Errors: "people_missing" where the folder has no such files; those
// of the verbs. Section "people" (facts files, known, records, people).
[[nodiscard]] base::Result<Section> demo_people(const Outside& outside, const Settings& settings,
                                                const std::string& folder);

}  // namespace throughline::app
