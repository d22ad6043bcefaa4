// Judging the sources that a session can see.
#pragma once

#include <string>
#include <vector>

#include "app/outside.h"
#include "app/session.h"
#include "base/result.h"
#include "records/quality.h"

namespace throughline::app {

// The source that is named, or all of them, by name; areas of published figures by their names. Error source_unknown
// with the nearest name.
[[nodiscard]] base::Result<std::vector<records::SourceQuality>> assess_sources(Session& session, const Outside& outside,
                                                                               const std::string& source);

}  // namespace throughline::app
