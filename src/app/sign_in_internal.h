// What the parts of SignIns share.
#pragma once

#include <memory>
#include <optional>
#include <semaphore>
#include <string>
#include <utility>

#include "app/agency_sign_in.h"
#include "app/session.h"
#include "app/sign_in.h"
#include "app/sign_in_throttle.h"
#include "app/web_session.h"
#include "ledger/credentials.h"
#include "ledger/permission.h"

namespace throughline::app {

// Each takes a quarter of a gigabyte.
inline constexpr std::ptrdiff_t k_password_checks_max = 2;
inline constexpr std::chrono::seconds k_password_check_patience{5};
// What entries say of the login of whoever came by a browser.
inline constexpr const char* k_web_login = "web";

[[nodiscard]] base::Error signed_out();
// One answer to every wrong name, password, link and invitation.
[[nodiscard]] base::Error sign_in_failed();
[[nodiscard]] base::Error sign_in_busy();

[[nodiscard]] ledger::Actor web_actor(const ledger::Account& account);
[[nodiscard]] ledger::Act own_act(const ledger::PermissionVerdict& verdict, std::string object);
// What the permission function says of an account's act on its own session or password.
[[nodiscard]] ledger::PermissionVerdict verdict_on_own(const ledger::Account& account);
[[nodiscard]] base::Result<std::optional<ledger::Account>> account_of(ledger::Ledger& ledger, ledger::AccountId id);
// Whether one of the account's roles could bring anything in.
[[nodiscard]] bool may_collect(const ledger::Account& account);
// By its short name in either case of letters; two accounts never differ in that alone.
[[nodiscard]] base::Result<std::optional<ledger::Account>> account_named(ledger::Ledger& ledger,
                                                                         const std::string& name);

struct SignIns::State {
  State(const Outside& outside_, Settings settings_, SignInOptions options_)
      : outside(outside_),
        settings(std::move(settings_)),
        options(std::move(options_)),
        sessions({.idle = options.idle, .absolute = options.absolute}, outside.clock, outside.entropy) {}

  Outside outside;
  Settings settings;
  SignInOptions options;
  WebSessions sessions;
  SignInThrottle throttle;
  NoteBudget budget;
  std::counting_semaphore<k_password_checks_max> password_checks{k_password_checks_max};
  ledger::PasswordHash nobodys_password;  // Checked where there is none, so that the answer takes as long.
  std::unique_ptr<AgencyDoor> agencies;

  // The ledger, as the account that started the server; what is written names its own actor.
  [[nodiscard]] base::Result<std::unique_ptr<Session>> enter() { return Session::open(outside, settings, "serve"); }

  // An entry of its own, or its part in one.
  [[nodiscard]] base::Result<void> note_failure(ledger::Ledger& ledger, const std::optional<ledger::Account>& account,
                                                ledger::RuleId rule, const std::string& cause = {});
  [[nodiscard]] base::Result<void> say_unsaid(ledger::Ledger& ledger, std::int64_t unsaid);
  // The entry first, then the one answer.
  [[nodiscard]] base::Error failed(const std::optional<ledger::Account>& account);
  // Error "sign_in_throttled". Counts a try as failed until it succeeds.
  [[nodiscard]] base::Result<void> wait_turn(const SignInThrottle::Who& who);
  // Runs what takes the memory of one password, when there is memory for it.
  template <class Work>
  [[nodiscard]] auto with_memory(const Work& work) -> decltype(work()) {
    if (!password_checks.try_acquire_for(k_password_check_patience)) return sign_in_busy();
    auto result = work();
    password_checks.release();
    return result;
  }
  // Takes as long whether there is a password or not.
  [[nodiscard]] base::Result<bool> has_shown(const std::optional<ledger::PasswordHash>& kept, const std::string& typed);

  [[nodiscard]] base::Result<Visitor> visitor_of(ledger::Ledger& ledger, const WebSessions::Begun& of);
  [[nodiscard]] base::Result<Started> started(ledger::Ledger& ledger, const ledger::Account& account);
  [[nodiscard]] base::Result<Visitor> living(ledger::Ledger& ledger, const std::string& token);
};

}  // namespace throughline::app
