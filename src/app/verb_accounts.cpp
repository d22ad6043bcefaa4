// throughline accounts: who may use the workspace, and what for.

#include <algorithm>

#include "app/session.h"
#include "app/verbs.h"
#include "base/text.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::size_t k_text_bytes_max = 200;

Error bad(std::string code, std::string what, std::string where, std::string remedy) {
  return {ErrorKind::bad_command, std::move(code), std::move(what), std::move(where), std::move(remedy)};
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Result<ledger::Role> role_of(const std::string& code) {
  if (const auto role = ledger::role_named(code)) return *role;
  const auto codes = ledger::role_codes();
  if (code.empty()) return bad("role_missing", "No role is named", "--role", "The roles are " + listed(codes));
  const auto nearest = base::nearest_name(code, codes);
  return bad("role_unknown", "'" + code + "' is not a role of an account", "--role",
             (nearest ? "Did you mean '" + *nearest + "'? " : std::string()) + "The roles are " + listed(codes));
}

// One line of text that stands for somebody or something: not blank, not long, nothing that moves a cursor.
bool is_plain_line(const std::string& text) {
  const bool is_blank = text.find_first_not_of(' ') == std::string::npos;
  const bool has_control = std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return !is_blank && !has_control && text.size() <= k_text_bytes_max;
}

std::vector<Value> row_of(const ledger::Account& account) {
  std::vector<std::string> roles;
  for (const ledger::Role role : account.roles) roles.emplace_back(code_of(role));
  const Value shown = roles.empty() ? Value() : Value(listed(roles));
  return {account.name, account.person_name, account.agency_name, shown};
}

Report report_of(const std::vector<ledger::Account>& accounts, const std::string& title) {
  Table table{.name = "accounts",
              .title = "",
              .columns = {{"account", "Account"}, {"person", "Person"}, {"agency", "Agency"}, {"roles", "Roles"}},
              .rows = {},
              .empty_text = "There are no accounts."};
  for (const ledger::Account& account : accounts) table.rows.push_back(row_of(account));
  Section section{.name = "accounts", .title = title, .facts = {}, .tables = {std::move(table)}, .notes = {}};
  return Report{.verb = "accounts", .sections = {std::move(section)}};
}

Answer list(Session& session) {
  TRY(session.look(
      {.operation = ledger::Operation::consultation, .data_class = ledger::DataClass::accounts, .object = "accounts"}));
  return report_of(TRY(session.ledger().accounts()), "Accounts of this workspace");
}

// The change itself, inside the transaction.
Result<void> change(Session& session, ledger::Transaction& transaction, const AccountsRequest& request,
                    std::optional<ledger::Role> role) {
  ledger::Ledger& ledger = session.ledger();
  if (request.act == "add") {
    const std::string agency = request.agency.empty() ? session.account().agency_name : request.agency;
    TRY(ledger.add_account(transaction,
                           {.agency = agency, .account = request.name, .person_name = request.person_name}));
  }
  const ledger::Account account = TRY(ledger.account(request.name));
  if (!role) return {};
  if (request.act == "revoke") return ledger.revoke(transaction, account.id, *role);
  return ledger.grant(transaction, account.id, *role);
}

Result<std::optional<ledger::Role>> check_request(const AccountsRequest& request) {
  const std::vector<std::string> acts = {"list", "add", "grant", "revoke"};
  if (std::ranges::find(acts, request.act) == acts.end()) {
    const auto nearest = base::nearest_name(request.act, acts);
    return bad("act_unknown", "'" + request.act + "' is not something that accounts does", "",
               nearest ? "Did you mean '" + *nearest + "'?" : "It does " + listed(acts));
  }
  std::optional<ledger::Role> role;
  if (request.act == "list") return role;
  if (request.name.empty()) {
    return bad("account_missing", "No account is named", "",
               "Give its short name: throughline accounts " + request.act + " NAME");
  }
  const bool is_addition = request.act == "add";
  if (is_addition && !is_plain_line(request.person_name)) {
    return bad("person_missing", "An account is for a person, whose name is one line of 1 to 200 bytes", "--person",
               "Give it: --person \"A. Cole\"");
  }
  if (is_addition && !request.agency.empty() && !is_plain_line(request.agency)) {
    return bad("agency_name", "An agency's name is one line of 1 to 200 bytes", "--agency",
               "Write it as its letters carry it");
  }
  if (!is_addition || !request.role.empty()) role = TRY(role_of(request.role));
  return role;
}

}  // namespace

Answer accounts(const Outside& outside, const Settings& settings, const AccountsRequest& request) {
  const std::optional<ledger::Role> role = TRY(check_request(request));
  const auto session = TRY(Session::open(outside, settings, "accounts"));
  if (request.act == "list") return list(*session);
  const std::string role_text = role ? " " + std::string(code_of(*role)) : "";
  const Permitted permitted = TRY(session->may({.operation = ledger::Operation::administration,
                                                .data_class = ledger::DataClass::accounts,
                                                .object = "account " + request.name + ": " + request.act + role_text}));
  ledger::Transaction transaction = TRY(session->ledger().begin(permitted.actor, permitted.act));
  TRY(change(*session, transaction, request, role));
  const ledger::EntryRef entry = TRY(transaction.commit());
  const ledger::Account account = TRY(session->ledger().account(request.name));
  Report report = report_of({account}, "The account as it stands now");
  report.sections.front().facts = {{"entry", "Entry in the log", entry.number}};
  if (account.roles.empty()) {
    report.sections.front().notes.push_back(
        "The account holds no role and may do nothing: throughline accounts grant " + account.name +
        " --role analyst gives it one.");
  }
  return report;
}

}  // namespace throughline::app
