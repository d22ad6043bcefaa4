#include "store/parquet_file.h"

#include <memory>
#include <system_error>
#include <utility>

#include "base/check.h"
#include "store/duck_internal.h"
#include "store/files.h"

namespace throughline::store {

namespace {

duckdb_type duck_type(ParquetType type) {
  switch (type) {
    case ParquetType::text: return DUCKDB_TYPE_VARCHAR;
    case ParquetType::whole: return DUCKDB_TYPE_BIGINT;
    case ParquetType::number: return DUCKDB_TYPE_DOUBLE;
  }
  CHECK(false);
}

std::string in_quotes(std::string_view text, char quote) {
  std::string result(1, quote);
  for (const char letter : text) {
    if (letter == quote) result += quote;
    result += letter;
  }
  return result + quote;
}

// A DuckDB that lives for one file: in memory, on one thread, without extensions beyond those it is built with.
class PassingDuck {
 public:
  PassingDuck() = default;
  PassingDuck(const PassingDuck&) = delete;
  PassingDuck& operator=(const PassingDuck&) = delete;
  ~PassingDuck() {
    if (connection_ != nullptr) duckdb_disconnect(&connection_);
    if (database_ != nullptr) duckdb_close(&database_);
  }

  Result<void> open(const std::filesystem::path& path) {
    shared.path = path;
    duckdb_config config = nullptr;
    CHECK(duckdb_create_config(&config) == DuckDBSuccess);
    // One thread and the order kept: the same rows give the same bytes. Nothing spills beside the user's files.
    for (const auto& [name, value] :
         {std::pair("threads", "1"), std::pair("preserve_insertion_order", "true"), std::pair("temp_directory", ""),
          std::pair("autoinstall_known_extensions", "false"), std::pair("autoload_known_extensions", "false")}) {
      CHECK(duckdb_set_config(config, name, value) == DuckDBSuccess);
    }
    char* text = nullptr;
    const bool is_open = duckdb_open_ext(nullptr, &database_, config, &text) == DuckDBSuccess;
    duckdb_destroy_config(&config);
    if (!is_open) {
      Error error = duck_error(text, path, "");
      duckdb_free(text);
      return error;
    }
    if (duckdb_connect(database_, &connection_) != DuckDBSuccess) return duck_error("", path, "");
    return register_supplies(connection_, shared);
  }

  Result<void> run(const std::string& sql) {
    duckdb_result result;
    const bool done = duckdb_query(connection_, sql.c_str(), &result) == DuckDBSuccess;
    std::optional<Error> error;
    if (!done) error = duck_error(duckdb_result_error(&result), shared.path, sql);
    duckdb_destroy_result(&result);
    if (error.has_value()) return *std::move(error);
    return {};
  }

  DuckShared shared;

 private:
  duckdb_database database_ = nullptr;
  duckdb_connection connection_ = nullptr;
};

// On one thread, in the order of the one part.
class InOrder final : public RowSupplier {
 public:
  explicit InOrder(RowSupplier& rows) : rows_(rows) {}
  std::unique_ptr<Part> part() override { return rows_.part(); }
  [[nodiscard]] int max_threads() const override { return 1; }

 private:
  RowSupplier& rows_;
};

Result<void> copy_rows(const std::filesystem::path& path, std::span<const ParquetColumn> columns, RowSupplier& rows) {
  InOrder in_order(rows);
  Supply supply;
  supply.supplier = &in_order;
  std::string names;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    supply.types.push_back(duck_type(columns[i].type));
    names += (i == 0 ? "c" : ", c") + std::to_string(i) + " AS " + in_quotes(columns[i].name, '"');
  }
  PassingDuck duck;
  TRY(duck.open(path));
  duck.shared.supplies.running[1] = &supply;
  // The file is there already, with the rights it shall have, and is written in place.
  Result<void> written = duck.run("COPY (SELECT " + names + " FROM throughline_rows(1)) TO " +
                                  in_quotes(path.string(), '\'') + " (FORMAT parquet, USE_TMP_FILE false)");
  if (supply.error.has_value()) return *std::move(supply.error);
  return written;
}

}  // namespace

Result<void> write_parquet(const std::filesystem::path& path, std::span<const ParquetColumn> columns,
                           RowSupplier& rows) {
  const std::filesystem::path partial = path.string() + ".partial";
  std::error_code ignored;
  std::filesystem::remove(partial, ignored);
  static_cast<void>(TRY(create_private_file(partial)));
  Result<void> written = copy_rows(partial, columns, rows);
  if (written.ok()) written = sync_path(partial);
  if (written.ok()) return rename_durably(partial, path);
  std::filesystem::remove(partial, ignored);
  return written;
}

}  // namespace throughline::store
