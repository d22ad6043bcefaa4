// Nothing leaves it without one either.
// REFUSED: no matching function for call to .*Archive::remove
#include "store/archive.h"

namespace throughline {

base::Result<void> take_out(store::Archive& archive, const base::Hash& content, const store::WritePermit& permit) {
#ifdef WRONG
  return archive.remove(content);
#else
  return archive.remove(permit, content);
#endif
}

}  // namespace throughline
