// The outcome of a write cannot be forgotten.
// REFUSED: ignoring return
#include "ledger/ledger.h"

namespace throughline {

void finish(ledger::Transaction& transaction) {
#ifdef WRONG
  transaction.commit();
#else
  static_cast<void>(transaction.commit());
#endif
}

}  // namespace throughline
