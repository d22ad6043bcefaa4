#include "ledger/permission.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

namespace throughline::ledger {
namespace {

constexpr std::array k_roles = {Role::none, Role::administrator, Role::analyst, Role::practitioner, Role::auditor};
constexpr std::array k_operations = {Operation::collection,    Operation::alteration,  Operation::consultation,
                                     Operation::disclosure,    Operation::combination, Operation::erasure,
                                     Operation::administration};
constexpr std::array k_classes = {DataClass::published, DataClass::personal, DataClass::sensitive,
                                  DataClass::log,       DataClass::accounts, DataClass::proof,
                                  DataClass::own_work,  DataClass::store,    DataClass::links};
constexpr std::array k_ownerships = {Ownership::none, Ownership::own, Ownership::other};
constexpr std::array k_purposes = {Purpose::unstated, Purpose::protect, Purpose::investigate,
                                   Purpose::count,    Purpose::govern,  Purpose::operate};

std::string text_of(const Wish& wish) {
  return std::string(code_of(wish.role)) + " " + std::string(code_of(wish.operation)) + " " +
         std::string(code_of(wish.data_class)) + " " + std::string(code_of(wish.purpose)) + " " +
         std::string(code_of(wish.ownership)) + (wish.is_founding ? " founding" : "");
}

template <class Check>
void for_each_ownership(Wish wish, const Check& check) {
  for (const Ownership ownership : k_ownerships) {
    for (const bool is_founding : {false, true}) {
      wish.ownership = ownership;
      wish.is_founding = is_founding;
      check(wish);
    }
  }
}

template <class Check>
void for_every_wish(const Check& check) {
  for (const Role role : k_roles) {
    for (const Operation operation : k_operations) {
      for (const DataClass data_class : k_classes) {
        for (const Purpose purpose : k_purposes) for_each_ownership({role, operation, data_class, purpose}, check);
      }
    }
  }
}

TEST(Permission, every_decision_names_a_rule_and_says_why) {
  for_every_wish([](const Wish& wish) {
    const PermissionVerdict verdict = allow(wish);
    EXPECT_GE(verdict.rule, 101) << text_of(wish);
    EXPECT_FALSE(verdict.sentence.empty()) << text_of(wish);
  });
}

TEST(Permission, each_rule_has_a_number_of_its_own_and_all_but_those_of_signing_in_decide_some_wish) {
  std::set<RuleId> unused;
  for (const PermissionVerdict& rule : rules()) {
    EXPECT_TRUE(unused.insert(rule.rule).second) << rule.rule;
    EXPECT_EQ(rule_of(rule.rule).sentence, rule.sentence);
  }
  EXPECT_TRUE(std::ranges::is_sorted(rules(), {}, &PermissionVerdict::rule));
  for_every_wish([&](const Wish& wish) { unused.erase(allow(wish).rule); });
  EXPECT_EQ(unused, (std::set<RuleId>{k_rule_sign_in_failed, k_rule_sign_in_waits}));
}

TEST(Permission, nobody_handles_personal_data_of_another_agency_whatever_the_role_and_purpose) {
  for_every_wish([](const Wish& wish) {
    const bool is_people = wish.data_class == DataClass::personal || wish.data_class == DataClass::sensitive;
    if (!is_people || wish.ownership == Ownership::own) return;
    EXPECT_EQ(allow(wish).decision, Decision::deny) << text_of(wish);
  });
}

TEST(Permission, nobody_touches_work_of_another_account) {
  for_every_wish([](const Wish& wish) {
    if (wish.data_class != DataClass::own_work || wish.ownership == Ownership::own) return;
    EXPECT_EQ(allow(wish).decision, Decision::deny) << text_of(wish);
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
