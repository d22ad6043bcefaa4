// Whose a thing is, seen from an account: the part of a wish that is worked out rather than asked.
#pragma once

#include <optional>

#include "ledger/model.h"

namespace throughline::app {

// Of data, accounts and entries, which belong to agencies. Nothing named is nobody's.
[[nodiscard]] ledger::Ownership ownership_of(const ledger::Account& account, std::optional<ledger::AgencyId> owner);

// Of own work, which is an account's.
[[nodiscard]] ledger::Ownership ownership_of(const ledger::Account& account, ledger::AccountId maker);

// Whether the account may see, change or end what `maker` began: a job, an upload, a draft. Asks the one permission
// function. An account without roles owns nothing.
[[nodiscard]] bool owns(const ledger::Account& account, ledger::AccountId maker);

}  // namespace throughline::app
