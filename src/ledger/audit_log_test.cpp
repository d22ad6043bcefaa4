#include "ledger/audit_log.h"

#include <gtest/gtest.h>

#include "base/sha256.h"
#include "ledger/made_up_ledger.h"
#include "store/permit_for_tests.h"

namespace throughline::ledger {
namespace {

struct AuditLogTest : testing::Test, MadeUpLedger {
  store::PermitForTests permits;

  // What somebody with a tool for SQLite could do, past the program.
  void tamper(const std::string& sql) const {
    const auto done = workspace->ledger_store().run_script(permits.write(), sql);
    ASSERT_TRUE(done.ok()) << done.error().message();
  }
  // Turns over one bit of a blob.
  void flip(const std::string& table, const std::string& column, const std::string& where, std::size_t at) const {
    auto& sqlite = workspace->ledger_store();
    Bytes bytes;
    {
      auto select = sqlite.read("SELECT " + column + " FROM " + table + " WHERE " + where).value();
      ASSERT_TRUE(select.step_row().value());
      bytes.assign(select.bytes(0).begin(), select.bytes(0).end());
    }
    bytes.at(at) ^= std::byte{1};
    auto update = sqlite.write(permits.write(), "UPDATE " + table + " SET " + column + " = ?1 WHERE " + where).value();
    ASSERT_TRUE(update.bind(1, std::span<const std::byte>(bytes)).run().ok());
  }
  void expect_bad(std::int64_t entry, const std::string& what) const {
    const Verdict found = verdict();
    EXPECT_FALSE(found.is_sound);
    EXPECT_EQ(found.first_bad, entry) << found.what;
    EXPECT_NE(found.what.find(what), std::string::npos) << found.what;
  }
  // Writes leaf and nodes of an entry anew, as somebody would who knows the format but not the signing key.
  void rewrite_tree_from_entries() const {
    tamper("DELETE FROM node");
    auto& sqlite = workspace->ledger_store();
    std::map<NodeAddress, base::Hash> nodes;
    const NodeReader reader = [&](NodeAddress address) -> base::Result<base::Hash> { return nodes.at(address); };
    auto select = sqlite.read("SELECT number, leaf FROM entry ORDER BY number").value();
    auto insert = sqlite.write(permits.write(), "INSERT INTO node VALUES (?1, ?2, ?3)").value();
    while (select.step_row().value()) {
      const std::int64_t number = select.integer(0);
      for (const NewNode& node : nodes_completed(number, leaf_hash(select.bytes(1)), reader).value()) {
        nodes[node.address] = node.hash;
        insert.bind(1, node.address.level).bind(2, node.address.index);
        insert.bind(3, std::span<const std::byte>(node.hash.bytes)).run().value();
      }
    }
  }
};

TEST_F(AuditLogTest, a_log_that_nobody_touched_is_sound) {
  note_many(20);
  const Verdict found = verdict();
  EXPECT_TRUE(found.is_sound) << found.what;
  EXPECT_EQ(found.entries, 21);
  EXPECT_EQ(found.first_bad, -1);
  EXPECT_EQ(found.checkpoint, ledger->log().checkpoint().value());
}

TEST_F(AuditLogTest, it_is_sound_at_every_size) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(verdict().is_sound) << i;
    note_many(1);
  }
}

TEST_F(AuditLogTest, an_entry_says_what_was_done_and_its_payload_opens) {
  const std::int64_t number = noted("extract 3f9a", "checking a referral");
  const ShownEntry shown = ledger->log().entry(number).value();
  EXPECT_EQ(shown.entry.operation, Operation::consultation);
  EXPECT_EQ(shown.entry.purpose, Purpose::protect);
  EXPECT_EQ(shown.entry.account, AccountId(1));
  EXPECT_EQ(shown.payload_state, PayloadState::sealed_open);
  EXPECT_EQ(shown.payload.object, "extract 3f9a");
  EXPECT_EQ(shown.payload.reason, "checking a referral");
  EXPECT_EQ(shown.payload.login, "founderlogin");
}

TEST_F(AuditLogTest, the_newest_entries_come_first) {
  note_many(5);
  const auto newest = ledger->log().newest({.count = 3}).value();
  ASSERT_EQ(newest.size(), 3U);
  EXPECT_EQ(newest[0].entry.number, 5);
  EXPECT_EQ(newest[2].entry.number, 3);
}

