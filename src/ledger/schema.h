// The tables of the ledger, as numbered steps that a workspace runs once each.
#pragma once

#include <vector>

#include "store/workspace.h"

namespace throughline::ledger {

[[nodiscard]] std::vector<store::Migration> ledger_migrations();

// The tables of keys.sqlite, which lies in the keys directory.
[[nodiscard]] std::string_view keyring_schema();

}  // namespace throughline::ledger
