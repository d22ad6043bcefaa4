#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"
#include "ledger/model.h"

namespace throughline::ledger {

namespace {

template <class T>
using Code = std::pair<T, std::string_view>;

constexpr std::array k_roles = {Code<Role>{Role::administrator, "administrator"}, Code<Role>{Role::analyst, "analyst"},
                                Code<Role>{Role::practitioner, "practitioner"}, Code<Role>{Role::auditor, "auditor"}};
constexpr std::array k_operations = {
    Code<Operation>{Operation::collection, "collection"},        Code<Operation>{Operation::alteration, "alteration"},
    Code<Operation>{Operation::consultation, "consultation"},    Code<Operation>{Operation::disclosure, "disclosure"},
    Code<Operation>{Operation::combination, "combination"},      Code<Operation>{Operation::erasure, "erasure"},
    Code<Operation>{Operation::administration, "administration"}};
constexpr std::array k_purposes = {
    Code<Purpose>{Purpose::unstated, "UNSTATED"},       Code<Purpose>{Purpose::protect, "PROTECT"},
    Code<Purpose>{Purpose::investigate, "INVESTIGATE"}, Code<Purpose>{Purpose::count, "COUNT"},
    Code<Purpose>{Purpose::govern, "GOVERN"},           Code<Purpose>{Purpose::operate, "OPERATE"}};
constexpr std::array k_gateways = {Code<Gateway>{Gateway::none, "NONE"},
                                   Code<Gateway>{Gateway::public_record, "PUBLIC_RECORD"},
                                   Code<Gateway>{Gateway::cda98_s115, "CDA98_S115"},
                                   Code<Gateway>{Gateway::cda98_s17a, "CDA98_S17A"},
                                   Code<Gateway>{Gateway::ca2004_s10_11, "CA2004_S10_11"},
                                   Code<Gateway>{Gateway::ca2004_s16la, "CA2004_S16LA"},
                                   Code<Gateway>{Gateway::ca89_s17_47, "CA89_S17_47"},
                                   Code<Gateway>{Gateway::care14_s42, "CARE14_S42"},
                                   Code<Gateway>{Gateway::care14_s45, "CARE14_S45"},
                                   Code<Gateway>{Gateway::pcsc22_s16, "PCSC22_S16"},
                                   Code<Gateway>{Gateway::msa15_s52, "MSA15_S52"},
                                   Code<Gateway>{Gateway::ukgdpr_public_task, "UKGDPR_PUBLIC_TASK"},
                                   Code<Gateway>{Gateway::ukgdpr_legal_obligation, "UKGDPR_LEGAL_OBLIGATION"},
                                   Code<Gateway>{Gateway::ukgdpr_art17, "UKGDPR_ART17"},
                                   Code<Gateway>{Gateway::dpa18_part3, "DPA18_PART3"},
                                   Code<Gateway>{Gateway::common_law, "COMMON_LAW"}};
constexpr std::array k_decisions = {Code<Decision>{Decision::allow, "allow"}, Code<Decision>{Decision::deny, "deny"}};
constexpr std::array k_classes = {
    Code<DataClass>{DataClass::published, "published"}, Code<DataClass>{DataClass::personal, "personal"},
    Code<DataClass>{DataClass::sensitive, "sensitive"}, Code<DataClass>{DataClass::log, "log"},
    Code<DataClass>{DataClass::accounts, "accounts"},   Code<DataClass>{DataClass::proof, "proof"},
    Code<DataClass>{DataClass::own_work, "own work"},   Code<DataClass>{DataClass::store, "store"},
    Code<DataClass>{DataClass::links, "links"}};
constexpr std::array k_ownerships = {Code<Ownership>{Ownership::none, "none"}, Code<Ownership>{Ownership::own, "own"},
                                     Code<Ownership>{Ownership::other, "other"}};

template <class Table, class T>
std::string_view code_in(const Table& table, T value) {
  const auto at = std::ranges::find(table, value, &Code<T>::first);
  CHECK(at != table.end());
  return at->second;
}

bool same_letters(std::string_view one, std::string_view other) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(one, other, {}, lower, lower);
}

template <class Table>
auto value_in(const Table& table, std::string_view code) -> std::optional<decltype(table.front().first)> {
  for (const auto& [value, text] : table) {
    if (same_letters(text, code)) return value;
  }
  return std::nullopt;
}

template <class Table>
std::vector<std::string> texts_of(const Table& table) {
  std::vector<std::string> texts;
  for (const auto& [value, text] : table) texts.emplace_back(text);
  return texts;
}

}  // namespace

std::string_view code_of(Role role) {
  if (role == Role::none) return "none";
  return code_in(k_roles, role);
}
std::string_view code_of(Operation operation) {
  return code_in(k_operations, operation);
}
std::string_view code_of(Purpose purpose) {
  return code_in(k_purposes, purpose);
}
std::string_view code_of(Gateway gateway) {
  return code_in(k_gateways, gateway);
}
std::string_view code_of(Decision decision) {
  return code_in(k_decisions, decision);
}
std::string_view code_of(DataClass data_class) {
  return code_in(k_classes, data_class);
}
std::string_view code_of(Ownership ownership) {
  return code_in(k_ownerships, ownership);
}

std::optional<Role> role_named(std::string_view code) {
  return value_in(k_roles, code);
}
std::optional<Purpose> purpose_named(std::string_view code) {
  return value_in(k_purposes, code);
}
std::optional<Gateway> gateway_named(std::string_view code) {
  return value_in(k_gateways, code);
}
std::vector<std::string> role_codes() {
  return texts_of(k_roles);
}
std::vector<std::string> purpose_codes() {
  return texts_of(k_purposes);
}
std::vector<std::string> gateway_codes() {
  return texts_of(k_gateways);
}

}  // namespace throughline::ledger
