#include "records/stage_parquet.h"

#include <gtest/gtest.h>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "records/readers/made_up_files.h"
#include "store/duck_writer.h"
#include "store/permit_for_tests.h"
#include "store/testing_folder.h"

namespace throughline::records {
namespace {

using Fields = std::vector<std::string>;
namespace fs = std::filesystem;

class ParquetTest : public testing::Test {
 protected:
  ParquetTest() {
    workspace_ =
        store::Workspace::open(folder_.path() / "workspace",
                               {.verb = "test", .started = {}, .program_version = "test", .create = true, .threads = 2})
            .value();
  }

  // The path of a Parquet file, outside the workspace, with what the SELECT gives.
  std::string parquet(const std::string& select, const std::string& options = "") {
    const fs::path made = workspace_->paths().inbox / "made.parquet";
    auto connection = workspace_->records_store().connect().value();
    store::DuckWriter writer(permit_.write(), connection);
    const auto done =
        writer.run_script("COPY (" + select + ") TO '" + made.string() + "' (FORMAT parquet" + options + ")");
    EXPECT_TRUE(done.ok()) << done.error().message();
    const fs::path moved = folder_.path() / ("table-" + std::to_string(++made_) + ".parquet");
    fs::rename(made, moved);
    return moved.string();
  }

  ReadAll read(const std::string& path, const ContentSink& sink = {}) {
    ReadOptions options;
    options.sink = sink;
    options.open_parquet = parquet_opener(*workspace_);
    return read_all(path, options);
  }