TEST_F(AuditLogTest, asking_for_an_entry_that_is_not_there_says_how_many_there_are) {
  const auto shown = ledger->log().entry(7);
  ASSERT_FALSE(shown.ok());
  EXPECT_EQ(shown.error().message(), "There is no entry 7; the log has 1. Entries are numbered from 0 to 0.");
  EXPECT_EQ(ledger->log().prove_entry(-1).error().code, "entry_unknown");
}

TEST_F(AuditLogTest, texts_of_the_payload_are_in_no_file) {
  static_cast<void>(noted("extract 3f9a", "a reason nobody else may read"));
  EXPECT_EQ(files_with("a reason nobody"), std::vector<std::string>());
  EXPECT_EQ(files_with("founderlogin"), std::vector<std::string>());
}

TEST_F(AuditLogTest, an_altered_leaf_is_named) {
  note_many(9);
  for (const std::int64_t number : {0, 4, 9}) {
    for (const std::size_t at : {std::size_t{8}, std::size_t{20}, std::size_t{40}, std::size_t{86}}) {
      const std::string where = "number = " + std::to_string(number);
      flip("entry", "leaf", where, at);
      expect_bad(number, "");
      flip("entry", "leaf", where, at);
    }
  }
  EXPECT_TRUE(verdict().is_sound);
}

TEST_F(AuditLogTest, an_altered_sealed_payload_is_named) {
  note_many(9);
  flip("entry", "sealed", "number = 5", 30);
  expect_bad(5, "its sealed part was altered");
  EXPECT_EQ(ledger->log().entry(5).value().payload_state, PayloadState::unreadable);
}

TEST_F(AuditLogTest, payloads_that_change_places_are_named) {
  note_many(9);
  tamper(
      "CREATE TEMP TABLE kept AS SELECT number, sealed FROM entry;"
      "UPDATE entry SET sealed = (SELECT sealed FROM kept WHERE number = 6) WHERE number = 5;"
      "UPDATE entry SET sealed = (SELECT sealed FROM kept WHERE number = 5) WHERE number = 6;");
  expect_bad(5, "its sealed part was altered");
}

TEST_F(AuditLogTest, a_payload_that_vanished_without_an_erasure_is_named) {
  note_many(9);
  tamper("UPDATE entry SET sealed = NULL WHERE number = 3");
  expect_bad(3, "nothing says that it was erased");
  tamper("INSERT INTO destroyed_key (entry, destroyed_at) VALUES (3, 1)");
  expect_bad(3, "no erasure of that time is in the log");
}

TEST_F(AuditLogTest, an_altered_leaf_node_is_named) {
  note_many(9);
  flip("node", "hash", "level = 0 AND position = 7", 0);
  expect_bad(7, "its hash is not the one in the tree");
}

TEST_F(AuditLogTest, an_altered_inner_node_is_named_by_its_first_entry) {
  note_many(9);
  flip("node", "hash", "level = 1 AND position = 2", 31);
  expect_bad(4, "the tree's node over entries 4 to 5 does not fit them");
  flip("node", "hash", "level = 1 AND position = 2", 31);
  flip("node", "hash", "level = 3 AND position = 0", 31);
  expect_bad(0, "over entries 0 to 7");
}

TEST_F(AuditLogTest, a_missing_node_and_a_strange_one_are_noticed) {
  note_many(9);
  tamper("INSERT INTO node VALUES (2, 2, zeroblob(32))");
  expect_bad(10, "nodes for entries that are not there");
  tamper("DELETE FROM node WHERE level = 2");
  expect_bad(0, "over entries 0 to 3");
}

TEST_F(AuditLogTest, an_altered_head_is_noticed) {
  note_many(3);
  const std::string head = ledger->log().checkpoint().value();
  for (std::size_t at = 0; at < head.size(); at += 7) {
    std::string altered = head;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    auto update = workspace->ledger_store().write(permits.write(), "UPDATE head SET checkpoint = ?1").value();
    update.bind(1, altered).run().value();
    const Verdict found = verdict();
    EXPECT_FALSE(found.is_sound) << at;
    EXPECT_NE(found.what, "") << at;
  }
  tamper("DELETE FROM head");
  EXPECT_FALSE(verdict().is_sound);
}

TEST_F(AuditLogTest, a_removed_entry_is_named) {
  note_many(9);
  tamper("PRAGMA foreign_keys=OFF; DELETE FROM entry WHERE number = 4");
  expect_bad(4, "it is missing");
}

