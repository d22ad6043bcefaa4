// A workspace opened for one person's act: the stores, the ledger, and the one permission question that every verb
// asks.
//
// A workspace's first session finishes or abandons what an earlier process left half-way (the batch protocol). A
// refusal is noted in the log before it is told.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/host.h"
#include "app/outside.h"
#include "app/refusal_notes.h"
#include "base/result.h"
#include "ledger/batch.h"
#include "ledger/ledger.h"
#include "ledger/permission.h"
#include "store/workspace.h"

namespace throughline::app {

// What a verb is about to do, and to what.
struct Wanted {
  ledger::Operation operation = ledger::Operation::consultation;
  ledger::DataClass data_class = ledger::DataClass::published;
  std::string object{};  // "extract 3f9a0c12ab345678"; never a personal value.
  ledger::Gateway gateway = ledger::Gateway::none;
  std::optional<ledger::AgencyId> owner{};   // Whose it is; nothing where nothing is named yet, as for a list.
  std::optional<ledger::AccountId> maker{};  // Of own work, which is an account's and not an agency's: who began it.
};

// A permission: who acts in which role, and what the entry will say.
struct Permitted {
  ledger::Actor actor;
  ledger::Act act;
};

// How a store is opened for a verb, with every step of its schema.
[[nodiscard]] store::Opening opening_of(const Outside& outside, const Settings& settings, const std::string& verb);

// A login as the short name of an account: lower-case letters, digits, '-', '_' and '.', anything else a '-'.
[[nodiscard]] std::string account_name_of(const std::string& login);

class Session {
 public:
  // Enters the host's workspace, or opens it, and finds the account that acts: the one named; else the one whose name
  // is made of the login; else, where there is only one, that one. Errors: those of Host::open; "account_unknown";
  // "purpose_unknown" with the nearest; "batch_damage".
  [[nodiscard]] static base::Result<std::unique_ptr<Session>> open(const Outside& outside, const Settings& settings,
                                                                   const std::string& verb,
                                                                   Access access = Access::reading);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  [[nodiscard]] store::Workspace& workspace() { return host_->workspace(); }
  [[nodiscard]] ledger::Ledger& ledger() { return place_->ledger(); }
  [[nodiscard]] const ledger::Account& account() const { return account_; }
  [[nodiscard]] const Settings& settings() const { return settings_; }
  [[nodiscard]] ledger::Purpose purpose() const { return purpose_; }
  [[nodiscard]] base::Result<store::DuckConnection> connect();
  // The published extracts that can be seen at that day's end, or now, to be counted over that connection, which must
  // outlive it.
  [[nodiscard]] base::Result<evidence::World> world(store::DuckConnection& connection, std::optional<base::Date> as_of);
  // The links of the last run at the settings' as-of date, as the host keeps them.
  [[nodiscard]] base::Result<std::shared_ptr<const KeptLinks>> links();
  // What opening finished or abandoned, a sentence each; opening notes them on the progress too.
  [[nodiscard]] const std::vector<std::string>& recovered() const { return recovered_; }

  // The account's first role that a rule allows. Otherwise the Error "refused" (exit 3) with the rule's sentence and
  // what to do, and an entry that says so, or its part in one: see refusal_notes.h.
  [[nodiscard]] base::Result<Permitted> may(const Wanted& wanted);
  // What may() would decide for one of the account's roles; nothing is written, and nothing may be shown by it that
  // may() or look() was not asked for.
  [[nodiscard]] ledger::PermissionVerdict would(const Wanted& wanted, ledger::Role role) const;
  // Whether the account's agency brought the extract in, or it is published: what lists may say more of.
  [[nodiscard]] bool is_open(const ledger::RegisteredExtract& extract) const;
  // The agency of the account of that name; of an unknown one number 0, which is nobody's, so that a refusal does not
  // tell which names there are.
  [[nodiscard]] base::Result<ledger::AgencyId> agency_of(const std::string& account);
  // What is wanted by whoever asks about an extract as a whole, its file and its rejections, which hold no value.
  [[nodiscard]] Wanted telling_of(const ledger::RegisteredExtract& extract, std::string object) const;
  // What is wanted by whoever asks for its rows.
  [[nodiscard]] static Wanted reading(const ledger::RegisteredExtract& extract, std::string object);
  // may(), and for personal or sensitive data and for the log an entry, before anything is shown.
  [[nodiscard]] base::Result<void> look(const Wanted& wanted);

  // The whole registry for a list. That another agency holds an extract, of what and of how many rows, is shown to all,
  // so that nobody takes a month for missing; the name of its file, which may name a person, is left out.
  [[nodiscard]] base::Result<std::vector<ledger::RegisteredExtract>> listed();
  // The extracts that can be seen at the settings' as-of date, by number.
  [[nodiscard]] base::Result<std::vector<ledger::RegisteredExtract>> visible();
  // The extract of that name (the first digits of its content hash, or its number), seen or superseded. Errors
  // "extract_unknown" with the nearest, "extract_ambiguous".
  [[nodiscard]] base::Result<ledger::RegisteredExtract> extract(const std::string& name);

 private:
  Session(const Outside& outside, Settings settings) : outside_(outside), settings_(std::move(settings)) {}
  [[nodiscard]] base::Result<void> find_account();
  [[nodiscard]] base::Result<void> note_refusal(const ledger::Actor& actor, const ledger::Act& act);
  [[nodiscard]] base::Result<void> say_unsaid(std::optional<RefusalNotes::Time> now);
  friend base::Result<void> say_unsaid_refusals(const Outside& outside, const Settings& settings, TellUnsaid which);
  [[nodiscard]] base::Result<void> recover();
  [[nodiscard]] base::Result<void> finish_erasures(const ledger::Actor& actor);
  Outside outside_;
  Settings settings_;
  std::unique_ptr<Host> own_host_;  // Where none was handed down.
  Host* host_ = nullptr;
  std::unique_ptr<Host::Place> place_;
  ledger::Account account_;
  ledger::Purpose purpose_ = ledger::Purpose::unstated;
  std::vector<std::string> recovered_;
};

// For whoever holds a workspace for long: writes one entry for each account whose refusals have waited for one, those
// that are due or, as at the end, all. Costs nothing where there are none.
[[nodiscard]] base::Result<void> say_unsaid_refusals(const Outside& outside, const Settings& settings,
                                                     TellUnsaid which);

}  // namespace throughline::app
