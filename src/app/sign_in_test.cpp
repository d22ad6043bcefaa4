#include "app/sign_in.h"

#include <gtest/gtest.h>

#include "app/made_up_world.h"
#include "app/session.h"

namespace throughline::app {
namespace {

using std::chrono_literals::operator""min;

constexpr const char* k_password = "heron under the viaduct";
constexpr const char* k_peer = "192.0.2.7";

// A running server's sign-ins, over a workspace of two agencies: the founder's, and acole and dean of another.
struct SignInTest : testing::Test, MadeUpWorld {
  std::unique_ptr<Host> host;
  std::unique_ptr<SignIns> sign_ins;

  SignInTest() {
    static_cast<void>(founded());
    add_account("acole", "analyst");
    add_account("dean", "administrator");
    host = Host::open(outside, settings, "serve").value();
    outside.host = host.get();
    SignInOptions options;
    options.password_cost = {.passes = 1, .memory_bytes = 8192};
    sign_ins = SignIns::open(outside, settings, options).value();
  }
  static std::string token_in(const std::string& link) { return link.substr(link.find('=') + 1); }
  std::string invited(const std::string& account) {
    return token_in(invite(outside, settings, account, "http://127.0.0.1:8321").value().link);
  }
  // Signed in as somebody who has just set a password.
  Started enrolled(const std::string& account) {
    return sign_ins->by_invitation({.token = invited(account), .password = k_password, .peer = k_peer}).value();
  }
  base::Result<Started> try_password(const std::string& account, const std::string& password) {
    return sign_ins->by_password({.account = account, .password = password, .peer = k_peer});
  }
  [[nodiscard]] std::vector<ledger::ShownEntry> newest(std::int64_t count) {
    return Session::open(outside, settings, "test").value()->ledger().log().newest({.count = count}).value();
  }
  [[nodiscard]] std::int64_t entries() {
    return Session::open(outside, settings, "test").value()->ledger().log().size().value();
  }
};

TEST_F(SignInTest, the_printed_link_signs_in_once_the_account_that_started_the_server) {
  const std::string link = sign_ins->make_link().value();
  EXPECT_TRUE(link.starts_with("http://127.0.0.1:8321/sign-in#link=")) << "in the fragment, which is not sent";
  const Started started = sign_ins->by_link({.token = token_in(link), .peer = k_peer}).value();
  EXPECT_EQ(started.visitor.account.name, "founder");
  EXPECT_TRUE(started.visitor.is_recent);
  EXPECT_FALSE(started.visitor.has_password);
  EXPECT_EQ(newest(1).at(0).payload.object, "signed in by a link");
  EXPECT_EQ(sign_ins->by_link({.token = token_in(link), .peer = k_peer}).error().code, "sign_in_failed");
}

TEST_F(SignInTest, a_link_runs_out_after_ten_minutes_and_when_another_is_made) {
  const std::string first = token_in(sign_ins->make_link().value());
  const std::string second = token_in(sign_ins->make_link().value());
  EXPECT_EQ(sign_ins->by_link({.token = first, .peer = k_peer}).error().code, "sign_in_failed");
  clock.advance(10min);
  EXPECT_EQ(sign_ins->by_link({.token = second, .peer = k_peer}).error().code, "sign_in_failed");
}

TEST_F(SignInTest, an_invitation_sets_a_password_with_which_one_signs_in_from_then_on) {
  const std::string token = invited("acole");
  const auto weak = sign_ins->by_invitation({.token = token, .password = "password1234", .peer = k_peer});
  EXPECT_EQ(weak.error().code, "password_common");
  const auto started = sign_ins->by_invitation({.token = token, .password = k_password, .peer = k_peer});
  ASSERT_TRUE(started.ok()) << "a password that was refused spent nothing";
  EXPECT_TRUE(started.value().visitor.has_password);
  EXPECT_EQ(sign_ins->by_invitation({.token = token, .password = k_password, .peer = k_peer}).error().code,
            "sign_in_failed");
  EXPECT_EQ(try_password("ACole", k_password).value().visitor.account.name, "acole");
}

TEST_F(SignInTest, a_wrong_password_an_unknown_name_and_an_account_without_password_get_one_answer) {
  static_cast<void>(enrolled("acole"));
  const base::Error wrong = try_password("acole", "otter over the weir").error();
  const base::Error unknown = try_password("nobody", k_password).error();
  const base::Error without = try_password("dean", k_password).error();
  EXPECT_EQ(wrong.code, "sign_in_failed");
  EXPECT_EQ(wrong.message(), unknown.message());
  EXPECT_EQ(wrong.message(), without.message());
}

TEST_F(SignInTest, a_failed_sign_in_is_an_entry_that_never_holds_what_was_typed) {
  static_cast<void>(enrolled("acole"));
  static_cast<void>(try_password("my secret in the wrong field", "x"));
  const auto unknown = newest(1).at(0);
  EXPECT_EQ(unknown.entry.account, ledger::AccountId(0));
  EXPECT_EQ(unknown.entry.decision, ledger::Decision::deny);
  EXPECT_EQ(unknown.entry.rule, 601);
  EXPECT_EQ(unknown.payload.object, "sign-in failed");
  static_cast<void>(try_password("acole", "otter over the weir"));
  EXPECT_EQ(newest(1).at(0).entry.account, ledger::AccountId(2));
  sign_ins.reset();
  host.reset();
  outside.host = nullptr;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder.path())) {
    if (!file.is_regular_file()) continue;
    const std::string bytes = store::bytes_of(file.path());
    EXPECT_EQ(bytes.find("my secret in the wrong field"), std::string::npos) << file.path();
    EXPECT_EQ(bytes.find(k_password), std::string::npos) << file.path();
  }
}

