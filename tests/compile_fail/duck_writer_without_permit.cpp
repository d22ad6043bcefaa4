// A writer to the record store takes a permit.
// REFUSED: no matching function for call to .*DuckWriter::DuckWriter
#include "store/duck_writer.h"

namespace throughline {

base::Result<void> change(store::DuckConnection& connection, const store::WritePermit& permit) {
#ifdef WRONG
  store::DuckWriter writer(connection);
#else
  store::DuckWriter writer(permit, connection);
#endif
  return writer.run_script("DELETE FROM event");
}

}  // namespace throughline
