#include "ledger/credentials.h"

#include <algorithm>

#include "ledger/stored.h"

namespace throughline::ledger {

namespace {

using base::Result;

constexpr std::int64_t k_passes_max = 1'000;
constexpr std::int64_t k_memory_bytes_max = std::int64_t{4} << 30;

std::span<const std::byte> bytes_of(const base::Hash& hash) {
  return hash.bytes;
}

Result<std::optional<AccountId>> first_account(store::SqliteStatement& select) {
  if (!TRY(select.step_row())) return std::optional<AccountId>();
  return std::optional(AccountId(select.integer(0)));
}

}  // namespace

Result<std::optional<PasswordHash>> password_of(Ledger& ledger, AccountId account) {
  auto select = TRY(ledger.sqlite().read(
      "SELECT passes, memory_bytes, salt, hash FROM credential WHERE account_id = ?1 AND ended_at IS NULL"));
  select.bind(1, account.number());
  if (!TRY(select.step_row())) return std::optional<PasswordHash>();
  PasswordHash kept{.cost = {.passes = select.integer(0), .memory_bytes = select.integer(1)}};
  const bool is_dear = kept.cost.passes > k_passes_max || kept.cost.memory_bytes > k_memory_bytes_max;
  if (is_dear || select.bytes(2).size() != kept.salt.size()) return damaged_ledger("a password");
  std::ranges::copy(select.bytes(2), kept.salt.begin());
  kept.hash = TRY(stored_hash(select.bytes(3)));
  return std::optional(kept);
}

Result<void> set_password(Transaction& transaction, AccountId account, const PasswordHash& hash) {
  const std::int64_t at = transaction.entry().at.microseconds;
  auto end = TRY(transaction.sqlite().write(
      transaction.permit(), "UPDATE credential SET ended_at = ?2 WHERE account_id = ?1 AND ended_at IS NULL"));
  TRY(end.bind(1, account.number()).bind(2, at).run());
  auto insert = TRY(transaction.sqlite().write(
      transaction.permit(),
      "INSERT INTO credential (account_id, passes, memory_bytes, salt, hash, set_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
  insert.bind(1, account.number()).bind(2, hash.cost.passes).bind(3, hash.cost.memory_bytes);
  insert.bind(4, std::span<const std::byte>(hash.salt)).bind(5, bytes_of(hash.hash)).bind(6, at);
  return insert.run();
}

Result<void> keep_token(Transaction& transaction, const TokenOffer& offer) {
  const std::int64_t at = transaction.entry().at.microseconds;
  const auto kind = static_cast<std::int64_t>(offer.kind);
  auto end = TRY(transaction.sqlite().write(transaction.permit(),
                                            "UPDATE invitation SET ended_at = ?3 WHERE account_id = ?1 AND kind = ?2 "
                                            "AND used_at IS NULL AND ended_at IS NULL"));
  TRY(end.bind(1, offer.account.number()).bind(2, kind).bind(3, at).run());
  auto insert = TRY(transaction.sqlite().write(
      transaction.permit(),
      "INSERT INTO invitation (account_id, kind, token_hash, made_at, ends_at) VALUES (?1, ?2, ?3, ?4, ?5)"));
  insert.bind(1, offer.account.number()).bind(2, kind).bind(3, bytes_of(offer.hash));
  return insert.bind(4, at).bind(5, offer.ends_at.microseconds).run();
}

Result<std::optional<AccountId>> holder_of(Ledger& ledger, TokenKind kind, const base::Hash& hash) {
  auto select = TRY(ledger.sqlite().read("SELECT account_id FROM invitation WHERE token_hash = ?1 AND kind = ?2"));
  select.bind(1, bytes_of(hash)).bind(2, static_cast<std::int64_t>(kind));
  return first_account(select);
}

Result<void> spend_token(Transaction& transaction, TokenKind kind, const base::Hash& hash) {
  auto update = TRY(transaction.sqlite().write(transaction.permit(),
                                               "UPDATE invitation SET used_at = ?3 WHERE token_hash = ?1 AND kind = ?2 "
                                               "AND used_at IS NULL AND ended_at IS NULL AND ends_at > ?3"));
  update.bind(1, bytes_of(hash)).bind(2, static_cast<std::int64_t>(kind)).bind(3, transaction.entry().at.microseconds);
  TRY(update.run());
  if (transaction.sqlite().changed_rows() == 1) return {};
  return base::Error{base::ErrorKind::refused, "token_spent", "The link was used, replaced or ran out", "",
                     "Ask for a new one"};
}

Result<void> spend_invitation_of(Transaction& transaction, AccountId account) {
  auto update = TRY(transaction.sqlite().write(transaction.permit(),
                                               "UPDATE invitation SET used_at = ?3 WHERE account_id = ?1 AND kind = ?2 "
                                               "AND used_at IS NULL AND ended_at IS NULL AND ends_at > ?3"));
  update.bind(1, account.number()).bind(2, static_cast<std::int64_t>(TokenKind::invitation));
  TRY(update.bind(3, transaction.entry().at.microseconds).run());
  if (transaction.sqlite().changed_rows() > 0) return {};
  return base::Error{base::ErrorKind::refused, "not_invited", "The account has no invitation that can still be used",
                     "", "Ask for one"};
}

Result<std::int64_t> end_tokens(Transaction& transaction, AccountId account) {
  const std::int64_t at = transaction.entry().at.microseconds;
  auto update = TRY(transaction.sqlite().write(transaction.permit(),
                                               "UPDATE invitation SET ended_at = ?2 WHERE account_id = ?1 AND used_at "
                                               "IS NULL AND ended_at IS NULL AND ends_at > ?2"));
  TRY(update.bind(1, account.number()).bind(2, at).run());
  return transaction.sqlite().changed_rows();
}

Result<std::optional<AccountId>> account_bound_to(Ledger& ledger, const OutsideIdentity& identity) {
  auto select = TRY(ledger.sqlite().read("SELECT account_id FROM outside_identity WHERE issuer = ?1 AND subject = ?2"));
  select.bind(1, identity.issuer).bind(2, identity.subject);
  return first_account(select);
}

Result<std::optional<std::string>> subject_bound_to(Ledger& ledger, AccountId account, const std::string& issuer) {
  auto select = TRY(ledger.sqlite().read("SELECT subject FROM outside_identity WHERE account_id = ?1 AND issuer = ?2"));
  select.bind(1, account.number()).bind(2, issuer);
  if (!TRY(select.step_row())) return std::optional<std::string>();
  return std::optional(std::string(select.text(0)));
}

Result<void> bind_identity(Transaction& transaction, AccountId account, const OutsideIdentity& identity) {
  auto insert = TRY(transaction.sqlite().write(
      transaction.permit(),
      "INSERT INTO outside_identity (account_id, issuer, subject, bound_at) VALUES (?1, ?2, ?3, ?4)"));
  insert.bind(1, account.number()).bind(2, identity.issuer).bind(3, identity.subject);
  return insert.bind(4, transaction.entry().at.microseconds).run();
}

Result<std::vector<SignInMeans>> sign_in_means(Ledger& ledger) {
  auto select = TRY(ledger.sqlite().read(
      "SELECT account_id, EXISTS (SELECT 1 FROM credential c WHERE c.account_id = a.account_id AND ended_at IS NULL), "
      "EXISTS (SELECT 1 FROM outside_identity o WHERE o.account_id = a.account_id), "
      "(SELECT max(ends_at) FROM invitation i WHERE i.account_id = a.account_id AND kind = 2 AND used_at IS NULL AND "
      "ended_at IS NULL) FROM account a ORDER BY account_id"));
  std::vector<SignInMeans> all;
  while (TRY(select.step_row())) {
    SignInMeans& means = all.emplace_back(SignInMeans{.account = AccountId(select.integer(0)),
                                                      .has_password = select.integer(1) != 0,
                                                      .has_identity = select.integer(2) != 0,
                                                      .invited_until = {}});
    if (!select.is_null(3)) means.invited_until = base::Instant{select.integer(3)};
  }
  return all;
}

}  // namespace throughline::ledger
