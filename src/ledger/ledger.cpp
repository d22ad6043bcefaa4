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
      is_open_(std::exchange(other.is_open_, false)) {}

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
  TRY(sqlite().begin(*permit_));
  is_open_ = true;
  AuditLog& log = ledger_->log();
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
  const Payload payload{act_.object, act_.reason, actor_.login, act_.recipients};
  Bytes sealed;
  if (!payload.is_empty()) {
    const PayloadKey key = new_payload_key(*ledger_->entropy_);
    // The key first: a key without an entry harms nobody, an entry without its key would be lost.
    TRY(ledger_->keyring_.keep(*permit_, entry.number, key));
    sealed = seal(encode(payload), key, entry.number, *ledger_->entropy_);
    entry.has_payload = true;
    entry.payload_hash = base::hash_bytes(sealed);
  }
  const std::string head = TRY(ledger_->log().append(*permit_, entry, sealed));
  TRY(sqlite().commit(*permit_));
  is_open_ = false;
  FAULT_POINT("ledger.before_head_is_kept");
  TRY(ledger_->keyring_.keep_head(head));
  return entry_;
}

Ledger::Ledger(store::Workspace& workspace, base::Clock& clock, base::Entropy& entropy, Keyring keyring)
    : workspace_(&workspace), clock_(&clock), entropy_(&entropy), keyring_(std::move(keyring)) {
  log_ = std::make_unique<AuditLog>(workspace_->ledger_store(), keyring_);
}

Result<std::unique_ptr<Ledger>> Ledger::create(store::Workspace& workspace, base::Clock& clock, base::Entropy& entropy,
                                               const Founding& founding) {
  const auto permit = Transaction::make_permit();
  const auto& folder = workspace.paths().keys;
  // A founding that was killed after the keys were made goes on with them.
  Keyring keyring =
      Keyring::exists(folder) ? TRY(Keyring::open(folder)) : TRY(Keyring::create(folder, *permit, entropy));
  std::unique_ptr<Ledger> ledger(new Ledger(workspace, clock, entropy, std::move(keyring)));
  const Actor founder{
      .account = AccountId(1), .agency = AgencyId(1), .role = Role::administrator, .login = founding.account};
  Transaction transaction = TRY(ledger->begin(founder, {.operation = Operation::administration,
                                                        .purpose = Purpose::operate,
                                                        .rule = 103,
                                                        .object = "workspace founded",
                                                        .reason = {},
                                                        .recipients = {}}));
  TRY(ledger->add_account(transaction, founding));
  for (const Role role : {Role::administrator, Role::analyst, Role::auditor}) {
    TRY(ledger->grant(transaction, AccountId(1), role));
  }
  TRY(transaction.commit());
  return ledger;
}

Result<std::unique_ptr<Ledger>> Ledger::open(store::Workspace& workspace, base::Clock& clock, base::Entropy& entropy) {
  Keyring keyring = TRY(Keyring::open(workspace.paths().keys));
  return std::unique_ptr<Ledger>(new Ledger(workspace, clock, entropy, std::move(keyring)));
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