  store::TestingFolder folder_;
  store::PermitForTests permit_;
  std::unique_ptr<store::Workspace> workspace_;
  int made_ = 0;
};

TEST_F(ParquetTest, values_of_every_kind_become_the_same_text_everywhere) {
  const ReadAll all = read(parquet(
      "SELECT 7 AS n, 'made-up' AS t, 0.1::DOUBLE AS d, 0.1::FLOAT AS f, 12.50::DECIMAL(9,2) AS money, true AS yes, "
      "DATE '2025-03-01' AS day, TIMESTAMP '2025-03-01 14:30:00' AS at, TIME '14:30:00' AS clock, "
      "TIMESTAMPTZ '2025-03-01 14:30:00+01' AS utc, NULL::INTEGER AS nothing, '' AS blank, [1, 2] AS list, "
      "{'a': 1, 'b': 'x', 'at': TIMESTAMPTZ '2025-03-01 14:30:00+01'} AS pair, 1e300::DOUBLE AS large, -5e-324::DOUBLE "
      "AS small, 'nan'::DOUBLE AS odd"));
  ASSERT_EQ(all.error_message, "");
  EXPECT_EQ(all.header, (Fields{"n", "t", "d", "f", "money", "yes", "day", "at", "clock", "utc", "nothing", "blank",
                                "list", "pair", "large", "small", "odd"}));
  ASSERT_EQ(all.rows.size(), 1U);
  EXPECT_EQ(all.rows[0].fields,
            (Fields{"7", "made-up", "0.1", "0.1", "12.50", "true", "2025-03-01", "2025-03-01T14:30:00", "14:30:00",
                    "2025-03-01T13:30:00Z", "<absent>", "", "[1,2]", R"({"a":1,"b":"x","at":"2025-03-01 13:30:00+00"})",
                    "1e+300", "-5e-324", "nan"}));
  EXPECT_EQ(all.rows[0].place, (Place{1, 0, 1}));
}

TEST_F(ParquetTest, rows_of_many_row_groups_come_in_the_order_of_the_file) {
  const std::string path =
      parquet("SELECT i AS number, 'row ' || i AS words FROM range(50000) AS r(i) ORDER BY i", ", ROW_GROUP_SIZE 4096");
  const ReadAll all = read(path);
  ASSERT_EQ(all.error_message, "");
  ASSERT_EQ(all.rows.size(), 50000U);
  for (std::size_t row = 0; row < all.rows.size(); ++row) {
    ASSERT_EQ(all.rows[row].place.offset, static_cast<std::int64_t>(row) + 1);
    ASSERT_EQ(all.rows[row].fields[1], "row " + all.rows[row].fields[0]);
  }
}

TEST_F(ParquetTest, both_hashes_are_those_of_the_bytes_and_the_sink_gets_them_all) {
  const std::string path = parquet("SELECT i FROM range(1000) AS r(i)");
  const std::string bytes = store::bytes_of(path);
  std::string sunk;
  const ReadAll all = read(path, [&](std::span<const std::byte> piece) -> base::Result<void> {
    sunk.append(reinterpret_cast<const char*>(piece.data()), piece.size());
    return {};
  });
  ASSERT_EQ(all.error_message, "");
  EXPECT_EQ(sunk, bytes);
  EXPECT_EQ(all.hashes.content, base::hash_text(bytes));
  EXPECT_EQ(all.hashes.received, all.hashes.content);

  const std::string packed = (folder_.path() / "packed.parquet.gz").string();
  store::put_bytes(packed, gzipped(bytes));
  const ReadAll unpacked = read(packed);
  ASSERT_EQ(unpacked.error_message, "");
  EXPECT_EQ(unpacked.hashes.content, all.hashes.content);
  EXPECT_EQ(unpacked.hashes.received, base::hash_text(gzipped(bytes)));
  EXPECT_EQ(unpacked.rows.size(), 1000U);

  const std::string zip = (folder_.path() / "packed.zip").string();
  store::put_bytes(zip, zipped({{"inside.parquet", bytes}}));
  EXPECT_EQ(read(zip).rows.size(), 1000U);
}

TEST_F(ParquetTest, nothing_stays_in_the_inbox) {
  static_cast<void>(read(parquet("SELECT 1 AS one")));
  const std::string cut = (folder_.path() / "cut.parquet").string();
  store::put_bytes(cut, "PAR1 and no more");
  static_cast<void>(read(cut));
  EXPECT_TRUE(fs::is_empty(workspace_->paths().inbox));
}

TEST_F(ParquetTest, a_link_is_copied_like_what_it_names_and_never_lies_in_the_inbox) {
  const std::string path = parquet("SELECT 1 AS one");
  const fs::path link = folder_.path() / "link.parquet";
  fs::create_symlink(path, link);
  EXPECT_EQ(read(link.string()).rows.size(), 1U);
}

TEST_F(ParquetTest, a_cut_or_damaged_file_is_refused_in_words_of_our_own) {
  const std::string path = parquet("SELECT i, 'secret value ' || i AS words FROM range(20000) AS r(i)");
  const std::string bytes = store::bytes_of(path);
  const std::string broken = (folder_.path() / "broken.parquet").string();
  store::put_bytes(broken, bytes.substr(0, bytes.size() / 2));
  EXPECT_EQ(read(broken).error_message, "the Parquet file is cut off: it ends after " +
                                            std::to_string(bytes.size() / 2) + " bytes without its closing mark (" +
                                            broken +
                                            "). Nothing of it was taken in. Ask the sender for the file again.");
  std::string footless = bytes;
  footless.replace(bytes.size() - 300, 290, 290, '\xFF');
  store::put_bytes(broken, footless);
  EXPECT_EQ(read(broken).error_message, "the Parquet file is damaged (" + broken +
                                            "). Nothing of it was taken in. Ask the sender for the file again.");
  std::string pageless = bytes;
  pageless.replace(100, 4000, 4000, '\x13');
  store::put_bytes(broken, pageless);
  EXPECT_EQ(read(broken).error_message, "the Parquet file is damaged (" + broken +
                                            "). Nothing of it was taken in. Ask the sender for the file again.");
  store::put_bytes(broken, bytes.substr(0, bytes.size() - 4) + "PARE");
  EXPECT_EQ(read(broken).error, "the Parquet file is encrypted");
}

TEST_F(ParquetTest, a_column_of_the_name_that_rows_are_numbered_by_is_refused) {
  EXPECT_EQ(read(parquet("SELECT 1 AS File_Row_Number")).error,
            "a column is called \"File_Row_Number\", which is what rows are numbered by");
}

TEST_F(ParquetTest, without_a_workspace_parquet_is_refused) {
  EXPECT_EQ(read_all(parquet("SELECT 1 AS one")).error, "this is a Parquet file, which only a workspace can read");
}

TEST_F(ParquetTest, a_zero_byte_in_a_text_is_a_fault_with_its_column) {
  const ReadAll all = read(parquet("SELECT 'ab' AS a, 'c' || chr(0) AS b UNION ALL SELECT 'x', 'y'"));
  ASSERT_EQ(all.error_message, "");
  ASSERT_EQ(all.faults.size(), 1U);
  EXPECT_EQ(all.faults[0].rule, FaultRule::nul_byte);
  EXPECT_EQ(all.faults[0].column, 1);
  EXPECT_EQ(all.rows.size(), 1U);
}

TEST_F(ParquetTest, a_table_without_rows_is_no_error) {
  const ReadAll all = read(parquet("SELECT 1 AS one WHERE false"));
  EXPECT_EQ(all.error_message, "");
  EXPECT_EQ(all.header, Fields{"one"});
  EXPECT_TRUE(all.rows.empty());
}

TEST_F(ParquetTest, one_row_can_be_read_alone) {
  const std::string path = parquet("SELECT i * 10 AS tens FROM range(5000) AS r(i) ORDER BY i");
  ReadOptions options;
  options.open_parquet = parquet_row_opener(*workspace_, 4321);
  const ReadAll all = read_all(path, options);
  ASSERT_EQ(all.error_message, "");
  ASSERT_EQ(all.rows.size(), 1U);
  EXPECT_EQ(all.rows[0].fields, Fields{"43200"});
  EXPECT_EQ(all.rows[0].place.offset, 4321);
  for (const std::int64_t missing : {0, -1, 5001}) {
    options.open_parquet = parquet_row_opener(*workspace_, missing);
    const ReadAll none = read_all(path, options);
    EXPECT_EQ(none.error_message, "");
    EXPECT_TRUE(none.rows.empty());
  }
}

// Gives the rows of a source to DuckDB as ingest does: from DuckDB's own threads, one window at a time.
class WindowSupplier final : public store::RowSupplier {
 public:
  explicit WindowSupplier(RowSource& source) : source_(source) {}
  std::unique_ptr<Part> part() override { return std::make_unique<OnePart>(*this); }
  [[nodiscard]] int max_threads() const override { return 2; }

