// Who may do what: one pure function that every verb asks, and whose rule is written into the entry.
//
// Denied unless a rule allows. An administrator manages people and never reads personal data by that role; an auditor
// reads the log and published figures and nothing else, and that reading is logged too. Rule 0 is none of these: the
// program finishing what was decided before, such as an interrupted batch.
#pragma once

#include <string_view>

#include "ledger/model.h"

namespace throughline::ledger {

// The version of the table below, written into every entry. Raise it when a rule changes.
inline constexpr std::int32_t k_policy_version = 1;

struct Wish {
  Role role = Role::analyst;
  Operation operation = Operation::consultation;
  DataClass data_class = DataClass::published;
  Purpose purpose = Purpose::unstated;
};

struct PermissionVerdict {
  Decision decision = Decision::deny;
  RuleId rule = 0;
  std::string_view sentence;  // Why, for whoever asked.
};

[[nodiscard]] PermissionVerdict allow(const Wish& wish);

}  // namespace throughline::ledger
