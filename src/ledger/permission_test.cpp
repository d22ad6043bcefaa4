#include "ledger/permission.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

namespace throughline::ledger {
namespace {

// The policy as a person would write it down, independent of the rules' code: what is allowed, and nothing else.
bool expected(const Wish& wish) {
  const auto for_purpose = [&](std::vector<Purpose> purposes) {
    return std::ranges::count(purposes, wish.purpose) > 0;
  };
  const bool is_people = wish.data_class == DataClass::personal || wish.data_class == DataClass::sensitive;
  const bool is_record = is_people || wish.data_class == DataClass::published;
  const bool is_analyst = wish.role == Role::analyst;
  switch (wish.operation) {
    case Operation::consultation:
      switch (wish.data_class) {
        case DataClass::published: return wish.role != Role::none;
        case DataClass::personal:
        case DataClass::sensitive:
          return (is_analyst || wish.role == Role::practitioner) &&
                 for_purpose({Purpose::protect, Purpose::investigate, Purpose::govern});
        case DataClass::log: return wish.role == Role::auditor;
        case DataClass::accounts: return wish.role == Role::administrator;
      }
      return false;
    case Operation::collection:
    case Operation::alteration: return is_analyst && is_record;
    case Operation::erasure: return is_analyst && is_record && for_purpose({Purpose::govern});
    case Operation::administration:
      return wish.role == Role::administrator &&
             (wish.data_class == DataClass::accounts || wish.data_class == DataClass::published);
    case Operation::disclosure:
    case Operation::combination: return false;
  }
  return false;
}

constexpr std::array k_roles = {Role::none, Role::administrator, Role::analyst, Role::practitioner, Role::auditor};
constexpr std::array k_operations = {Operation::collection,    Operation::alteration,  Operation::consultation,
                                     Operation::disclosure,    Operation::combination, Operation::erasure,
                                     Operation::administration};
constexpr std::array k_classes = {DataClass::published, DataClass::personal, DataClass::sensitive, DataClass::log,
                                  DataClass::accounts};
constexpr std::array k_purposes = {Purpose::unstated, Purpose::protect, Purpose::investigate,
                                   Purpose::count,    Purpose::govern,  Purpose::operate};

std::string text_of(const Wish& wish) {
  return std::string(code_of(wish.role)) + " " + std::string(code_of(wish.operation)) + " " +
         std::string(code_of(wish.data_class)) + " " + std::string(code_of(wish.purpose));
}

template <class Check>
void for_every_wish(const Check& check) {
  for (const Role role : k_roles) {
    for (const Operation operation : k_operations) {
      for (const DataClass data_class : k_classes) {
        for (const Purpose purpose : k_purposes) check(Wish{role, operation, data_class, purpose});
      }
    }
  }
}

TEST(Permission, every_role_operation_class_and_purpose_is_decided_as_the_policy_says) {
  int wishes = 0;
  for_every_wish([&](const Wish& wish) {
    ++wishes;
    EXPECT_EQ(allow(wish).decision == Decision::allow, expected(wish)) << text_of(wish);
  });
  EXPECT_EQ(wishes, 1050);
}

TEST(Permission, every_decision_names_a_rule_and_says_why) {
  for_every_wish([](const Wish& wish) {
    const PermissionVerdict verdict = allow(wish);
    EXPECT_GE(verdict.rule, 101) << text_of(wish);
    EXPECT_FALSE(verdict.sentence.empty()) << text_of(wish);
  });
}

TEST(Permission, one_rule_always_decides_the_same_way) {
  std::map<RuleId, Decision> decisions;
  for_every_wish([&](const Wish& wish) {
    const PermissionVerdict verdict = allow(wish);
    const auto [at, is_new] = decisions.emplace(verdict.rule, verdict.decision);
    EXPECT_EQ(at->second, verdict.decision) << verdict.rule;
  });
}

TEST(Permission, an_administrator_never_handles_personal_data_by_that_role) {
  for_every_wish([](const Wish& wish) {
    const bool is_people = wish.data_class == DataClass::personal || wish.data_class == DataClass::sensitive;
    if (wish.role != Role::administrator || !is_people) return;
    EXPECT_EQ(allow(wish).decision, Decision::deny) << text_of(wish);
  });
}

TEST(Permission, nobody_changes_the_log) {
  for_every_wish([](const Wish& wish) {
    if (wish.data_class != DataClass::log || wish.operation == Operation::consultation) return;
    EXPECT_EQ(allow(wish).decision, Decision::deny) << text_of(wish);
  });
}

TEST(Codes, each_reads_back_in_either_case_of_letters) {
  for (const std::string& code : role_codes()) EXPECT_EQ(code_of(role_named(code).value()), code);
  EXPECT_EQ(role_codes(), (std::vector<std::string>{"administrator", "analyst", "practitioner", "auditor"}));
  EXPECT_FALSE(role_named("none").has_value());
  for (const Purpose purpose : k_purposes) EXPECT_EQ(purpose_named(code_of(purpose)), purpose);
  EXPECT_EQ(purpose_named("protect"), Purpose::protect);
  EXPECT_EQ(role_named("Analyst"), Role::analyst);
  EXPECT_EQ(gateway_named("cda98_s115"), Gateway::cda98_s115);
  for (const std::string& code : gateway_codes()) EXPECT_EQ(code_of(gateway_named(code).value()), code);
  EXPECT_EQ(gateway_codes().size(), 16U);
  EXPECT_FALSE(role_named("analyst ").has_value());
  EXPECT_FALSE(purpose_named("").has_value());
}

}  // namespace
}  // namespace throughline::ledger
