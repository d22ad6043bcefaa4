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

enum class PayloadState { none, sealed_open, destroyed, unreadable };

// An entry as an auditor sees it.
struct ShownEntry {
  Entry entry;
  PayloadState payload_state = PayloadState::none;
  Payload payload;  // Only when the state is sealed_open.
};

// What verify found. `first_bad` is the number of the first entry that does not fit; -1 when the fault is not in one
// entry.
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
  // Error "entry_unknown" (bad command) with how many there are.
  [[nodiscard]] base::Result<ShownEntry> entry(std::int64_t number);
  // The newest, newest first.
  [[nodiscard]] base::Result<std::vector<ShownEntry>> newest(std::int64_t count);

  // Reads every entry and node again. Called with each entry's number, for progress.
  [[nodiscard]] base::Result<Verdict> verify(const std::function<base::Result<void>(std::int64_t)>& each);
  [[nodiscard]] base::Result<InclusionProof> prove_entry(std::int64_t number);
  // Error "history_rewritten" (damaged) when the log is not a continuation of the checkpoint.
  [[nodiscard]] base::Result<ConsistencyProof> prove_since(const std::string& checkpoint);

  // Appends within an open SQLite transaction: leaf, nodes, signed head. For ledger::Transaction alone, as the permit
  // shows.
  [[nodiscard]] base::Result<std::string> append(const store::WritePermit& permit, const Entry& entry,
                                                 const Bytes& sealed);
  // Marks a payload's key as destroyed and removes what was sealed under it.
  [[nodiscard]] base::Result<void> forget_payload(const store::WritePermit& permit, std::int64_t number,
                                                  base::Instant at);

 private:
  [[nodiscard]] base::Result<base::Hash> node(NodeAddress address);
  [[nodiscard]] NodeReader reader();
  [[nodiscard]] base::Result<ShownEntry> shown(std::span<const std::byte> leaf, std::span<const std::byte> sealed);
  [[nodiscard]] base::Result<Verdict> judge_heads(Verdict verdict, const base::Hash& root);
  store::Sqlite* sqlite_;
  Keyring* keyring_;
};

}  // namespace throughline::ledger
