// Nor out of an empty pair of braces.
// REFUSED: WritePermit::WritePermit\(\).* is private within this context
#include "store/archive.h"

namespace throughline {

base::Result<store::ArchiveWriter> take_in(store::Archive& archive, const store::WritePermit& permit) {
#ifdef WRONG
  return archive.begin({});
#else
  return archive.begin(permit);
#endif
}

}  // namespace throughline
