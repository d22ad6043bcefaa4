// The ledger: the system of record for decisions, and the only maker of write permits.
//
// A Transaction is opened for one Act by one Actor; its commit appends exactly one entry to the audit log in the same
// SQLite transaction as the writes it covers, so that neither can be there without the other.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "ledger/audit_log.h"
#include "ledger/model.h"
#include "store/workspace.h"
#include "store/write_permit.h"

namespace throughline::ledger {

class Ledger;

struct EntryRef {
  std::int64_t number = 0;
  base::Instant at;
};

class Transaction {
 public:
  Transaction(Transaction&&) noexcept;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  Transaction& operator=(Transaction&&) = delete;
  // Rolls back unless committed.
  ~Transaction();

  // Valid while this lives.
  [[nodiscard]] const store::WritePermit& permit() const { return *permit_; }
  [[nodiscard]] store::Sqlite& sqlite() const;
  // The number and time that the entry will have. The time is the machine's, or that of the entry before where the
  // machine's clock jumped back; the entry keeps both.
  [[nodiscard]] EntryRef entry() const { return entry_; }
  // Changes what the entry will say it is about, when that is known only after the work.
  void set_object(std::string object) { act_.object = std::move(object); }
  // Errors: "text_too_long"; those of the stores. "head_not_kept" alone says that the entry was written all the same.
  // Adds to it, parted by a semicolon.
  void add_to_object(const std::string& more) { act_.object += (act_.object.empty() ? "" : "; ") + more; }
  [[nodiscard]] base::Result<EntryRef> commit();

 private:
  friend class Ledger;
  Transaction(Ledger& ledger, Actor actor, Act act);
  // The one place in the program where a permit comes to be.
  [[nodiscard]] static std::unique_ptr<store::WritePermit> make_permit();
  [[nodiscard]] base::Result<void> start();
  [[nodiscard]] Payload payload() const { return {act_.object, act_.reason, actor_.login, act_.recipients}; }
  Ledger* ledger_;
  Actor actor_;
  Act act_;
  EntryRef entry_;
  base::Instant machine_clock_;
  std::unique_ptr<store::WritePermit> permit_;
  bool is_open_ = false;
  // Two threads with a ledger each write one after the other, head and all.
  std::unique_lock<std::mutex> turn_;
};

// Who founds a workspace.
struct Founding {
  std::string agency;
  std::string account;
  std::string person_name;
  std::string login = {};  // The operating system's name for whoever acts; kept sealed in the first entry.
};

class Ledger {
 public:
  // Makes keys, the first account, which is administrator, analyst and auditor, and the first entry. Goes on with what
  // a founding that was killed left. Workspace, clock and entropy must outlive the ledger. Errors: "workspace_founded"
  // when it has entries already; "keys_in_use" when the keys are another log's.
  [[nodiscard]] static base::Result<std::unique_ptr<Ledger>> create(store::Workspace& workspace, base::Clock& clock,
                                                                    base::Entropy& entropy, const Founding& founding);
  // Whether create() was finished: there is an entry.
  [[nodiscard]] static base::Result<bool> is_founded(store::Workspace& workspace);
  // Destroys again the keys of erased payloads that a restored copy of the keys brought back.
  [[nodiscard]] static base::Result<std::unique_ptr<Ledger>> open(store::Workspace& workspace, base::Clock& clock,
                                                                  base::Entropy& entropy);
  // One more ledger of a workspace that has one, with connections of its own: each is for one thread at a time.
  [[nodiscard]] static base::Result<std::unique_ptr<Ledger>> open_another(store::Workspace& workspace,
                                                                          base::Clock& clock, base::Entropy& entropy);
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  // Errors: "text_too_long"; "history_rewritten" when the log does not continue the head kept with the keys.
  [[nodiscard]] base::Result<Transaction> begin(const Actor& actor, Act act);
  // An entry alone: a look, a refusal.
  [[nodiscard]] base::Result<EntryRef> note(const Actor& actor, Act act);

  [[nodiscard]] AuditLog& log() { return *log_; }
  [[nodiscard]] Keyring& keyring() { return keyring_; }
  [[nodiscard]] store::Sqlite& sqlite() { return own_ ? *own_ : workspace_->ledger_store(); }
  [[nodiscard]] store::Workspace& workspace() { return *workspace_; }
  [[nodiscard]] base::Clock& clock() { return *clock_; }

  // Every agency that has or had an account, by its number.
  [[nodiscard]] base::Result<std::map<AgencyId, std::string>> agencies();
  // Accounts, by name. Error "account_unknown" offers the nearest.
  [[nodiscard]] base::Result<std::vector<Account>> accounts();
  [[nodiscard]] base::Result<Account> account(const std::string& name);
  // Errors: "account_name" for one that is not short letters and digits; "account_taken", whatever the case of letters.
  [[nodiscard]] base::Result<void> add_account(Transaction& transaction, const Founding& account);
  // Error "role_held".
  [[nodiscard]] base::Result<void> grant(Transaction& transaction, AccountId account, Role role);
  // Errors: "role_not_held"; "last_administrator" when nobody would be left to look after accounts.
  [[nodiscard]] base::Result<void> revoke(Transaction& transaction, AccountId account, Role role);

 private:
  friend class Transaction;
  Ledger(store::Workspace& workspace, base::Clock& clock, base::Entropy& entropy, Keyring keyring);
  store::Workspace* workspace_;
  std::optional<store::Sqlite> own_;  // Nothing for the ledger that uses the workspace's own connection.
  base::Clock* clock_;
  base::Entropy* entropy_;
  Keyring keyring_;
  std::unique_ptr<AuditLog> log_;
};

}  // namespace throughline::ledger
