// Neither does a script run without one.
// REFUSED: no matching function for call to .*Sqlite::run_script
#include "store/sqlite.h"

namespace throughline {

base::Result<void> change(store::Sqlite& sqlite, const store::WritePermit& permit) {
#ifdef WRONG
  return sqlite.run_script("DROP TABLE entry");
#else
  return sqlite.run_script(permit, "DROP TABLE entry");
#endif
}

}  // namespace throughline
