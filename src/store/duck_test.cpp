#include "store/duck.h"

#include <gtest/gtest.h>
#include <numeric>
#include <vector>

#include "store/duck_writer.h"
#include "store/permit_for_tests.h"
#include "store/testing_folder.h"

namespace throughline::store {
namespace {

struct DuckTest : testing::Test {
  TestingFolder folder;
  PermitForTests permits;
  std::filesystem::path path = folder.path() / "records.duckdb";

  Duck made() {
    std::filesystem::create_directory(folder.path() / "inbox");
    DuckOptions options;
    options.threads = 2;
    options.inbox_directory = folder.path() / "inbox";
    return Duck::open(path, options).value();
  }
};

TEST_F(DuckTest, appended_columns_are_read_back_across_chunks) {
  Duck duck = made();
  DuckConnection connection = duck.connect().value();
  DuckWriter writer(permits.write(), connection);
  writer
      .run_script(
          "CREATE TABLE t (extract INTEGER, place BIGINT, area UINTEGER, day DATE, word TEXT, code TEXT, x TEXT)")
      .value();
  constexpr std::int64_t k_rows = 5000;
  std::vector<std::int64_t> places(k_rows);
  std::iota(places.begin(), places.end(), 0);
  std::vector<std::uint32_t> codes(k_rows);
  std::vector<std::uint8_t> has_area(k_rows);
  std::vector<std::int32_t> days(k_rows, 20000);
  std::vector<std::string> texts(k_rows);
  std::vector<std::string_view> views(k_rows);
  for (std::size_t row = 0; row < k_rows; ++row) {
    codes[row] = static_cast<std::uint32_t>(row % 3);
    has_area[row] = row % 2 == 0;
    texts[row] = row % 5 == 0 ? "a text too long to stand inline " + std::to_string(row) : std::to_string(row);
    views[row] = texts[row];
  }
  const std::vector<std::string_view> words = {"Drugs", "Violence and sexual offences", ""};
  const std::vector<AppendColumn> columns = {{Same{std::int64_t{9}}},
                                             {std::span<const std::int64_t>(places)},
                                             {std::span<const std::uint32_t>(codes), Validity::bytes(has_area)},
                                             {std::span<const std::int32_t>(days)},
                                             {std::span<const std::string_view>(views)},
                                             {CodedTexts{codes, words}},
                                             AppendColumn::nulls()};
  writer.begin().value();
  DuckAppender appender = writer.appender("t").value();
  appender.append(k_rows, columns).value();
  appender.close().value();
  writer.commit().value();

  DuckResult result = connection.query("SELECT extract, place, area, day, word, code, x FROM t ORDER BY place").value();
  std::int64_t seen = 0;
  while (const auto chunk = result.next().value()) {
    const auto area = chunk->column<std::uint32_t>(2);
    for (std::int64_t row = 0; row < chunk->rows(); ++row, ++seen) {
      const auto at = static_cast<std::size_t>(seen);
      ASSERT_EQ(chunk->column<std::int32_t>(0)[row], 9);
      ASSERT_EQ(chunk->column<std::int64_t>(1)[row], seen);
      ASSERT_EQ(area.has(row), seen % 2 == 0);
      ASSERT_EQ(area.has(row) ? area[row] : codes[at], codes[at]);
      ASSERT_EQ(chunk->column<std::int32_t>(3)[row], 20000);
      ASSERT_EQ(chunk->text(4, row), texts[at]);
      ASSERT_EQ(chunk->text(5, row), words[codes[at]]);
      ASSERT_FALSE(chunk->texts(6).has(row));
    }
  }
  EXPECT_EQ(seen, k_rows);
}

// Gives the numbers 0 to total - 1 over any number of parts, from a buffer that each call overwrites.
struct CountingSupplier : RowSupplier {
  std::atomic<std::int64_t> next = 0;
  std::int64_t total = 0;
  std::int64_t fail_at = -1;

