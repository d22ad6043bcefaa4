// The one place where permits are made is closed to others.
// REFUSED: Transaction::make_permit\(\).* is private within this context
#include "ledger/ledger.h"

namespace throughline {

const store::WritePermit& permit_of(const ledger::Transaction& transaction) {
#ifdef WRONG
  return *ledger::Transaction::make_permit();
#else
  return transaction.permit();
#endif
}

}  // namespace throughline
