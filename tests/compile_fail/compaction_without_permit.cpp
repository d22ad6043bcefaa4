// Compacting takes a permit, and so leaves an entry.
// REFUSED: no matching function for call to .*Workspace::compact
#include "store/workspace.h"

namespace throughline {

base::Result<void> compact(store::Workspace& workspace, const store::WritePermit& permit) {
#ifdef WRONG
  return workspace.compact();
#else
  return workspace.compact(permit);
#endif
}

}  // namespace throughline