TEST_F(SignInTest, many_failures_wait_and_do_not_flood_the_log) {
  static_cast<void>(enrolled("acole"));
  const std::int64_t before = entries();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(try_password("acole", "wrong").error().code, "sign_in_failed");
  // The set clock moves a second with every entry, so that the wait is over now and then.
  int waited = 0;
  base::Error last;
  for (int i = 0; i < 200; ++i) {
    last = try_password("acole", "wrong").error();
    waited += last.code == "sign_in_throttled" ? 1 : 0;
  }
  EXPECT_GT(waited, 150);
  EXPECT_EQ(last.code, "sign_in_throttled");
  EXPECT_NE(last.remedy.find("second"), std::string::npos) << last.remedy;
  EXPECT_LT(entries() - before, 100);
}

TEST_F(SignInTest, a_session_follows_the_roles_as_they_stand) {
  const Started started = enrolled("acole");
  EXPECT_EQ(sign_ins->visitor(started.token).value().account.roles, std::vector{ledger::Role::analyst});
  static_cast<void>(run_accounts({.act = "grant", .name = "acole", .role = "auditor"}));
  EXPECT_EQ(sign_ins->visitor(started.token).value().account.roles.size(), 2U);
  static_cast<void>(run_accounts({.act = "revoke", .name = "acole", .role = "auditor"}));
  static_cast<void>(run_accounts({.act = "revoke", .name = "acole", .role = "analyst"}));
  EXPECT_EQ(sign_ins->visitor(started.token).error().code, "signed_out");
  EXPECT_EQ(try_password("acole", k_password).error().code, "refused");
}

TEST_F(SignInTest, a_session_ends_by_itself_and_by_signing_out) {
  const Started first = enrolled("acole");
  clock.advance(20min);
  EXPECT_EQ(sign_ins->visitor(first.token).error().code, "signed_out");
  const Started second = try_password("acole", k_password).value();
  sign_ins->sign_out(second.token).value();
  EXPECT_EQ(sign_ins->visitor(second.token).error().code, "signed_out");
  EXPECT_EQ(newest(1).at(0).payload.object, "signed out");
  EXPECT_EQ(sign_ins->sign_out(second.token).error().code, "signed_out");
}

TEST_F(SignInTest, each_sign_in_and_each_proof_gives_a_new_token) {
  const Started first = enrolled("acole");
  const Started second = try_password("acole", k_password).value();
  EXPECT_NE(first.token, second.token);
  clock.advance(10min);
  EXPECT_FALSE(sign_ins->visitor(first.token).value().is_recent);
  EXPECT_EQ(sign_ins->prove(first.token, {.account = "", .password = "wrong", .peer = k_peer}).error().code,
            "sign_in_failed");
  const Started proved = sign_ins->prove(first.token, {.account = "", .password = k_password, .peer = k_peer}).value();
  EXPECT_TRUE(proved.visitor.is_recent);
  EXPECT_NE(proved.visitor.csrf, first.visitor.csrf);
  EXPECT_EQ(sign_ins->visitor(first.token).error().code, "signed_out");
  EXPECT_TRUE(sign_ins->visitor(proved.token).ok());
}

TEST_F(SignInTest, a_password_is_changed_only_by_somebody_who_has_just_shown_who_they_are) {
  const Started other = enrolled("acole");
  const Started started = try_password("acole", k_password).value();
  sign_ins->change_password(started.token, "otter over the weir").value();
  EXPECT_EQ(newest(1).at(0).payload.object, "own password set");
  EXPECT_TRUE(sign_ins->visitor(started.token).ok());
  EXPECT_EQ(sign_ins->visitor(other.token).error().code, "signed_out") << "other sessions end";
  EXPECT_EQ(try_password("acole", k_password).error().code, "sign_in_failed");
  EXPECT_TRUE(try_password("acole", "otter over the weir").ok());
  clock.advance(10min);
  EXPECT_EQ(sign_ins->change_password(started.token, "heron over the weir").error().code, "proof_needed");
}

