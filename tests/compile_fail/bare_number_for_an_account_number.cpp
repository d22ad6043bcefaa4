// Nor is a bare number either of them.
// REFUSED: cannot convert
#include "ledger/ledger.h"

namespace throughline {

base::Result<void> raise(ledger::Ledger& ledger, ledger::Transaction& transaction, ledger::AccountId account) {
#ifdef WRONG
  return ledger.grant(transaction, 1, ledger::Role::administrator);
#else
  return ledger.grant(transaction, account, ledger::Role::administrator);
#endif
}

}  // namespace throughline
