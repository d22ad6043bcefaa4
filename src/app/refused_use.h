// The error of a use of figures that their caveats forbid.
#pragma once

#include <string>
#include <utility>

#include "base/result.h"
#include "evidence/caveats.h"

namespace throughline::app {

[[nodiscard]] inline base::Error refused_use(const evidence::Refusal& refusal, std::string where) {
  return {base::ErrorKind::refused, std::string(evidence::name_of(refusal.rule)), refusal.reason, std::move(where),
          refusal.remedy};
}

}  // namespace throughline::app
