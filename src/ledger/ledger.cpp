#include "ledger/ledger.h"

#include <algorithm>

#include "base/check.h"
#include "base/sha256.h"
#include "ledger/permission.h"
#include "store/fault_points.h"

namespace throughline::ledger {

using base::Result;

Transaction::Transaction(Ledger& ledger, Actor actor, Act act)
    : ledger_(&ledger), actor_(std::move(actor)), act_(std::move(act)), permit_(make_permit()) {}

Transaction::Transaction(Transaction&& other) noexcept
    : ledger_(other.ledger_),
      actor_(std::move(other.actor_)),
      act_(std::move(other.act_)),
      entry_(other.entry_),
      machine_clock_(other.machine_clock_),
      permit_(std::move(other.permit_)),
      is_open_(std::exchange(other.is_open_, false)),
      turn_(std::move(other.turn_)) {}

Transaction::~Transaction() {
  if (is_open_) ledger_->sqlite().rollback(*permit_);
}

std::unique_ptr<store::WritePermit> Transaction::make_permit() {
  return std::unique_ptr<store::WritePermit>(new store::WritePermit());
}

store::Sqlite& Transaction::sqlite() const {
  return ledger_->sqlite();
}

Result<void> Transaction::start() {
  TRY(check_size(payload()));
  // A second transaction of the same ledger is refused below; waiting for its own turn, it would wait for ever.
  if (!sqlite().in_transaction()) turn_ = std::unique_lock(ledger_->workspace_->ledger_turn());
  TRY(sqlite().begin(*permit_));
  is_open_ = true;
  AuditLog& log = ledger_->log();
  TRY(log.check_kept_head());
  machine_clock_ = ledger_->clock_->now();
  entry_.number = TRY(log.size());
  // A clock that jumped back must not reorder what was known when.
  const auto last = TRY(log.last_time());
  entry_.at = last ? std::max(*last, machine_clock_) : machine_clock_;
  return {};
}

Result<EntryRef> Transaction::commit() {
  CHECK(is_open_);
  Entry entry{.number = entry_.number,
              .at = entry_.at,
              .machine_clock = machine_clock_,
              .account = actor_.account,
              .agency = actor_.agency,
              .role = actor_.role,
              .operation = act_.operation,
              .purpose = act_.purpose,
              .gateway = act_.gateway,
              .decision = act_.decision,
              .rule = act_.rule,
              .policy_version = k_policy_version,
              .has_payload = false,
              .payload_hash = {}};
  const Payload hidden = payload();
  TRY(check_size(hidden));
  Bytes sealed;
  if (!hidden.is_empty()) {
    const PayloadKey key = new_payload_key(*ledger_->entropy_);
    // The key first: a key without an entry harms nobody, an entry without its key would be lost.
    TRY(ledger_->keyring_.keep(*permit_, entry.number, key));
    sealed = seal(encode(hidden), key, entry.number, *ledger_->entropy_);
    entry.has_payload = true;
    entry.payload_hash = base::hash_bytes(sealed);
  }
  const std::string head = TRY(ledger_->log().append(*permit_, entry, sealed));
  TRY(sqlite().commit(*permit_));
  is_open_ = false;
  FAULT_POINT("ledger.before_head_is_kept");
  const auto kept = ledger_->keyring_.keep_head(head);
  turn_.unlock();
  if (kept.ok()) return entry_;
  return base::Error{base::ErrorKind::world, "head_not_kept",
                     "Entry " + std::to_string(entry_.number) +
                         " was written, but its signed head could not be kept with the keys: " + kept.error().what,
                     kept.error().where, "Put this right first; the next entry keeps the head again"};
}

Ledger::Ledger(store::Workspace& workspace, base::Clock& clock, base::Entropy& entropy, Keyring keyring)
    : workspace_(&workspace), clock_(&clock), entropy_(&entropy), keyring_(std::move(keyring)) {
  log_ = std::make_unique<AuditLog>(workspace_->ledger_store(), keyring_);
}

Result<std::unique_ptr<Ledger>> Ledger::create(store::Workspace& workspace, base::Clock& clock, base::Entropy& entropy,
                                               const Founding& founding) {
  const auto& folder = workspace.paths().keys;
  if (TRY(is_founded(workspace))) {
    return base::Error{base::ErrorKind::bad_command, "workspace_founded", "This workspace was founded before",
                       workspace.paths().root.string(), "Name a folder that does not exist yet with --workspace"};
  }
  const auto permit = Transaction::make_permit();
  // A founding that was killed after the keys were made goes on with them.
  Keyring keyring =
      Keyring::exists(folder) ? TRY(Keyring::open(folder)) : TRY(Keyring::create(folder, *permit, entropy));
  if (!TRY(keyring.kept_head()).empty()) {
    return base::Error{base::ErrorKind::bad_command, "keys_in_use", "This directory holds the keys of another log",
                       folder.string(), "Name another with --keys, or move it away"};
  }
  std::unique_ptr<Ledger> ledger(new Ledger(workspace, clock, entropy, std::move(keyring)));
  const Actor founder{
      .account = AccountId(1), .agency = AgencyId(1), .role = Role::administrator, .login = founding.login};
  const PermissionVerdict permission = allow({.role = Role::administrator,
                                              .operation = Operation::administration,
                                              .data_class = DataClass::accounts,
                                              .purpose = Purpose::operate});
  Transaction transaction = TRY(ledger->begin(founder, {.operation = Operation::administration,
                                                        .purpose = Purpose::operate,
                                                        .decision = permission.decision,
                                                        .rule = permission.rule,
                                                        .object = "workspace founded",
                                                        .reason = {},
                                                        .recipients = {}}));
  TRY(ledger->add_account(transaction, founding));
  for (const Role role : {Role::administrator, Role::analyst, Role::auditor}) {
    TRY(ledger->grant(transaction, AccountId(1), role));
  }
  static_cast<void>(TRY(transaction.commit()));
  return ledger;
}

Result<std::unique_ptr<Ledger>> Ledger::open(store::Workspace& workspace, base::Clock& clock, base::Entropy& entropy) {
  Keyring keyring = TRY(Keyring::open(workspace.paths().keys));
  auto erased = TRY(workspace.ledger_store().read("SELECT entry FROM destroyed_key ORDER BY entry"));
  while (TRY(erased.step_row())) {
    const bool is_back = TRY(keyring.find(erased.integer(0))).has_value();
    if (is_back) TRY(keyring.destroy(*Transaction::make_permit(), erased.integer(0)));
  }
  return std::unique_ptr<Ledger>(new Ledger(workspace, clock, entropy, std::move(keyring)));
}

Result<std::unique_ptr<Ledger>> Ledger::open_another(store::Workspace& workspace, base::Clock& clock,
                                                     base::Entropy& entropy) {
  Keyring keyring = TRY(Keyring::open(workspace.paths().keys));
  std::unique_ptr<Ledger> ledger(new Ledger(workspace, clock, entropy, std::move(keyring)));
  ledger->own_.emplace(TRY(workspace.connect_ledger()));
  ledger->log_ = std::make_unique<AuditLog>(*ledger->own_, ledger->keyring_);
  return ledger;
}

Result<bool> Ledger::is_founded(store::Workspace& workspace) {
  auto any = TRY(workspace.ledger_store().read("SELECT 1 FROM entry LIMIT 1"));
  return TRY(any.step_row());
}

Result<Transaction> Ledger::begin(const Actor& actor, Act act) {
  Transaction transaction(*this, actor, std::move(act));
  TRY(transaction.start());
  return transaction;
}

Result<EntryRef> Ledger::note(const Actor& actor, Act act) {
  Transaction transaction = TRY(begin(actor, std::move(act)));
  return transaction.commit();
}

}  // namespace throughline::ledger
