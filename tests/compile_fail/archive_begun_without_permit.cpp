// Nothing enters the archive without a permit.
// REFUSED: no matching function for call to .*Archive::begin
#include "store/archive.h"

namespace throughline {

base::Result<store::ArchiveWriter> take_in(store::Archive& archive, const store::WritePermit& permit) {
#ifdef WRONG
  return archive.begin();
#else
  return archive.begin(permit);
#endif
}

}  // namespace throughline
