#include "app/ownership.h"

#include <algorithm>

#include "ledger/permission.h"

namespace throughline::app {

using ledger::Ownership;

Ownership ownership_of(const ledger::Account& account, std::optional<ledger::AgencyId> owner) {
  if (!owner) return Ownership::none;
  return *owner == account.agency ? Ownership::own : Ownership::other;
}

Ownership ownership_of(const ledger::Account& account, ledger::AccountId maker) {
  return maker == account.id ? Ownership::own : Ownership::other;
}

bool owns(const ledger::Account& account, ledger::AccountId maker) {
  return std::ranges::any_of(account.roles, [&](ledger::Role role) {
    const ledger::PermissionVerdict verdict =
        ledger::allow({.role = role,
                       .operation = ledger::Operation::consultation,
                       .data_class = ledger::DataClass::own_work,
                       .ownership = ownership_of(account, maker),
                       .is_founding = account.agency == ledger::k_founding_agency});
    return verdict.decision == ledger::Decision::allow;
  });
}

}  // namespace throughline::app
