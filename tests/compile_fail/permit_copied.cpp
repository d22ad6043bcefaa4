// A permit cannot be kept beyond its transaction.
// REFUSED: use of deleted function .*WritePermit\(const .*WritePermit&\)
#include "ledger/ledger.h"

namespace throughline {

void keep(const ledger::Transaction& transaction) {
#ifdef WRONG
  const store::WritePermit kept = transaction.permit();
#else
  const store::WritePermit& lent = transaction.permit();
  static_cast<void>(lent);
#endif
}

}  // namespace throughline
