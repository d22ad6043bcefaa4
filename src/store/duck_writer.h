// Writing to DuckDB: transactions, statements, and rows in bulk.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/duck.h"
#include "store/duck_columns.h"
#include "store/write_permit.h"

namespace throughline::store {

// Appends whole columns to one table, chunk by chunk, inside the writer's transaction. Rows keep the order they are
// given.
class DuckAppender {
 public:
  DuckAppender(DuckAppender&&) noexcept;
  DuckAppender& operator=(DuckAppender&&) noexcept;
  DuckAppender(const DuckAppender&) = delete;
  DuckAppender& operator=(const DuckAppender&) = delete;
  // An appender that ends without close() leaves a transaction that can only be rolled back; commit() CHECKs that.
  ~DuckAppender();

  // Appends `rows` rows; one column for each column of the table, in its order, each with at least that many elements.
  // Any number of rows; cut into chunks inside. Texts are copied. REQUIRES: element types match the table, CHECKed.
  [[nodiscard]] Result<void> append(std::int64_t rows, std::span<const AppendColumn> columns);
  // Hands everything to the transaction. REQUIRED before commit.
  [[nodiscard]] Result<void> close();

 private:
  friend class DuckWriter;
  struct State;
  explicit DuckAppender(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// What makes rows for DuckDB to pull, on several threads at once: `INSERT INTO … SELECT` from our own code.
class RowSupplier {
 public:
  // One thread's part.
  class Part {
   public:
    virtual ~Part() = default;
    // The next rows, at most k_chunk_rows; 0 when there are no more. `columns` must be filled with one view per column
    // of the table, valid until the next call.
    [[nodiscard]] virtual Result<std::int64_t> next(std::span<AppendColumn> columns) = 0;
  };
  virtual ~RowSupplier() = default;
  // Called once for each thread that takes part, possibly at the same time.
  [[nodiscard]] virtual std::unique_ptr<Part> part() = 0;
  [[nodiscard]] virtual int max_threads() const = 0;
};

class DuckWriter {
 public:
  // REQUIRES: the connection outlives the writer, and so does the transaction that gave the permit.
  DuckWriter(const WritePermit&, DuckConnection& connection) : connection_(&connection) {}

  [[nodiscard]] Result<void> begin();
  [[nodiscard]] Result<void> commit();
  // Never fails; nothing happens when no transaction is open.
  void rollback();

  [[nodiscard]] Result<DuckStatement> prepare(std::string_view sql);
  // Several statements without parameters, for schemas.
  [[nodiscard]] Result<void> run_script(std::string_view sql);
  // REQUIRES: the table exists, in schema "main" unless named "schema.table".
  [[nodiscard]] Result<DuckAppender> appender(std::string_view table);
  // Pulls all rows of the supplier into the table, on up to supplier.max_threads() threads; gives the rows written. The
  // order of rows in the file is not fixed: readers sort by key.
  [[nodiscard]] Result<std::int64_t> insert_from(std::string_view table, RowSupplier& supplier);
  // Moves the write-ahead log into the file. REQUIRES: no transaction is open.
  [[nodiscard]] Result<void> checkpoint();

 private:
  DuckConnection* connection_;
};

}  // namespace throughline::store
