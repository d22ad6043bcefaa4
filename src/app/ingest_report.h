// The answer of ingest: a table of files, and beside it what was refused, what was rejected and what was found. Pure.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/intake.h"
#include "app/report.h"
#include "base/result.h"

namespace throughline::app {

// The name of an extract by its number: "3f9a0c12ab345678".
using ExtractNames = std::function<std::string(ledger::ExtractNo)>;

// An Error when no file at all could be read: the first one's, with how many there were. Otherwise done, or done with
// findings where a file was refused, a row rejected or something is worth a look.
[[nodiscard]] base::Result<Section> ingest_section(const std::vector<FileOutcome>& outcomes, const ExtractNames& names);

// Whether anything in the outcomes wants a look: a file refused, or one that is new with rejections or findings.
[[nodiscard]] bool has_findings(const std::vector<FileOutcome>& outcomes);

}  // namespace throughline::app
