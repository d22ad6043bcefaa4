#include "app/permissions.h"

#include <gtest/gtest.h>

#include <array>
#include <sstream>
#include <string>

#include "app/made_up_world.h"
#include "ledger/permission.h"

namespace throughline::app {
namespace {

using ledger::Decision;
using ledger::Wish;

struct PermissionsTest : testing::Test, MadeUpWorld {
  PermissionsTest() {
    static_cast<void>(founded());
    add_account("acole", "analyst");
    add_account("pike", "practitioner");
    add_account("chief", "administrator");
    add_account("watcher", "auditor");
  }
  [[nodiscard]] const Table* table_of(const std::string& account, const std::string& name) {
    report_ = permissions(outside, as(account)).value();
    for (const Table& table : report_.sections.at(0).tables) {
      if (table.name == name) return &table;
    }
    return nullptr;
  }

 private:
  Report report_;
};

// Whether a cell is "any", or has the word among those parted by commas.
bool has(const Value& cell, std::string_view word) {
  const std::string& text = std::get<std::string>(cell);
  if (text == "any") return true;
  std::istringstream words(text);
  for (std::string each; std::getline(words >> std::ws, each, ',');) {
    if (each == word) return true;
  }
  return false;
}

bool is_in(const Table& table, std::size_t row, const Wish& wish) {
  const auto agency = std::get<std::string>(cell_of(table, row, "agency"));
  return cell_of(table, row, "role") == Value(std::string(code_of(wish.role))) &&
         cell_of(table, row, "data_class") == Value(std::string(code_of(wish.data_class))) &&
         has(cell_of(table, row, "operations"), code_of(wish.operation)) &&
         has(cell_of(table, row, "purposes"), code_of(wish.purpose)) &&
         has(cell_of(table, row, "whose"), code_of(wish.ownership)) &&
         (agency == "any agency" || (agency == "the founding agency") == wish.is_founding);
}

constexpr std::array k_roles = {ledger::Role::none, ledger::Role::administrator, ledger::Role::analyst,
                                ledger::Role::practitioner, ledger::Role::auditor};
constexpr std::array k_operations = {ledger::Operation::collection,    ledger::Operation::alteration,
                                     ledger::Operation::consultation,  ledger::Operation::disclosure,
                                     ledger::Operation::combination,   ledger::Operation::erasure,
                                     ledger::Operation::administration};
constexpr std::array k_classes = {
    ledger::DataClass::published, ledger::DataClass::personal, ledger::DataClass::sensitive, ledger::DataClass::log,
    ledger::DataClass::accounts,  ledger::DataClass::proof,    ledger::DataClass::own_work,  ledger::DataClass::store};
constexpr std::array k_ownerships = {ledger::Ownership::none, ledger::Ownership::own, ledger::Ownership::other};

template <class Check>
void for_every_wish(const Check& check) {
  for (const auto role : k_roles) {
    for (const auto operation : k_operations) {
      for (const auto data_class : k_classes) {
        for (const std::string& purpose : ledger::purpose_codes()) {
          for (const auto whose : k_ownerships) {
            check(Wish{role, operation, data_class, *ledger::purpose_named(purpose), whose, false});
            check(Wish{role, operation, data_class, *ledger::purpose_named(purpose), whose, true});
          }
        }
      }
    }
  }
}

TEST_F(PermissionsTest, the_policy_allows_each_wish_by_the_one_row_whose_rule_the_permission_function_names) {
  const Table& policy = *table_of("founder", "policy");
  std::int64_t asked = 0;
  const auto check = [&](const Wish& wish) {
    const ledger::PermissionVerdict verdict = ledger::allow(wish);
    std::int64_t rows = 0;
    for (std::size_t row = 0; row < policy.rows.size(); ++row) {
      if (!is_in(policy, row, wish)) continue;
      ++rows;
      EXPECT_EQ(cell_of(policy, row, "rule"), Value(std::int64_t{verdict.rule}));
    }
    ASSERT_EQ(rows, verdict.decision == Decision::allow ? 1 : 0)
        << code_of(wish.role) << " " << code_of(wish.operation) << " " << code_of(wish.data_class);
    ++asked;
  };
  for_every_wish(check);
  EXPECT_EQ(asked, 5 * 7 * 8 * 6 * 3 * 2);
}

TEST_F(PermissionsTest, the_policy_is_shown_to_those_who_answer_for_others_and_the_rules_to_everybody) {
  EXPECT_NE(table_of("chief", "policy"), nullptr);
  EXPECT_NE(table_of("watcher", "policy"), nullptr);
  EXPECT_EQ(table_of("acole", "policy"), nullptr);
  EXPECT_EQ(table_of("pike", "policy"), nullptr);
  EXPECT_EQ(table_of("pike", "rules")->rows.size(), ledger::rules().size());
}

}  // namespace
}  // namespace throughline::app