TEST_F(AuditLogTest, a_removed_entry_whose_followers_were_renumbered_is_named) {
  note_many(9);
  tamper(
      "PRAGMA foreign_keys=OFF; DELETE FROM entry WHERE number = 4;"
      "UPDATE entry SET number = number - 1 WHERE number > 4;");
  expect_bad(4, "it says it is another entry");
}

TEST_F(AuditLogTest, an_entry_altered_together_with_its_hash_is_named_by_the_node_above) {
  note_many(9);
  flip("entry", "leaf", "number = 6", 40);
  auto select = workspace->ledger_store().read("SELECT leaf FROM entry WHERE number = 6").value();
  ASSERT_TRUE(select.step_row().value());
  const base::Hash hash = leaf_hash(select.bytes(0));
  select.reset();
  auto update = workspace->ledger_store()
                    .write(permits.write(), "UPDATE node SET hash = ?1 WHERE level = 0 AND position = 6")
                    .value();
  update.bind(1, std::span<const std::byte>(hash.bytes)).run().value();
  expect_bad(6, "over entries 6 to 7");
}

TEST_F(AuditLogTest, a_tree_made_anew_does_not_fit_the_signed_root) {
  note_many(9);
  flip("entry", "leaf", "number = 6", 40);
  rewrite_tree_from_entries();
  expect_bad(-1, "the whole tree was made anew");
}

TEST_F(AuditLogTest, entries_cut_off_at_the_end_are_named) {
  note_many(9);
  tamper("PRAGMA foreign_keys=OFF; DELETE FROM entry WHERE number >= 8");
  expect_bad(8, "the signed head counts 10 entries and the log has 8");
}

TEST_F(AuditLogTest, a_tail_cut_together_with_its_nodes_and_head_is_named_by_the_kept_head) {
  note_many(5);
  const std::string old_head = ledger->log().checkpoint().value();
  note_many(4);
  tamper("PRAGMA foreign_keys=OFF; DELETE FROM entry WHERE number >= 6");
  rewrite_tree_from_entries();
  auto update = workspace->ledger_store().write(permits.write(), "UPDATE head SET checkpoint = ?1").value();
  update.bind(1, old_head).run().value();
  expect_bad(6, "the log was cut");
  // Nothing may be written over the evidence.
  const auto noted_after = ledger->note(analyst, look_at("x"));
  ASSERT_FALSE(noted_after.ok());
  EXPECT_EQ(noted_after.error().code, "history_rewritten");
  EXPECT_EQ(noted_after.error().kind, base::ErrorKind::damaged);
  expect_bad(6, "the log was cut");
}

TEST_F(AuditLogTest, a_missing_kept_head_is_noticed) {
  note_many(2);
  std::filesystem::remove(keys / "head.txt");
  expect_bad(-1, "the head kept with the keys is missing");
}

TEST_F(AuditLogTest, an_altered_kept_head_is_noticed) {
  note_many(2);
  store::flip_byte(keys / "head.txt", 40);
  EXPECT_FALSE(verdict().is_sound);
}

TEST_F(AuditLogTest, a_proof_of_an_entry_can_be_checked_without_the_log) {
  note_many(12);
  for (std::int64_t number = 0; number < 13; ++number) {
    const InclusionProof proof = ledger->log().prove_entry(number).value();
    // What a third party does: hash the leaf, walk the path, compare with the checkpoint that the key signed.
    InclusionClaim claim = proof.claim;
    claim.leaf_hash = leaf_hash(proof.leaf);
    const auto checkpoint = read_checkpoint(proof.checkpoint, public_half(ledger->keyring().signing_key())).value();
    claim.size = checkpoint.size;
    claim.root = checkpoint.root;
    EXPECT_TRUE(verify_inclusion(claim, proof.path)) << number;
    EXPECT_EQ(decode_entry(proof.leaf).value().number, number);
  }
}

TEST_F(AuditLogTest, no_proof_is_given_that_does_not_hold) {
  note_many(9);
  flip("entry", "leaf", "number = 6", 40);
  EXPECT_EQ(ledger->log().prove_entry(6).error().code, "log_does_not_prove");
  EXPECT_TRUE(ledger->log().prove_entry(5).ok()) << "the others are still proved";
}

TEST_F(AuditLogTest, a_log_is_shown_to_continue_each_of_its_checkpoints) {
  std::vector<std::string> checkpoints;
  for (int i = 0; i < 10; ++i) {
    checkpoints.push_back(ledger->log().checkpoint().value());
    note_many(1);
  }
  for (const std::string& checkpoint : checkpoints) {
    const auto proof = ledger->log().prove_since(checkpoint).value();
    EXPECT_TRUE(verify_consistency(proof.claim, proof.path));
    EXPECT_EQ(proof.claim.size, 11);
  }
}

