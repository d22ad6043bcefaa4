// The two things from outside that a program may need and a test must be able to choose: the time and chance.
//
// Nothing below app/ reads a clock or a random device; app/ hands these down.
#pragma once

#include <chrono>
#include <cstddef>
#include <span>

#include "base/date.h"

namespace throughline::base {

class Clock {
 public:
  virtual ~Clock() = default;
  // The time as the machine has it. It may jump, also backwards; the ledger copes.
  [[nodiscard]] virtual Instant now() = 0;
  // Time since some beginning, which never runs backwards and goes on while the machine sleeps: for how long ago
  // something was. Unless a clock has one of its own, the time since 1970.
  [[nodiscard]] virtual std::chrono::microseconds uptime() { return std::chrono::microseconds(now().microseconds); }
};

// A source of secret bytes for keys and tokens. Never used for statistics: see base/random.h.
class Entropy {
 public:
  virtual ~Entropy() = default;
  virtual void fill(std::span<std::byte> bytes) = 0;
};

}  // namespace throughline::base
