#include "ledger/ledger.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "ledger/made_up_ledger.h"
#include "store/fault_points.h"
#include "store/permit_for_tests.h"

namespace throughline::ledger {
namespace {

struct LedgerTest : testing::Test, MadeUpLedger {};

TEST_F(LedgerTest, the_first_entry_is_its_founding) {
  EXPECT_EQ(ledger->log().size().value(), 1);
  const ShownEntry first = ledger->log().entry(0).value();
  EXPECT_EQ(first.entry.operation, Operation::administration);
  EXPECT_EQ(first.entry.role, Role::administrator);
  EXPECT_EQ(first.entry.rule, 103);
  EXPECT_EQ(first.payload.object, "workspace founded");
  EXPECT_EQ(first.payload.login, "founderlogin");
  EXPECT_TRUE(Ledger::is_founded(*workspace).value());
}

TEST_F(LedgerTest, it_is_founded_once) {
  const auto again = Ledger::create(*workspace, clock, entropy, k_founding);
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, "workspace_founded");
}

TEST_F(LedgerTest, it_opens_again_and_goes_on) {
  note_many(2);
  reopen();
  EXPECT_EQ(noted("x"), 3);
  EXPECT_TRUE(verdict().is_sound);
}

TEST_F(LedgerTest, several_threads_with_a_ledger_each_write_one_log) {
  constexpr int k_threads = 4;
  constexpr int k_entries = 8;
  std::vector<std::unique_ptr<SetClock>> clocks;
  std::vector<std::unique_ptr<SeededEntropy>> entropies;
  std::vector<std::unique_ptr<Ledger>> ledgers;
  for (int i = 0; i < k_threads; ++i) {
    clocks.push_back(std::make_unique<SetClock>());
    entropies.push_back(std::make_unique<SeededEntropy>("thread " + std::to_string(i)));
    ledgers.push_back(Ledger::open_another(*workspace, *clocks.back(), *entropies.back()).value());
  }
  std::atomic<int> failed = 0;
  {
    std::vector<std::jthread> threads;
    for (const auto& each : ledgers) {
      threads.emplace_back([&each, &failed, this] {
        for (int i = 0; i < k_entries; ++i) failed += each->note(analyst, look_at("extract")).ok() ? 0 : 1;
      });
    }
  }
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(ledger->log().size().value(), 1 + (k_threads * k_entries));
  EXPECT_TRUE(verdict().is_sound);
  EXPECT_TRUE(ledger->log().check_kept_head().ok());
  EXPECT_EQ(ledger->keyring().kept_head().value(), ledger->log().checkpoint().value());
}

// A proof is of the head that was signed when it was asked for, however many write meanwhile.
TEST_F(LedgerTest, an_entry_is_proved_while_others_are_written) {
  const std::int64_t first = noted("extract");
  const auto other = Ledger::open_another(*workspace, clock, entropy).value();
  std::atomic<bool> is_done = false;
  std::jthread writer([&other, &is_done, this] {
    for (int i = 0; i < 60; ++i) static_cast<void>(other->note(analyst, look_at("extract")));
    is_done = true;
  });
  int proved = 0;
  while (!is_done) {
    const auto proof = ledger->log().prove_entry(first);
    ASSERT_TRUE(proof.ok()) << proof.error().message() << " after " << proved;
    ++proved;
  }
  EXPECT_GT(proved, 0);
}

TEST_F(LedgerTest, it_does_not_open_without_its_keys) {
  close();
  std::filesystem::rename(keys, folder.path() / "elsewhere");
  workspace = store::Workspace::open(root, made_up_opening(false)).value();
  const auto opened = Ledger::open(*workspace, clock, entropy);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, "keys_missing");
}

TEST_F(LedgerTest, the_keys_of_another_log_are_not_taken_over) {
  note_many(1);
  close();
  std::filesystem::remove_all(root);
  workspace = store::Workspace::open(root, made_up_opening(true)).value();
  const auto founded = Ledger::create(*workspace, clock, entropy, k_founding);
  ASSERT_FALSE(founded.ok());
  EXPECT_EQ(founded.error().code, "keys_in_use");
  EXPECT_EQ(founded.error().where, keys.string());
}

TEST_F(LedgerTest, a_transaction_that_ends_without_commit_leaves_nothing) {
  {
    Transaction transaction = ledger->begin(analyst, look_at("x")).value();
    ledger->add_account(transaction, {.agency = "A", .account = "b", .person_name = "c"}).value();
  }
  EXPECT_EQ(ledger->log().size().value(), 1);
  EXPECT_EQ(ledger->accounts().value().size(), 1U);
  EXPECT_EQ(noted("y"), 1);
  EXPECT_TRUE(verdict().is_sound);
}

TEST_F(LedgerTest, a_transaction_may_move_and_still_commits_once) {
  Transaction first = ledger->begin(analyst, look_at("x")).value();
  Transaction second(std::move(first));
  EXPECT_EQ(second.entry().number, 1);
  second.set_object("what it turned out to be");
  EXPECT_EQ(second.commit().value().number, 1);
  EXPECT_EQ(ledger->log().entry(1).value().payload.object, "what it turned out to be");
}