  struct Counting : Part {
    explicit Counting(CountingSupplier& from) : owner(from) {}
    CountingSupplier& owner;
    std::vector<std::int64_t> numbers = std::vector<std::int64_t>(k_chunk_rows);
    std::string text;
    std::vector<std::string_view> texts = std::vector<std::string_view>(k_chunk_rows);

    Result<std::int64_t> next(std::span<AppendColumn> columns) override {
      const std::int64_t begin = owner.next.fetch_add(k_chunk_rows);
      if (owner.fail_at >= 0 && begin >= owner.fail_at) return Error{ErrorKind::world, "ran_dry", "no more", "", ""};
      const std::int64_t count = std::clamp(owner.total - begin, std::int64_t{0}, k_chunk_rows);
      std::iota(numbers.begin(), numbers.end(), begin);
      text = "the rows that begin at number " + std::to_string(begin);
      std::fill(texts.begin(), texts.end(), text);
      columns[0] = {std::span<const std::int64_t>(numbers)};
      columns[1] = {std::span<const std::string_view>(texts)};
      return count;
    }
  };
  std::unique_ptr<Part> part() override { return std::make_unique<Counting>(*this); }
  [[nodiscard]] int max_threads() const override { return 2; }
};

TEST_F(DuckTest, a_supplier_gives_every_row_once_and_texts_outlive_its_buffers) {
  Duck duck = made();
  DuckConnection connection = duck.connect().value();
  DuckWriter writer(permits.write(), connection);
  writer.run_script("CREATE TABLE t (number BIGINT, word TEXT)").value();
  CountingSupplier supplier;
  supplier.total = 100000;
  EXPECT_EQ(writer.insert_from("t", supplier).value(), 100000);
  EXPECT_EQ(connection.number("SELECT count(DISTINCT number) FROM t").value(), 100000);
  EXPECT_EQ(connection
                .number("SELECT count(*) FROM t WHERE word = 'the rows that begin at number ' || "
                        "(number - number % 2048)")
                .value(),
            100000);
}

TEST_F(DuckTest, a_supplier_that_fails_gives_its_own_error_and_no_rows) {
  Duck duck = made();
  DuckConnection connection = duck.connect().value();
  DuckWriter writer(permits.write(), connection);
  writer.run_script("CREATE TABLE t (number BIGINT, word TEXT)").value();
  CountingSupplier supplier;
  supplier.total = 100000;
  supplier.fail_at = 50000;
  const auto inserted = writer.insert_from("t", supplier);
  ASSERT_FALSE(inserted.ok());
  EXPECT_EQ(inserted.error().code, "ran_dry");
  EXPECT_EQ(connection.number("SELECT count(*) FROM t").value(), 0);
}

TEST_F(DuckTest, no_statement_reaches_another_file_or_loosens_a_setting) {
  Duck duck = made();
  DuckConnection connection = duck.connect().value();
  DuckWriter writer(permits.write(), connection);
  EXPECT_FALSE(connection.query("SELECT * FROM read_csv('/etc/passwd')").ok());
  EXPECT_FALSE(connection.query("SELECT * FROM read_text('/etc/passwd')").ok());
  for (const char* sql : {"ATTACH '/tmp/throughline_elsewhere.duckdb'", "SET enable_external_access=true",
                          "SET allowed_directories=['/']", "SET threads=64", "INSTALL httpfs", "LOAD httpfs",
                          "COPY (SELECT 1) TO '/tmp/throughline_out.csv'"}) {
    EXPECT_FALSE(writer.run_script(sql).ok()) << sql;
  }
  put_bytes(folder.path() / "inbox" / "in.csv", "a,b\n1,2\n");
  const std::string inbox = (folder.path() / "inbox" / "in.csv").string();
  EXPECT_EQ(connection.number("SELECT count(*) FROM read_csv('" + inbox + "')").value(), 1);
  EXPECT_FALSE(connection.query("SELECT * FROM read_text('" + (folder.path() / "inbox/../x").string() + "')").ok());
}

// Known and documented: what fills the inbox must refuse links, for DuckDB follows them.
TEST_F(DuckTest, a_link_in_the_inbox_is_followed_by_the_engine_so_the_inbox_must_never_hold_one) {
  Duck duck = made();
  DuckConnection connection = duck.connect().value();
  put_bytes(folder.path() / "outside.csv", "a\n1\n2\n");
  std::filesystem::create_symlink(folder.path() / "outside.csv", folder.path() / "inbox" / "link.csv");
  const std::string link = (folder.path() / "inbox" / "link.csv").string();
  EXPECT_EQ(connection.number("SELECT count(*) FROM read_csv('" + link + "')").value(), 2);
}

TEST_F(DuckTest, a_read_cannot_write) {
  Duck duck = made();
  DuckConnection connection = duck.connect().value();
  DuckWriter(permits.write(), connection).run_script("CREATE TABLE t (a INTEGER)").value();
  for (const char* sql : {"INSERT INTO t VALUES (1)", "DELETE FROM t", "DROP TABLE t", "CHECKPOINT",
                          "EXPLAIN ANALYZE INSERT INTO t VALUES (1)"}) {
    const auto refused = connection.prepare(sql);
    ASSERT_FALSE(refused.ok()) << sql;
    EXPECT_EQ(refused.error().code, "read_may_not_write") << sql;
  }
  EXPECT_EQ(connection.number("SELECT count(*) FROM t").value(), 0);
}

TEST_F(DuckTest, within_a_read_the_engine_itself_refuses_writes) {
  Duck duck = made();
  DuckConnection connection = duck.connect().value();
  DuckWriter writer(permits.write(), connection);
  writer.run_script("CREATE TABLE t (a INTEGER)").value();
  connection.begin_read().value();
  EXPECT_FALSE(writer.run_script("INSERT INTO t VALUES (1)").ok());
  connection.end_read().value();
}

TEST_F(DuckTest, an_error_never_quotes_a_value) {
  Duck duck = made();
  DuckConnection connection = duck.connect().value();
  DuckWriter writer(permits.write(), connection);
  writer.run_script("CREATE TABLE t (name TEXT PRIMARY KEY)").value();
  DuckStatement insert = writer.prepare("INSERT INTO t VALUES (?)").value();
  ASSERT_TRUE(insert.bind(1, "Example Personal Value").run().ok());
  const auto twice = insert.bind(1, "Example Personal Value").run();
  ASSERT_FALSE(twice.ok());
  EXPECT_EQ(twice.error().code, "constraint_broken");
  EXPECT_EQ(twice.error().message().find("Personal"), std::string::npos);
  const auto cast = connection.query("SELECT CAST(name AS INTEGER) FROM t");
  Error error = cast.ok() ? Error{} : cast.error();
  if (cast.ok()) error = connection.number("SELECT CAST(name AS INTEGER) FROM t").error();
  EXPECT_EQ(error.message().find("Personal"), std::string::npos);
  EXPECT_NE(error.message().find("records store failed"), std::string::npos);
}

TEST_F(DuckTest, a_file_that_is_not_a_database_is_damage) {
  put_bytes(path, std::string(20000, 'x'));
  const auto opened = Duck::open(path, {});
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().kind, ErrorKind::damaged);
  EXPECT_EQ(opened.error().what, "the records store is damaged");
  EXPECT_NE(opened.error().remedy.find("restore from a backup"), std::string::npos);
}

TEST_F(DuckTest, a_flipped_byte_in_a_header_is_damage_and_not_a_crash) {
  {
    Duck duck = made();
  }
  flip_byte(path, 4096 + 20);
  flip_byte(path, 8192 + 20);
  const auto opened = Duck::open(path, {});
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, "damaged_records");
}

}  // namespace
}  // namespace throughline::store
