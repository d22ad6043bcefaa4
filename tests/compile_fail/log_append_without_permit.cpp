// An entry is appended by a transaction, together with what it covers.
// REFUSED: no matching function for call to .*AuditLog::append
#include "ledger/audit_log.h"

namespace throughline {

base::Result<std::string> append(ledger::AuditLog& log, const store::WritePermit& permit) {
#ifdef WRONG
  return log.append(ledger::Entry{}, ledger::Bytes{});
#else
  return log.append(permit, ledger::Entry{}, ledger::Bytes{});
#endif
}

}  // namespace throughline
