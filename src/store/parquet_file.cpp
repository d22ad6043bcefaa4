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
  DuckShared shared;  // Outlives the engine, whose table function points at it.
  shared.path = path;
  shared.supplies.running[1] = &supply;
  PassingDuck duck;
  TRY(duck.open(path));
  // One thread and the order kept: the same rows give the same bytes. Nothing spills beside the user's files.
  TRY(duck.run("SET threads=1; SET preserve_insertion_order=true; SET temp_directory=''"));
  TRY(register_supplies(duck.connection(), shared));
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
