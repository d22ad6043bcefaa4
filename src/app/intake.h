// Reading several files into a workspace, each as its own batch: what became of each, without stopping at the first
// that is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/outside.h"
#include "app/session.h"
#include "base/result.h"
#include "records/stage.h"

namespace throughline::app {

struct IntakeOrder {
  std::vector<std::string> files;
  std::string mapping;                          // Empty: found by each file's header.
  std::optional<ledger::ExtractNo> supersedes;  // What every one of them corrects.
  std::optional<base::Date> received;
};

// What became of one file: taken in or known already, or else why it was refused.
struct FileOutcome {
  std::string path;
  base::Result<records::Ingested> ingested;
};

// One outcome a file, in their order. Errors: "refused" by policy, "interrupted" (files before it stand), damage of the
// workspace. Progress is told for each file; for more than a few, for all of them together.
[[nodiscard]] base::Result<std::vector<FileOutcome>> take_in(Session& session, const Outside& outside,
                                                             const IntakeOrder& order);

}  // namespace throughline::app
