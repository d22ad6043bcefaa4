#include "store/parquet_file.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "store/duck.h"
#include "store/testing_folder.h"

namespace throughline::store {
namespace {

constexpr std::int64_t k_rows = 5000;  // More than two chunks.

// Row i: its number, a text of it, half of it. Stops with an error at a row, where one is given.
class Halves final : public RowSupplier {
 public:
  explicit Halves(std::int64_t stop_at = -1) : stop_at_(stop_at) {}

  class Halved final : public Part {
   public:
    explicit Halved(std::int64_t stop_at) : stop_at_(stop_at) {}
    Result<std::int64_t> next(std::span<AppendColumn> columns) override {
      if (stop_at_ >= 0 && next_ >= stop_at_) return Error{ErrorKind::world, "made_up", "stopped", "", ""};
      whole_.clear(), words_.clear(), halves_.clear(), views_.clear();
      const std::int64_t count = std::min(k_chunk_rows, k_rows - next_);
      for (std::int64_t i = next_; i < next_ + count; ++i) {
        whole_.push_back(i);
        words_.push_back("row number " + std::to_string(i));
        halves_.push_back(static_cast<double>(i) / 2);
      }
      views_.assign(words_.begin(), words_.end());
      next_ += count;
      columns[0].values = std::span<const std::int64_t>(whole_);
      columns[1].values = std::span<const std::string_view>(views_);
      columns[2].values = std::span<const double>(halves_);
      return count;
    }

   private:
    std::int64_t stop_at_, next_ = 0;
    std::vector<std::int64_t> whole_;
    std::vector<std::string> words_;
    std::vector<std::string_view> views_;
    std::vector<double> halves_;
  };
  std::unique_ptr<Part> part() override { return std::make_unique<Halved>(stop_at_); }
  [[nodiscard]] int max_threads() const override { return 8; }

 private:
  std::int64_t stop_at_;
};

const std::vector<ParquetColumn> k_columns = {
    {"n", ParquetType::whole}, {"a \"word\"", ParquetType::text}, {"half", ParquetType::number}};

struct ParquetFile : testing::Test {
  TestingFolder folder;
  [[nodiscard]] std::filesystem::path path(const std::string& name) const { return folder.path() / name; }
};

TEST_F(ParquetFile, gives_back_every_row_in_its_order_with_its_types) {
  Halves rows;
  ASSERT_TRUE(write_parquet(path("it's.parquet"), k_columns, rows).ok());
  std::filesystem::rename(path("it's.parquet"), path("a.parquet"));
  const Duck duck = Duck::open(path("reading.db"), {.temp_directory = {}, .inbox_directory = folder.path()}).value();
  DuckConnection connection = duck.connect().value();
  const std::string file = "read_parquet('" + path("a.parquet").string() + "', file_row_number = true)";
  EXPECT_EQ(connection.number("SELECT count(*) FROM " + file).value(), k_rows);
  EXPECT_EQ(connection
                .number("SELECT count(*) FROM " + file +
                        " WHERE n = file_row_number AND half = n / 2 AND \"a \"\"word\"\"\" = 'row number ' || n "
                        "AND typeof(n) = 'BIGINT' AND typeof(half) = 'DOUBLE' AND typeof(\"a \"\"word\"\"\") = "
                        "'VARCHAR'")
                .value(),
            k_rows);
}

TEST_F(ParquetFile, of_the_same_rows_has_the_same_bytes_and_only_its_owner_reads_it) {
  Halves rows;
  ASSERT_TRUE(write_parquet(path("a.parquet"), k_columns, rows).ok());
  ASSERT_TRUE(write_parquet(path("b.parquet"), k_columns, rows).ok());
  EXPECT_EQ(bytes_of(path("a.parquet")), bytes_of(path("b.parquet")));
  EXPECT_EQ(std::filesystem::status(path("a.parquet")).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(ParquetFile, whose_rows_stop_with_an_error_is_not_made) {
  Halves rows(2048);
  const Result<void> written = write_parquet(path("a.parquet"), k_columns, rows);
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().code, "made_up");
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace throughline::store
