// A permit to set up stores, which holds one to write, is the workspace's alone.
// REFUSED: SetupPermit::SetupPermit\(\).* is private within this context
#include "store/archive.h"

namespace throughline {

base::Result<store::Archive> open(const store::SetupPermit& permit) {
#ifdef WRONG
  const store::SetupPermit own;
  return store::Archive::open("archive", own);
#else
  return store::Archive::open("archive", permit);
#endif
}

}  // namespace throughline
