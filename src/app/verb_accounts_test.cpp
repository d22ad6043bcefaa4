#include <gtest/gtest.h>

#include "app/made_up_world.h"
#include "app/session.h"

namespace throughline::app {
namespace {

struct AccountsVerbTest : testing::Test, MadeUpWorld {
  AccountsVerbTest() { static_cast<void>(founded()); }
  [[nodiscard]] base::Error refusal(const AccountsRequest& request) const {
    return accounts(outside, settings, request).error();
  }
  [[nodiscard]] Table listed() const { return section_of(run_accounts({}), "accounts").tables.at(0); }
};

TEST_F(AccountsVerbTest, those_there_are_are_listed_with_their_roles) {
  add_account("acole", "practitioner");
  const Table table = listed();
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(cell_of(table, 0, "account"), Value("acole"));
  EXPECT_EQ(cell_of(table, 0, "person"), Value("A person"));
  EXPECT_EQ(cell_of(table, 0, "agency"), Value("Example Police"));
  EXPECT_EQ(cell_of(table, 0, "roles"), Value("practitioner"));
  EXPECT_EQ(cell_of(table, 1, "roles"), Value("administrator, analyst, auditor"));
}

TEST_F(AccountsVerbTest, a_new_account_belongs_to_the_administrators_agency_unless_another_is_named) {
  const Report report = run_accounts({.act = "add", .name = "acole", .person_name = "A person"});
  const Table& table = section_of(report, "accounts").tables.at(0);
  EXPECT_EQ(cell_of(table, 0, "agency"), Value("Example Council"));
  EXPECT_EQ(cell_of(table, 0, "roles"), Value());
  EXPECT_EQ(section_of(report, "accounts").notes.size(), 1U) << "an account without a role needs a word";
}

TEST_F(AccountsVerbTest, roles_are_granted_and_revoked_with_an_entry_each) {
  add_account("acole", "analyst");
  const Report granted = run_accounts({.act = "grant", .name = "acole", .role = "Practitioner"});
  EXPECT_EQ(cell_of(section_of(granted, "accounts").tables.at(0), 0, "roles"), Value("analyst, practitioner"));
  const Report revoked = run_accounts({.act = "revoke", .name = "acole", .role = "analyst"});
  EXPECT_EQ(cell_of(section_of(revoked, "accounts").tables.at(0), 0, "roles"), Value("practitioner"));
  const auto number = std::get<std::int64_t>(fact_of(revoked, "accounts", "entry"));
  const auto session = Session::open(outside, settings, "test").value();
  EXPECT_EQ(session->ledger().log().entry(number).value().payload.object, "account acole: revoke analyst");
}

TEST_F(AccountsVerbTest, an_invitation_is_an_address_that_the_list_tells_of_until_it_runs_out) {
  add_account("acole", "analyst");
  const Report report = run_accounts({.act = "invite", .name = "acole", .address = "https://example.org"});
  const std::string link = std::get<std::string>(fact_of(report, "invitation", "link"));
  EXPECT_TRUE(link.starts_with("https://example.org/sign-in#invitation="));
  EXPECT_TRUE(std::get<std::string>(cell_of(listed(), 0, "sign_in")).starts_with("invited until 2026-11-25"));
  clock.advance_days(3);
  EXPECT_EQ(cell_of(listed(), 0, "sign_in"), Value());
  EXPECT_EQ(refusal({.act = "invite", .name = "acoel"}).remedy, "Did you mean 'acole'?");
  add_account("idle", "");
  EXPECT_EQ(refusal({.act = "invite", .name = "idle"}).code, "account_without_role");
}

TEST_F(AccountsVerbTest, a_misspelt_role_account_or_act_gets_the_nearest) {
  EXPECT_EQ(refusal({.act = "grant", .name = "founder", .role = "analist"}).message(),
            "'analist' is not a role of an account (--role). Did you mean 'analyst'? The roles are administrator, "
            "analyst, practitioner, auditor.");
  EXPECT_EQ(refusal({.act = "grant", .name = "fuonder", .role = "analyst"}).remedy, "Did you mean 'founder'?");
  EXPECT_EQ(refusal({.act = "gramt"}).remedy, "Did you mean 'grant'?");
}

TEST_F(AccountsVerbTest, what_is_missing_is_asked_for) {
  EXPECT_EQ(refusal({.act = "add"}).code, "account_missing");
  EXPECT_EQ(refusal({.act = "add", .name = "acole"}).code, "person_missing");
  EXPECT_EQ(refusal({.act = "grant", .name = "founder"}).code, "role_missing");
  EXPECT_EQ(refusal({.act = "add", .name = "a cole", .person_name = "A person"}).code, "account_name");
  EXPECT_EQ(listed().rows.size(), 1U);
}

TEST_F(AccountsVerbTest, the_last_administrator_stays) {
  EXPECT_EQ(refusal({.act = "revoke", .name = "founder", .role = "administrator"}).code, "last_administrator");
}

TEST_F(AccountsVerbTest, only_an_administrator_looks_after_accounts) {
  add_account("acole", "analyst");
  for (const char* act : {"list", "grant"}) {
    const auto refused = accounts(outside, as("acole"), {.act = act, .name = "acole", .role = "auditor"});
    ASSERT_FALSE(refused.ok()) << act;
    EXPECT_EQ(refused.error().kind, base::ErrorKind::refused) << act;
  }
}

}  // namespace
}  // namespace throughline::app
