#include "store/workspace.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include "store/backup.h"
#include "store/duck_writer.h"
#include "store/fault_points.h"
#include "store/permit_for_tests.h"
#include "store/testing_folder.h"
#include "store/workspace_files.h"

namespace throughline::store {
namespace {

const Migration k_ledger_1{StoreKind::ledger, 1, "CREATE TABLE note (text TEXT) STRICT"};
const Migration k_ledger_2{StoreKind::ledger, 2, "ALTER TABLE note ADD COLUMN place INTEGER"};
const Migration k_records_1{StoreKind::records, 1, "CREATE TABLE event (place BIGINT, text VARCHAR)"};
const Migration k_records_2{StoreKind::records, 2, "ALTER TABLE event ADD COLUMN kind INTEGER"};

struct WorkspaceTest : testing::Test {
  TestingFolder folder;
  PermitForTests permits;
  std::filesystem::path root = folder.path() / "w";

  static Opening opening(bool create, std::vector<Migration> steps = {k_ledger_1, k_records_1}) {
    Opening how;
    how.verb = "ingest";
    how.program_version = "test";
    how.create = create;
    how.threads = 1;
    how.migrations = std::move(steps);
    return how;
  }
  std::unique_ptr<Workspace> made() { return Workspace::open(root, opening(true)).value(); }
  void add_rows(Workspace& workspace, const std::string& text) const {
    DuckConnection connection = workspace.records_store().connect().value();
    DuckWriter writer(permits.write(), connection);
    DuckStatement insert = writer.prepare("INSERT INTO event SELECT range, ? FROM range(3000)").value();
    EXPECT_EQ(insert.bind(1, text).run().value(), 3000);
  }
  static std::int64_t rows(Workspace& workspace) {
    return workspace.records_store().connect().value().number("SELECT count(*) FROM event").value();
  }
};

TEST_F(WorkspaceTest, it_is_made_once_and_opened_again) {
  {
    add_rows(*made(), "x");
  }
  const auto again = Workspace::open(root, opening(false)).value();
  EXPECT_EQ(rows(*again), 3000);
  again->check_structure().value();
}

TEST_F(WorkspaceTest, everything_in_it_is_private) {
  const mode_t before = ::umask(0);
  const auto workspace = made();
  ::umask(before);
  for (const char* name : {"w", "w.keys", "w/archive", "w/inbox", "w/temp"}) {
    struct stat found{};
    ASSERT_EQ(::stat((folder.path() / name).c_str(), &found), 0) << name;
    EXPECT_EQ(found.st_mode & 0777U, 0700U) << name;
  }
  for (const char* name : {"w/lock", "w/workspace.json", "w/ledger.sqlite", "w/records.duckdb"}) {
    struct stat found{};
    ASSERT_EQ(::stat((folder.path() / name).c_str(), &found), 0) << name;
    EXPECT_EQ(found.st_mode & 0777U, 0600U) << name;
  }
}

TEST_F(WorkspaceTest, a_missing_one_says_how_to_make_it) {
  const auto missing = Workspace::open(root, opening(false));
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().what, "there is no workspace here");
  EXPECT_NE(missing.error().remedy.find("throughline init"), std::string::npos);
}

TEST_F(WorkspaceTest, a_folder_with_other_things_in_it_is_not_taken) {
  std::filesystem::create_directory(root);
  put_bytes(root / "thesis.txt", "mine");
  const auto refused = Workspace::open(root, opening(true));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().what, "the folder is not empty and is no workspace");
  EXPECT_EQ(bytes_of(root / "thesis.txt"), "mine");
}

