#include <array>
#include <string>
#include <utility>

#include "base/check.h"
#include "store/duck.h"
#include "store/duck_internal.h"

namespace throughline::store {

static_assert(sizeof(DuckText) == sizeof(duckdb_string_t));

struct DuckStatement::State {
  duckdb_prepared_statement statement = nullptr;
  std::shared_ptr<DuckShared> shared;
  std::string sql;

  ~State() {
    if (statement != nullptr) duckdb_destroy_prepare(&statement);
  }
};

struct DuckResult::State {
  duckdb_result result{};
  std::shared_ptr<DuckShared> shared;
  std::string sql;

  ~State() { duckdb_destroy_result(&result); }
};

int type_class(duckdb_type type) {
  switch (static_cast<int>(type)) {
    case DUCKDB_TYPE_TINYINT: return k_type_class<std::int8_t>;
    case DUCKDB_TYPE_BOOLEAN:
    case DUCKDB_TYPE_UTINYINT: return k_type_class<std::uint8_t>;
    case DUCKDB_TYPE_SMALLINT: return k_type_class<std::int16_t>;
    case DUCKDB_TYPE_USMALLINT: return k_type_class<std::uint16_t>;
    case DUCKDB_TYPE_DATE:
    case DUCKDB_TYPE_INTEGER: return k_type_class<std::int32_t>;
    case DUCKDB_TYPE_UINTEGER: return k_type_class<std::uint32_t>;
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_BIGINT: return k_type_class<std::int64_t>;
    case DUCKDB_TYPE_UBIGINT: return k_type_class<std::uint64_t>;
    case DUCKDB_TYPE_DOUBLE: return k_type_class<double>;
    case DUCKDB_TYPE_VARCHAR:
    case DUCKDB_TYPE_BLOB: return k_text_class;
    default: return -1;
  }
}

DuckChunk::DuckChunk(DuckChunk&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), rows_(std::exchange(other.rows_, 0)) {}

DuckChunk& DuckChunk::operator=(DuckChunk&& other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(rows_, other.rows_);
  return *this;
}

DuckChunk::~DuckChunk() {
  auto chunk = static_cast<duckdb_data_chunk>(handle_);
  if (chunk != nullptr) duckdb_destroy_data_chunk(&chunk);
}

DuckChunk::Raw DuckChunk::raw(int index, int wanted) const {
  auto chunk = static_cast<duckdb_data_chunk>(handle_);
  CHECK(index >= 0 && static_cast<idx_t>(index) < duckdb_data_chunk_get_column_count(chunk));
  duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, static_cast<idx_t>(index));
  duckdb_logical_type type = duckdb_vector_get_column_type(vector);
  const int found = type_class(duckdb_get_type_id(type));
  duckdb_destroy_logical_type(&type);
  CHECK(found == wanted);
  return {duckdb_vector_get_data(vector), duckdb_vector_get_validity(vector)};
}

TextColumn DuckChunk::texts(int index) const {
  const Raw found = raw(index, k_text_class);
  return {{static_cast<const DuckText*>(found.values), static_cast<std::size_t>(rows_)},
          found.validity == nullptr ? Validity() : Validity::bits(found.validity)};
}

DuckResult::DuckResult(std::unique_ptr<State> state) : state_(std::move(state)) {}
DuckResult::DuckResult(DuckResult&&) noexcept = default;
DuckResult& DuckResult::operator=(DuckResult&&) noexcept = default;
DuckResult::~DuckResult() = default;

Result<std::optional<DuckChunk>> DuckResult::next() {
  while (true) {
    duckdb_data_chunk chunk = duckdb_fetch_chunk(state_->result);
    if (chunk == nullptr) {
      // A stream that failed ends like one that is done; only its error tells them apart.
      const char* text = duckdb_result_error(&state_->result);
      if (text != nullptr && *text != '\0') return duck_error(text, state_->shared->path, state_->sql);
      return std::optional<DuckChunk>();
    }
    const auto rows = static_cast<std::int64_t>(duckdb_data_chunk_get_size(chunk));
    DuckChunk owned(chunk, rows);
    if (rows > 0) return std::optional<DuckChunk>(std::move(owned));
  }
}

