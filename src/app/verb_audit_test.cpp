#include <gtest/gtest.h>

#include "app/made_up_world.h"
#include "app/session.h"
#include "store/permit_for_tests.h"

namespace throughline::app {
namespace {

struct AuditVerbTest : testing::Test, MadeUpWorld {
  AuditVerbTest() {
    static_cast<void>(founded());
    add_account("acole", "analyst");
  }
  [[nodiscard]] Report run_audit(const AuditRequest& request) const {
    return audit(outside, settings, request).value();
  }
  [[nodiscard]] base::Error refusal(const AuditRequest& request) const {
    return audit(outside, settings, request).error();
  }
  [[nodiscard]] std::string checkpoint_text() const {
    return section_of(run_audit({.act = "checkpoint"}), "checkpoint").verbatim;
  }
  void tamper(const std::string& sql) const {
    const store::PermitForTests permits;
    auto sqlite = store::Sqlite::open(folder.path() / "w" / "ledger.sqlite", store::OpenMode::read_write).value();
    sqlite.run_script(permits.write(), sql).value();
  }
};

TEST_F(AuditVerbTest, a_sound_log_is_said_to_be_sound) {
  const Report report = run_audit({.act = "verify"});
  EXPECT_EQ(report.outcome, Outcome::done);
  EXPECT_EQ(fact_of(report, "log", "verdict"), Value("sound"));
  EXPECT_EQ(fact_of(report, "log", "entries"), Value(std::int64_t{2}));
  EXPECT_EQ(fact_of(report, "log", "entry"), Value(std::int64_t{2})) << "verifying is an entry too";
}

TEST_F(AuditVerbTest, a_log_that_does_not_hold_names_its_first_bad_entry_and_is_left_alone) {
  tamper("UPDATE entry SET leaf = zeroblob(87) WHERE number = 1");
  for (int round = 0; round < 2; ++round) {
    const base::Error error = refusal({.act = "verify"});
    EXPECT_EQ(error.kind, base::ErrorKind::damaged);
    EXPECT_EQ(error.code, "log_damaged");
    EXPECT_EQ(error.what, "Entry 1 of the audit log does not hold: its bytes are no entry");
  }
}

TEST_F(AuditVerbTest, a_cut_tail_is_found_although_the_program_ran_since) {
  tamper(
      "PRAGMA foreign_keys=OFF; DELETE FROM entry WHERE number = 1; DELETE FROM node WHERE position = 1 OR level = 1");
  EXPECT_EQ(refusal({.act = "checkpoint"}).code, "history_rewritten");
  const base::Error error = refusal({.act = "verify"});
  EXPECT_EQ(error.code, "log_damaged");
  EXPECT_NE(error.what.find("Entry 1 of the audit log"), std::string::npos) << error.what;
}

TEST_F(AuditVerbTest, entries_are_shown_newest_first_and_the_showing_is_one) {
  const Table table = section_of(run_audit({.act = "show", .rows_max = 2}), "log").tables.at(0);
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(cell_of(table, 0, "entry"), Value(std::int64_t{2}));
  EXPECT_EQ(cell_of(table, 0, "object"), Value("newest entries"));
  EXPECT_EQ(cell_of(table, 0, "role"), Value("auditor"));
  EXPECT_EQ(cell_of(table, 1, "object"), Value("account acole: add analyst"));
  EXPECT_EQ(cell_of(table, 1, "account"), Value("founder"));
  EXPECT_EQ(cell_of(table, 1, "payload"), Value("open"));
  EXPECT_EQ(cell_of(table, 1, "machine_clock"), Value());
}

TEST_F(AuditVerbTest, one_entry_is_shown_by_its_number) {
  const Table table = section_of(run_audit({.act = "show", .entry = 0}), "log").tables.at(0);
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(cell_of(table, 0, "object"), Value("workspace founded"));
  EXPECT_EQ(refusal({.act = "show", .entry = 99}).code, "entry_unknown");
}

TEST_F(AuditVerbTest, a_clock_that_jumped_back_is_shown) {
  clock.set_back_days(3);
  const Table table = section_of(run_audit({.act = "show"}), "log").tables.at(0);
  EXPECT_NE(cell_of(table, 0, "machine_clock"), Value());
  EXPECT_EQ(cell_of(table, 0, "at"), cell_of(table, 1, "at"));
}

TEST_F(AuditVerbTest, only_an_auditor_opens_the_log_and_everybody_checks_it) {
  const auto refused = audit(outside, as("acole"), {.act = "show"});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::ErrorKind::refused);
  for (const char* act : {"verify", "checkpoint"}) EXPECT_TRUE(audit(outside, as("acole"), {.act = act}).ok()) << act;
  const Table table = section_of(run_audit({.act = "show"}), "log").tables.at(0);
  EXPECT_EQ(cell_of(table, 2, "decision"), Value("deny")) << "under the verification, which is an entry too";
}

TEST_F(AuditVerbTest, a_checkpoint_is_printed_as_it_was_signed_and_nothing_else) {
  const Report report = run_audit({.act = "checkpoint"});
  ASSERT_EQ(report.sections.size(), 1U);
  EXPECT_TRUE(report.sections[0].facts.empty());
  const auto session = Session::open(outside, settings, "test").value();
  const auto key = ledger::public_half(session->ledger().keyring().signing_key());
  EXPECT_EQ(ledger::read_checkpoint(report.sections[0].verbatim, key).value().size, 2) << "printing it is no entry";
}

TEST_F(AuditVerbTest, a_proof_of_an_entry_holds_for_somebody_who_has_nothing_but_the_answer) {
  const Report report = run_audit({.act = "prove", .entry = 1});
  const auto text = [&](const char* name) { return std::get<std::string>(fact_of(report, "inclusion", name)); };
  ledger::PublicKey key{};
  std::ranges::copy(ledger::from_base64(text("public_key")).value(), key.begin());
  const auto checkpoint = ledger::read_checkpoint(section_of(report, "checkpoint").verbatim, key).value();
  std::vector<base::Hash> path;
  const Table& table = section_of(report, "inclusion").tables.at(0);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    path.push_back(base::Hash::from_hex(std::get<std::string>(cell_of(table, row, "hash"))).value());
  }
  const ledger::InclusionClaim claim{.leaf = std::get<std::int64_t>(fact_of(report, "inclusion", "entry")),
                                     .size = checkpoint.size,
                                     .leaf_hash = ledger::leaf_hash(ledger::from_base64(text("leaf")).value()),
                                     .root = checkpoint.root};
  EXPECT_TRUE(ledger::verify_inclusion(claim, path));
  EXPECT_EQ(text("leaf_hash"), claim.leaf_hash.hex());
}

