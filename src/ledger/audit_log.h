// The audit log: entries as leaves of an RFC 6962 tree in ledger.sqlite, signed at every commit, proved on demand.
//
// Source: RFC 6962 (2013), section 2; C2SP tlog-checkpoint. Cost: an append or a proof reads O(log n) nodes; verify
// reads everything once. What it cannot tell: whether somebody who holds the signing key, the log and the kept head
// rewrote all three; only a checkpoint that left the machine earlier shows that.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/checkpoint.h"
#include "ledger/entry.h"
#include "ledger/keyring.h"
#include "ledger/merkle.h"
#include "store/sqlite.h"

namespace throughline::ledger {

// Unreadable: its key is not in the keyring, or does not open it.
enum class PayloadState { none, sealed_open, destroyed, unreadable };

// An entry as an auditor sees it.
struct ShownEntry {
  Entry entry;
  PayloadState payload_state = PayloadState::none;
  Payload payload;  // Only when the state is sealed_open.
};

// Which entries are wanted: so many at most.
struct EntryChoice {
  std::int64_t count = 20;
  std::optional<std::int64_t> before = {};  // Only entries with a lower number.
  std::optional<AgencyId> agency = {};      // Only entries of accounts of that agency.
};

// What verify found. `first_bad` is the number of the first entry that the log does not bear out: one that is missing,
// altered, or under a node that does not fit; -1 when every entry fits the others and only a signed head does not.
struct Verdict {
  bool is_sound = false;
  std::int64_t entries = 0;
  std::int64_t destroyed_payloads = 0;
  std::int64_t first_bad = -1;
  std::string what;  // What is wrong, in a sentence without personal values; empty when sound.
  std::string checkpoint;
};

struct InclusionProof {
  InclusionClaim claim;
  Bytes leaf;  // The entry's bytes, whose hash the claim is about.
  std::vector<base::Hash> path;
  std::string checkpoint;  // The signed head whose root the path leads to.
};

struct ConsistencyProof {
  ConsistencyClaim claim;
  std::vector<base::Hash> path;
};

class AuditLog {
 public:
  // Both must outlive this.
  AuditLog(store::Sqlite& sqlite, Keyring& keyring) : sqlite_(&sqlite), keyring_(&keyring) {}

  [[nodiscard]] base::Result<std::int64_t> size();
  // The time of the newest entry; nothing in an empty log.
  [[nodiscard]] base::Result<std::optional<base::Instant>> last_time();
  // The newest signed head.
  [[nodiscard]] base::Result<std::string> checkpoint();
  // Error "history_rewritten" when the log does not continue the head kept with the keys. Asked before every append, so
  // that no later head covers up what happened.
  [[nodiscard]] base::Result<void> check_kept_head();
  // Error "entry_unknown" (bad command) with how many there are.
  [[nodiscard]] base::Result<ShownEntry> entry(std::int64_t number);
  // The newest of those, newest first.
  [[nodiscard]] base::Result<std::vector<ShownEntry>> newest(const EntryChoice& choice);

  // Reads every entry and node again. `each` is called before each entry with its number, for progress; its error ends
  // the work.
  [[nodiscard]] base::Result<Verdict> verify(const std::function<base::Result<void>(std::int64_t)>& each);
  // Errors: "entry_unknown"; "log_does_not_prove" (damaged) when the path does not lead to the signed head.
  [[nodiscard]] base::Result<InclusionProof> prove_entry(std::int64_t number);
  // Errors: those of read_checkpoint; "history_rewritten" (damaged) when the log does not continue the checkpoint.
  [[nodiscard]] base::Result<ConsistencyProof> prove_since(const std::string& checkpoint);

  // Appends within an open SQLite transaction: leaf, nodes, signed head. For ledger::Transaction alone, as the permit
  // shows.
  [[nodiscard]] base::Result<std::string> append(const store::WritePermit& permit, const Entry& entry,
                                                 const Bytes& sealed);
  // Destroys a payload's key at once, and within the open SQLite transaction marks it as destroyed and removes what was
  // sealed under it. A transaction that is rolled back afterwards leaves an unreadable payload: carry the order out
  // again. REQUIRES: an act of erasure, and `at` the time of its entry; verify() looks for that entry.
  [[nodiscard]] base::Result<void> forget_payload(const store::WritePermit& permit, std::int64_t number,
                                                  base::Instant at);

 private:
  [[nodiscard]] base::Result<base::Hash> node(NodeAddress address);
  [[nodiscard]] NodeReader reader();
  [[nodiscard]] base::Result<ShownEntry> shown(std::span<const std::byte> leaf, std::span<const std::byte> sealed);
  store::Sqlite* sqlite_;
  Keyring* keyring_;
};

}  // namespace throughline::ledger
