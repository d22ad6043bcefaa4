#include "ledger/audit_log.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "base/check.h"
#include "ledger/stored.h"

namespace throughline::ledger {

namespace {

using base::Hash;
using base::Result;

base::Error unknown_entry(std::int64_t number, std::int64_t size) {
  return {base::ErrorKind::bad_command, "entry_unknown",
          "There is no entry " + std::to_string(number) + "; the log has " + std::to_string(size), "",
          "Entries are numbered from 0 to " + std::to_string(std::max<std::int64_t>(size - 1, 0))};
}

}  // namespace

Result<Hash> AuditLog::node(NodeAddress address) {
  auto select = TRY(sqlite_->read("SELECT hash FROM node WHERE level = ?1 AND position = ?2"));
  select.bind(1, address.level).bind(2, address.index);
  if (TRY(select.step_row())) return TRY(stored_hash(select.bytes(0)));
  return base::Error{
      base::ErrorKind::damaged, "log_node_missing",
      "The audit log lacks node " + std::to_string(address.index) + " of level " + std::to_string(address.level),
      sqlite_->path().string(), "Run throughline audit verify"};
}

NodeReader AuditLog::reader() {
  return [this](NodeAddress address) { return node(address); };
}

Result<std::int64_t> AuditLog::size() {
  auto select = TRY(sqlite_->read("SELECT coalesce(max(position) + 1, 0) FROM node WHERE level = 0"));
  static_cast<void>(TRY(select.step_row()));
  return select.integer(0);
}

Result<std::optional<base::Instant>> AuditLog::last_time() {
  auto select = TRY(sqlite_->read("SELECT leaf FROM entry ORDER BY number DESC LIMIT 1"));
  if (!TRY(select.step_row())) return std::optional<base::Instant>();
  return std::optional(TRY(decode_entry(select.bytes(0))).at);
}

Result<std::string> AuditLog::checkpoint() {
  auto select = TRY(sqlite_->read("SELECT checkpoint FROM head"));
  if (!TRY(select.step_row())) return std::string();
  return std::string(select.text(0));
}

Result<ShownEntry> AuditLog::shown(std::span<const std::byte> leaf, std::span<const std::byte> sealed) {
  ShownEntry shown;
  shown.entry = TRY(decode_entry(leaf));
  if (!shown.entry.has_payload) return shown;
  shown.payload_state = sealed.empty() ? PayloadState::destroyed : PayloadState::unreadable;
  const auto key = TRY(keyring_->find(shown.entry.number));
  if (sealed.empty() || !key) return shown;
  const auto plain = open_sealed(sealed, *key, shown.entry.number);
  if (!plain.ok()) return shown;
  shown.payload = TRY(decode_payload(plain.value()));
  shown.payload_state = PayloadState::sealed_open;
  return shown;
}

Result<ShownEntry> AuditLog::entry(std::int64_t number) {
  auto select = TRY(sqlite_->read("SELECT leaf, sealed FROM entry WHERE number = ?1"));
  select.bind(1, number);
  if (!TRY(select.step_row())) return unknown_entry(number, TRY(size()));
  return shown(select.bytes(0), select.bytes(1));
}

Result<std::vector<ShownEntry>> AuditLog::newest(const EntryChoice& choice) {
  auto select = TRY(sqlite_->read("SELECT leaf, sealed FROM entry WHERE number < ?1 ORDER BY number DESC"));
  select.bind(1, choice.before.value_or(std::numeric_limits<std::int64_t>::max()));
  std::vector<ShownEntry> entries;
  while (std::ssize(entries) < choice.count && TRY(select.step_row())) {
    // Before its payload is opened, which costs most.
    if (choice.agency && TRY(decode_entry(select.bytes(0))).agency != *choice.agency) continue;
    entries.push_back(TRY(shown(select.bytes(0), select.bytes(1))));
  }
  return entries;
}

Result<InclusionProof> AuditLog::prove_entry(std::int64_t number) {
  InclusionProof proof;
  const std::int64_t written = TRY(size());
  if (number < 0 || number >= written) return unknown_entry(number, written);
  // The head that is signed now: what others write from here on is not in this proof.
  proof.checkpoint = TRY(checkpoint());
  const Checkpoint head = TRY(read_checkpoint(proof.checkpoint, public_half(keyring_->signing_key())));
  proof.claim.size = head.size;
  proof.claim.leaf = number;
  auto select = TRY(sqlite_->read("SELECT leaf FROM entry WHERE number = ?1"));
  select.bind(1, number);
  if (TRY(select.step_row())) proof.leaf.assign(select.bytes(0).begin(), select.bytes(0).end());
  proof.claim.leaf_hash = leaf_hash(proof.leaf);
  const bool is_whole = head.size >= written && head.size <= TRY(size());
  if (is_whole) {
    proof.claim.root = TRY(root_of(proof.claim.size, reader()));
    proof.path = TRY(inclusion_proof(number, proof.claim.size, reader()));
  }
  if (is_whole && head.root == proof.claim.root && verify_inclusion(proof.claim, proof.path)) return proof;
  return base::Error{base::ErrorKind::damaged, "log_does_not_prove",
                     "Entry " + std::to_string(number) + " does not lead to the signed head", sqlite_->path().string(),
                     "Run throughline audit verify"};
}

Result<void> AuditLog::check_kept_head() {
  const std::string kept = TRY(keyring_->kept_head());
  if (kept.empty()) return {};
  const auto proof = prove_since(kept);
  if (proof.ok()) return {};
  return base::Error(proof.error()).in("comparing the log with the last head kept with the keys");
}

Result<ConsistencyProof> AuditLog::prove_since(const std::string& checkpoint) {
  const Checkpoint old = TRY(read_checkpoint(checkpoint, public_half(keyring_->signing_key())));
  ConsistencyProof proof;
  proof.claim = {.old_size = old.size, .size = TRY(size()), .old_root = old.root, .root = {}};
  const auto rewritten = [&](const std::string& what) {
    return base::Error{base::ErrorKind::damaged, "history_rewritten", what, sqlite_->path().string(),
                       "Change nothing, keep log and checkpoint, and bring in somebody from outside the team"};
  };
  if (old.size > proof.claim.size) {
    return rewritten("The checkpoint has " + std::to_string(old.size) + " entries and the log only " +
                     std::to_string(proof.claim.size) + ": the log was cut");
  }
  proof.claim.root = TRY(root_of(proof.claim.size, reader()));
  if (old.size == 0 && old.root == empty_root()) return proof;
  if (old.size == 0) return rewritten("The checkpoint of an empty log has another root than an empty log");
  proof.path = TRY(consistency_proof(old.size, proof.claim.size, reader()));
  if (verify_consistency(proof.claim, proof.path)) return proof;
  return rewritten("The first " + std::to_string(old.size) +
                   " entries are not those of the checkpoint: history was rewritten");
}

Result<std::string> AuditLog::append(const store::WritePermit& permit, const Entry& entry, const Bytes& sealed) {
  CHECK(entry.number == TRY(size()));
  const Bytes leaf = encode(entry);
  const auto made = TRY(nodes_completed(entry.number, leaf_hash(leaf), reader()));
  auto insert = TRY(sqlite_->write(permit, "INSERT INTO entry (number, leaf, sealed) VALUES (?1, ?2, ?3)"));
  insert.bind(1, entry.number).bind(2, std::span<const std::byte>(leaf));
  if (entry.has_payload) {
    insert.bind(3, std::span<const std::byte>(sealed));
  } else {
    insert.bind(3, nullptr);
  }
  TRY(insert.run());
  auto add_node = TRY(sqlite_->write(permit, "INSERT INTO node (level, position, hash) VALUES (?1, ?2, ?3)"));
  for (const NewNode& node : made) {
    add_node.bind(1, node.address.level)
        .bind(2, node.address.index)
        .bind(3, std::span<const std::byte>(node.hash.bytes));
    TRY(add_node.run());
  }
  const SigningKey& key = keyring_->signing_key();
  const Hash root = TRY(root_of(entry.number + 1, reader()));
  const Checkpoint head{.origin = origin_of(public_half(key)), .size = entry.number + 1, .root = root};
  std::string text = signed_checkpoint(head, key);
  auto set_head = TRY(sqlite_->write(permit, "INSERT OR REPLACE INTO head (only, checkpoint) VALUES (1, ?1)"));
  TRY(set_head.bind(1, text).run());
  return text;
}

Result<void> AuditLog::forget_payload(const store::WritePermit& permit, std::int64_t number, base::Instant at) {
  auto mark = TRY(sqlite_->write(permit, "INSERT OR IGNORE INTO destroyed_key (entry, destroyed_at) VALUES (?1, ?2)"));
  TRY(mark.bind(1, number).bind(2, at.microseconds).run());
  auto clear = TRY(sqlite_->write(permit, "UPDATE entry SET sealed = NULL WHERE number = ?1"));
  TRY(clear.bind(1, number).run());
  return keyring_->destroy(permit, number);
}

}  // namespace throughline::ledger
