#include "ledger/permission.h"

namespace throughline::ledger {

namespace {

constexpr PermissionVerdict permit(RuleId rule, std::string_view sentence) {
  return {Decision::allow, rule, sentence};
}
constexpr PermissionVerdict refuse(RuleId rule, std::string_view sentence) {
  return {Decision::deny, rule, sentence};
}

bool is_about_people(DataClass data_class) {
  return data_class == DataClass::personal || data_class == DataClass::sensitive;
}

PermissionVerdict allow_administrator(const Wish& wish) {
  if (is_about_people(wish.data_class)) {
    return refuse(101, "An administrator looks after the system and never handles personal data by that role");
  }
  if (wish.data_class == DataClass::log) return refuse(102, "The log is read by an auditor, not by an administrator");
  const bool is_upkeep = wish.operation == Operation::administration || wish.operation == Operation::consultation;
  if (is_upkeep) return permit(103, "An administrator looks after accounts and stores");
  return refuse(104, "An administrator does not change what sources said");
}

PermissionVerdict allow_auditor(const Wish& wish) {
  if (wish.data_class == DataClass::log && wish.operation == Operation::consultation) {
    return permit(201, "An auditor reads the log, and that is an entry too");
  }
  if (wish.data_class == DataClass::published && wish.operation == Operation::consultation) {
    return permit(202, "Published figures are open to every role");
  }
  return refuse(203, "An auditor reads the log and published figures, nothing else");
}

// A worker's look at anything but the log and the accounts.
PermissionVerdict allow_look(const Wish& wish) {
  if (!is_about_people(wish.data_class)) return permit(302, "Published figures are open to every role");
  if (wish.purpose == Purpose::unstated) return refuse(303, "Personal data are shown only for a purpose");
  if (wish.purpose == Purpose::operate || wish.purpose == Purpose::count) {
    return refuse(304, "Neither counting nor operating needs to see a person's record");
  }
  return permit(305, "Looking at a record for a stated purpose, which is an entry");
}

// Analysts and practitioners: the same, but that a practitioner brings nothing in and removes nothing.
PermissionVerdict allow_worker(const Wish& wish) {
  if (wish.data_class == DataClass::log || wish.data_class == DataClass::accounts) {
    return refuse(301, "The log and the accounts belong to auditors and administrators");
  }
  if (wish.operation == Operation::consultation) return allow_look(wish);
  if (wish.role == Role::practitioner)
    return refuse(306, "A practitioner looks and decides; analysts bring data in and take it out");
  if (wish.operation == Operation::collection || wish.operation == Operation::alteration) {
    return permit(307, "An analyst brings extracts in");
  }
  if (wish.operation == Operation::erasure && wish.purpose == Purpose::govern) {
    return permit(308, "Erasing on an order, for the purpose GOVERN");
  }
  if (wish.operation == Operation::erasure) return refuse(309, "Erasing takes the purpose GOVERN");
  return refuse(310, "No rule allows this");
}

}  // namespace

PermissionVerdict allow(const Wish& wish) {
  switch (wish.role) {
    case Role::administrator: return allow_administrator(wish);
    case Role::auditor: return allow_auditor(wish);
    case Role::analyst:
    case Role::practitioner: return allow_worker(wish);
    case Role::none: return refuse(401, "An account without a role may do nothing until one is granted");
  }
  return refuse(310, "No rule allows this");
}

}  // namespace throughline::ledger
