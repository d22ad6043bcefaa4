// The page that the demonstration prints: what was read, how good it is, what it says, and what to type next. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/outside.h"
#include "app/report.h"
#include "evidence/areas.h"
#include "evidence/stage.h"
#include "records/quality.h"

namespace throughline::app {

struct DemoFindings {
  std::int64_t files_new = 0;
  std::int64_t files_known = 0;
  std::vector<std::string> files_refused;       // A sentence each.
  std::vector<records::SourceQuality> sources;  // In the order in which they are to stand.
  evidence::Summary figures;
  evidence::Areas areas;
  std::int64_t log_entries = 0;
  std::string log_fault;  // What does not fit in the log; empty when it is sound.
};

// At most 70 lines of 100 columns for the bundled example. Every command in it works as it stands with these settings.
[[nodiscard]] Report demo_page(const DemoFindings& findings, const Settings& settings);

}  // namespace throughline::app
