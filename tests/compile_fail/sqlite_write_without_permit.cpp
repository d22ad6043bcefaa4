// A write to the ledger store takes a permit.
// REFUSED: no matching function for call to .*Sqlite::write
#include "store/sqlite.h"

namespace throughline {

base::Result<store::SqliteStatement> change(store::Sqlite& sqlite, const store::WritePermit& permit) {
#ifdef WRONG
  return sqlite.write("DELETE FROM entry");
#else
  return sqlite.write(permit, "DELETE FROM entry");
#endif
}

}  // namespace throughline
