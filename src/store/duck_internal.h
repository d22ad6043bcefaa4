// What the DuckDB wrappers share among their own .cpp files. Nobody else includes this: it brings DuckDB's header.
#pragma once

#include <duckdb.h>
#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/duck.h"
#include "store/duck_writer.h"

namespace throughline::store {

// A running insert_from(): what the table function finds by its number.
struct Supply {
  RowSupplier* supplier = nullptr;
  std::vector<duckdb_type> types;
  std::mutex mutex;
  std::optional<Error> error;  // The first one of any part.
};

struct Supplies {
  std::mutex mutex;
  std::int64_t last = 0;
  std::map<std::int64_t, Supply*> running;
};

// What a Duck and its connections share. Outlives the database, whose table function points at it.
struct DuckShared {
  std::filesystem::path path;
  std::atomic<int> connections = 0;
  // A commit failed, or the disk was full: what DuckDB holds in memory may no longer be what its file says, so nothing
  // more is read or written through it, and it is not closed, for closing would write.
  std::atomic<bool> is_unsound = false;
  Supplies supplies;
};

struct DuckConnection::State {
  duckdb_connection connection = nullptr;
  std::shared_ptr<DuckShared> shared;
  int unclosed_appenders = 0;
  bool in_transaction = false;

  ~State() {
    if (connection != nullptr) duckdb_disconnect(&connection);
    if (shared != nullptr) --shared->connections;
  }
};

// Turns DuckDB's text into ours: the kind is read from it, the text itself is kept only where it cannot hold a value.
[[nodiscard]] Error duck_error(const char* raw, const std::filesystem::path& path, std::string_view sql);

// Takes note of an error after which the store is unsound.
void heed(DuckShared& shared, const Error& error);

[[nodiscard]] int type_class(duckdb_type type);

struct RowSpan {
  std::int64_t begin = 0;
  std::int64_t count = 0;
};

// Copies the rows of a column into a fresh vector. Texts longer than 12 bytes are pointed at, not
// copied: they must live until DuckDB has taken the chunk. REQUIRES: at most k_chunk_rows rows.
void fill_vector(duckdb_vector vector, duckdb_type type, const AppendColumn& column, RowSpan rows);

// The text between two such quotes, those in it doubled: '…' for a value, "…" for a name.
[[nodiscard]] std::string in_quotes(std::string_view text, char quote);

// A DuckDB in memory that lives for one piece of work: without extensions beyond those it is built with, and for
// statements of our own alone, which may name files. Errors name the path it was opened for.
class PassingDuck {
 public:
  PassingDuck() = default;
  PassingDuck(const PassingDuck&) = delete;
  PassingDuck& operator=(const PassingDuck&) = delete;
  ~PassingDuck();

  [[nodiscard]] Result<void> open(const std::filesystem::path& path);
  [[nodiscard]] Result<void> run(const std::string& sql);
  // The first column of every row, as text.
  [[nodiscard]] Result<std::vector<std::string>> texts(const std::string& sql);
  [[nodiscard]] duckdb_connection connection() const { return connection_; }

 private:
  std::filesystem::path path_;
  duckdb_database database_ = nullptr;
  duckdb_connection connection_ = nullptr;
};

// Registers throughline_rows(number), which insert_from() selects from.
[[nodiscard]] Result<void> register_supplies(duckdb_connection connection, DuckShared& shared);

}  // namespace throughline::store
