// throughline accounts: who may use the workspace, and what for.

#include <algorithm>

#include "app/account_object.h"
#include "app/bad_command.h"
#include "app/session.h"
#include "app/sign_in.h"
#include "app/verbs.h"
#include "base/text.h"
#include "ledger/credentials.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::size_t k_text_bytes_max = 200;

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Result<ledger::Role> role_of(const std::string& code) {
  if (const auto role = ledger::role_named(code)) return *role;
  const auto codes = ledger::role_codes();
  if (code.empty()) return bad_command("role_missing", "No role is named", "--role", "The roles are " + listed(codes));
  const auto nearest = base::nearest_name(code, codes);
  return bad_command(
      "role_unknown", "'" + code + "' is not a role of an account", "--role",
      (nearest ? "Did you mean '" + *nearest + "'? " : std::string()) + "The roles are " + listed(codes));
}

// One line of text that stands for somebody or something: not blank, not long, nothing that moves a cursor.
bool is_plain_line(const std::string& text) {
  const bool is_blank = text.find_first_not_of(' ') == std::string::npos;
  const bool has_control = std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return !is_blank && !has_control && text.size() <= k_text_bytes_max;
}

std::vector<Value> row_of(const ledger::Account& account, const std::vector<ledger::SignInMeans>& all) {
  std::vector<std::string> roles;
  for (const ledger::Role role : account.roles) roles.emplace_back(code_of(role));
  std::vector<std::string> ways;
  const auto means = std::ranges::find(all, account.id, &ledger::SignInMeans::account);
  if (means != all.end() && means->has_password) ways.emplace_back("password");
  if (means != all.end() && means->has_identity) ways.emplace_back("agency");
  if (means != all.end() && means->invited_until) {
    ways.push_back("invited until " + base::to_string(*means->invited_until));
  }
  return {account.name, account.person_name, account.agency_name, text_or_nothing(listed(roles)),
          text_or_nothing(listed(ways))};
}

Report report_of(const std::vector<ledger::Account>& accounts, const std::vector<ledger::SignInMeans>& means,
                 const std::string& title) {
  Table table{.name = "accounts",
              .title = "",
              .columns = {{"account", "Account"},
                          {"person", "Person"},
                          {"agency", "Agency"},
                          {"roles", "Roles"},
                          {"sign_in", "Signs in by"}},
              .rows = {},
              .empty_text = "There are no accounts."};
  for (const ledger::Account& account : accounts) table.rows.push_back(row_of(account, means));
  Section section{.name = "accounts", .title = title, .facts = {}, .tables = {std::move(table)}, .notes = {}};
  return Report{.verb = "accounts", .sections = {std::move(section)}};
}

// Without invitations that ran out.
Result<std::vector<ledger::SignInMeans>> means_now(Session& session) {
  std::vector<ledger::SignInMeans> all = TRY(ledger::sign_in_means(session.ledger()));
  const base::Instant now = session.ledger().clock().now();
  for (ledger::SignInMeans& means : all) {
    if (means.invited_until && *means.invited_until <= now) means.invited_until.reset();
  }
  return all;
}

Answer list(Session& session) {
  TRY(session.look(
      {.operation = ledger::Operation::consultation, .data_class = ledger::DataClass::accounts, .object = "accounts"}));
  std::vector<ledger::Account> accounts = TRY(session.ledger().accounts());
  const bool is_founding = session.account().agency == ledger::k_founding_agency;
  std::erase_if(accounts, [&](const auto& each) { return !is_founding && each.agency != session.account().agency; });
  const auto means = TRY(means_now(session));
  return report_of(accounts, means,
                   is_founding ? "Accounts of this workspace" : "Accounts of " + session.account().agency_name);
}

// Whose the account is, or will be: an account to be added is of the agency named. An agency that is new is not the
// administrator's own.
Result<std::optional<ledger::AgencyId>> owner_of(Session& session, const AccountsRequest& request) {
  if (request.act != "add") return std::optional(TRY(session.agency_of(request.name)));
  const std::string& name = request.agency.empty() ? session.account().agency_name : request.agency;
  for (const auto& [agency, known] : TRY(session.ledger().agencies())) {
    if (known == name) return std::optional(agency);
  }
  return std::optional(ledger::AgencyId(0));
}

Answer invited(const Outside& outside, const Settings& settings, const AccountsRequest& request) {
  const Invitation invitation = TRY(invite(outside, settings, request.name, request.address));
  Section section{.name = "invitation",
                  .title = "An invitation for " + invitation.account,
                  .facts = {{"account", "Account", invitation.account},
                            {"link", "Address", invitation.link},
                            {"ends_at", "Until", base::to_string(invitation.ends_at)}},
                  .tables = {},
                  .notes = {"Hand it to the person, by a way on which nobody else reads along: whoever opens it first "
                            "sets the password. It works once, and an earlier one works no more."}};
  return Report{.verb = "accounts", .sections = {std::move(section)}};
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
  const std::vector<std::string> acts = {"list", "add", "grant", "revoke", "invite"};
  if (std::ranges::find(acts, request.act) == acts.end()) {
    const auto nearest = base::nearest_name(request.act, acts);
    return bad_command("act_unknown", "'" + request.act + "' is not something that accounts does", "",
                       nearest ? "Did you mean '" + *nearest + "'?" : "It does " + listed(acts));
  }
  std::optional<ledger::Role> role;
  if (request.act == "list") return role;
  if (request.name.empty()) {
    return bad_command("account_missing", "No account is named", "",
                       "Give its short name: throughline accounts " + request.act + " NAME");
  }
  const bool is_addition = request.act == "add";
  if (is_addition && !is_plain_line(request.person_name)) {
    return bad_command("person_missing", "An account is for a person, whose name is one line of 1 to 200 bytes",
                       "--person", "Give it: --person \"A. Cole\"");
  }
  if (is_addition && !request.agency.empty() && !is_plain_line(request.agency)) {
    return bad_command("agency_name", "An agency's name is one line of 1 to 200 bytes", "--agency",
                       "Write it as its letters carry it");
  }
  if (request.act == "invite") return role;
  if (!is_addition || !request.role.empty()) role = TRY(role_of(request.role));
  return role;
}

}  // namespace

Answer accounts(const Outside& outside, const Settings& settings, const AccountsRequest& request) {
  const std::optional<ledger::Role> role = TRY(check_request(request));
  if (request.act == "invite") return invited(outside, settings, request);
  const auto session = TRY(Session::open(outside, settings, "accounts"));
  if (request.act == "list") return list(*session);
  const auto owner = TRY(owner_of(*session, request));
  const std::string role_text = role ? " " + std::string(code_of(*role)) : "";
  const Permitted permitted = TRY(session->may({.operation = ledger::Operation::administration,
                                                .data_class = ledger::DataClass::accounts,
                                                .object = account_object(request.name, request.act + role_text),
                                                .owner = owner}));
  ledger::Transaction transaction = TRY(session->ledger().begin(permitted.actor, permitted.act));
  TRY(change(*session, transaction, request, role));
  const ledger::EntryRef entry = TRY(transaction.commit());
  const ledger::Account account = TRY(session->ledger().account(request.name));
  Report report = report_of({account}, TRY(means_now(*session)), "The account as it stands now");
  report.sections.front().facts = {{"entry", "Entry in the log", entry.number}};
  if (account.roles.empty()) {
    report.sections.front().notes.push_back(
        "The account holds no role and may do nothing: throughline accounts grant " + account.name +
        " --role analyst gives it one.");
  }
  return report;
}

}  // namespace throughline::app
