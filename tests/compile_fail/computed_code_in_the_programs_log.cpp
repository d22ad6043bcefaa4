// A code is a word in the source, never one that was put together.
// REFUSED: cannot convert .*const char\*.* to .*Code
#include <string>

#include "base/log.h"

namespace throughline {

void tell(base::Log& log, const std::string& surname) {
#ifdef WRONG
  log.info(surname.c_str());
#else
  log.info("surname_read");
#endif
}

}  // namespace throughline
