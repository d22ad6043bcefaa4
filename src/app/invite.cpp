// Making an invitation, by which somebody sets their password and signs in for the first time.

#include "app/account_object.h"
#include "app/secret_token.h"
#include "app/session.h"
#include "app/sign_in.h"
#include "ledger/credentials.h"

namespace throughline::app {

namespace {

constexpr std::chrono::microseconds k_invitation_time = std::chrono::hours(72);

}  // namespace

base::Result<Invitation> invite(const Outside& outside, const Settings& settings, const std::string& name,
                                const std::string& origin) {
  const auto session = TRY(Session::open(outside, settings, "accounts"));
  const ledger::AgencyId owner = TRY(session->agency_of(name));
  const Permitted permitted = TRY(session->may({.operation = ledger::Operation::administration,
                                                .data_class = ledger::DataClass::accounts,
                                                .object = account_object(name, "invite"),
                                                .owner = owner}));
  const ledger::Account account = TRY(session->ledger().account(name));
  if (account.roles.empty()) {
    return base::Error{base::ErrorKind::bad_command, "account_without_role",
                       "The account " + account.name + " holds no role, so it could not sign in", "",
                       "Grant it one first"};
  }
  ledger::Transaction inviting = TRY(session->ledger().begin(permitted.actor, permitted.act));
  const std::string token = new_token(outside.entropy);
  const base::Instant ends_at{inviting.entry().at.microseconds + k_invitation_time.count()};
  TRY(ledger::keep_token(inviting, {.account = account.id,
                                    .kind = ledger::TokenKind::invitation,
                                    .hash = hash_of_token(token),
                                    .ends_at = ends_at}));
  static_cast<void>(TRY(inviting.commit()));
  return Invitation{.account = account.name, .link = origin + "/sign-in#invitation=" + token, .ends_at = ends_at};
}

}  // namespace throughline::app