TEST_F(SignInTest, a_purpose_goes_with_a_reason_and_both_with_what_is_done) {
  const Started started = enrolled("acole");
  EXPECT_EQ(started.visitor.purpose, ledger::Purpose::unstated) << "none is preselected";
  EXPECT_EQ(sign_ins->choose_purpose(started.token, {.code = "PROTECT", .reason = "  "}).error().code,
            "reason_missing");
  EXPECT_EQ(sign_ins->choose_purpose(started.token, {.code = "UNSTATED", .reason = "x"}).error().code,
            "purpose_unknown");
  const Visitor visitor = sign_ins->choose_purpose(started.token, {.code = "PROTECT", .reason = "a referral"}).value();
  const Settings own = visitor.settings(settings);
  EXPECT_EQ(own.account, "acole");
  EXPECT_EQ(own.purpose, "PROTECT");
  EXPECT_EQ(own.reason, "a referral");
  EXPECT_EQ(own.workspace, settings.workspace);
  const Visitor without = sign_ins->choose_purpose(started.token, {}).value();
  EXPECT_TRUE(without.settings(settings).purpose.empty());
  EXPECT_TRUE(without.reason.empty());
}

TEST_F(SignInTest, an_administrator_ends_the_sessions_of_accounts_that_are_theirs_to_look_after) {
  const Started acole = enrolled("acole");
  const Started founder = enrolled("founder");
  const Settings dean = enrolled("dean").visitor.settings(settings);
  EXPECT_EQ(sign_ins->end_sessions(acole.visitor.settings(settings), "dean").error().code, "refused");
  EXPECT_EQ(sign_ins->end_sessions(dean, "founder").error().code, "refused") << "another agency's";
  EXPECT_EQ(sign_ins->end_sessions(dean, "nobody").error().message(),
            sign_ins->end_sessions(dean, "founder").error().message())
      << "whether there is such an account is not told";
  EXPECT_EQ(fact_of(sign_ins->end_sessions(dean, "acole").value(), "sessions", "ended"), Value(std::int64_t{1}));
  EXPECT_EQ(sign_ins->visitor(acole.token).error().code, "signed_out");
  EXPECT_TRUE(sign_ins->visitor(founder.token).ok());
}

TEST_F(SignInTest, what_is_known_of_a_session_without_the_ledger_ends_with_it) {
  const auto seen = [&](const Started& of) { return sign_ins->seen(of.token); };
  const Started acole = enrolled("acole");
  const Started dean = enrolled("dean");
  ASSERT_TRUE(seen(acole));
  EXPECT_TRUE(seen(acole)->may_collect) << "an analyst";
  EXPECT_EQ(seen(acole)->csrf, acole.visitor.csrf);
  EXPECT_FALSE(seen(dean)->may_collect) << "an administrator";
  const Started other = try_password("acole", k_password).value();
  sign_ins->change_password(other.token, "otter over the weir").value();
  EXPECT_FALSE(seen(acole));
  EXPECT_TRUE(seen(other));
  run_accounts({.act = "grant", .name = "acole", .role = "practitioner"});
  run_accounts({.act = "revoke", .name = "acole", .role = "analyst"});
  EXPECT_TRUE(sign_ins->visitor(other.token).ok());
  EXPECT_FALSE(seen(other)->may_collect) << "as the roles stood with the last request";
  EXPECT_TRUE(sign_ins->end_sessions(settings, "acole").ok());
  EXPECT_FALSE(seen(other));
}

TEST_F(SignInTest, an_invitation_is_withdrawn_by_a_new_password_and_with_the_sessions) {
  const auto accepted = [&](const std::string& token) {
    return sign_ins->by_invitation({.token = token, .password = "otter over the weir", .peer = k_peer}).ok();
  };
  const Started acole = enrolled("acole");
  const std::string before_password = invited("acole");
  sign_ins->change_password(acole.token, "heron over the viaduct").value();
  EXPECT_FALSE(accepted(before_password));
  const std::string before_end = invited("acole");
  const Report ended = sign_ins->end_sessions(settings, "acole").value();
  EXPECT_EQ(fact_of(ended, "sessions", "withdrawn"), Value(std::int64_t{1}));
  EXPECT_FALSE(accepted(before_end));
  EXPECT_TRUE(accepted(invited("acole"))) << "a new one is a new decision";
}

TEST_F(SignInTest, an_administrator_invites_people_of_their_own_agency_alone) {
  EXPECT_EQ(invite(outside, as("dean"), "founder", "").error().code, "refused");
  EXPECT_EQ(invite(outside, as("acole"), "dean", "").error().code, "refused");
  EXPECT_TRUE(invite(outside, as("dean"), "acole", "").ok());
  EXPECT_TRUE(invite(outside, settings, "acole", "").ok()) << "the founding agency looks after all";
}

TEST_F(SignInTest, no_token_that_was_never_given_opens_anything) {
  for (const std::string& token : {std::string(), std::string(43, 'A'), std::string(100'000, 'A')}) {
    EXPECT_EQ(sign_ins->visitor(token).error().code, "signed_out");
    EXPECT_EQ(sign_ins->by_link({.token = token, .peer = k_peer}).error().code, "sign_in_failed");
    EXPECT_EQ(sign_ins->by_invitation({.token = token, .password = k_password, .peer = k_peer}).error().code,
              "sign_in_failed");
  }
  const std::string link = token_in(sign_ins->make_link().value());
  EXPECT_EQ(sign_ins->by_invitation({.token = link, .password = k_password, .peer = k_peer}).error().code,
            "sign_in_failed")
      << "a link is no invitation";
}

}  // namespace
}  // namespace throughline::app
