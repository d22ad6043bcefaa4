#include <algorithm>

#include "base/sha256.h"
#include "ledger/audit_log.h"

namespace throughline::ledger {

namespace {

using base::Hash;
using base::Result;

// The root over leaves as they come, holding one complete node a level: the same tree, computed without the stored
// nodes.
class Frontier {
 public:
  void add(Hash hash) {
    for (std::int64_t index = size_++; (index & 1) != 0; index >>= 1) {
      hash = node_hash(complete_.back(), hash);
      complete_.pop_back();
    }
    complete_.push_back(hash);
  }
  [[nodiscard]] Hash root() const {
    if (complete_.empty()) return empty_root();
    Hash hash = complete_.back();
    for (auto left = complete_.rbegin() + 1; left != complete_.rend(); ++left) hash = node_hash(*left, hash);
    return hash;
  }

 private:
  std::vector<Hash> complete_;  // Left to right: one for each one-bit of the size.
  std::int64_t size_ = 0;
};

std::string payload_fault(const Entry& entry, std::span<const std::byte> sealed, bool is_destroyed) {
  if (!entry.has_payload) return sealed.empty() ? "" : "it has a sealed part that it does not speak of";
  if (is_destroyed) return sealed.empty() ? "" : "its key was destroyed but its sealed part is still there";
  if (sealed.empty()) return "its sealed part is missing, and nothing says that it was erased";
  return base::hash_bytes(sealed) == entry.payload_hash ? "" : "its sealed part was altered";
}

}  // namespace

Result<Verdict> AuditLog::verify(const std::function<Result<void>(std::int64_t)>& each) {
  Verdict verdict;
  Frontier frontier;
  base::Instant previous{std::numeric_limits<std::int64_t>::min()};
  const auto bad = [&](std::int64_t number, std::string what) {
    verdict.first_bad = number;
    verdict.what = std::move(what);
    return verdict;
  };
  auto select =
      TRY(sqlite_->read("SELECT e.number, e.leaf, e.sealed, n.hash, d.entry IS NOT NULL FROM entry e "
                        "LEFT JOIN node n ON n.level = 0 AND n.position = e.number LEFT JOIN destroyed_key d ON "
                        "d.entry = e.number ORDER BY e.number"));
  while (TRY(select.step_row())) {
    TRY(each(verdict.entries));
    if (select.integer(0) != verdict.entries) return bad(verdict.entries, "it is missing");
    const auto entry = decode_entry(select.bytes(1));
    if (!entry.ok()) return bad(verdict.entries, "its bytes are no entry");
    if (entry.value().number != verdict.entries) return bad(verdict.entries, "it says it is another entry");
    const Hash leaf = leaf_hash(select.bytes(1));
    const auto stored = select.bytes(3);
    if (!std::ranges::equal(stored, leaf.bytes))
      return bad(verdict.entries, "it was altered: its hash is not the one in the tree");
    if (entry.value().at < previous) return bad(verdict.entries, "it is dated before the entry before it");
    const bool is_destroyed = select.integer(4) != 0;
    const std::string fault = payload_fault(entry.value(), select.bytes(2), is_destroyed);
    if (!fault.empty()) return bad(verdict.entries, fault);
    previous = entry.value().at;
    verdict.destroyed_payloads += is_destroyed ? 1 : 0;
    frontier.add(leaf);
    ++verdict.entries;
  }
  verdict.checkpoint = TRY(checkpoint());
  if (verdict.entries == 0 && verdict.checkpoint.empty()) return bad(-1, "the log is empty");
  return judge_heads(std::move(verdict), frontier.root());
}

Result<Verdict> AuditLog::judge_heads(Verdict verdict, const Hash& root) {
  const PublicKey key = public_half(keyring_->signing_key());
  const auto head = read_checkpoint(verdict.checkpoint, key);
  if (!head.ok()) {
    verdict.what = "the signed head does not hold: " + head.error().what;
    return verdict;
  }
  if (head.value().size != verdict.entries) {
    verdict.first_bad = std::min(head.value().size, verdict.entries);
    verdict.what = "the signed head counts " + std::to_string(head.value().size) + " entries and the log has " +
                   std::to_string(verdict.entries);
    return verdict;
  }
  if (head.value().root != root || TRY(root_of(verdict.entries, reader())) != root) {
    verdict.what = "the tree's inner nodes or its signed root do not fit the entries";
    return verdict;
  }
  const std::string kept = TRY(keyring_->kept_head());
  if (!kept.empty()) {
    const auto proof = prove_since(kept);
    if (!proof.ok()) {
      verdict.what = "the head kept with the keys does not fit: " + proof.error().what;
      return verdict;
    }
  }
  verdict.is_sound = true;
  return verdict;
}

}  // namespace throughline::ledger
