#include "ledger/merkle.h"

#include <algorithm>
#include <bit>

#include "base/check.h"
#include "base/sha256.h"

namespace throughline::ledger {

namespace {

using base::Hash;
using base::Result;

// The largest power of two below n. REQUIRES n > 1.
std::int64_t split_of(std::int64_t n) {
  return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(n - 1)));
}

bool is_power_of_two(std::int64_t n) {
  return std::has_single_bit(static_cast<std::uint64_t>(n));
}

// A run of leaves [begin, begin + count).
struct Range {
  std::int64_t begin = 0;
  std::int64_t count = 0;
};

Result<Hash> root_of_range(Range range, const NodeReader& read) {
  if (is_power_of_two(range.count)) {
    const int level = std::countr_zero(static_cast<std::uint64_t>(range.count));
    return read({level, range.begin >> level});
  }
  const std::int64_t left = split_of(range.count);
  const Hash left_root = TRY(root_of_range({range.begin, left}, read));
  const Hash right_root = TRY(root_of_range({range.begin + left, range.count - left}, read));
  return node_hash(left_root, right_root);
}

// Path(m, D[n]) of RFC 6962, section 2.1.1.
Result<void> add_path(std::int64_t leaf, Range range, const NodeReader& read, std::vector<Hash>& proof) {
  if (range.count == 1) return {};
  const std::int64_t left = split_of(range.count);
  if (leaf < range.begin + left) {
    TRY(add_path(leaf, {range.begin, left}, read, proof));
    proof.push_back(TRY(root_of_range({range.begin + left, range.count - left}, read)));
  } else {
    TRY(add_path(leaf, {range.begin + left, range.count - left}, read, proof));
    proof.push_back(TRY(root_of_range({range.begin, left}, read)));
  }
  return {};
}

// Of an old tree, the part that lies in a range. `is_whole`: it is the whole of the old tree, whose root is known.
struct OldPart {
  std::int64_t count = 0;
  bool is_whole = true;
};

// SubProof(m, D[n], b) of RFC 6962, section 2.1.2.
Result<void> add_subproof(OldPart old, Range range, const NodeReader& read, std::vector<Hash>& proof) {
  if (old.count == range.count) {
    if (!old.is_whole) proof.push_back(TRY(root_of_range(range, read)));
    return {};
  }
  const std::int64_t left = split_of(range.count);
  if (old.count <= left) {
    TRY(add_subproof(old, {range.begin, left}, read, proof));
    proof.push_back(TRY(root_of_range({range.begin + left, range.count - left}, read)));
  } else {
    TRY(add_subproof({old.count - left, false}, {range.begin + left, range.count - left}, read, proof));
    proof.push_back(TRY(root_of_range({range.begin, left}, read)));
  }
  return {};
}

}  // namespace

Hash leaf_hash(std::span<const std::byte> bytes) {
  base::Sha256 hasher;
  hasher.update(std::string_view("\0", 1));
  hasher.update(bytes);
  return hasher.finish();
}

Hash node_hash(const Hash& left, const Hash& right) {
  base::Sha256 hasher;
  hasher.update(std::string_view("\1", 1));
  hasher.update(std::span<const std::byte>(left.bytes));
  hasher.update(std::span<const std::byte>(right.bytes));
  return hasher.finish();
}

Hash empty_root() {
  return base::hash_bytes({});
}

Result<std::vector<NewNode>> nodes_completed(std::int64_t size, const Hash& leaf, const NodeReader& read) {
  CHECK(size >= 0);
  std::vector<NewNode> made = {{{0, size}, leaf}};
  // Each one bit at the low end of `size` is a complete left sibling that the new node closes.
  for (std::int64_t index = size; (index & 1) != 0; index >>= 1) {
    const NewNode& right = made.back();
    const Hash left = TRY(read({right.address.level, right.address.index - 1}));
    made.push_back({{right.address.level + 1, right.address.index >> 1}, node_hash(left, right.hash)});
  }
  return made;
}

Result<Hash> root_of(std::int64_t size, const NodeReader& read) {
  CHECK(size >= 0);
  if (size == 0) return empty_root();
  return root_of_range({0, size}, read);
}

Result<std::vector<Hash>> inclusion_proof(std::int64_t leaf, std::int64_t size, const NodeReader& read) {
  CHECK(leaf >= 0 && leaf < size);
  std::vector<Hash> proof;
  TRY(add_path(leaf, {0, size}, read, proof));
  return proof;
}

Result<std::vector<Hash>> consistency_proof(std::int64_t old_size, std::int64_t size, const NodeReader& read) {
  CHECK(old_size > 0 && old_size <= size);
  std::vector<Hash> proof;
  TRY(add_subproof({old_size, true}, {0, size}, read, proof));
  return proof;
}

namespace {

// Where a proof has come to: a node of the tree, the last node of its level, and the hashes in the old tree and the
// new.
struct Climb {
  std::int64_t at = 0;
  std::int64_t last = 0;

  Hash old_hash;
  Hash hash;

  [[nodiscard]] bool is_right() const { return (at & 1) != 0; }
  void rise() {
    at >>= 1;
    last >>= 1;
  }
  // One step up, with the hash beside. False where there is nothing above.
  bool take(const Hash& sibling) {
    if (last == 0) return false;
    if (is_right() || at == last) {
      old_hash = node_hash(sibling, old_hash);
      hash = node_hash(sibling, hash);
      while (!is_right() && at != 0) rise();
    } else {
      hash = node_hash(hash, sibling);
    }
    rise();
    return true;
  }
};

}  // namespace

// RFC 9162, section 2.1.3.2.
bool verify_inclusion(const InclusionClaim& claim, std::span<const Hash> proof) {
  if (claim.leaf < 0 || claim.leaf >= claim.size) return false;
  Climb climb{claim.leaf, claim.size - 1, claim.leaf_hash, claim.leaf_hash};
  const bool is_climbed = std::ranges::all_of(proof, [&](const Hash& sibling) { return climb.take(sibling); });
  return is_climbed && climb.last == 0 && climb.hash == claim.root;
}

// RFC 9162, section 2.1.4.2.
bool verify_consistency(const ConsistencyClaim& claim, std::span<const Hash> proof) {
  if (claim.old_size <= 0 || claim.old_size > claim.size) return false;
  if (claim.old_size == claim.size) return proof.empty() && claim.old_root == claim.root;
  std::vector<Hash> path(proof.begin(), proof.end());
  if (is_power_of_two(claim.old_size)) path.insert(path.begin(), claim.old_root);
  if (path.empty()) return false;
  Climb climb{claim.old_size - 1, claim.size - 1, path.front(), path.front()};
  while (climb.is_right()) climb.rise();
  const auto rest = std::span(path).subspan(1);
  const bool is_climbed = std::ranges::all_of(rest, [&](const Hash& sibling) { return climb.take(sibling); });
  return is_climbed && climb.last == 0 && climb.old_hash == claim.old_root && climb.hash == claim.root;
}

}  // namespace throughline::ledger
