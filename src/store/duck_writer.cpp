#include "store/duck_writer.h"

#include <string>
#include <utility>

#include "base/check.h"
#include "store/duck_internal.h"
#include "store/fault_points.h"

namespace throughline::store {

namespace {

struct TableName {
  std::string schema;  // Empty: DuckDB's own, "main".
  std::string table;
};

TableName split_name(std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return {"", std::string(name)};
  return {std::string(name.substr(0, dot)), std::string(name.substr(dot + 1))};
}

std::string sql_name(const TableName& name) {
  return (name.schema.empty() ? "" : '"' + name.schema + "\".") + '"' + name.table + '"';
}

}  // namespace

struct DuckAppender::State {
  duckdb_appender appender = nullptr;
  duckdb_data_chunk chunk = nullptr;
  std::vector<duckdb_type> types;
  std::filesystem::path path;
  std::string name;
  int* unclosed = nullptr;

  ~State() {
    if (chunk != nullptr) duckdb_destroy_data_chunk(&chunk);
    if (appender != nullptr) duckdb_appender_destroy(&appender);
  }
  [[nodiscard]] Error error() const {
    duckdb_error_data details = duckdb_appender_error_data(appender);
    Error result = duck_error(duckdb_error_data_message(details), path, "append to " + name);
    duckdb_destroy_error_data(&details);
    return result;
  }
  [[nodiscard]] Result<void> open(duckdb_connection connection, const TableName& table);
};

Result<void> DuckAppender::State::open(duckdb_connection connection, const TableName& table) {
  const char* schema = table.schema.empty() ? nullptr : table.schema.c_str();
  if (duckdb_appender_create(connection, schema, table.table.c_str(), &appender) != DuckDBSuccess) return error();
  std::vector<duckdb_logical_type> logical;
  for (idx_t column = 0; column < duckdb_appender_column_count(appender); ++column) {
    logical.push_back(duckdb_appender_column_type(appender, column));
    types.push_back(duckdb_get_type_id(logical.back()));
  }
  chunk = duckdb_create_data_chunk(logical.data(), logical.size());
  for (duckdb_logical_type& type : logical) duckdb_destroy_logical_type(&type);
  return {};
}

DuckAppender::DuckAppender(std::unique_ptr<State> state) : state_(std::move(state)) {}
DuckAppender::DuckAppender(DuckAppender&&) noexcept = default;
DuckAppender& DuckAppender::operator=(DuckAppender&&) noexcept = default;
DuckAppender::~DuckAppender() = default;

Result<void> DuckAppender::append(std::int64_t rows, std::span<const AppendColumn> columns) {
  CHECK(columns.size() == state_->types.size());
  for (std::int64_t begin = 0; begin < rows; begin += k_chunk_rows) {
    const std::int64_t count = std::min(k_chunk_rows, rows - begin);
    duckdb_data_chunk_reset(state_->chunk);
    for (std::size_t index = 0; index < columns.size(); ++index) {
      fill_vector(duckdb_data_chunk_get_vector(state_->chunk, index), state_->types[index], columns[index],
                  {begin, count});
    }
    duckdb_data_chunk_set_size(state_->chunk, static_cast<idx_t>(count));
    if (duckdb_append_data_chunk(state_->appender, state_->chunk) != DuckDBSuccess) return state_->error();
  }
  return {};
}

Result<void> DuckAppender::close() {
  if (duckdb_appender_close(state_->appender) != DuckDBSuccess) return state_->error();
  --*std::exchange(state_->unclosed, nullptr);
  return {};
}

Result<void> DuckWriter::begin() {
  TRY(connection_->run_any("BEGIN TRANSACTION"));
  connection_->state_->in_transaction = true;
  return {};
}

Result<void> DuckWriter::commit() {
  CHECK(connection_->state_->unclosed_appenders == 0);
  FAULT_POINT("records.before_commit");
  Result<void> committed = connection_->run_any("COMMIT");
  if (!committed.ok()) {
    connection_->state_->shared->is_unsound = true;
    return committed;
  }
  connection_->state_->in_transaction = false;
  FAULT_POINT("records.after_commit");
  return {};
}

void DuckWriter::rollback() {
  connection_->state_->unclosed_appenders = 0;
  if (!std::exchange(connection_->state_->in_transaction, false)) return;
  // It fails only where DuckDB has rolled back by itself, which is what was asked.
  static_cast<void>(connection_->run_any("ROLLBACK"));
}

Result<DuckStatement> DuckWriter::prepare(std::string_view sql) {
  return connection_->prepare_any(sql);
}
Result<void> DuckWriter::run_script(std::string_view sql) {
  return connection_->run_any(sql);
}

Result<void> DuckWriter::checkpoint() {
  FAULT_POINT("records.before_checkpoint");
  return connection_->run_any("CHECKPOINT");
}

Result<DuckAppender> DuckWriter::appender(std::string_view table) {
  auto state = std::make_unique<DuckAppender::State>();
  state->path = connection_->state_->shared->path;
  state->name = std::string(table);
  TRY(state->open(connection_->state_->connection, split_name(table)));
  state->unclosed = &connection_->state_->unclosed_appenders;
  ++*state->unclosed;
  return DuckAppender(std::move(state));
}

Result<std::int64_t> DuckWriter::insert_from(std::string_view table, RowSupplier& supplier) {
  Supply supply;
  supply.supplier = &supplier;
  {
    // An appender is the shortest way to ask for the table's column types.
    DuckAppender::State shape;
    shape.path = connection_->state_->shared->path;
    shape.name = std::string(table);
    TRY(shape.open(connection_->state_->connection, split_name(table)));
    supply.types = shape.types;
  }
  Supplies& supplies = connection_->state_->shared->supplies;
  std::int64_t number = 0;
  {
    const std::lock_guard lock(supplies.mutex);
    number = ++supplies.last;
    supplies.running[number] = &supply;
  }
  const std::string sql =
      "INSERT INTO " + sql_name(split_name(table)) + " SELECT * FROM throughline_rows(" + std::to_string(number) + ")";
  Result<std::int64_t> rows = std::int64_t{0};
  {
    Result<DuckStatement> statement = connection_->prepare_any(sql);
    rows = statement.ok() ? statement.value().run() : Result<std::int64_t>(statement.error());
  }
  const std::lock_guard lock(supplies.mutex);
  supplies.running.erase(number);
  if (supply.error.has_value()) return *std::move(supply.error);
  return rows;
}

}  // namespace throughline::store
