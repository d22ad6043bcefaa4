// The two things from outside that a program may need and a test must be able to choose: the time and chance.
//
// Nothing below app/ reads a clock or a random device; app/ hands these down.
#pragma once

#include <cstddef>
#include <span>

#include "base/date.h"

namespace throughline::base {

class Clock {
 public:
  virtual ~Clock() = default;
  // The time as the machine has it. It may jump, also backwards; the ledger copes.
  [[nodiscard]] virtual Instant now() = 0;
};

// A source of secret bytes for keys and tokens. Never used for statistics: see base/random.h.
class Entropy {
 public:
  virtual ~Entropy() = default;
  virtual void fill(std::span<std::byte> bytes) = 0;
};

}  // namespace throughline::base
