// Who may do what: one pure function that every verb and every route asks, and whose rule is written into the entry.
//
// Denied unless a rule allows. Personal data belong to the agency that brought them in: nobody of another agency sees
// or changes them, whatever the role. An administrator manages people and never reads personal data by that role; an
// auditor reads the log and published figures and nothing else, and that reading is logged too. Rule 0 is none of
// these: the program finishing what was decided before, such as an interrupted batch.
//
// docs/reference/permissions.md says the same in a table, which a test holds against this.
#pragma once

#include <span>
#include <string_view>

#include "ledger/model.h"

namespace throughline::ledger {

// The version of the rules, written into every entry. Raise it when a rule changes.
inline constexpr std::int32_t k_policy_version = 3;

// Rules that callers know by number.
inline constexpr RuleId k_rule_purpose_needed = 303;
inline constexpr RuleId k_rule_purpose_unfit = 304;
inline constexpr RuleId k_rule_govern_needed = 309;
inline constexpr RuleId k_rule_sign_in_failed = 601;
inline constexpr RuleId k_rule_sign_in_waits = 602;

struct Wish {
  Role role = Role::analyst;
  Operation operation = Operation::consultation;
  DataClass data_class = DataClass::published;
  Purpose purpose = Purpose::unstated;
  Ownership ownership = Ownership::none;
  bool is_founding = false;  // The account that acts is one of the founding agency's.
};

struct PermissionVerdict {
  Decision decision = Decision::deny;
  RuleId rule = 0;
  std::string_view sentence;  // Why, for whoever asked.
};

[[nodiscard]] PermissionVerdict allow(const Wish& wish);

// Every rule there is, by number, to be shown.
[[nodiscard]] std::span<const PermissionVerdict> rules();
// REQUIRES: there is a rule of that number.
[[nodiscard]] PermissionVerdict rule_of(RuleId rule);

}  // namespace throughline::ledger
