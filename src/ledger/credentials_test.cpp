#include "ledger/credentials.h"

#include <gtest/gtest.h>

#include "ledger/made_up_ledger.h"

namespace throughline::ledger {
namespace {

struct CredentialsTest : testing::Test, MadeUpLedger {
  [[nodiscard]] Transaction begun() const { return ledger->begin(analyst, look_at("sign-in")).value(); }
  void set(const std::string& password) {
    const PasswordHash hash = hash_password(password, {.passes = 1, .memory_bytes = 8192}, entropy).value();
    Transaction transaction = begun();
    set_password(transaction, analyst.account, hash).value();
    static_cast<void>(transaction.commit().value());
  }
  void offer(const std::string& token, TokenKind kind = TokenKind::invitation) {
    Transaction transaction = begun();
    const base::Instant ends_at{transaction.entry().at.microseconds + 600'000'000};
    keep_token(transaction,
               {.account = analyst.account, .kind = kind, .hash = base::hash_text(token), .ends_at = ends_at})
        .value();
    static_cast<void>(transaction.commit().value());
  }
  // Empty when it could be spent.
  [[nodiscard]] std::string spending(const std::string& token, TokenKind kind = TokenKind::invitation) const {
    Transaction transaction = begun();
    const auto spent = spend_token(transaction, kind, base::hash_text(token));
    if (!spent.ok()) return spent.error().code;
    static_cast<void>(transaction.commit().value());
    return "";
  }
};

TEST_F(CredentialsTest, the_password_set_last_is_the_one_in_force) {
  EXPECT_FALSE(password_of(*ledger, analyst.account).value().has_value());
  set("heron under the viaduct");
  set("otter over the weir");
  reopen();
  const PasswordHash kept = password_of(*ledger, analyst.account).value().value();
  EXPECT_TRUE(is_password("otter over the weir", kept).value());
  EXPECT_FALSE(is_password("heron under the viaduct", kept).value());
}

TEST_F(CredentialsTest, neither_a_password_nor_a_token_stands_in_any_file) {
  set("heron under the viaduct");
  offer("a-very-secret-token");
  close();
  EXPECT_TRUE(files_with("heron under the viaduct").empty());
  EXPECT_TRUE(files_with("a-very-secret-token").empty());
}

TEST_F(CredentialsTest, a_token_is_spent_once) {
  offer("one");
  EXPECT_EQ(holder_of(*ledger, TokenKind::invitation, base::hash_text("one")).value(), analyst.account);
  EXPECT_EQ(spending("one"), "");
  EXPECT_EQ(spending("one"), "token_spent");
}

TEST_F(CredentialsTest, a_newer_token_ends_an_earlier_one_of_its_kind_alone) {
  offer("link", TokenKind::link);
  offer("one");
  offer("two");
  EXPECT_EQ(spending("one"), "token_spent");
  EXPECT_EQ(spending("two"), "");
  EXPECT_EQ(spending("link", TokenKind::invitation), "token_spent") << "a link is no invitation";
  EXPECT_EQ(spending("link", TokenKind::link), "");
}

TEST_F(CredentialsTest, a_token_runs_out_also_when_the_clock_is_set_back_afterwards) {
  offer("one");
  clock.advance(std::chrono::minutes(11));
  static_cast<void>(noted("the time is written down"));
  clock.advance(-std::chrono::minutes(11));
  EXPECT_EQ(spending("one"), "token_spent");
}

TEST_F(CredentialsTest, all_tokens_of_an_account_end_together) {
  offer("invitation");
  offer("link", TokenKind::link);
  Transaction ending = begun();
  EXPECT_EQ(end_tokens(ending, AccountId(99)).value(), 0) << "another account's";
  EXPECT_EQ(end_tokens(ending, analyst.account).value(), 2);
  EXPECT_EQ(end_tokens(ending, analyst.account).value(), 0) << "ended already";
  static_cast<void>(ending.commit().value());
  EXPECT_EQ(spending("invitation"), "token_spent");
  EXPECT_EQ(spending("link", TokenKind::link), "token_spent");
}

TEST_F(CredentialsTest, an_invitation_is_spent_by_its_account_once_and_no_link_or_late_one_is) {
  const auto spent = [&] {
    Transaction transaction = begun();
    const auto done = spend_invitation_of(transaction, analyst.account);
    if (!done.ok()) return done.error().code;
    static_cast<void>(transaction.commit().value());
    return std::string();
  };
  offer("link", TokenKind::link);
  EXPECT_EQ(spent(), "not_invited") << "a link is none";
  offer("invitation");
  EXPECT_EQ(spent(), "");
  EXPECT_EQ(spent(), "not_invited");
  EXPECT_EQ(spending("invitation"), "token_spent");
  offer("late");
  clock.advance(std::chrono::minutes(10));
  EXPECT_EQ(spent(), "not_invited");
}

TEST_F(CredentialsTest, a_token_spent_in_a_transaction_that_fails_is_not_spent) {
  offer("one");
  {
    Transaction transaction = begun();
    spend_token(transaction, TokenKind::invitation, base::hash_text("one")).value();
  }
  EXPECT_EQ(spending("one"), "");
}

TEST_F(CredentialsTest, a_providers_name_for_a_person_is_bound_to_one_account_and_an_account_to_one_name) {
  const OutsideIdentity identity{.issuer = "https://example.org", .subject = "248289761001"};
  {
    Transaction transaction = begun();
    bind_identity(transaction, analyst.account, identity).value();
    static_cast<void>(transaction.commit().value());
  }
  EXPECT_EQ(account_bound_to(*ledger, identity).value(), analyst.account);
  EXPECT_FALSE(account_bound_to(*ledger, {.issuer = "https://example.com", .subject = "248289761001"}).value());
  EXPECT_EQ(subject_bound_to(*ledger, analyst.account, "https://example.org").value(), "248289761001");
  Transaction transaction = begun();
  EXPECT_EQ(bind_identity(transaction, analyst.account, identity).error().code, "constraint_broken");
  EXPECT_EQ(bind_identity(transaction, analyst.account, {.issuer = identity.issuer, .subject = "another"}).error().code,
            "constraint_broken");
}

TEST_F(CredentialsTest, the_means_of_each_account_are_told_without_any_secret) {
  offer("one");
  const SignInMeans before = sign_in_means(*ledger).value().at(0);
  EXPECT_FALSE(before.has_password);
  EXPECT_TRUE(before.invited_until.has_value());
  set("heron under the viaduct");
  EXPECT_EQ(spending("one"), "");
  const SignInMeans after = sign_in_means(*ledger).value().at(0);
  EXPECT_TRUE(after.has_password);
  EXPECT_FALSE(after.invited_until.has_value());
}

}  // namespace
}  // namespace throughline::ledger
