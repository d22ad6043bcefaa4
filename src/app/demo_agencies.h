// The demonstration's agencies: each brings its files in by an account of its own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/outside.h"
#include "base/result.h"

namespace throughline::app {

struct DemoAgency {
  std::string account{};  // Empty: the founder's own, which is there already.
  std::string agency{};
  std::string desk{};  // Whom to ring.
  std::vector<std::string> files{};
};

struct Brought {
  std::int64_t files = 0;
  std::int64_t known = 0;  // From before.
  std::int64_t rows = 0;
  std::int64_t rejected = 0;
};

// Agency by agency; an account, and a file, that is there already is left as it is. REQUIRES: the workspace is there,
// and no session of it is open. Errors: those of the verbs, and of the first file that is refused.
[[nodiscard]] base::Result<Brought> bring_all(const Outside& outside, const Settings& settings,
                                              const std::vector<DemoAgency>& agencies);

}  // namespace throughline::app
