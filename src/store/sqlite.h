// SQLite behind values: a connection, prepared statements, errors without personal values.
//
// Opened with WAL, synchronous=FULL, foreign keys, secure_delete, defensive mode and no trusted schema. A read must be
// a statement that SQLite itself calls read-only; a write takes a permit. Texts of SQLite's own errors never travel on,
// for they may quote a value: an Error names the statement instead.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/write_permit.h"

struct sqlite3;
struct sqlite3_stmt;

namespace throughline::store {

using base::Error;
using base::ErrorKind;
using base::Result;

enum class OpenMode { read_only, read_write, create };

// A prepared statement, with its bound values and its current row. Owned by one thread; must not outlive its Sqlite.
class SqliteStatement {
 public:
  // Binds by position, from 1. Text and bytes are copied. REQUIRES: the statement has that many parameters.
  SqliteStatement& bind(int position, std::int64_t number);
  SqliteStatement& bind(int position, double number);
  SqliteStatement& bind(int position, std::string_view text);
  SqliteStatement& bind(int position, std::span<const std::byte> bytes);
  SqliteStatement& bind(int position, std::nullptr_t null);
  template <class T>
  SqliteStatement& bind(int position, const std::optional<T>& value) {
    return value.has_value() ? bind(position, *value) : bind(position, nullptr);
  }
  // Keeps a string literal or a string from becoming a number by an implicit conversion.
  SqliteStatement& bind(int position, const char* text) { return bind(position, std::string_view(text)); }
  SqliteStatement& bind(int position, const std::string& text) { return bind(position, std::string_view(text)); }
  SqliteStatement& bind(int position, int number) { return bind(position, static_cast<std::int64_t>(number)); }
  SqliteStatement& bind(int position, bool yes) { return bind(position, static_cast<std::int64_t>(yes ? 1 : 0)); }

  // True when there is a row to read; false when there are no more.
  [[nodiscard]] Result<bool> step_row();
  // Runs a statement that gives no rows, then makes it ready to be bound and run again.
  [[nodiscard]] Result<void> run();
  // Ready to be bound and stepped again; values are unbound.
  void reset();

  // The current row, columns from 0. REQUIRES: step_row() gave true. Views live until the next step, reset or end.
  [[nodiscard]] int columns() const;
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::span<const std::byte> bytes(int column) const;

 private:
  friend class Sqlite;
  struct Closer {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit SqliteStatement(sqlite3_stmt* statement) : statement_(statement) {}
  std::unique_ptr<sqlite3_stmt, Closer> statement_;
};

// One connection to one file. May be used from several threads, one call at a time inside SQLite itself.
class Sqlite {
 public:
  // Errors: "damaged_ledger" (exit 4) when the file is not SQLite's or fails; "file_unavailable" when it cannot be
  // opened.
  [[nodiscard]] static Result<Sqlite> open(const std::filesystem::path& path, OpenMode mode);

  // A statement that cannot write. Any other is an Error "read_may_not_write", for it would escape the ledger.
  [[nodiscard]] Result<SqliteStatement> read(std::string_view sql);
  // A statement that may write.
  [[nodiscard]] Result<SqliteStatement> write(const WritePermit& permit, std::string_view sql);
  // Several statements at once, for schemas: no bound values, no rows.
  [[nodiscard]] Result<void> run_script(const WritePermit& permit, std::string_view sql);

  // Transactions. begin() takes the write lock at once.
  [[nodiscard]] Result<void> begin(const WritePermit& permit);
  [[nodiscard]] Result<void> commit(const WritePermit& permit);
  // Undoes everything since begin(); nothing happens when no transaction is open. Never fails.
  void rollback(const WritePermit& permit);
  [[nodiscard]] bool in_transaction() const;

  [[nodiscard]] std::int64_t last_insert_id() const;
  [[nodiscard]] std::int64_t changed_rows() const;
  // Reads every page. Finds damaged structure, not altered content: the ledger's Merkle tree finds that.
  [[nodiscard]] Result<void> quick_check();
  // A consistent copy into a file that does not exist yet, while others may write; the copy is fsynced.
  [[nodiscard]] Result<void> copy_to(const std::filesystem::path& target);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  struct Closer {
    void operator()(sqlite3* connection) const;
  };
  Sqlite(sqlite3* connection, std::filesystem::path path) : connection_(connection), path_(std::move(path)) {}
  [[nodiscard]] Result<SqliteStatement> prepare(std::string_view sql);
  [[nodiscard]] Result<void> configure(OpenMode mode);
  std::unique_ptr<sqlite3, Closer> connection_;
  std::filesystem::path path_;
};

}  // namespace throughline::store
