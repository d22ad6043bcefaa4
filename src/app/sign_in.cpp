#include "app/sign_in.h"

#include <algorithm>

#include "app/secret_token.h"
#include "app/sign_in_internal.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::chrono::microseconds k_link_time = std::chrono::minutes(10);

Error refused_by(const ledger::PermissionVerdict& verdict) {
  return {ErrorKind::refused, "refused", std::string(verdict.sentence), "",
          "Ask an administrator of your agency for a role"};
}

}  // namespace

Settings Visitor::settings(const Settings& of_server) const {
  Settings own = of_server;
  own.account = account.name;
  own.login = k_web_login;
  own.as_of.reset();
  own.purpose = purpose == ledger::Purpose::unstated ? std::string() : std::string(code_of(purpose));
  own.reason = reason;
  return own;
}

SignIns::SignIns(std::unique_ptr<State> state) : state_(std::move(state)) {}
SignIns::~SignIns() = default;

Result<std::unique_ptr<SignIns>> SignIns::open(const Outside& outside, const Settings& settings,
                                               SignInOptions options) {
  auto state = std::make_unique<State>(outside, settings, std::move(options));
  state->nobodys_password =
      TRY(ledger::hash_password(new_token(outside.entropy), state->options.password_cost, outside.entropy));
  state->agencies =
      TRY(AgencyDoor::open(state->options.providers, state->options.public_origin, outside.clock, outside.entropy));
  return std::unique_ptr<SignIns>(new SignIns(std::move(state)));
}

std::vector<SignInWay> SignIns::ways() const {
  std::vector<SignInWay> ways = {{SignInWay::Kind::link, "", "With the link that the program printed"},
                                 {SignInWay::Kind::password, "", "With a password"}};
  for (const AgencyProvider& provider : state_->agencies->providers()) {
    ways.push_back({SignInWay::Kind::agency, provider.name, provider.title});
  }
  return ways;
}

Result<std::string> SignIns::make_link() {
  const auto session = TRY(state_->enter());
  const ledger::Account& account = session->account();
  const ledger::PermissionVerdict verdict = verdict_on_own(account);
  if (verdict.decision == ledger::Decision::deny) {
    return refused_by(verdict);
  }
  ledger::Actor actor = web_actor(account);
  actor.login = session->settings().login;
  ledger::Transaction making = TRY(session->ledger().begin(actor, own_act(verdict, "one-time link to sign in made")));
  const std::string token = new_token(state_->outside.entropy);
  TRY(ledger::keep_token(making, {.account = account.id,
                                  .kind = ledger::TokenKind::link,
                                  .hash = hash_of_token(token),
                                  .ends_at = {making.entry().at.microseconds + k_link_time.count()}}));
  static_cast<void>(TRY(making.commit()));
  return state_->options.public_origin + "/sign-in#link=" + token;
}

Result<void> SignIns::say_unsaid(TellUnsaid which) {
  const auto now = which == TellUnsaid::due ? std::optional(state_->outside.clock.uptime()) : std::nullopt;
  const std::int64_t unsaid = state_->budget.take_unsaid(now);
  if (unsaid == 0) return {};
  const auto session = state_->enter();
  if (session.ok()) return state_->say_unsaid(session.value()->ledger(), unsaid);
  state_->budget.give_back(unsaid);
  return session.error();
}

Result<Started> SignIns::by_link(const LinkTry& given) {
  TRY(state_->wait_turn({.account = {}, .peer = given.peer}));
  const auto session = TRY(state_->enter());
  ledger::Ledger& ledger = session->ledger();
  const base::Hash hash = hash_of_token(given.token);
  const auto holder = TRY(ledger::holder_of(ledger, ledger::TokenKind::link, hash));
  const auto account = holder ? TRY(account_of(ledger, *holder)) : std::optional<ledger::Account>();
  const auto verdict = account ? verdict_on_own(*account) : ledger::PermissionVerdict();
  if (verdict.decision == ledger::Decision::deny) {
    TRY(state_->note_failure(ledger, account, ledger::k_rule_sign_in_failed));
    return sign_in_failed();
  }
  {
    ledger::Transaction signing = TRY(ledger.begin(web_actor(*account), own_act(verdict, "signed in by a link")));
    const auto spent = ledger::spend_token(signing, ledger::TokenKind::link, hash);
    if (spent.ok()) {
      static_cast<void>(TRY(signing.commit()));
      state_->throttle.succeeded({.account = {}, .peer = given.peer});
      return state_->started(ledger, *account);
    }
    if (spent.error().code != "token_spent") return spent.error();
  }
  TRY(state_->note_failure(ledger, account, ledger::k_rule_sign_in_failed));
  return sign_in_failed();
}

Result<Started> SignIns::by_password(const PasswordTry& given) {
  const SignInThrottle::Who who{.account = given.account, .peer = given.peer};
  TRY(state_->wait_turn(who));
  std::optional<ledger::Account> account;
  std::optional<ledger::PasswordHash> kept;
  {
    const auto session = TRY(state_->enter());
    account = TRY(account_named(session->ledger(), given.account));
    if (account) kept = TRY(ledger::password_of(session->ledger(), account->id));
  }
  const bool has_shown = TRY(state_->has_shown(kept, given.password));
  if (!has_shown) return state_->failed(account);
  state_->throttle.succeeded(who);
  const auto session = TRY(state_->enter());
  const ledger::PermissionVerdict verdict = verdict_on_own(*account);
  static_cast<void>(TRY(session->ledger().note(web_actor(*account), own_act(verdict, "signed in by password"))));
  if (verdict.decision == ledger::Decision::deny) {
    return refused_by(verdict);
  }
  return state_->started(session->ledger(), *account);
}

Result<Started> SignIns::by_invitation(const InvitationTry& given) {
  TRY(state_->wait_turn({.account = {}, .peer = given.peer}));
  const base::Hash hash = hash_of_token(given.token);
  std::optional<ledger::Account> account;
  {
    const auto session = TRY(state_->enter());
    const auto holder = TRY(ledger::holder_of(session->ledger(), ledger::TokenKind::invitation, hash));
    if (holder) account = TRY(account_of(session->ledger(), *holder));
  }
  const auto verdict = account ? verdict_on_own(*account) : ledger::PermissionVerdict();
  if (verdict.decision == ledger::Decision::deny) return state_->failed(account);
  state_->throttle.succeeded({.account = {}, .peer = given.peer});
  const std::string password = TRY(ledger::read_password(given.password));
  TRY(ledger::check_password(password, account->name));
  const ledger::PasswordHash kept = TRY(state_->with_memory(
      [&] { return ledger::hash_password(password, state_->options.password_cost, state_->outside.entropy); }));
  const auto session = TRY(state_->enter());
  {
    ledger::Transaction signing = TRY(
        session->ledger().begin(web_actor(*account), own_act(verdict, "invitation accepted: password set, signed in")));
    const auto spent = ledger::spend_token(signing, ledger::TokenKind::invitation, hash);
    if (spent.ok()) {
      TRY(ledger::set_password(signing, account->id, kept));
      static_cast<void>(TRY(signing.commit()));
      state_->sessions.end_all(account->id);
      return state_->started(session->ledger(), *account);
    }
    if (spent.error().code != "token_spent") return spent.error();
  }
  TRY(state_->note_failure(session->ledger(), account, ledger::k_rule_sign_in_failed));
  return sign_in_failed();
}

}  // namespace throughline::app
