// Named places where a test may kill the process, to prove that a kill there loses, doubles and half-shows nothing.
//
// Always compiled in and inert until armed: one relaxed atomic read. Only tests and the storm harness arm one.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace throughline::store {

// The process kills itself (SIGKILL) when the named point is reached for the count-th time, counting from 1.
// "any" counts every point together.
void arm_fault_point(std::string name, std::int64_t count);
void disarm_fault_points();

extern std::atomic<bool> fault_points_armed;
void reach_fault_point(std::string_view name);

}  // namespace throughline::store

#define FAULT_POINT(name)                                                                        \
  do {                                                                                           \
    if (::throughline::store::fault_points_armed.load(std::memory_order_relaxed)) [[unlikely]] { \
      ::throughline::store::reach_fault_point(name);                                             \
    }                                                                                            \
  } while (false)
