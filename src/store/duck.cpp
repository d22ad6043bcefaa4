#include "store/duck.h"

#include <string>
#include <thread>
#include <utility>

#include "base/check.h"
#include "store/duck_internal.h"
#include "store/files.h"

namespace throughline::store {

namespace {

struct ConfigCloser {
  void operator()(duckdb_config config) const { duckdb_destroy_config(&config); }
};
using Config = std::unique_ptr<std::remove_pointer_t<duckdb_config>, ConfigCloser>;

void set(const Config& config, const char* name, const std::string& value) {
  CHECK(duckdb_set_config(config.get(), name, value.c_str()) == DuckDBSuccess);
}

Config make_config(const std::filesystem::path& path, const DuckOptions& options) {
  duckdb_config raw = nullptr;
  CHECK(duckdb_create_config(&raw) == DuckDBSuccess);
  Config config(raw);
  const auto machine = static_cast<int>(std::thread::hardware_concurrency());
  const int threads = options.threads > 0 ? options.threads : std::max(1, machine);
  std::filesystem::path spill = options.temp_directory;
  if (spill.empty()) spill = path.string() + ".tmp";
  set(config, "access_mode", options.read_only ? "READ_ONLY" : "READ_WRITE");
  set(config, "threads", std::to_string(threads));
  set(config, "memory_limit", std::to_string(options.memory_limit_bytes / 1024) + "KiB");
  set(config, "temp_directory", spill.string());
  set(config, "autoinstall_known_extensions", "false");
  set(config, "autoload_known_extensions", "false");
  set(config, "allow_unsigned_extensions", "false");
  set(config, "allow_community_extensions", "false");
  // Rows are keyed and read sorted, so their order in the file is free, and bulk inserts may use every thread.
  set(config, "preserve_insertion_order", "false");
  return config;
}

// After this, no statement can reach another file, load code or loosen a setting.
Result<void> lock_down(duckdb_connection connection, const std::filesystem::path& path, const DuckOptions& options) {
  std::string sql;
  if (!options.inbox_directory.empty()) {
    sql += "SET allowed_directories=[" + in_quotes(options.inbox_directory.string() + "/", '\'') + "];";
  }
  sql += "SET enable_external_access=false; SET lock_configuration=true;";
  duckdb_result result;
  const bool done = duckdb_query(connection, sql.c_str(), &result) == DuckDBSuccess;
  std::optional<Error> error;
  if (!done) error = duck_error(duckdb_result_error(&result), path, "SET");
  duckdb_destroy_result(&result);
  if (error.has_value()) return *std::move(error);
  return {};
}

}  // namespace

struct Duck::State {
  duckdb_database database = nullptr;
  std::shared_ptr<DuckShared> shared = std::make_shared<DuckShared>();

  ~State() {
    if (database != nullptr && !shared->is_unsound) duckdb_close(&database);
  }
};

Duck::Duck(std::unique_ptr<State> state) : state_(std::move(state)) {}
Duck::Duck(Duck&&) noexcept = default;
Duck& Duck::operator=(Duck&&) noexcept = default;
Duck::~Duck() = default;

Result<Duck> Duck::open(const std::filesystem::path& path, const DuckOptions& options) {
  auto state = std::make_unique<State>();
  state->shared->path = path;
  const Config config = make_config(path, options);
  char* text = nullptr;
  if (duckdb_open_ext(path.c_str(), &state->database, config.get(), &text) != DuckDBSuccess) {
    Error error = duck_error(text, path, "");
    duckdb_free(text);
    return error;
  }
  duckdb_connection connection = nullptr;
  if (duckdb_connect(state->database, &connection) != DuckDBSuccess) return duck_error("", path, "");
  Result<void> ready = register_supplies(connection, *state->shared);
  if (ready.ok()) ready = lock_down(connection, path, options);
  duckdb_disconnect(&connection);
  TRY(std::move(ready));
  if (!options.read_only) TRY(make_private(path));
  return Duck(std::move(state));
}

Result<DuckConnection> Duck::connect() const {
  if (state_->shared->is_unsound) {
    return Error{ErrorKind::world, "records_unsound",
                 "an earlier write to the record store failed, so this run may not use it any further",
                 state_->shared->path.string(), "Make room on the disk, then run the command again"};
  }
  auto state = std::make_unique<DuckConnection::State>();
  if (duckdb_connect(state_->database, &state->connection) != DuckDBSuccess) {
    return duck_error("", state_->shared->path, "");
  }
  state->shared = state_->shared;
  ++state->shared->connections;
  return DuckConnection(std::move(state));
}

int Duck::connections() const {
  return state_->shared->connections;
}

DuckConnection::DuckConnection(std::unique_ptr<State> state) : state_(std::move(state)) {}
DuckConnection::DuckConnection(DuckConnection&&) noexcept = default;
DuckConnection& DuckConnection::operator=(DuckConnection&&) noexcept = default;
DuckConnection::~DuckConnection() = default;

Result<DuckResult> DuckConnection::query(std::string_view sql) {
  DuckStatement statement = TRY(prepare(sql));
  return statement.query();
}

Result<std::int64_t> DuckConnection::number(std::string_view sql) {
  DuckResult result = TRY(query("SELECT CAST((" + std::string(sql) + ") AS BIGINT)"));
  const std::optional<DuckChunk> chunk = TRY(result.next());
  if (!chunk.has_value() || chunk->rows() == 0) return std::int64_t{0};
  const auto column = chunk->column<std::int64_t>(0);
  return column.has(0) ? column[0] : 0;
}

Result<void> DuckConnection::begin_read() {
  return run_any("BEGIN TRANSACTION READ ONLY");
}
Result<void> DuckConnection::end_read() {
  return run_any("ROLLBACK");
}
void DuckConnection::interrupt() {
  duckdb_interrupt(state_->connection);
}

Result<void> DuckConnection::run_any(std::string_view sql) {
  const std::string text(sql);
  duckdb_result result;
  const bool done = duckdb_query(state_->connection, text.c_str(), &result) == DuckDBSuccess;
  std::optional<Error> error;
  if (!done) error = duck_error(duckdb_result_error(&result), state_->shared->path, sql);
  duckdb_destroy_result(&result);
  if (error.has_value()) {
    heed(*state_->shared, *error);
    return *std::move(error);
  }
  return {};
}

}  // namespace throughline::store