TEST_F(LedgerTest, two_transactions_at_once_are_refused) {
  const Transaction first = ledger->begin(analyst, look_at("x")).value();
  EXPECT_FALSE(ledger->begin(analyst, look_at("y")).ok());
}

TEST_F(LedgerTest, a_reason_that_could_not_be_read_back_is_refused_before_anything_is_written) {
  const auto refused = ledger->begin(analyst, look_at("x", std::string(k_payload_text_bytes_max + 1, 'x')));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "text_too_long");
  EXPECT_EQ(refused.error().kind, base::ErrorKind::bad_command);
  EXPECT_EQ(ledger->log().size().value(), 1);
}

TEST_F(LedgerTest, a_clock_that_jumps_back_does_not_take_the_log_with_it) {
  note_many(1);
  const base::Instant before = ledger->log().entry(1).value().entry.at;
  clock.set_back_days(30);
  note_many(2);
  for (const std::int64_t number : {2, 3}) {
    const Entry entry = ledger->log().entry(number).value().entry;
    EXPECT_EQ(entry.at, before);
    EXPECT_LT(entry.machine_clock, before) << "the jump is recorded";
  }
  clock.advance_days(31);
  note_many(1);
  const Entry entry = ledger->log().entry(4).value().entry;
  EXPECT_GT(entry.at, before);
  EXPECT_EQ(entry.at, entry.machine_clock);
  EXPECT_TRUE(verdict().is_sound);
}

TEST_F(LedgerTest, an_entry_whose_head_could_not_be_kept_says_that_it_was_written) {
  std::filesystem::remove(keys / "head.txt");
  std::filesystem::create_directory(keys / "head.txt.new");
  std::filesystem::create_directory(keys / "head.txt.new" / "in_the_way");
  const auto done = ledger->note(analyst, look_at("x"));
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, "head_not_kept");
  EXPECT_EQ(ledger->log().size().value(), 2);
  std::filesystem::remove_all(keys / "head.txt.new");
  EXPECT_EQ(noted("y"), 2);
  EXPECT_TRUE(verdict().is_sound);
}

// Killed: what a process that dies at a named point leaves behind.

struct KilledLedgerTest : testing::Test, MadeUpLedger {
  // Runs the work in a process of its own that dies at the count-th passing of the point; true when it did.
  template <class Work>
  bool killed_at(const char* point, std::int64_t count, const Work& work) {
    close();
    const pid_t child = ::fork();
    if (child == 0) {
      store::arm_fault_point(point, count);
      work();
      ::_exit(0);
    }
    int state = 0;
    ::waitpid(child, &state, 0);
    return WIFSIGNALED(state);
  }
  void found() {
    workspace = store::Workspace::open(root, made_up_opening(true)).value();
    ledger = Ledger::create(*workspace, clock, entropy, k_founding).value();
  }
  void remove_all() {
    close();
    std::filesystem::remove_all(root);
    std::filesystem::remove_all(keys);
  }
};

TEST_F(KilledLedgerTest, an_entry_is_whole_or_absent_wherever_the_process_dies) {
  std::int64_t entries = 1;
  for (const char* point : {"ledger.before_commit", "ledger.after_commit", "ledger.before_head_is_kept"}) {
    EXPECT_TRUE(killed_at(point, 1, [&] {
      reopen();
      static_cast<void>(ledger->note(analyst, look_at("x")));
    })) << point;
    entries += std::string(point) == "ledger.before_commit" ? 0 : 1;
    reopen();
    EXPECT_EQ(ledger->log().size().value(), entries) << point;
    EXPECT_TRUE(verdict().is_sound) << point << ": " << verdict().what;
    EXPECT_EQ(noted("y", "after " + std::string(point)), entries++);
    EXPECT_EQ(ledger->log().entry(entries - 1).value().payload.reason, "after " + std::string(point));
    EXPECT_TRUE(verdict().is_sound) << point << ": " << verdict().what;
  }
}

TEST_F(KilledLedgerTest, a_founding_that_was_killed_is_finished_by_founding_again) {
  int kills = 0;
  for (std::int64_t count = 1;; ++count) {
    remove_all();
    if (!killed_at("any", count, [&] { found(); })) break;
    ++kills;
    workspace = store::Workspace::open(root, made_up_opening(true)).value();
    if (!Ledger::is_founded(*workspace).value()) {
      ledger = Ledger::create(*workspace, clock, entropy, k_founding).value();
    } else {
      ledger = Ledger::open(*workspace, clock, entropy).value();
    }
    EXPECT_EQ(ledger->accounts().value().size(), 1U) << count;
    EXPECT_TRUE(verdict().is_sound) << count << ": " << verdict().what;
    note_many(2);
    EXPECT_TRUE(verdict().is_sound) << count << ": " << verdict().what;
  }
  EXPECT_GE(kills, 6);
}

// Accounts.

