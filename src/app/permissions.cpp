#include "app/permissions.h"

#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "app/session.h"
#include "ledger/permission.h"

namespace throughline::app {

namespace {

using ledger::DataClass;
using ledger::Operation;
using ledger::Purpose;

constexpr std::array k_operations = {Operation::collection,    Operation::alteration,  Operation::consultation,
                                     Operation::disclosure,    Operation::combination, Operation::erasure,
                                     Operation::administration};
constexpr std::array k_classes = {DataClass::published, DataClass::personal, DataClass::sensitive, DataClass::log,
                                  DataClass::accounts,  DataClass::proof,    DataClass::own_work,  DataClass::store};
constexpr std::array k_purposes = {Purpose::unstated, Purpose::protect, Purpose::investigate,
                                   Purpose::count,    Purpose::govern,  Purpose::operate};

const char* word_of(ledger::Decision decision) {
  return decision == ledger::Decision::allow ? "allowed" : "refused";
}

// A verdict and the purposes for which it is given.
struct Told {
  ledger::PermissionVerdict verdict;
  std::string purposes;
};

// What the permission function says, wish by wish: asked, not copied.
void add_verdicts(Table& table, const ledger::Wish& wish) {
  std::map<ledger::RuleId, Told> by_rule;
  for (const Purpose purpose : k_purposes) {
    ledger::Wish asked = wish;
    asked.purpose = purpose;
    const ledger::PermissionVerdict verdict = ledger::allow(asked);
    Told& told = by_rule[verdict.rule];
    told.verdict = verdict;
    told.purposes += (told.purposes.empty() ? "" : ", ") + std::string(code_of(purpose));
  }
  for (const auto& [rule, told] : by_rule) {
    const std::string purposes = by_rule.size() == 1 ? "any" : told.purposes;
    table.rows.push_back({std::string(code_of(wish.role)), std::string(code_of(wish.operation)),
                          std::string(code_of(wish.data_class)), purposes, std::string(word_of(told.verdict.decision)),
                          std::int64_t{rule}, std::string(told.verdict.sentence)});
  }
}

}  // namespace

Answer permissions(const Outside& outside, const Settings& settings) {
  const auto session = TRY(Session::open(outside, settings, "permissions"));
  Table table{.name = "permissions",
              .title = "What each of your roles may do, of what your own agency brought in",
              .columns = {{"role", "Role"},
                          {"operation", "Operation"},
                          {"data_class", "To what"},
                          {"purposes", "For"},
                          {"decision", "Decision"},
                          {"rule", "Rule", ColumnKind::number},
                          {"sentence", "Why"}},
              .rows = {},
              .empty_text = "Your account holds no role and may do nothing."};
  const bool is_founding = session->account().agency == ledger::k_founding_agency;
  for (const ledger::Role role : session->account().roles) {
    for (const Operation operation : k_operations) {
      for (const DataClass data_class : k_classes) {
        add_verdicts(table, {.role = role,
                             .operation = operation,
                             .data_class = data_class,
                             .ownership = ledger::Ownership::own,
                             .is_founding = is_founding});
      }
    }
  }
  Table rules{.name = "rules",
              .title = "The rules",
              .columns = {{"rule", "Rule", ColumnKind::number}, {"decision", "Decision"}, {"sentence", "In words"}},
              .rows = {},
              .empty_text = ""};
  for (const ledger::PermissionVerdict& rule : ledger::rules()) {
    rules.rows.push_back({std::int64_t{rule.rule}, std::string(word_of(rule.decision)), std::string(rule.sentence)});
  }
  Section section{.name = "permissions",
                  .title = "Who may do what",
                  .facts = {{"policy", "Version of the rules", std::int64_t{ledger::k_policy_version}}},
                  .tables = {std::move(rules), std::move(table)},
                  .notes = {"Whatever no rule allows is refused. The rule that decided is written into each entry."}};
  return Report{.verb = "permissions", .sections = {std::move(section)}};
}

}  // namespace throughline::app
