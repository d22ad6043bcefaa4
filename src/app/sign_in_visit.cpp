// What somebody who is signed in does about their own session.

#include "app/account_object.h"
#include "app/sign_in.h"
#include "app/sign_in_internal.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::size_t k_reason_bytes_max = 16'000;

bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

}  // namespace

Result<Visitor> SignIns::visitor(const std::string& token) {
  // A stranger's token costs no look at the ledger.
  if (!state_->sessions.find(token)) return signed_out();
  const auto session = TRY(state_->enter());
  return state_->living(session->ledger(), token);
}

bool SignIns::is_signed_in(const std::string& token) const {
  return state_->sessions.is_living(token);
}

std::optional<SessionSeen> SignIns::seen(const std::string& token) const {
  const auto session = state_->sessions.peek(token);
  if (!session) return std::nullopt;
  return SessionSeen{.account = session->account, .csrf = session->csrf, .may_collect = session->may_collect};
}

Result<Started> SignIns::prove(const std::string& token, const PasswordTry& given) {
  const Visitor visitor = TRY(this->visitor(token));
  const SignInThrottle::Who who{.account = visitor.account.name, .peer = given.peer};
  if (!visitor.has_password) {
    return Error{ErrorKind::bad_command, "no_password", "Your account has no password to show who you are by", "",
                 "Sign in again, by a new link or through your agency; that counts as well"};
  }
  TRY(state_->wait_turn(who));
  std::optional<ledger::PasswordHash> kept;
  {
    const auto session = TRY(state_->enter());
    kept = TRY(ledger::password_of(session->ledger(), visitor.account.id));
  }
  if (!TRY(state_->has_shown(kept, given.password))) return state_->failed(visitor.account);
  state_->throttle.succeeded(who);
  const auto session = TRY(state_->enter());
  auto renewed = state_->sessions.renew(token);
  if (!renewed) return signed_out();
  static_cast<void>(TRY(session->ledger().note(web_actor(visitor.account),
                                               own_act(verdict_on_own(visitor.account), "showed again who they are"))));
  Visitor shown = TRY(state_->visitor_of(session->ledger(), *renewed));
  return Started{.token = std::move(renewed->token), .visitor = std::move(shown)};
}

Result<void> SignIns::change_password(const std::string& token, const std::string& password) {
  const Visitor visitor = TRY(this->visitor(token));
  if (!visitor.is_recent) {
    return Error{ErrorKind::refused, "proof_needed",
                 "A password is changed only by somebody who has just shown who they are", "",
                 "Show who you are, then change it"};
  }
  const std::string chosen = TRY(ledger::read_password(password));
  TRY(ledger::check_password(chosen, visitor.account.name));
  const ledger::PasswordHash kept = TRY(state_->with_memory(
      [&] { return ledger::hash_password(chosen, state_->options.password_cost, state_->outside.entropy); }));
  const auto session = TRY(state_->enter());
  ledger::Transaction changing = TRY(session->ledger().begin(
      web_actor(visitor.account), own_act(verdict_on_own(visitor.account), "own password set")));
  TRY(ledger::set_password(changing, visitor.account.id, kept));
  // An invitation would set another one, for whoever holds it.
  static_cast<void>(TRY(ledger::end_tokens(changing, visitor.account.id)));
  static_cast<void>(TRY(changing.commit()));
  state_->sessions.end_all(visitor.account.id, token);
  return {};
}

Result<Visitor> SignIns::choose_purpose(const std::string& token, const PurposeChoice& choice) {
  const Visitor visitor = TRY(this->visitor(token));
  auto purpose = ledger::Purpose::unstated;
  if (!choice.code.empty()) {
    const auto named = ledger::purpose_named(choice.code);
    if (!named || *named == ledger::Purpose::unstated) {
      return Error{ErrorKind::bad_command, "purpose_unknown", "That is not a purpose", "code",
                   "Choose one of those shown"};
    }
    purpose = *named;
    if (is_blank(choice.reason)) {
      return Error{ErrorKind::bad_command, "reason_missing", "A purpose goes with a reason in your own words", "reason",
                   "Say in a sentence what it is for"};
    }
  }
  if (choice.reason.size() > k_reason_bytes_max) {
    return Error{ErrorKind::bad_command, "reason_too_long", "The reason is too long", "reason", "Say it more shortly"};
  }
  const std::string reason = choice.code.empty() ? std::string() : choice.reason;
  if (!state_->sessions.choose(token, purpose, reason)) return signed_out();
  return this->visitor(token);
}

Result<void> SignIns::sign_out(const std::string& token) {
  const auto visitor = this->visitor(token);
  state_->sessions.end(token);
  if (!visitor.ok()) return visitor.error();
  const ledger::Account& account = visitor.value().account;
  const auto session = TRY(state_->enter());
  static_cast<void>(TRY(session->ledger().note(web_actor(account), own_act(verdict_on_own(account), "signed out"))));
  return {};
}

Result<Report> SignIns::end_sessions(const Settings& asker, const std::string& name) {
  const auto session = TRY(Session::open(state_->outside, asker, "accounts"));
  const ledger::AgencyId owner = TRY(session->agency_of(name));
  const Permitted permitted = TRY(session->may({.operation = ledger::Operation::administration,
                                                .data_class = ledger::DataClass::accounts,
                                                .object = account_object(name, "sessions ended, invitations withdrawn"),
                                                .owner = owner}));
  const ledger::Account account = TRY(session->ledger().account(name));
  ledger::Transaction ending = TRY(session->ledger().begin(permitted.actor, permitted.act));
  const std::int64_t withdrawn = TRY(ledger::end_tokens(ending, account.id));
  const ledger::EntryRef entry = TRY(ending.commit());
  const std::int64_t ended = state_->sessions.end_all(account.id);
  Section section{.name = "sessions", .title = "Sessions of " + account.name, .facts = {}, .tables = {}, .notes = {}};
  section.facts = {{"ended", "Sessions ended", ended},
                   {"withdrawn", "Invitations withdrawn", withdrawn},
                   {"entry", "Entry in the log", entry.number}};
  return Report{.verb = "accounts", .sections = {std::move(section)}};
}

}  // namespace throughline::app
