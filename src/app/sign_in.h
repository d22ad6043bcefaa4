// Those signed in to one running server: who they are, for what they act, and when that ends.
//
// Sessions live in memory only. A restart signs everybody out, and an end is immediate: roles are read from the ledger
// with every request, so that a revoked role is gone with the next. A session's token is 32 random bytes, of which
// only the SHA-256 is kept; signing in and showing again who one is each give a new one, so that a token that somebody
// planted or saw before is worth nothing.
//
// Every sign-in, failed sign-in, sign-out, proof and change of a password is an entry. What a person typed as a name
// never is, unless an account has it: it may be a password in the wrong field.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/agency_sign_in.h"
#include "app/outside.h"
#include "app/refusal_notes.h"
#include "app/report.h"
#include "base/result.h"
#include "ledger/model.h"
#include "ledger/password.h"

namespace throughline::app {

struct SignInOptions {
  std::chrono::seconds idle = std::chrono::minutes(20);    // After so long without a request a session ends.
  std::chrono::seconds absolute = std::chrono::hours(10);  // After so long it ends whatever happens.
  std::chrono::seconds recent = std::chrono::minutes(10);  // For so long after a proof sensitive acts are open.
  std::vector<AgencyProvider> providers = {};
  std::string public_origin = "http://127.0.0.1:8321";  // Scheme, host and port as browsers see them.
  ledger::PasswordCost password_cost = {};
};

// One of the ways in that this server offers.
struct SignInWay {
  enum class Kind { link, password, agency };
  Kind kind = Kind::password;
  std::string name;   // The provider's short name; empty for the others.
  std::string title;  // For people.
};

// Who sends a request, as it stands now.
struct Visitor {
  ledger::Account account;  // With the roles that stand at this moment; at least one.
  bool has_password = false;
  bool is_recent = false;  // Whether who they are was shown within SignInOptions::recent.
  ledger::Purpose purpose = ledger::Purpose::unstated;
  std::string reason;  // In their own words; empty without a purpose.
  std::string csrf;    // What every request that changes something must bring along.
  std::chrono::seconds idle = std::chrono::seconds(0);
  base::Instant ends_at;  // By the machine's clock, whatever happens.

  // What verbs are called with on their behalf: account, purpose and reason; the rest as the server was started.
  [[nodiscard]] Settings settings(const Settings& of_server) const;
};

// A session as its last request found it.
struct SessionSeen {
  ledger::AccountId account;
  std::string csrf;
  bool may_collect = false;  // Whether one of its roles could bring data in.
};

// A session that has just begun, or goes on under a new token.
struct Started {
  std::string token;  // For the cookie: 43 letters of base64url. Known here and to the browser, to nobody else.
  Visitor visitor;
};

// `peer` is the address of the other end of the connection.
struct PasswordTry {
  std::string account;
  std::string password;
  std::string peer;
};
struct InvitationTry {
  std::string token;
  std::string password;
  std::string peer;
};
struct LinkTry {
  std::string token;
  std::string peer;
};
struct PurposeChoice {
  std::string code;  // Empty: none any more.
  std::string reason;
};

struct AgencyStarted {
  Started started;
  std::string return_to;  // A page of this site, checked when the sign-in began.
};

// Thread-safe. Every error below that a person meets is bad_command or refused, and its code is stable:
//   signed_out          no session of that token any more, or its account holds no role: sign in again (401)
//   sign_in_failed      wrong name, password, link or invitation: one answer to all of them (401)
//   sign_in_throttled   too many tries; the remedy says for how many seconds to wait (429)
//   sign_in_busy        more sign-ins at once than there is memory for (503)
//   no_password         the account has none to prove itself by: sign in again instead (409)
//   proof_needed        who they are was not shown lately (403)
//   password_too_short, password_too_long, password_common, password_is_name, password_not_text (400)
//   purpose_unknown, reason_missing, reason_too_long (400)
//   provider_unknown, agency_sign_in_failed, agency_unavailable (see agency_sign_in.h)
class SignIns {
 public:
  // The settings name the workspace and the account that started the server. Reads each provider's own description;
  // errors are those of agency_sign_in.h, so that a mistake shows at the start.
  [[nodiscard]] static base::Result<std::unique_ptr<SignIns>> open(const Outside& outside, const Settings& settings,
                                                                   SignInOptions options);
  SignIns(const SignIns&) = delete;
  SignIns& operator=(const SignIns&) = delete;
  ~SignIns();

  [[nodiscard]] std::vector<SignInWay> ways() const;
  // The address by which the account that started the server signs in once, within ten minutes. Ends earlier ones.
  [[nodiscard]] base::Result<std::string> make_link();

  [[nodiscard]] base::Result<Started> by_link(const LinkTry& given);
  [[nodiscard]] base::Result<Started> by_password(const PasswordTry& given);
  // Sets the password and signs in.
  [[nodiscard]] base::Result<Started> by_invitation(const InvitationTry& given);
  [[nodiscard]] base::Result<AgencyStart> agency_start(const AgencyAsk& ask);
  [[nodiscard]] base::Result<AgencyStarted> agency_finish(const AgencyReturn& given);

  // Counts as a request: puts the idle end off. Error "signed_out".
  [[nodiscard]] base::Result<Visitor> visitor(const std::string& token);
  // Whether the session goes on; no request, so that it puts nothing off. For a stream that outlives its request.
  [[nodiscard]] bool is_signed_in(const std::string& token) const;
  // What is known of a session without asking the ledger, which a thread of the network may not wait for: it is asked
  // in full once there is more to do. Nothing once the session has ended. No request either.
  [[nodiscard]] std::optional<SessionSeen> seen(const std::string& token) const;
  // Shows again who one is; the session goes on under the new token, and the old one is worth nothing.
  [[nodiscard]] base::Result<Started> prove(const std::string& token, const PasswordTry& given);
  // Other sessions of the account end, and its invitations and links are withdrawn. Error "proof_needed" (403) unless
  // the visitor is recent.
  [[nodiscard]] base::Result<void> change_password(const std::string& token, const std::string& password);
  [[nodiscard]] base::Result<Visitor> choose_purpose(const std::string& token, const PurposeChoice& choice);
  [[nodiscard]] base::Result<void> sign_out(const std::string& token);

  // Writes one entry for the failed sign-ins that have none of their own: where their minute is over, or, as at the
  // end, all.
  [[nodiscard]] base::Result<void> say_unsaid(TellUnsaid which);

  // Ends every session of the account of that name and withdraws its invitations and links, for an administrator who
  // may look after it (the settings say who asks). Error "refused".
  [[nodiscard]] base::Result<Report> end_sessions(const Settings& asker, const std::string& name);

 private:
  struct State;
  explicit SignIns(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// An invitation as it is handed over, once: only the hash of its token is kept.
struct Invitation {
  std::string account;
  std::string link;  // With the token in the fragment, which browsers do not send.
  base::Instant ends_at;
};

// Makes one, for 72 hours; ends earlier ones of the account. `origin` is where the server is seen. Errors: "refused",
// "account_unknown", "account_without_role".
[[nodiscard]] base::Result<Invitation> invite(const Outside& outside, const Settings& settings, const std::string& name,
                                              const std::string& origin);

}  // namespace throughline::app
