// DuckDB behind values, locked down: no extensions, no files but its own and one private folder, settings fixed.
//
// One Duck per process and file, one DuckConnection per thread. A connection only reads; writing needs a DuckWriter,
// which takes a permit. DuckDB's own error texts may quote a value of a row and never travel on: an Error names the
// statement.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/duck_columns.h"
#include "store/write_permit.h"

namespace throughline::store {

using base::Error;
using base::ErrorKind;
using base::Result;

struct DuckOptions {
  std::int64_t memory_limit_bytes = std::int64_t{512} << 20;
  int threads = 0;                        // 0: as many as the machine has.
  std::filesystem::path temp_directory;   // Where large sorts spill. Empty: beside the file.
  std::filesystem::path inbox_directory;  // The one folder SQL may read files from. Empty: none.
  bool read_only = false;
};

// A chunk of a result: up to k_chunk_rows rows, columns from 0. Views into it live as long as it does.
class DuckChunk {
 public:
  DuckChunk(DuckChunk&&) noexcept;
  DuckChunk& operator=(DuckChunk&&) noexcept;
  DuckChunk(const DuckChunk&) = delete;
  DuckChunk& operator=(const DuckChunk&) = delete;
  ~DuckChunk();

  [[nodiscard]] std::int64_t rows() const { return rows_; }
  // REQUIRES: the column's stored type is T, as for AppendColumn. CHECKed: a HUGEINT (what sum() gives) must be cast in
  // SQL.
  template <class T>
  [[nodiscard]] Column<T> column(int index) const;
  [[nodiscard]] TextColumn texts(int index) const;
  [[nodiscard]] std::string_view text(int index, std::int64_t row) const { return texts(index)[row]; }

 private:
  friend class DuckResult;
  struct Raw {
    const void* values;
    const std::uint64_t* validity;
  };
  DuckChunk(void* handle, std::int64_t rows) : handle_(handle), rows_(rows) {}
  [[nodiscard]] Raw raw(int index, int wanted) const;
  void* handle_ = nullptr;
  std::int64_t rows_ = 0;
};

// Rows that come as they are made: `while (auto chunk = TRY(result.next())) { … }`.
class DuckResult {
 public:
  DuckResult(DuckResult&&) noexcept;
  DuckResult& operator=(DuckResult&&) noexcept;
  DuckResult(const DuckResult&) = delete;
  DuckResult& operator=(const DuckResult&) = delete;
  ~DuckResult();

  // Nothing when all rows were given.
  [[nodiscard]] Result<std::optional<DuckChunk>> next();
  [[nodiscard]] int columns() const;
  [[nodiscard]] std::string column_name(int index) const;
  // Rows an INSERT, UPDATE or DELETE touched.
  [[nodiscard]] std::int64_t changed_rows() const;

 private:
  friend class DuckStatement;
  struct State;
  explicit DuckResult(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// A prepared statement. Must not outlive its connection.
class DuckStatement {
 public:
  DuckStatement(DuckStatement&&) noexcept;
  DuckStatement& operator=(DuckStatement&&) noexcept;
  DuckStatement(const DuckStatement&) = delete;
  DuckStatement& operator=(const DuckStatement&) = delete;
  ~DuckStatement();

  // Binds by position, from 1. REQUIRES: the statement has that many parameters.
  DuckStatement& bind(int position, std::int64_t number);
  DuckStatement& bind(int position, double number);
  DuckStatement& bind(int position, std::string_view text);
  DuckStatement& bind(int position, std::nullptr_t null);
  DuckStatement& bind(int position, const char* text) { return bind(position, std::string_view(text)); }
  DuckStatement& bind(int position, const std::string& text) { return bind(position, std::string_view(text)); }
  DuckStatement& bind(int position, int number) { return bind(position, static_cast<std::int64_t>(number)); }

  // Runs it and streams the rows.
  [[nodiscard]] Result<DuckResult> query();
  // Runs it for its effect; gives the number of rows touched.
  [[nodiscard]] Result<std::int64_t> run();

 private:
  friend class DuckConnection;
  struct State;
  explicit DuckStatement(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// One thread's connection. Only reads.
class DuckConnection {
 public:
  DuckConnection(DuckConnection&&) noexcept;
  DuckConnection& operator=(DuckConnection&&) noexcept;
  DuckConnection(const DuckConnection&) = delete;
  DuckConnection& operator=(const DuckConnection&) = delete;
  ~DuckConnection();

  // One SELECT; anything else is an Error "read_may_not_write". A connection has one result at a time: the next query
  // ends the rows of the last.
  [[nodiscard]] Result<DuckStatement> prepare(std::string_view sql);
  // prepare and query in one, for statements without parameters.
  [[nodiscard]] Result<DuckResult> query(std::string_view sql);
  // The single whole number that a statement without parameters gives; 0 where it gives no row or no value.
  [[nodiscard]] Result<std::int64_t> number(std::string_view sql);

  // Several reads of one moment: DuckDB itself refuses writes until end_read().
  [[nodiscard]] Result<void> begin_read();
  [[nodiscard]] Result<void> end_read();

  // Stops what is running on this connection, from any thread: it ends with the Error "interrupted".
  void interrupt();

 private:
  friend class Duck;
  friend class DuckWriter;
  friend class DuckAppender;
  struct State;
  explicit DuckConnection(std::unique_ptr<State> state);
  [[nodiscard]] Result<DuckStatement> prepare_any(std::string_view sql);
  [[nodiscard]] Result<void> run_any(std::string_view sql);
  std::unique_ptr<State> state_;
};

class Duck {
 public:
  // Errors: "damaged_records" (exit 4) with what to do; "file_unavailable"; "records_in_use" when another process holds
  // it.
  [[nodiscard]] static Result<Duck> open(const std::filesystem::path& path, const DuckOptions& options);
  Duck(Duck&&) noexcept;
  Duck& operator=(Duck&&) noexcept;
  Duck(const Duck&) = delete;
  Duck& operator=(const Duck&) = delete;
  ~Duck();

  [[nodiscard]] Result<DuckConnection> connect() const;
  // How many connections live.
  [[nodiscard]] int connections() const;

 private:
  struct State;
  explicit Duck(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

template <class T>
inline constexpr int k_type_class = -1;
template <>
inline constexpr int k_type_class<std::int8_t> = 0;
template <>
inline constexpr int k_type_class<std::uint8_t> = 1;
template <>
inline constexpr int k_type_class<std::int16_t> = 2;
template <>
inline constexpr int k_type_class<std::uint16_t> = 3;
template <>
inline constexpr int k_type_class<std::int32_t> = 4;
template <>
inline constexpr int k_type_class<std::uint32_t> = 5;
template <>
inline constexpr int k_type_class<std::int64_t> = 6;
template <>
inline constexpr int k_type_class<std::uint64_t> = 7;
template <>
inline constexpr int k_type_class<double> = 8;
inline constexpr int k_text_class = 9;

template <class T>
Column<T> DuckChunk::column(int index) const {
  static_assert(k_type_class<T> >= 0, "not a type that DuckDB columns are read as");
  const Raw found = raw(index, k_type_class<T>);
  return {{static_cast<const T*>(found.values), static_cast<std::size_t>(rows_)},
          found.validity == nullptr ? Validity() : Validity::bits(found.validity)};
}

}  // namespace throughline::store