struct AccountsTest : testing::Test, MadeUpLedger {
  Actor administrator{
      .account = AccountId(1), .agency = AgencyId(1), .role = Role::administrator, .login = "founderlogin"};

  template <class Work>
  base::Result<void> administered(const Work& work) const {
    Transaction transaction = TRY(ledger->begin(
        administrator,
        {.operation = Operation::administration, .rule = 103, .object = "accounts", .reason = {}, .recipients = {}}));
    TRY(work(transaction));
    static_cast<void>(TRY(transaction.commit()));
    return {};
  }
  base::Result<void> add(const std::string& name, const std::string& agency = "Example Police") const {
    return administered([&](Transaction& transaction) {
      return ledger->add_account(transaction, {.agency = agency, .account = name, .person_name = "A person"});
    });
  }
  base::Result<void> grant(AccountId account, Role role) const {
    return administered([&](Transaction& transaction) { return ledger->grant(transaction, account, role); });
  }
  base::Result<void> revoke(AccountId account, Role role) const {
    return administered([&](Transaction& transaction) { return ledger->revoke(transaction, account, role); });
  }
};

TEST_F(AccountsTest, the_founder_is_administrator_analyst_and_auditor) {
  const Account founder = ledger->account("founder").value();
  EXPECT_EQ(founder.id, AccountId(1));
  EXPECT_EQ(founder.agency_name, "Example Council");
  EXPECT_EQ(founder.person_name, "Founder of the example");
  EXPECT_EQ(founder.roles, (std::vector{Role::administrator, Role::analyst, Role::auditor}));
}

TEST_F(AccountsTest, a_new_account_may_do_nothing_until_a_role_is_granted) {
  add("acole").value();
  EXPECT_TRUE(ledger->account("acole").value().roles.empty());
  grant(ledger->account("acole").value().id, Role::practitioner).value();
  EXPECT_EQ(ledger->account("acole").value().roles, std::vector{Role::practitioner});
}

TEST_F(AccountsTest, accounts_of_one_agency_share_it) {
  add("acole").value();
  add("bdale").value();
  EXPECT_EQ(ledger->account("acole").value().agency, ledger->account("bdale").value().agency);
  EXPECT_NE(ledger->account("acole").value().agency, ledger->account("founder").value().agency);
}

TEST_F(AccountsTest, a_misspelt_account_gets_the_nearest_name) {
  const auto found = ledger->account("fuonder");
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().message(), "There is no account 'fuonder' in this workspace. Did you mean 'founder'?");
  EXPECT_EQ(ledger->account("zzz").error().remedy, "See throughline accounts list; an administrator adds accounts");
}

TEST_F(AccountsTest, a_name_is_taken_whatever_the_case_of_its_letters) {
  EXPECT_EQ(add("founder").error().code, "account_taken");
  const auto other_case = add("Founder");
  ASSERT_FALSE(other_case.ok());
  EXPECT_EQ(other_case.error().what, "There is already an account 'founder'");
}

TEST_F(AccountsTest, a_name_is_short_and_plain) {
  for (const char* name : {"", "a b", "a/b", "a'b", "caf\u00e9", "a\nb"}) {
    EXPECT_EQ(add(name).error().code, "account_name") << name;
  }
  EXPECT_EQ(add(std::string(65, 'a')).error().code, "account_name");
  EXPECT_TRUE(add(std::string(64, 'a')).ok());
  EXPECT_TRUE(add("A.b-c_9").ok());
}

TEST_F(AccountsTest, a_role_is_granted_once_and_taken_once) {
  add("acole").value();
  const AccountId id = ledger->account("acole").value().id;
  grant(id, Role::analyst).value();
  EXPECT_EQ(grant(id, Role::analyst).error().code, "role_held");
  revoke(id, Role::analyst).value();
  EXPECT_TRUE(ledger->account("acole").value().roles.empty());
  EXPECT_EQ(revoke(id, Role::analyst).error().code, "role_not_held");
  EXPECT_TRUE(grant(id, Role::analyst).ok()) << "it may be granted again";
}

TEST_F(AccountsTest, the_last_administrator_stays) {
  const auto last = revoke(AccountId(1), Role::administrator);
  ASSERT_FALSE(last.ok());
  EXPECT_EQ(last.error().code, "last_administrator");
  add("acole").value();
  const AccountId other = ledger->account("acole").value().id;
  EXPECT_EQ(revoke(other, Role::administrator).error().code, "role_not_held");
  grant(other, Role::administrator).value();
  EXPECT_TRUE(revoke(AccountId(1), Role::administrator).ok());
  EXPECT_EQ(revoke(other, Role::administrator).error().code, "last_administrator");
}

TEST_F(AccountsTest, a_role_that_the_program_never_wrote_is_damage) {
  const store::PermitForTests permits;
  workspace->ledger_store().run_script(permits.write(), "UPDATE role_grant SET role = 9 WHERE role = 2").value();
  const auto all = ledger->accounts();
  ASSERT_FALSE(all.ok());
  EXPECT_EQ(all.error().code, "damaged_ledger");
}

}  // namespace
}  // namespace throughline::ledger
