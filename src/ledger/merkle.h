// The Merkle tree of RFC 6962: hashes, and checking of proofs. Pure; knows nothing of entries or of where nodes lie.
//
// A leaf's hash is SHA-256(0x00 ‖ bytes), an inner node's SHA-256(0x01 ‖ left ‖ right), so that neither can pass for
// the other. The tree over n leaves splits at the largest power of two below n.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/hash.h"
#include "base/result.h"

namespace throughline::ledger {

[[nodiscard]] base::Hash leaf_hash(std::span<const std::byte> bytes);
[[nodiscard]] base::Hash node_hash(const base::Hash& left, const base::Hash& right);
// The root of no leaves: SHA-256 of nothing.
[[nodiscard]] base::Hash empty_root();

// A full subtree of 2^level leaves, the index-th of its level from the left. Complete ones never change once made.
struct NodeAddress {
  int level = 0;
  std::int64_t index = 0;
  friend auto operator<=>(const NodeAddress&, const NodeAddress&) = default;
};

// Gives the hash of a complete node; level 0 are the leaves.
using NodeReader = std::function<base::Result<base::Hash>(NodeAddress)>;

struct NewNode {
  NodeAddress address;
  base::Hash hash;
};

// The nodes that become complete when a leaf is added as number `size` (from 0): the leaf itself and those above it.
[[nodiscard]] base::Result<std::vector<NewNode>> nodes_completed(std::int64_t size, const base::Hash& leaf,
                                                                 const NodeReader& read);

// The root over the first `size` leaves. Reads O(log size) nodes.
[[nodiscard]] base::Result<base::Hash> root_of(std::int64_t size, const NodeReader& read);

// The audit path of a leaf in the tree of the first `size` leaves. REQUIRES 0 <= leaf < size.
[[nodiscard]] base::Result<std::vector<base::Hash>> inclusion_proof(std::int64_t leaf, std::int64_t size,
                                                                    const NodeReader& read);
// Shows that the tree of `old_size` leaves is the beginning of the one of `size`. REQUIRES 0 < old_size <= size.
[[nodiscard]] base::Result<std::vector<base::Hash>> consistency_proof(std::int64_t old_size, std::int64_t size,
                                                                      const NodeReader& read);

struct InclusionClaim {
  std::int64_t leaf = 0;
  std::int64_t size = 0;
  base::Hash leaf_hash;
  base::Hash root;
};
[[nodiscard]] bool verify_inclusion(const InclusionClaim& claim, std::span<const base::Hash> proof);

struct ConsistencyClaim {
  std::int64_t old_size = 0;
  std::int64_t size = 0;
  base::Hash old_root;
  base::Hash root;
};
[[nodiscard]] bool verify_consistency(const ConsistencyClaim& claim, std::span<const base::Hash> proof);

}  // namespace throughline::ledger
