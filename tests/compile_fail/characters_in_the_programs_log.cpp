// Not even one letter of it.
// REFUSED: no matching function for call to .*Field
#include <string>

#include "base/log.h"

namespace throughline {

void tell(base::Log& log, const std::string& surname) {
#ifdef WRONG
  log.info("record_read", {base::Field("initial", surname.front())});
#else
  log.info("record_read", {base::Field("name_bytes", surname.size())});
#endif
}

}  // namespace throughline
