// What the calendar can hold for somebody.
#pragma once

#include <cstdint>

namespace throughline::simulate {

// Kept in checkpoints: a new one goes to the end.
enum class PersonEvent : std::uint8_t {
  none,
  seek,
  stop,
  die,
  admission,
  prison,
  give_up,
  leave_treatment,
  relapse,
  release,
  week,
  grow_out,
  at_risk_again,
};

}  // namespace throughline::simulate