TEST_F(WorkspaceTest, a_second_process_learns_who_holds_it) {
  const auto held = made();
  const pid_t holder = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) {
    const auto second = WorkspaceLock::take(root / "lock", "count", {});
    const bool right = !second.ok() && second.error().code == "workspace_locked" &&
                       second.error().what == "the workspace is held by pid " + std::to_string(holder) +
                                                  " (throughline ingest, since " + base::to_string(base::Instant{}) +
                                                  ")";
    ::_exit(right ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

TEST_F(WorkspaceTest, the_lock_of_a_dead_process_is_no_obstacle) {
  {
    made();
  }
  const pid_t child = ::fork();
  if (child == 0) {
    const auto lock = WorkspaceLock::take(root / "lock", "ingest", {});
    ::kill(::getpid(), SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(Workspace::open(root, opening(false)).ok());
}

TEST_F(WorkspaceTest, migrations_run_once_and_in_order_and_keep_rows) {
  {
    add_rows(*made(), "x");
  }
  for (int time = 0; time < 2; ++time) {
    const auto newer =
        Workspace::open(root, opening(false, {k_ledger_2, k_records_2, k_ledger_1, k_records_1})).value();
    EXPECT_EQ(rows(*newer), 3000);
    EXPECT_TRUE(newer->ledger_store().read("SELECT place FROM note").ok());
  }
  const auto older = Workspace::open(root, opening(false));
  ASSERT_FALSE(older.ok());
  EXPECT_EQ(older.error().what,
            "the workspace was written by a newer program: it has format 2, this program knows up to 1");
}

TEST_F(WorkspaceTest, a_migration_that_fails_leaves_the_schema_as_it_was) {
  {
    made();
  }
  const Migration broken{StoreKind::ledger, 2, "CREATE TABLE half (a INTEGER); INSERT INTO none VALUES (1)"};
  const auto failed = Workspace::open(root, opening(false, {k_ledger_1, broken, k_records_1}));
  ASSERT_FALSE(failed.ok());
  EXPECT_NE(failed.error().what.find("while bringing the ledger to schema 2"), std::string::npos);
  const auto old = Workspace::open(root, opening(false)).value();
  EXPECT_FALSE(old->ledger_store().read("SELECT * FROM half").ok());
}

TEST_F(WorkspaceTest, a_newer_format_is_refused_and_untouched) {
  {
    made();
  }
  put_bytes(root / "workspace.json", "{\"format\": 99}");
  const auto refused = Workspace::open(root, opening(false));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "newer_workspace");
}

TEST_F(WorkspaceTest, compaction_removes_deleted_values_from_the_file) {
  const auto workspace = made();
  add_rows(*workspace, "Example-Value-To-Erase");
  add_rows(*workspace, "kept");
  workspace->settle().value();
  ASSERT_NE(bytes_of(root / "records.duckdb").find("Example-Value-To-Erase"), std::string::npos);
  {
    DuckConnection connection = workspace->records_store().connect().value();
    DuckWriter writer(permits.write(), connection);
    writer.run_script("DELETE FROM event WHERE text <> 'kept'").value();
  }
  workspace->compact(permits.write()).value();
  EXPECT_EQ(rows(*workspace), 3000);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
    if (!entry.is_regular_file()) continue;
    EXPECT_EQ(bytes_of(entry.path()).find("Example-Value-To-Erase"), std::string::npos) << entry.path();
  }
}

TEST_F(WorkspaceTest, a_kill_within_compaction_or_creation_leaves_one_good_workspace) {
  {
    add_rows(*made(), "x");
  }
  for (const char* point : {"records.rebuilding", "workspace.before_compact_rename", "records.before_checkpoint"}) {
    const pid_t child = ::fork();
    if (child == 0) {
      arm_fault_point(point, 1);
      const auto workspace = Workspace::open(root, opening(false)).value();
      static_cast<void>(workspace->compact(permits.write()));
      ::_exit(1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << point;
    const auto workspace = Workspace::open(root, opening(false)).value();
    EXPECT_EQ(rows(*workspace), 3000) << point;
    EXPECT_FALSE(std::filesystem::exists(root / "records.duckdb.rebuilt"));
  }
}

TEST_F(WorkspaceTest, a_backup_restores_to_the_same_rows_without_the_keys) {
  const auto workspace = made();
  add_rows(*workspace, "x");
  put_bytes(workspace->paths().keys / "keys.sqlite", "secret");
  const auto summary = back_up(*workspace, {folder.path() / "b", folder.path() / "k", {}}).value();
  EXPECT_EQ(summary.files, 3);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "b" / "keys.sqlite"));
  EXPECT_EQ(bytes_of(folder.path() / "k" / "keys.sqlite"), "secret");
  EXPECT_EQ(verify_backup(folder.path() / "b").value().files, 3);
  ASSERT_TRUE(restore({folder.path() / "b", folder.path() / "again", folder.path() / "k"}).ok());
  const auto restored = Workspace::open(folder.path() / "again", opening(false)).value();
  EXPECT_EQ(rows(*restored), 3000);
  EXPECT_EQ(bytes_of(restored->paths().keys / "keys.sqlite"), "secret");
}

TEST_F(WorkspaceTest, an_altered_backup_is_named_and_nothing_is_restored) {
  {
    ASSERT_TRUE(back_up(*made(), {folder.path() / "b", {}, {}}).ok());
  }
  flip_byte(folder.path() / "b" / "ledger.sqlite", 50);
  const auto restored = restore({folder.path() / "b", folder.path() / "again", {}});
  ASSERT_FALSE(restored.ok());
  EXPECT_EQ(restored.error().code, "damaged_backup");
  EXPECT_NE(restored.error().where.find("ledger.sqlite"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "again"));
}

TEST_F(WorkspaceTest, keys_are_never_backed_up_inside_the_data_and_a_full_place_is_refused) {
  const auto workspace = made();
  const auto inside = back_up(*workspace, {folder.path() / "b", folder.path() / "b" / "keys", {}});
  ASSERT_FALSE(inside.ok());
  EXPECT_EQ(inside.error().what, "the keys would lie inside the backup they open");
  EXPECT_EQ(back_up(*workspace, {root, {}, {}}).error().what, "the place is not empty");
}

TEST_F(WorkspaceTest, a_full_disk_is_said_and_nothing_is_kept_by_half) {
  {
    made();
  }
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const auto workspace = Workspace::open(root, opening(false)).value();
    const rlimit small{4096, 4096};
    ::setrlimit(RLIMIT_FSIZE, &small);
    ArchiveWriter writer = workspace->archive().begin(permits.write()).value();
    std::string text;
    for (int line = 0; line < 300000; ++line) text += std::to_string(line * 7001);
    auto written = writer.append(text);
    const bool right = !written.ok() && written.error().code == "disk_full" &&
                       written.error().message().find("Free some space") != std::string::npos;
    ::_exit(right ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  const auto workspace = Workspace::open(root, opening(false)).value();
  EXPECT_TRUE(workspace->archive().list().value().empty());
}

}  // namespace
}  // namespace throughline::store