TEST_F(AuditVerbTest, a_log_is_proved_to_continue_a_checkpoint_that_somebody_kept) {
  store::put_bytes(path("kept.txt"), checkpoint_text());
  add_account("bdale", "analyst");
  const Report report = run_audit({.act = "prove", .checkpoint_file = path("kept.txt")});
  EXPECT_EQ(fact_of(report, "consistency", "old_entries"), Value(std::int64_t{2}));
  EXPECT_EQ(fact_of(report, "consistency", "entries"), Value(std::int64_t{3}));
  EXPECT_EQ(section_of(report, "consistency").notes.front(),
            "The first 2 entries of today's log are the very 2 entries that the checkpoint was signed over: none was "
            "changed, removed, added or moved.");
}

TEST_F(AuditVerbTest, a_log_that_was_rewritten_with_its_keys_is_betrayed_by_the_checkpoint_that_left) {
  store::put_bytes(path("kept.txt"), checkpoint_text());
  // The whole of it made anew by somebody who holds the signing key: other entries, a sound tree, a good signature.
  std::filesystem::remove_all(settings.workspace);
  std::filesystem::remove(path("w.keys") + "/head.txt");
  static_cast<void>(founded());
  add_account("elsewhere", "analyst");
  add_account("bdale", "analyst");
  add_account("cvale", "analyst");
  EXPECT_EQ(fact_of(run_audit({.act = "verify"}), "log", "verdict"), Value("sound"));
  const base::Error error = refusal({.act = "prove", .checkpoint_file = path("kept.txt")});
  EXPECT_EQ(error.code, "history_rewritten");
  EXPECT_EQ(error.kind, base::ErrorKind::damaged);
}

TEST_F(AuditVerbTest, what_cannot_be_proved_is_said) {
  EXPECT_EQ(refusal({.act = "prove"}).code, "nothing_to_prove");
  EXPECT_EQ(refusal({.act = "prove", .entry = 1000}).code, "entry_unknown");
  EXPECT_EQ(refusal({.act = "prove", .checkpoint_file = path("absent.txt")}).code, "file_unavailable");
  store::put_bytes(path("letter.txt"), "a letter");
  EXPECT_EQ(refusal({.act = "prove", .checkpoint_file = path("letter.txt")}).code, "checkpoint_malformed");
  EXPECT_EQ(refusal({.act = "verfy"}).remedy, "Did you mean 'verify'?");
}

}  // namespace
}  // namespace throughline::app