TEST_F(AuditLogTest, a_log_with_another_history_does_not_continue_the_checkpoint) {
  note_many(5);
  const std::string checkpoint = ledger->log().checkpoint().value();
  note_many(3);
  flip("entry", "leaf", "number = 2", 40);
  rewrite_tree_from_entries();
  const auto proof = ledger->log().prove_since(checkpoint);
  ASSERT_FALSE(proof.ok());
  EXPECT_EQ(proof.error().code, "history_rewritten");
  EXPECT_NE(proof.error().message().find("The first 6 entries are not those of the checkpoint"), std::string::npos);
}

TEST_F(AuditLogTest, the_callers_wish_to_stop_ends_the_verification) {
  note_many(3);
  const auto found = ledger->log().verify([](std::int64_t entry) -> base::Result<void> {
    if (entry < 2) return {};
    return base::Error{base::ErrorKind::world, "interrupted", "stopped", "", ""};
  });
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().code, "interrupted");
}

// Erasing a payload.

struct ErasedPayloadTest : AuditLogTest {
  std::int64_t number = 0;

  void SetUp() override {
    note_many(3);
    number = noted("extract 3f9a:10482", "a name that must go");
    note_many(3);
  }
  void erase() {
    Transaction transaction = ledger
                                  ->begin(analyst, {.operation = Operation::erasure,
                                                    .purpose = Purpose::govern,
                                                    .rule = 308,
                                                    .object = {},
                                                    .reason = {},
                                                    .recipients = {}})
                                  .value();
    ledger->log().forget_payload(transaction.permit(), number, transaction.entry().at).value();
    static_cast<void>(transaction.commit().value());
  }
};

TEST_F(ErasedPayloadTest, its_key_is_gone_and_the_log_is_still_sound) {
  EXPECT_TRUE(ledger->keyring().find(number).value().has_value());
  erase();
  EXPECT_FALSE(ledger->keyring().find(number).value().has_value());
  const Verdict found = verdict();
  EXPECT_TRUE(found.is_sound) << found.what;
  EXPECT_EQ(found.destroyed_payloads, 1);
  EXPECT_EQ(ledger->log().entry(number).value().payload_state, PayloadState::destroyed);
}

TEST_F(ErasedPayloadTest, proofs_given_before_and_after_still_verify) {
  const std::string checkpoint = ledger->log().checkpoint().value();
  erase();
  const auto proof = ledger->log().prove_entry(number).value();
  EXPECT_TRUE(verify_inclusion(proof.claim, proof.path));
  const auto since = ledger->log().prove_since(checkpoint).value();
  EXPECT_TRUE(verify_consistency(since.claim, since.path));
}

TEST_F(ErasedPayloadTest, neither_its_key_nor_what_was_sealed_is_in_any_file) {
  const PayloadKey key = ledger->keyring().find(number).value().value();
  const std::string key_bytes(reinterpret_cast<const char*>(key.bytes().data()), key.bytes().size());
  ASSERT_FALSE(files_with(key_bytes).empty()) << "the test must be able to find what is there";
  erase();
  EXPECT_EQ(files_with(key_bytes), std::vector<std::string>());
  EXPECT_EQ(files_with("a name that must go"), std::vector<std::string>());
  close();
  EXPECT_EQ(files_with(key_bytes), std::vector<std::string>());
}

TEST_F(ErasedPayloadTest, a_sealed_part_that_came_back_is_named) {
  auto select = workspace->ledger_store().read("SELECT sealed FROM entry WHERE number = 4").value();
  ASSERT_TRUE(select.step_row().value());
  const Bytes sealed(select.bytes(0).begin(), select.bytes(0).end());
  select.reset();
  erase();
  auto update =
      workspace->ledger_store().write(permits.write(), "UPDATE entry SET sealed = ?1 WHERE number = 4").value();
  update.bind(1, std::span<const std::byte>(sealed)).run().value();
  expect_bad(4, "its sealed part is still there");
}

TEST_F(ErasedPayloadTest, a_key_that_a_restored_copy_brought_back_is_destroyed_on_opening) {
  const PayloadKey key = ledger->keyring().find(number).value().value();
  erase();
  ledger->keyring().keep(permits.write(), number, key).value();
  reopen();
  EXPECT_FALSE(ledger->keyring().find(number).value().has_value());
}

}  // namespace
}  // namespace throughline::ledger
