#include <algorithm>

#include "base/text.h"
#include "ledger/ledger.h"
#include "ledger/stored.h"

namespace throughline::ledger {

namespace {

using base::Result;

base::Error bad(std::string code, std::string what, std::string remedy) {
  return {base::ErrorKind::bad_command, std::move(code), std::move(what), "", std::move(remedy)};
}

Result<AgencyId> agency_of(Transaction& transaction, const std::string& name) {
  auto find = TRY(transaction.sqlite().read("SELECT agency_id FROM agency WHERE name = ?1"));
  find.bind(1, name);
  if (TRY(find.step_row())) return AgencyId(find.integer(0));
  auto insert = TRY(transaction.sqlite().write(transaction.permit(), "INSERT INTO agency (name) VALUES (?1)"));
  TRY(insert.bind(1, name).run());
  return AgencyId(transaction.sqlite().last_insert_id());
}

bool is_short_name(const std::string& name) {
  const auto is_fine = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  };
  return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, is_fine);
}

}  // namespace

Result<std::map<AgencyId, std::string>> Ledger::agencies() {
  auto select = TRY(sqlite().read("SELECT agency_id, name FROM agency"));
  std::map<AgencyId, std::string> names;
  while (TRY(select.step_row())) names.emplace(AgencyId(select.integer(0)), select.text(1));
  return names;
}

Result<std::vector<Account>> Ledger::accounts() {
  auto select = TRY(sqlite().read(
      "SELECT a.account_id, a.name, a.person_name, g.agency_id, g.name, r.role FROM account a JOIN agency g USING "
      "(agency_id) "
      "LEFT JOIN role_grant r ON r.account_id = a.account_id AND r.revoked_at IS NULL ORDER BY a.name, r.role"));
  std::vector<Account> accounts;
  while (TRY(select.step_row())) {
    const AccountId id(select.integer(0));
    if (accounts.empty() || accounts.back().id != id) {
      accounts.push_back({id,
                          std::string(select.text(1)),
                          std::string(select.text(2)),
                          AgencyId(select.integer(3)),
                          std::string(select.text(4)),
                          {}});
    }
    if (!select.is_null(5)) {
      accounts.back().roles.push_back(TRY(stored_code(select.integer(5), Role::administrator, Role::auditor)));
    }
  }
  return accounts;
}

Result<Account> Ledger::account(const std::string& name) {
  std::vector<std::string> names;
  for (Account& account : TRY(accounts())) {
    if (account.name == name) return std::move(account);
    names.push_back(account.name);
  }
  const auto nearest = base::nearest_name(name, names);
  return bad(
      "account_unknown", "There is no account '" + name + "' in this workspace",
      nearest ? "Did you mean '" + *nearest + "'?" : "See throughline accounts list; an administrator adds accounts");
}

Result<void> Ledger::add_account(Transaction& transaction, const Founding& account) {
  if (!is_short_name(account.account)) {
    return bad("account_name", "An account's short name has letters, digits, '-', '_' and '.' only, 64 at most",
               "Choose another");
  }
  auto taken = TRY(sqlite().read("SELECT name FROM account WHERE lower(name) = lower(?1)"));
  taken.bind(1, account.account);
  if (TRY(taken.step_row())) {
    return bad("account_taken", "There is already an account '" + std::string(taken.text(0)) + "'",
               "Choose another name");
  }
  const AgencyId agency = TRY(agency_of(transaction, account.agency));
  auto insert = TRY(
      sqlite().write(transaction.permit(), "INSERT INTO account (name, person_name, agency_id) VALUES (?1, ?2, ?3)"));
  return insert.bind(1, account.account).bind(2, account.person_name).bind(3, agency.number()).run();
}

Result<void> Ledger::grant(Transaction& transaction, AccountId account, Role role) {
  auto held = TRY(sqlite().read("SELECT 1 FROM role_grant WHERE account_id = ?1 AND role = ?2 AND revoked_at IS NULL"));
  held.bind(1, account.number()).bind(2, static_cast<std::int64_t>(role));
  if (TRY(held.step_row())) {
    return bad("role_held", "The account already holds the role '" + std::string(code_of(role)) + "'",
               "Nothing needs doing");
  }
  auto insert = TRY(sqlite().write(transaction.permit(),
                                   "INSERT INTO role_grant (account_id, role, granted_at) VALUES (?1, ?2, ?3)"));
  insert.bind(1, account.number())
      .bind(2, static_cast<std::int64_t>(role))
      .bind(3, transaction.entry().at.microseconds);
  return insert.run();
}

Result<void> Ledger::revoke(Transaction& transaction, AccountId account, Role role) {
  const auto holds = [&](const Account& one) { return std::ranges::find(one.roles, role) != one.roles.end(); };
  const auto all = TRY(accounts());
  const auto own = std::ranges::find(all, account, &Account::id);
  if (own == all.end() || !holds(*own)) {
    return bad("role_not_held", "The account does not hold the role '" + std::string(code_of(role)) + "'",
               "See throughline accounts list");
  }
  if (role == Role::administrator && std::ranges::count_if(all, holds) == 1) {
    return bad("last_administrator", "Nobody would be left to look after accounts",
               "Grant the role to somebody else first");
  }
  auto update = TRY(sqlite().write(
      transaction.permit(),
      "UPDATE role_grant SET revoked_at = ?3 WHERE account_id = ?1 AND role = ?2 AND revoked_at IS NULL"));
  update.bind(1, account.number())
      .bind(2, static_cast<std::int64_t>(role))
      .bind(3, transaction.entry().at.microseconds);
  return update.run();
}

}  // namespace throughline::ledger
