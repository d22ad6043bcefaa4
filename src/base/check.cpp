#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace throughline::base {

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr,
               "throughline: internal check failed: %s (%s:%d). This is a fault in the program, not in the data.\n",
               condition, file, line);
  std::abort();
}

}  // namespace throughline::base
