#include "store/sqlite.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "store/permit_for_tests.h"
#include "store/testing_folder.h"

namespace throughline::store {
namespace {

struct SqliteTest : testing::Test {
  TestingFolder folder;
  PermitForTests permits;
  std::filesystem::path path = folder.path() / "ledger.sqlite";

  Sqlite made() {
    Sqlite store = Sqlite::open(path, OpenMode::create).value();
    store.run_script(permits.write(), "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT UNIQUE) STRICT").value();
    return store;
  }
};

TEST_F(SqliteTest, what_is_written_is_read_back) {
  Sqlite store = made();
  SqliteStatement write = store.write(permits.write(), "INSERT INTO note VALUES (?, ?)").value();
  write.bind(1, 7).bind(2, "seven").run().value();
  write.bind(1, 8).bind(2, nullptr).run().value();
  SqliteStatement read = store.read("SELECT id, text FROM note ORDER BY id").value();
  ASSERT_TRUE(read.step_row().value());
  EXPECT_EQ(read.integer(0), 7);
  EXPECT_EQ(read.text(1), "seven");
  ASSERT_TRUE(read.step_row().value());
  EXPECT_TRUE(read.is_null(1));
  EXPECT_FALSE(read.step_row().value());
}

TEST_F(SqliteTest, a_read_cannot_write) {
  Sqlite store = made();
  for (const char* sql : {"INSERT INTO note VALUES (1, 'x')", "DELETE FROM note", "ROLLBACK", "PRAGMA foreign_keys=OFF",
                          "ATTACH 'other.sqlite' AS other", "DROP TABLE note"}) {
    const auto refused = store.read(sql);
    ASSERT_FALSE(refused.ok()) << sql;
    EXPECT_EQ(refused.error().code, "read_may_not_write");
    EXPECT_EQ(refused.error().what, "a read tried to write to the ledger");
  }
}

TEST_F(SqliteTest, a_rolled_back_transaction_leaves_nothing) {
  Sqlite store = made();
  store.begin(permits.write()).value();
  store.write(permits.write(), "INSERT INTO note VALUES (1, 'x')").value().run().value();
  store.rollback(permits.write());
  SqliteStatement count = store.read("SELECT count(*) FROM note").value();
  ASSERT_TRUE(count.step_row().value());
  EXPECT_EQ(count.integer(0), 0);
}

TEST_F(SqliteTest, an_error_names_the_statement_and_never_the_value) {
  Sqlite store = made();
  SqliteStatement write = store.write(permits.write(), "INSERT INTO note VALUES (?, ?)").value();
  write.bind(1, 1).bind(2, "Example Personal Value").run().value();
  const auto twice = write.bind(1, 2).bind(2, "Example Personal Value").run();
  ASSERT_FALSE(twice.ok());
  EXPECT_EQ(twice.error().code, "constraint_broken");
  EXPECT_EQ(twice.error().message().find("Personal"), std::string::npos);
  EXPECT_NE(twice.error().message().find("INSERT INTO note"), std::string::npos);
}

TEST_F(SqliteTest, a_flipped_byte_in_the_schema_is_damage_and_not_a_crash) {
  {
    Sqlite store = made();
    store.run_script(permits.write(), "PRAGMA wal_checkpoint(TRUNCATE)").value();
  }
  flip_byte(path, 3);
  const auto opened = Sqlite::open(path, OpenMode::read_write);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().kind, ErrorKind::damaged);
  EXPECT_EQ(opened.error().what, "the ledger store is damaged");
  EXPECT_NE(opened.error().remedy.find("restore from a backup"), std::string::npos);
}

TEST_F(SqliteTest, a_flipped_page_header_is_found_by_the_quick_check) {
  {
    Sqlite store = made();
    store.run_script(permits.write(), "INSERT INTO note VALUES (1, 'x'); PRAGMA wal_checkpoint(TRUNCATE)").value();
  }
  flip_byte(path, 4096);
  auto store = Sqlite::open(path, OpenMode::read_write);
  ASSERT_TRUE(store.ok());
  const auto checked = store.value().quick_check();
  ASSERT_FALSE(checked.ok());
  EXPECT_EQ(checked.error().code, "damaged_ledger");
}

TEST_F(SqliteTest, the_file_and_its_log_are_private_whatever_the_umask) {
  const mode_t before = ::umask(0);
  Sqlite store = made();
  ::umask(before);
  for (const char* name : {"ledger.sqlite", "ledger.sqlite-wal"}) {
    struct stat found{};
    ASSERT_EQ(::stat((folder.path() / name).c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0600U) << name;
  }
}

TEST_F(SqliteTest, a_missing_file_says_what_to_check) {
  const auto opened = Sqlite::open(folder.path() / "none.sqlite", OpenMode::read_write);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().what, "cannot open the ledger store");
}

}  // namespace
}  // namespace throughline::store
