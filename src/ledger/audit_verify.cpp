#include <bit>
#include <limits>
#include <set>
#include <utility>

#include "base/sha256.h"
#include "ledger/audit_log.h"

namespace throughline::ledger {

namespace {

using base::Hash;
using base::Instant;
using base::Result;

// The tree over leaves as they come, holding one complete node a level: computed without the stored nodes.
class Frontier {
 public:
  // The nodes that the leaf completes, lowest first.
  std::vector<NewNode> add(const Hash& leaf) {
    std::vector<NewNode> made = {{{0, size_}, leaf}};
    for (std::int64_t index = size_++; (index & 1) != 0; index >>= 1) {
      const Hash hash = node_hash(complete_.back(), made.back().hash);
      complete_.pop_back();
      made.push_back({{made.back().address.level + 1, index >> 1}, hash});
    }
    complete_.push_back(made.back().hash);
    return made;
  }
  [[nodiscard]] Hash root() const {
    if (complete_.empty()) return empty_root();
    Hash hash = complete_.back();
    for (auto left = complete_.rbegin() + 1; left != complete_.rend(); ++left) hash = node_hash(*left, hash);
    return hash;
  }
  // How many complete nodes a tree of this size has.
  [[nodiscard]] std::int64_t nodes() const { return 2 * size_ - std::popcount(static_cast<std::uint64_t>(size_)); }

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

// One reading of the whole log. Each check gives what is wrong, or an empty text.
class Verification {
 public:
  Verification(store::Sqlite& sqlite, store::SqliteStatement node) : sqlite_(&sqlite), node_(std::move(node)) {}

  // A row of number, leaf, sealed, time of destruction.
  Result<std::string> take(const store::SqliteStatement& row) {
    const std::int64_t number = entries_;
    if (row.integer(0) != number) return std::string("it is missing");
    const auto entry = decode_entry(row.bytes(1));
    if (!entry.ok()) return std::string("its bytes are no entry");
    if (entry.value().number != number) return std::string("it says it is another entry");
    const std::vector<NewNode> made = frontier_.add(leaf_hash(row.bytes(1)));
    if (!TRY(is_stored(made.front()))) return std::string("it was altered: its hash is not the one in the tree");
    if (entry.value().at < previous_) return std::string("it is dated before the entry before it");
    const bool is_destroyed = !row.is_null(3);
    std::string fault = payload_fault(entry.value(), row.bytes(2), is_destroyed);
    if (!fault.empty()) return fault;
    if (is_destroyed) destroyed_.emplace_back(number, Instant{row.integer(3)});
    if (entry.value().operation == Operation::erasure) erasures_.insert(entry.value().at);
    previous_ = entry.value().at;
    ++entries_;
    return check_inner(made);
  }
  // The first entry that the fault of the last take() concerns.
  [[nodiscard]] std::int64_t first_bad() const { return first_under_node_.value_or(entries_); }

  // A payload may only vanish by an erasure, which is an entry of that time. Gives the first that vanished otherwise.
  [[nodiscard]] std::optional<std::int64_t> vanished() const {
    for (const auto& [number, at] : destroyed_) {
      if (!erasures_.contains(at)) return number;
    }
    return std::nullopt;
  }
  Result<bool> has_strange_nodes() {
    auto count = TRY(sqlite_->read("SELECT count(*) FROM node"));
    static_cast<void>(TRY(count.step_row()));
    return count.integer(0) != frontier_.nodes();
  }
  [[nodiscard]] std::int64_t entries() const { return entries_; }
  [[nodiscard]] std::int64_t destroyed() const { return static_cast<std::int64_t>(destroyed_.size()); }
  [[nodiscard]] Hash root() const { return frontier_.root(); }

 private:
  Result<bool> is_stored(const NewNode& node) {
    node_.reset();
    node_.bind(1, node.address.level).bind(2, node.address.index);
    if (!TRY(node_.step_row())) return false;
    return std::ranges::equal(node_.bytes(0), node.hash.bytes);
  }
  Result<std::string> check_inner(std::span<const NewNode> made) {
    for (const NewNode& node : made.subspan(1)) {
      if (TRY(is_stored(node))) continue;
      const std::int64_t first = node.address.index << node.address.level;
      first_under_node_ = first;
      return "the tree's node over entries " + std::to_string(first) + " to " + std::to_string(entries_ - 1) +
             " does not fit them";
    }
    return std::string();
  }

