#include "ledger/merkle.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <string>

#include "base/sha256.h"

namespace throughline::ledger {
namespace {

using base::Hash;
using Bytes = std::vector<std::byte>;

Hash hash_of(const char* hex) {
  return Hash::from_hex(hex).value();
}

Bytes bytes_of(const std::string& hex) {
  Bytes bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes.push_back(static_cast<std::byte>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

// A tree that keeps every complete node, as the log does.
class Tree {
 public:
  void add(const Hash& leaf) {
    for (const NewNode& node : nodes_completed(size_, leaf, reader()).value()) {
      EXPECT_TRUE(nodes_.emplace(node.address, node.hash).second) << "a node was made twice";
    }
    leaves_.push_back(leaf);
    ++size_;
  }
  [[nodiscard]] NodeReader reader() const {
    return [this](NodeAddress address) -> base::Result<Hash> { return nodes_.at(address); };
  }
  [[nodiscard]] Hash root(std::int64_t size) const { return root_of(size, reader()).value(); }
  [[nodiscard]] std::vector<Hash> inclusion(std::int64_t leaf, std::int64_t size) const {
    return inclusion_proof(leaf, size, reader()).value();
  }
  [[nodiscard]] std::vector<Hash> consistency(std::int64_t old_size, std::int64_t size) const {
    return consistency_proof(old_size, size, reader()).value();
  }
  [[nodiscard]] const std::vector<Hash>& leaves() const { return leaves_; }
  [[nodiscard]] InclusionClaim claim(std::int64_t leaf, std::int64_t size) const {
    return {.leaf = leaf, .size = size, .leaf_hash = leaves_[static_cast<std::size_t>(leaf)], .root = root(size)};
  }

 private:
  std::map<NodeAddress, Hash> nodes_;
  std::vector<Hash> leaves_;
  std::int64_t size_ = 0;
};

// The eight leaves that the certificate-transparency projects test with.
Tree published_tree() {
  Tree tree;
  for (const char* leaf :
       {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}) {
    tree.add(leaf_hash(bytes_of(leaf)));
  }
  return tree;
}

Tree numbered_tree(int size) {
  Tree tree;
  for (int i = 0; i < size; ++i) {
    const std::string text = "leaf " + std::to_string(i);
    tree.add(leaf_hash(std::as_bytes(std::span(text))));
  }
  return tree;
}

// The definition of RFC 6962 itself, section 2.1, over nothing but the leaves' hashes.
Hash recursive_root(std::span<const Hash> leaves) {
  if (leaves.empty()) return base::hash_text("");
  if (leaves.size() == 1) return leaves[0];
  std::size_t split = 1;
  while (split * 2 < leaves.size()) split *= 2;
  const Hash left = recursive_root(leaves.first(split));
  const Hash right = recursive_root(leaves.subspan(split));
  std::string joined = "\1";
  for (const Hash& hash : {left, right}) {
    joined.append(reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size());
  }
  return base::hash_text(joined);
}

constexpr const char* k_h0 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
constexpr const char* k_h1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
constexpr const char* k_h4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
constexpr const char* k_h23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
constexpr const char* k_h45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
constexpr const char* k_h67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
constexpr const char* k_h0123 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
constexpr const char* k_h4567 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";

TEST(Merkle, roots_are_the_published_ones) {
  const std::vector<const char*> published = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                              k_h0,
                                              "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                              "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                              k_h0123,
                                              "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                              "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                              "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                              "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  const Tree tree = published_tree();
  for (std::size_t size = 0; size < published.size(); ++size) {
    EXPECT_EQ(tree.root(static_cast<std::int64_t>(size)), hash_of(published[size])) << size;
  }
}

TEST(Merkle, inclusion_proofs_are_the_published_ones) {
  const Tree tree = published_tree();
  EXPECT_EQ(tree.inclusion(0, 1), std::vector<Hash>());
  EXPECT_EQ(tree.inclusion(0, 8), (std::vector{hash_of(k_h1), hash_of(k_h23), hash_of(k_h4567)}));
  EXPECT_EQ(tree.inclusion(5, 8), (std::vector{hash_of(k_h4), hash_of(k_h67), hash_of(k_h0123)}));
  EXPECT_EQ(tree.inclusion(2, 3), std::vector{tree.root(2)});
  EXPECT_EQ(tree.inclusion(1, 5), (std::vector{hash_of(k_h0), hash_of(k_h23), hash_of(k_h4)}));
}

TEST(Merkle, consistency_proofs_are_the_published_ones) {
  const Tree tree = published_tree();
  EXPECT_EQ(tree.consistency(1, 1), std::vector<Hash>());
  EXPECT_EQ(tree.consistency(1, 8), (std::vector{hash_of(k_h1), hash_of(k_h23), hash_of(k_h4567)}));
  EXPECT_EQ(tree.consistency(6, 8), (std::vector{hash_of(k_h45), hash_of(k_h67), hash_of(k_h0123)}));
  EXPECT_EQ(tree.consistency(2, 5), (std::vector{hash_of(k_h23), hash_of(k_h4)}));
}

TEST(Merkle, a_leaf_cannot_pass_for_a_node) {
  const Tree tree = published_tree();
  Bytes children;
  for (std::size_t i = 0; i < 2; ++i) {
    children.insert(children.end(), tree.leaves()[i].bytes.begin(), tree.leaves()[i].bytes.end());
  }
  EXPECT_NE(leaf_hash(children), node_hash(tree.leaves()[0], tree.leaves()[1]));
}

TEST(Merkle, the_kept_nodes_give_the_root_of_the_definition_at_every_size) {
  const Tree tree = numbered_tree(130);
  for (std::size_t size = 0; size <= 130; ++size) {
    const auto leaves = std::span(tree.leaves()).first(size);
    EXPECT_EQ(tree.root(static_cast<std::int64_t>(size)), recursive_root(leaves)) << size;
  }
}

TEST(Merkle, every_entry_of_every_tree_up_to_70_is_proved_in_it_and_nowhere_else) {
  const Tree tree = numbered_tree(70);
  for (std::int64_t size = 1; size <= 70; ++size) {
    for (std::int64_t leaf = 0; leaf < size; ++leaf) {
      const auto proof = tree.inclusion(leaf, size);
      InclusionClaim claim = tree.claim(leaf, size);
      ASSERT_TRUE(verify_inclusion(claim, proof)) << leaf << " of " << size;
      claim.leaf = (leaf + 1) % size;
      ASSERT_EQ(verify_inclusion(claim, proof), size == 1) << leaf << " of " << size;
    }
  }
}

TEST(Merkle, every_tree_up_to_70_is_shown_to_continue_every_smaller_one) {
  const Tree tree = numbered_tree(70);
  for (std::int64_t size = 1; size <= 70; ++size) {
    for (std::int64_t old_size = 1; old_size <= size; ++old_size) {
      ConsistencyClaim claim{
          .old_size = old_size, .size = size, .old_root = tree.root(old_size), .root = tree.root(size)};
      const auto proof = tree.consistency(old_size, size);
      ASSERT_TRUE(verify_consistency(claim, proof)) << old_size << " in " << size;
      claim.old_root.bytes[7] ^= std::byte{1};
      ASSERT_FALSE(verify_consistency(claim, proof)) << old_size << " in " << size;
    }
  }
}

TEST(Merkle, claims_that_make_no_sense_are_refused) {
  const Tree tree = numbered_tree(8);
  const auto proof = tree.inclusion(3, 8);
  InclusionClaim claim = tree.claim(3, 8);
  for (const std::int64_t leaf : {std::int64_t{-1}, std::int64_t{8}, std::int64_t{4}, std::int64_t{1} << 62}) {
    claim.leaf = leaf;
    EXPECT_FALSE(verify_inclusion(claim, proof)) << leaf;
  }
  const ConsistencyClaim none{.old_size = 0, .size = 8, .old_root = empty_root(), .root = tree.root(8)};
  EXPECT_FALSE(verify_consistency(none, {}));
  const ConsistencyClaim shrunk{.old_size = 8, .size = 5, .old_root = tree.root(8), .root = tree.root(5)};
  EXPECT_FALSE(verify_consistency(shrunk, tree.consistency(5, 8)));
  const ConsistencyClaim bare{.old_size = 5, .size = 8, .old_root = tree.root(5), .root = tree.root(8)};
  EXPECT_FALSE(verify_consistency(bare, {}));
}

// A hash with one bit turned over.
Hash altered(Hash hash) {
  const auto bit = *rc::gen::inRange(0, 256);
  hash.bytes[static_cast<std::size_t>(bit) / 8] ^= static_cast<std::byte>(1U << static_cast<unsigned>(bit % 8));
  return hash;
}

RC_GTEST_PROP(MerkleProperty, no_altered_inclusion_proof_verifies, ()) {
  const int size = *rc::gen::inRange(2, 60);
  const Tree tree = numbered_tree(size);
  const int leaf = *rc::gen::inRange(0, size);
  InclusionClaim claim = tree.claim(leaf, size);
  auto proof = tree.inclusion(leaf, size);
  RC_ASSERT(verify_inclusion(claim, proof));
  const int where = *rc::gen::inRange(-3, static_cast<int>(proof.size()));
  if (where == -3) claim.root = altered(claim.root);
  if (where == -2) claim.leaf_hash = altered(claim.leaf_hash);
  if (where == -1) *rc::gen::arbitrary<bool>() ? proof.pop_back() : proof.push_back(claim.root);
  if (where >= 0) proof[static_cast<std::size_t>(where)] = altered(proof[static_cast<std::size_t>(where)]);
  RC_ASSERT_FALSE(verify_inclusion(claim, proof));
}

RC_GTEST_PROP(MerkleProperty, no_altered_consistency_proof_verifies, ()) {
  const int size = *rc::gen::inRange(2, 60);
  const Tree tree = numbered_tree(size);
  const int old_size = *rc::gen::inRange(1, size);
  ConsistencyClaim claim{.old_size = old_size, .size = size, .old_root = tree.root(old_size), .root = tree.root(size)};
  auto proof = tree.consistency(old_size, size);
  RC_ASSERT(verify_consistency(claim, proof));
  const int where = *rc::gen::inRange(-3, static_cast<int>(proof.size()));
  if (where == -3) claim.root = altered(claim.root);
  if (where == -2) claim.old_root = altered(claim.old_root);
  if (where == -1) *rc::gen::arbitrary<bool>() ? proof.pop_back() : proof.push_back(claim.root);
  if (where >= 0) proof[static_cast<std::size_t>(where)] = altered(proof[static_cast<std::size_t>(where)]);
  RC_ASSERT_FALSE(verify_consistency(claim, proof));
}

}  // namespace
}  // namespace throughline::ledger
