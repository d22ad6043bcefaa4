// An account's number is no extract's number.
// REFUSED: could not convert
#include "ledger/batch.h"

namespace throughline {

base::Result<void> take_back(ledger::Transaction& transaction, ledger::AccountId account, ledger::ExtractNo extract) {
#ifdef WRONG
  return ledger::abandon(transaction, account);
#else
  return ledger::abandon(transaction, extract);
#endif
}

}  // namespace throughline
