// CHECK: what must be true if this program is right. On in every build; a failed check ends the process.
//
// A CHECK never judges input: wrong data is a Rejection, a failing world is an Error. Its message names the condition,
// the file and the line, never a value, because a value may be personal.
#pragma once

namespace throughline::base {

// Prints the condition and its place on standard error, then aborts.
[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace throughline::base

#define CHECK(condition)                                                 \
  do {                                                                   \
    if (!(condition)) [[unlikely]] {                                     \
      ::throughline::base::check_failed(#condition, __FILE__, __LINE__); \
    }                                                                    \
  } while (false)
