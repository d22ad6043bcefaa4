#include "app/permissions.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/session.h"
#include "ledger/permission.h"

namespace throughline::app {

namespace {

using ledger::DataClass;
using ledger::Operation;
using ledger::Ownership;
using ledger::Purpose;

constexpr std::array k_operations = {Operation::collection,    Operation::alteration,  Operation::consultation,
                                     Operation::disclosure,    Operation::combination, Operation::erasure,
                                     Operation::administration};
constexpr std::array k_classes = {DataClass::published, DataClass::personal, DataClass::sensitive,
                                  DataClass::log,       DataClass::accounts, DataClass::proof,
                                  DataClass::own_work,  DataClass::store,    DataClass::links};
constexpr std::array k_purposes = {Purpose::unstated, Purpose::protect, Purpose::investigate,
                                   Purpose::count,    Purpose::govern,  Purpose::operate};
constexpr std::array k_ownerships = {Ownership::none, Ownership::own, Ownership::other};
constexpr std::array k_roles = {ledger::Role::administrator, ledger::Role::analyst, ledger::Role::practitioner,
                                ledger::Role::auditor};

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

// Wishes that are decided alike, as sets of the words of each.
struct PolicyRow {
  ledger::Role role = ledger::Role::none;
  DataClass data_class = DataClass::published;
  ledger::RuleId rule = 0;
  std::set<Operation> operations = {};
  std::set<Purpose> purposes = {};
  std::set<Ownership> whose = {};
  std::set<bool> founding = {};
  friend auto operator<=>(const PolicyRow&, const PolicyRow&) = default;
};

// Makes one row of those that differ in that one set alone: what any of them says, the one says.
template <class Set>
std::vector<PolicyRow> merged(const std::vector<PolicyRow>& rows, Set PolicyRow::* set) {
  std::map<PolicyRow, Set> by_others;
  for (PolicyRow row : rows) {
    Set words = std::exchange(row.*set, {});
    by_others[row].merge(words);
  }
  std::vector<PolicyRow> fewer;
  for (const auto& [row, words] : by_others) fewer.emplace_back(row).*set = words;
  return fewer;
}

// Every wish that the permission function allows, of every role: asked, not copied.
std::vector<PolicyRow> allowed_wishes(ledger::Role role) {
  std::vector<PolicyRow> rows;
  const auto ask = [&](const ledger::Wish& wish) {
    const ledger::PermissionVerdict verdict = ledger::allow(wish);
    if (verdict.decision != ledger::Decision::allow) return;
    rows.push_back({.role = wish.role,
                    .data_class = wish.data_class,
                    .rule = verdict.rule,
                    .operations = {wish.operation},
                    .purposes = {wish.purpose},
                    .whose = {wish.ownership},
                    .founding = {wish.is_founding}});
  };
  for (const DataClass data_class : k_classes) {
    for (const Operation operation : k_operations) {
      for (const Purpose purpose : k_purposes) {
        for (const Ownership whose : k_ownerships) {
          ask({role, operation, data_class, purpose, whose, false});
          ask({role, operation, data_class, purpose, whose, true});
        }
      }
    }
  }
  return rows;
}

// The words of a set, or "any" where it has as many as there are.
template <class Words>
std::string words_of(const Words& words, std::size_t all) {
  if (words.size() == all) return "any";
  std::string text;
  for (const auto word : words) text += (text.empty() ? "" : ", ") + std::string(code_of(word));
  return text;
}

Table policy_table() {
  Table table{.name = "policy",
              .title = "What every role may do; whatever no row allows is refused",
              .columns = {{"role", "Role"},
                          {"operations", "Operations"},
                          {"data_class", "To what"},
                          {"purposes", "For"},
                          {"whose", "Whose"},
                          {"agency", "By whom"},
                          {"rule", "Rule", ColumnKind::number},
                          {"sentence", "In words"}},
              .rows = {},
              .empty_text = ""};
  for (const ledger::Role role : k_roles) {
    std::vector<PolicyRow> rows = merged(allowed_wishes(role), &PolicyRow::purposes);
    rows = merged(merged(merged(rows, &PolicyRow::operations), &PolicyRow::founding), &PolicyRow::whose);
    for (const PolicyRow& row : rows) {
      const std::string agency = row.founding.size() == 2      ? "any agency"
                                 : row.founding.contains(true) ? "the founding agency"
                                                               : "other agencies";
      table.rows.push_back({std::string(code_of(row.role)), words_of(row.operations, k_operations.size()),
                            std::string(code_of(row.data_class)), words_of(row.purposes, k_purposes.size()),
                            words_of(row.whose, k_ownerships.size()), agency, std::int64_t{row.rule},
                            std::string(ledger::rule_of(row.rule).sentence)});
    }
  }
  return table;
}

// Those who look after accounts or read the log answer for what others may do.
bool may_see_policy(const Session& session) {
  return std::ranges::any_of(session.account().roles, [&](ledger::Role role) {
    const auto may = [&](DataClass data_class) {
      const Wanted wanted{.data_class = data_class, .owner = session.account().agency};
      return session.would(wanted, role).decision == ledger::Decision::allow;
    };
    return may(DataClass::accounts) || may(DataClass::log);
  });
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
  if (may_see_policy(*session)) {
    section.tables.insert(section.tables.begin(), policy_table());
    section.notes.emplace_back(
        "“own” is what the acting account’s agency brought in or holds, and of own work what the account itself made; "
        "“other” is another’s; “none” is nobody’s yet, as with a list.");
  }
  return Report{.verb = "permissions", .sections = {std::move(section)}};
}

}  // namespace throughline::app
