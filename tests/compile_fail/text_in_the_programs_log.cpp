// A text that came from a file or a person cannot be logged.
// REFUSED: no matching function for call to .*Field
#include <string>

#include "base/log.h"

namespace throughline {

void tell(base::Log& log, const std::string& surname) {
#ifdef WRONG
  log.info("record_read", {base::Field("name", surname)});
#else
  log.info("record_read", {base::Field("name_bytes", surname.size())});
#endif
}

}  // namespace throughline
