#include <algorithm>

#include "app/sign_in_internal.h"
#include "base/text.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

Error refused(std::string code, std::string what, std::string remedy) {
  return {ErrorKind::refused, std::move(code), std::move(what), "", std::move(remedy)};
}

Error throttled(std::chrono::microseconds wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  return refused("sign_in_throttled", "There were too many failed sign-ins",
                 "Wait " + std::to_string(seconds) + (seconds == 1 ? " second" : " seconds") + " and try again");
}

// The role that an entry about the account's own session names.
ledger::Role role_of(const ledger::Account& account) {
  return account.roles.empty() ? ledger::Role::none : account.roles.front();
}

// Nobody who is known: no account has the number 0.
ledger::Actor nobody() {
  return {
      .account = ledger::AccountId(0), .agency = ledger::AgencyId(0), .role = ledger::Role::none, .login = k_web_login};
}

}  // namespace

Error signed_out() {
  return refused("signed_out", "You are not signed in any more", "Sign in again: what you had open is still there");
}

Error sign_in_failed() {
  return refused("sign_in_failed", "That did not show who you are",
                 "Check the name and the password. A link or an invitation works once, and not for ever: ask for a "
                 "new one");
}

Error sign_in_busy() {
  return {ErrorKind::world, "sign_in_busy", "Too many people are signing in at this moment", "",
          "Wait a few seconds and try again"};
}

ledger::Actor web_actor(const ledger::Account& account) {
  return {.account = account.id, .agency = account.agency, .role = role_of(account), .login = k_web_login};
}

ledger::Act own_act(const ledger::PermissionVerdict& verdict, std::string object) {
  return {.operation = ledger::Operation::administration,
          .decision = verdict.decision,
          .rule = verdict.rule,
          .object = std::move(object),
          .reason = {},
          .recipients = {}};
}

ledger::PermissionVerdict verdict_on_own(const ledger::Account& account) {
  return ledger::allow({.role = role_of(account),
                        .operation = ledger::Operation::administration,
                        .data_class = ledger::DataClass::own_work,
                        .ownership = ledger::Ownership::own,
                        .is_founding = account.agency == ledger::k_founding_agency});
}

bool may_collect(const ledger::Account& account) {
  return std::ranges::any_of(account.roles, [](ledger::Role role) {
    const ledger::PermissionVerdict verdict = ledger::allow(
        {.role = role, .operation = ledger::Operation::collection, .data_class = ledger::DataClass::published});
    return verdict.decision == ledger::Decision::allow;
  });
}

Result<std::optional<ledger::Account>> account_of(ledger::Ledger& ledger, ledger::AccountId id) {
  for (ledger::Account& account : TRY(ledger.accounts())) {
    if (account.id == id) return std::optional(std::move(account));
  }
  return std::optional<ledger::Account>();
}

Result<std::optional<ledger::Account>> account_named(ledger::Ledger& ledger, const std::string& name) {
  const std::string folded = base::fold(name);
  for (ledger::Account& account : TRY(ledger.accounts())) {
    if (base::fold(account.name) == folded) return std::optional(std::move(account));
  }
  return std::optional<ledger::Account>();
}

Result<void> SignIns::State::say_unsaid(ledger::Ledger& ledger, std::int64_t unsaid) {
  if (unsaid == 0) return {};
  const std::string many = std::to_string(unsaid) + " more failed sign-ins, without an entry each";
  const auto noted = ledger.note(nobody(), own_act(ledger::rule_of(ledger::k_rule_sign_in_failed), many));
  if (noted.ok()) return {};
  budget.give_back(unsaid);
  return noted.error();
}

Result<void> SignIns::State::note_failure(ledger::Ledger& ledger, const std::optional<ledger::Account>& account,
                                          ledger::RuleId rule, const std::string& cause) {
  const NoteBudget::Leave leave = budget.ask(outside.clock.uptime());
  TRY(say_unsaid(ledger, leave.unsaid));
  if (!leave.is_noted) return {};
  const ledger::Actor actor = account ? web_actor(*account) : nobody();
  std::string object = rule == ledger::k_rule_sign_in_waits ? "sign-in made to wait" : "sign-in failed";
  if (!cause.empty()) object += ": " + cause;
  static_cast<void>(TRY(ledger.note(actor, own_act(ledger::rule_of(rule), object))));
  return {};
}

Error SignIns::State::failed(const std::optional<ledger::Account>& account) {
  auto session = enter();
  if (!session.ok()) return std::move(session).error();
  auto noted = note_failure(session.value()->ledger(), account, ledger::k_rule_sign_in_failed);
  return noted.ok() ? sign_in_failed() : std::move(noted).error();
}

Result<void> SignIns::State::wait_turn(const SignInThrottle::Who& who) {
  const auto wait = throttle.begin(who, outside.clock.uptime());
  if (wait == SignInThrottle::Time{}) return {};
  const auto session = TRY(enter());
  TRY(note_failure(session->ledger(), {}, ledger::k_rule_sign_in_waits));
  return throttled(wait);
}

Result<bool> SignIns::State::has_shown(const std::optional<ledger::PasswordHash>& kept, const std::string& typed) {
  const auto password = ledger::read_password(typed);
  const std::string tried = password.ok() ? password.value() : std::string();
  const ledger::PasswordHash& against = kept ? *kept : nobodys_password;
  const bool is_it = TRY(with_memory([&] { return ledger::is_password(tried, against); }));
  return is_it && kept.has_value() && password.ok();
}

Result<Visitor> SignIns::State::visitor_of(ledger::Ledger& ledger, const WebSessions::Begun& of) {
  const WebSession& session = of.session;
  auto account = TRY(account_of(ledger, session.account));
  if (!account || verdict_on_own(*account).decision == ledger::Decision::deny) return signed_out();
  sessions.remember(of.token, may_collect(*account));
  Visitor visitor{.account = *std::move(account), .reason = session.reason, .csrf = session.csrf, .ends_at = {}};
  visitor.has_password = TRY(ledger::password_of(ledger, session.account)).has_value();
  visitor.is_recent = outside.clock.uptime() - session.proved < options.recent;
  visitor.purpose = session.purpose;
  visitor.idle = options.idle;
  visitor.ends_at = session.ends_at;
  return visitor;
}

Result<Started> SignIns::State::started(ledger::Ledger& ledger, const ledger::Account& account) {
  auto begun = sessions.begin(account.id);
  if (!begun) return sign_in_busy();
  Visitor visitor = TRY(visitor_of(ledger, *begun));
  return Started{.token = std::move(begun->token), .visitor = std::move(visitor)};
}

Result<Visitor> SignIns::State::living(ledger::Ledger& ledger, const std::string& token) {
  const auto session = sessions.find(token);
  if (!session) return signed_out();
  auto visitor = visitor_of(ledger, {.token = token, .session = *session});
  if (!visitor.ok() && visitor.error().code == "signed_out") sessions.end_all(session->account);
  return visitor;
}

}  // namespace throughline::app
