// Signing in through an agency's provider: whose account it is, and whether the provider may vouch for it.

#include "app/sign_in.h"
#include "app/sign_in_internal.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

// Nobody outside learns whether it was the account, its agency or its bound name that did not fit.
Error agency_sign_in_failed() {
  return {ErrorKind::refused, "agency_sign_in_failed", "Your agency's sign-in did not open an account here", "",
          "Ask an administrator of your agency: the account must exist here under the name by which you sign in there, "
          "belong to that person, and be invited before its first sign-in"};
}

Error agency_unavailable() {
  return {ErrorKind::world, "agency_unavailable", "Your agency's sign-in cannot be reached from here", "",
          "Try again in a minute; a password, where you have one, works meanwhile"};
}

// The account that the provider may open: bound to this person before, or of its agency, by name, and bound to nobody.
Result<std::optional<ledger::Account>> account_for(ledger::Ledger& ledger, const AgencyPerson& person) {
  const auto none = std::optional<ledger::Account>();
  const auto bound = TRY(ledger::account_bound_to(ledger, {.issuer = person.issuer, .subject = person.subject}));
  auto account = bound ? TRY(account_of(ledger, *bound)) : TRY(account_named(ledger, person.account_name));
  if (!account || account->agency_name != person.agency) return none;
  if (bound) return account;
  // Another person of the provider had this name before.
  if (TRY(ledger::subject_bound_to(ledger, account->id, person.issuer))) return none;
  return account;
}

// In one transaction, so that an invitation is spent where the account was opened by it and nowhere else. Error
// "not_invited".
Result<void> sign_in_and_bind(ledger::Ledger& ledger, const ledger::Account& account, const AgencyPerson& person,
                              const ledger::Act& act) {
  const bool is_first = !TRY(ledger::subject_bound_to(ledger, account.id, person.issuer)).has_value();
  ledger::Transaction signing = TRY(ledger.begin(web_actor(account), act));
  if (is_first && person.first_sign_in == FirstSignIn::by_invitation) {
    TRY(ledger::spend_invitation_of(signing, account.id));
  }
  if (is_first) {
    TRY(ledger::bind_identity(signing, account.id, {.issuer = person.issuer, .subject = person.subject}));
  }
  static_cast<void>(TRY(signing.commit()));
  return {};
}

}  // namespace

Result<AgencyStart> SignIns::agency_start(const AgencyAsk& ask) {
  return state_->agencies->start(ask);
}

Result<AgencyStarted> SignIns::agency_finish(const AgencyReturn& given) {
  const auto person = state_->agencies->finish(given);
  const auto session = TRY(state_->enter());
  ledger::Ledger& ledger = session->ledger();
  if (!person.ok()) {
    // The log says what did not fit; whoever asks does not hear it.
    TRY(state_->note_failure(ledger, {}, ledger::k_rule_sign_in_failed, person.error().code));
    return person.error().kind == ErrorKind::world ? agency_unavailable() : agency_sign_in_failed();
  }
  const AgencyPerson& vouched = person.value();
  const auto account = TRY(account_for(ledger, vouched));
  const auto verdict = account ? verdict_on_own(*account) : ledger::PermissionVerdict();
  if (verdict.decision == ledger::Decision::deny) {
    TRY(state_->note_failure(ledger, account, ledger::k_rule_sign_in_failed));
    return agency_sign_in_failed();
  }
  const bool is_first = !TRY(ledger::subject_bound_to(ledger, account->id, vouched.issuer)).has_value();
  const std::string object =
      "signed in through " + vouched.provider + (is_first ? ", whose name for this person is bound now" : "");
  const Result<void> signed_in = sign_in_and_bind(ledger, *account, vouched, own_act(verdict, object));
  if (!signed_in.ok()) {
    if (signed_in.error().code != "not_invited") return signed_in.error();
    TRY(state_->note_failure(ledger, account, ledger::k_rule_sign_in_failed, "agency_not_invited"));
    return agency_sign_in_failed();
  }
  AgencyStarted done{.started = TRY(state_->started(ledger, *account)), .return_to = vouched.return_to};
  return done;
}

}  // namespace throughline::app
