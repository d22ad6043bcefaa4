// Nobody but a ledger transaction makes a permit.
// REFUSED: WritePermit::WritePermit\(\).* is private within this context
#include "store/sqlite.h"

namespace throughline {

base::Result<void> change(store::Sqlite& sqlite, const store::WritePermit& permit) {
#ifdef WRONG
  const store::WritePermit own;
  return sqlite.run_script(own, "DROP TABLE entry");
#else
  return sqlite.run_script(permit, "DROP TABLE entry");
#endif
}

}  // namespace throughline