 private:
  class OnePart final : public Part {
   public:
    explicit OnePart(WindowSupplier& all) : all_(all) {}
    base::Result<std::int64_t> next(std::span<store::AppendColumn> columns) override {
      if (given_ == rows_.rows()) {
        const std::scoped_lock lock(all_.mutex_);
        const auto window = TRY(all_.source_.next());
        if (!window) return 0;
        rows_ = all_.source_.parse(*window);
        given_ = 0;
      }
      const std::int64_t step = std::min(rows_.rows() - given_, store::k_chunk_rows);
      columns[0] = {std::span<const std::string_view>(rows_.fields).subspan(static_cast<std::size_t>(given_))};
      given_ += step;
      return step;
    }

   private:
    WindowSupplier& all_;
    RawRows rows_;
    std::int64_t given_ = 0;
  };

  RowSource& source_;
  std::mutex mutex_;
};

TEST_F(ParquetTest, rows_can_be_pulled_by_the_store_that_reads_them) {
  const std::string path = parquet("SELECT 'row ' || i AS words FROM range(40000) AS r(i)", ", ROW_GROUP_SIZE 4096");
  ReadOptions options;
  options.open_parquet = parquet_opener(*workspace_);
  const auto source = open_rows(path, options).value();
  auto connection = workspace_->records_store().connect().value();
  store::DuckWriter writer(permit_.write(), connection);
  ASSERT_TRUE(writer.run_script("CREATE TABLE taken (words VARCHAR)").ok());
  WindowSupplier supplier(*source);
  ASSERT_TRUE(writer.begin().ok());
  EXPECT_EQ(writer.insert_from("taken", supplier).value(), 40000);
  ASSERT_TRUE(writer.commit().ok());
  EXPECT_EQ(connection.number("SELECT count(DISTINCT words) FROM taken").value(), 40000);
}

}  // namespace
}  // namespace throughline::records
