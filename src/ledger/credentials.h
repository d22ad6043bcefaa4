// What accounts sign in with, as the ledger keeps it: passwords, one-time links and invitations, and the names that
// agencies' own providers have for people. Nothing here is shown; a token is known by its hash alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "ledger/ledger.h"
#include "ledger/password.h"

namespace throughline::ledger {

// The password in force; nothing without one.
[[nodiscard]] base::Result<std::optional<PasswordHash>> password_of(Ledger& ledger, AccountId account);
// Ends the one before.
[[nodiscard]] base::Result<void> set_password(Transaction& transaction, AccountId account, const PasswordHash& hash);

// A link signs in; an invitation sets a password and signs in. The numbers are kept.
enum class TokenKind : std::uint8_t { link = 1, invitation = 2 };

struct TokenOffer {
  AccountId account;
  TokenKind kind = TokenKind::invitation;
  base::Hash hash{};
  base::Instant ends_at;
};
// Ends earlier ones of the account and kind.
[[nodiscard]] base::Result<void> keep_token(Transaction& transaction, const TokenOffer& offer);
// Whose it is, whether or not it can still be spent.
[[nodiscard]] base::Result<std::optional<AccountId>> holder_of(Ledger& ledger, TokenKind kind, const base::Hash& hash);
// Can be done once. Error "token_spent" (refused) when it was used, ended or ran out.
[[nodiscard]] base::Result<void> spend_token(Transaction& transaction, TokenKind kind, const base::Hash& hash);

// The account's invitation, without its token: for somebody whom another way has shown to be its owner. Error
// "not_invited" (refused) where there is none that is neither used nor ended.
[[nodiscard]] base::Result<void> spend_invitation_of(Transaction& transaction, AccountId account);
// Ends every link and invitation of the account that was not used. How many could still have been spent.
[[nodiscard]] base::Result<std::int64_t> end_tokens(Transaction& transaction, AccountId account);

// A provider's own name for a person: unique with the issuer, never given to another.
struct OutsideIdentity {
  std::string issuer;
  std::string subject;
};
[[nodiscard]] base::Result<std::optional<AccountId>> account_bound_to(Ledger& ledger, const OutsideIdentity& identity);
// The subject that the issuer bound to the account; nothing before the first sign-in through it.
[[nodiscard]] base::Result<std::optional<std::string>> subject_bound_to(Ledger& ledger, AccountId account,
                                                                        const std::string& issuer);
// Error "constraint_broken" when either is bound already.
[[nodiscard]] base::Result<void> bind_identity(Transaction& transaction, AccountId account,
                                               const OutsideIdentity& identity);

// How an account can sign in, for lists.
struct SignInMeans {
  AccountId account;
  bool has_password = false;
  bool has_identity = false;
  std::optional<base::Instant> invited_until;  // By an invitation that is neither used nor ended.
};
// By account.
[[nodiscard]] base::Result<std::vector<SignInMeans>> sign_in_means(Ledger& ledger);

}  // namespace throughline::ledger
