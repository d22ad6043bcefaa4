// A store of an earlier program is brought to the tables of today, and keeps its rows.
#include <algorithm>

#include <gtest/gtest.h>

#include "records/tables.h"
#include "store/duck_writer.h"
#include "store/permit_for_tests.h"
#include "store/testing_folder.h"

namespace throughline::records {
namespace {

class SchemaStore {
 public:
  SchemaStore() {
    store::DuckOptions options;
    options.threads = 1;
    options.temp_directory = folder_.path();
    duck_ = std::make_unique<store::Duck>(store::Duck::open(folder_.path() / "records.duckdb", options).value());
    connection_ = std::make_unique<store::DuckConnection>(duck_->connect().value());
  }
  void run(std::string_view sql) {
    store::DuckWriter writer(permit_.write(), *connection_);
    const auto done = writer.run_script(sql);
    ASSERT_TRUE(done.ok()) << done.error().message();
  }
  void step(int number) {
    for (const store::Migration& each : records_migrations()) {
      if (each.number == number) run(each.sql);
    }
  }
  [[nodiscard]] std::int64_t number(const std::string& sql) const { return connection_->number(sql).value(); }
  [[nodiscard]] std::vector<std::string> columns_of(const std::string& table) const {
    auto found = connection_->query("SELECT column_name FROM duckdb_columns() WHERE table_name = '" + table +
                                    "' ORDER BY column_index");
    std::vector<std::string> names;
    while (const auto chunk = found.value().next().value()) {
      for (std::int64_t row = 0; row < chunk->rows(); ++row) names.emplace_back(chunk->text(0, row));
    }
    return names;
  }
  store::DuckConnection& connection() { return *connection_; }

 private:
  store::TestingFolder folder_;
  store::PermitForTests permit_;
  std::unique_ptr<store::Duck> duck_;
  std::unique_ptr<store::DuckConnection> connection_;
};

TEST(Schema, of_the_first_step_has_no_column_that_came_later) {
  SchemaStore store;
  store.step(1);
  const auto columns = store.columns_of("object");
  EXPECT_NE(std::ranges::find(columns, "quantity"), columns.end());
  EXPECT_EQ(std::ranges::find(columns, "purity"), columns.end());
  const auto shown = store.columns_of("event_whole");
  EXPECT_EQ(std::ranges::find(shown, "authority"), shown.end());
}

// Rows go in by position: the store's columns must stand in the order that stored_tables() gives.
TEST(Schema, of_today_has_its_columns_in_the_order_in_which_rows_are_put_in) {
  SchemaStore store;
  store.step(1);
  store.step(3);
  for (const StoredTable& stored : stored_tables()) {
    const std::vector<SqlColumn> all = sql_columns(stored.table);
    std::vector<std::string> wanted;
    for (const std::size_t at : stored.columns) wanted.push_back(all[at].name);
    EXPECT_EQ(store.columns_of(stored.name), wanted) << stored.name;
  }
}

TEST(Schema, keeps_the_rows_of_an_earlier_program_and_reads_them_whole) {
  SchemaStore store;
  store.step(1);
  store.run(
      "INSERT INTO event (extract_no, place, item, kind, category) VALUES (1, 10, 0, 'crime', 'Made up');"
      "INSERT INTO event_detail (extract_no, place, item, title) VALUES (1, 10, 0, 'A made-up title');"
      "INSERT INTO person (extract_no, place, item, roles, surname) VALUES (1, 10, 1, 1, 'Exampleton');");
  store.step(3);
  EXPECT_EQ(
      store.number("SELECT count(*) FROM event_whole WHERE title = 'A made-up title' AND category = 'Made up' AND "
                   "authority IS NULL AND sessions_missed IS NULL"),
      1);
  const TypedRow row = read_typed_row(store.connection(), ledger::ExtractNo(1), 10).value();
  ASSERT_EQ(row.items.size(), 2U);
  EXPECT_EQ(row.items[1].roles, "victim");
  ASSERT_EQ(row.items[1].fields.size(), 1U);
  EXPECT_EQ(row.items[1].fields[0].value, "Exampleton");
}

}  // namespace
}  // namespace throughline::records
