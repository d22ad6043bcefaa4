// Which pairs of a run its rules gathered to be compared.
#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "linkage/blocking.h"
#include "linkage/encode.h"
#include "linkage/stage.h"

namespace throughline::linkage {

struct Compared {
  People people;  // In the order of the run's mentions.
  bool is_every_pair = false;
  std::vector<BlockingRule> in_force{};

  // Whether a rule gathers the two. In a block too large to be compared it may all the same have left them out.
  [[nodiscard]] bool has(std::size_t one, std::size_t other) const;
};
// Cost: that of encoding and of planning, as in the run. Errors: those of plan().
[[nodiscard]] base::Result<Compared> compared_in(const Links& links);

}  // namespace throughline::linkage