int DuckResult::columns() const {
  return static_cast<int>(duckdb_column_count(&state_->result));
}

std::string DuckResult::column_name(int index) const {
  const char* name = duckdb_column_name(&state_->result, static_cast<idx_t>(index));
  CHECK(name != nullptr);
  return name;
}

std::int64_t DuckResult::changed_rows() const {
  return static_cast<std::int64_t>(duckdb_rows_changed(&state_->result));
}

DuckStatement::DuckStatement(std::unique_ptr<State> state) : state_(std::move(state)) {}
DuckStatement::DuckStatement(DuckStatement&&) noexcept = default;
DuckStatement& DuckStatement::operator=(DuckStatement&&) noexcept = default;
DuckStatement::~DuckStatement() = default;

DuckStatement& DuckStatement::bind(int position, std::int64_t number) {
  CHECK(duckdb_bind_int64(state_->statement, static_cast<idx_t>(position), number) == DuckDBSuccess);
  return *this;
}

DuckStatement& DuckStatement::bind(int position, double number) {
  CHECK(duckdb_bind_double(state_->statement, static_cast<idx_t>(position), number) == DuckDBSuccess);
  return *this;
}

DuckStatement& DuckStatement::bind(int position, std::string_view text) {
  const char* data = text.data() == nullptr ? "" : text.data();
  CHECK(duckdb_bind_varchar_length(state_->statement, static_cast<idx_t>(position), data, text.size()) ==
        DuckDBSuccess);
  return *this;
}

DuckStatement& DuckStatement::bind(int position, std::nullptr_t) {
  CHECK(duckdb_bind_null(state_->statement, static_cast<idx_t>(position)) == DuckDBSuccess);
  return *this;
}

Result<DuckResult> DuckStatement::query() {
  auto state = std::make_unique<DuckResult::State>();
  state->shared = state_->shared;
  state->sql = state_->sql;
  if (duckdb_execute_prepared_streaming(state_->statement, &state->result) != DuckDBSuccess) {
    return duck_error(duckdb_result_error(&state->result), state_->shared->path, state_->sql);
  }
  return DuckResult(std::move(state));
}

Result<std::int64_t> DuckStatement::run() {
  duckdb_result result{};
  const bool done = duckdb_execute_prepared(state_->statement, &result) == DuckDBSuccess;
  Result<std::int64_t> outcome = std::int64_t{0};
  if (done) {
    outcome = static_cast<std::int64_t>(duckdb_rows_changed(&result));
  } else {
    outcome = duck_error(duckdb_result_error(&result), state_->shared->path, state_->sql);
    heed(*state_->shared, outcome.error());
  }
  duckdb_destroy_result(&result);
  return outcome;
}

Result<DuckStatement> DuckConnection::prepare_any(std::string_view sql) {
  auto state = std::make_unique<DuckStatement::State>();
  state->shared = state_->shared;
  state->sql = std::string(sql);
  if (duckdb_prepare(state_->connection, state->sql.c_str(), &state->statement) != DuckDBSuccess) {
    return duck_error(duckdb_prepare_error(state->statement), state_->shared->path, sql);
  }
  return DuckStatement(std::move(state));
}

Result<DuckStatement> DuckConnection::prepare(std::string_view sql) {
  DuckStatement statement = TRY(prepare_any(sql));
  if (duckdb_prepared_statement_type(statement.state_->statement) != DUCKDB_STATEMENT_TYPE_SELECT) {
    return Error{ErrorKind::refused, "read_may_not_write", "a read tried to do more than select from the records",
                 state_->shared->path.string(), "Writes go through a ledger transaction"};
  }
  return statement;
}

}  // namespace throughline::store