  store::Sqlite* sqlite_;
  store::SqliteStatement node_;
  Frontier frontier_;
  Instant previous_{std::numeric_limits<std::int64_t>::min()};
  std::int64_t entries_ = 0;
  std::vector<std::pair<std::int64_t, Instant>> destroyed_;
  std::set<Instant> erasures_;
  std::optional<std::int64_t> first_under_node_;
};

Verdict unsound(Verdict verdict, std::int64_t first_bad, std::string what) {
  verdict.first_bad = first_bad;
  verdict.what = std::move(what);
  return verdict;
}

// The signed head against the entries.
Verdict judge_head(Verdict verdict, const Hash& root, const PublicKey& key) {
  const auto head = read_checkpoint(verdict.checkpoint, key);
  if (!head.ok()) return unsound(std::move(verdict), -1, "the signed head does not hold: " + head.error().what);
  if (head.value().size != verdict.entries) {
    std::string what = "the signed head counts " + std::to_string(head.value().size) + " entries and the log has " +
                       std::to_string(verdict.entries);
    const std::int64_t first_bad = std::min(head.value().size, verdict.entries);
    return unsound(std::move(verdict), first_bad, std::move(what));
  }
  if (head.value().root != root) {
    return unsound(std::move(verdict), -1, "the signed root is not that of the entries: the whole tree was made anew");
  }
  verdict.is_sound = true;
  return verdict;
}

}  // namespace

Result<Verdict> AuditLog::verify(const std::function<Result<void>(std::int64_t)>& each) {
  Verification verification(*sqlite_, TRY(sqlite_->read("SELECT hash FROM node WHERE level = ?1 AND position = ?2")));
  auto select =
      TRY(sqlite_->read("SELECT e.number, e.leaf, e.sealed, d.destroyed_at FROM entry e LEFT JOIN destroyed_key d "
                        "ON d.entry = e.number ORDER BY e.number"));
  Verdict verdict;
  while (TRY(select.step_row())) {
    TRY(each(verification.entries()));
    std::string fault = TRY(verification.take(select));
    verdict.entries = verification.entries();
    if (!fault.empty()) return unsound(std::move(verdict), verification.first_bad(), std::move(fault));
  }
  verdict.destroyed_payloads = verification.destroyed();
  verdict.checkpoint = TRY(checkpoint());
  if (verdict.entries == 0 && verdict.checkpoint.empty()) return unsound(std::move(verdict), -1, "the log is empty");
  if (const auto vanished = verification.vanished()) {
    return unsound(std::move(verdict), *vanished,
                   "its sealed part was destroyed, and no erasure of that time is in the log");
  }
  verdict = judge_head(std::move(verdict), verification.root(), public_half(keyring_->signing_key()));
  if (!verdict.is_sound) return verdict;
  verdict.is_sound = false;
  if (TRY(verification.has_strange_nodes())) {
    const std::int64_t first_bad = verdict.entries;
    return unsound(std::move(verdict), first_bad, "the tree has nodes for entries that are not there");
  }
  const std::string kept = TRY(keyring_->kept_head());
  // The head is kept after every entry; only a founding that was killed leaves one entry and no head.
  if (kept.empty() && verdict.entries > 1) {
    return unsound(std::move(verdict), -1, "the head kept with the keys is missing, so a cut tail would not be seen");
  }
  if (const auto kept_head = check_kept_head(); !kept_head.ok()) {
    const auto old = read_checkpoint(kept, public_half(keyring_->signing_key()));
    const bool is_cut = old.ok() && old.value().size > verdict.entries;
    const std::int64_t first_bad = is_cut ? verdict.entries : -1;
    return unsound(std::move(verdict), first_bad, kept_head.error().what);
  }
  verdict.is_sound = true;
  return verdict;
}

}  // namespace throughline::ledger
