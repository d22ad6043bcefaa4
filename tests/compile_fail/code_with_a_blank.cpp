// A code is no sentence: a value pasted into one would not fit.
// REFUSED: (is not a constant expression|expression '<throw-expression>')
#include "base/log.h"

namespace throughline {

void tell(base::Log& log) {
#ifdef WRONG
  log.info("Record read");
#else
  log.info("record_read");
#endif
}

}  // namespace throughline
