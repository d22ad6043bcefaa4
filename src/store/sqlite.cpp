#include "store/sqlite.h"

#include <sqlite3.h>
#include <unistd.h>
#include <cerrno>
#include <string>

#include "base/check.h"
#include "store/fault_points.h"
#include "store/files.h"

namespace throughline::store {

namespace {

constexpr int k_busy_timeout_ms = 5000;
constexpr std::size_t k_excerpt = 60;

// Enough of our own SQL to find the statement; cut before any literal.
std::string excerpt(std::string_view sql) {
  std::string text(sql.substr(0, std::min(sql.find('\''), k_excerpt)));
  for (char& letter : text) {
    if (letter == '\n') letter = ' ';
  }
  return text;
}

bool begins_as_query(std::string_view sql) {
  const std::size_t begin = std::min(sql.find_first_not_of(" \n\t"), sql.size());
  std::string word;
  for (const char letter : sql.substr(begin, 6)) word += static_cast<char>(letter & ~0x20);
  return word == "SELECT" || word == "VALUES" || word.starts_with("WITH");
}

Error damaged(const std::filesystem::path& path) {
  return {ErrorKind::damaged, "damaged_ledger", "the ledger store is damaged", path.string(),
          "Do not write to it; keep a copy, then restore from a backup with 'throughline restore'"};
}

// SQLite calls a limit on file size an I/O error, and a full disk too where it cannot extend its shared memory.
bool found_no_room(int code, sqlite3* connection) {
  const int reason = sqlite3_system_errno(connection);
  return (code & 0xff) == SQLITE_IOERR && (reason == EFBIG || reason == ENOSPC || reason == EDQUOT);
}

// SQLite's text for a number is fixed and holds no value of ours; its message for a connection may.
Error sqlite_error(int code, sqlite3* connection, const std::filesystem::path& path, std::string_view sql) {
  if (found_no_room(code, connection)) return disk_full(path);
  const std::string where = path.string() + (sql.empty() ? "" : ", statement: " + excerpt(sql));
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return damaged(path);
    case SQLITE_FULL: return disk_full(path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::world, "ledger_busy", "another process is using the ledger", where, "Try again when it ends"};
    case SQLITE_CONSTRAINT:
      return {ErrorKind::world, "constraint_broken",
              "a rule of the ledger's tables was broken (SQLite " + std::to_string(code) + ")", where, ""};
    default: break;
  }
  return {ErrorKind::world, "ledger_failed",
          std::string("the ledger store failed: ") + sqlite3_errstr(code) + " (SQLite " + std::to_string(code) + ")",
          where, "Check the disk and who may write there"};
}

std::filesystem::path path_of(sqlite3_stmt* statement) {
  const char* name = sqlite3_db_filename(sqlite3_db_handle(statement), "main");
  return name == nullptr ? std::filesystem::path() : std::filesystem::path(name);
}

Error statement_error(int code, sqlite3_stmt* statement) {
  return sqlite_error(code, sqlite3_db_handle(statement), path_of(statement), sqlite3_sql(statement));
}

}  // namespace

void SqliteStatement::Closer::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}
void Sqlite::Closer::operator()(sqlite3* connection) const {
  sqlite3_close_v2(connection);
}

SqliteStatement& SqliteStatement::bind(int position, std::int64_t number) {
  CHECK(sqlite3_bind_int64(statement_.get(), position, number) == SQLITE_OK);
  return *this;
}

SqliteStatement& SqliteStatement::bind(int position, double number) {
  CHECK(sqlite3_bind_double(statement_.get(), position, number) == SQLITE_OK);
  return *this;
}

SqliteStatement& SqliteStatement::bind(int position, std::string_view text) {
  const char* data = text.data() == nullptr ? "" : text.data();
  CHECK(sqlite3_bind_text64(statement_.get(), position, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8) == SQLITE_OK);
  return *this;
}

SqliteStatement& SqliteStatement::bind(int position, std::span<const std::byte> bytes) {
  const void* data = bytes.data() == nullptr ? static_cast<const void*>("") : bytes.data();
  CHECK(sqlite3_bind_blob64(statement_.get(), position, data, bytes.size(), SQLITE_TRANSIENT) == SQLITE_OK);
  return *this;
}

SqliteStatement& SqliteStatement::bind(int position, std::nullptr_t) {
  CHECK(sqlite3_bind_null(statement_.get(), position) == SQLITE_OK);
  return *this;
}

Result<bool> SqliteStatement::step_row() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  Error error = statement_error(code, statement_.get());
  sqlite3_reset(statement_.get());
  return error;
}

Result<void> SqliteStatement::run() {
  while (TRY(step_row())) {
  }
  reset();
  return {};
}

void SqliteStatement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

int SqliteStatement::columns() const {
  return sqlite3_column_count(statement_.get());
}
bool SqliteStatement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}
std::int64_t SqliteStatement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}
double SqliteStatement::real(int column) const {
  return sqlite3_column_double(statement_.get(), column);
}

std::string_view SqliteStatement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::span<const std::byte> SqliteStatement::bytes(int column) const {
  const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(statement_.get(), column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

Result<Sqlite> Sqlite::open(const std::filesystem::path& path, OpenMode mode) {
  if (mode == OpenMode::create) {
    // SQLite gives its log and shared-memory files the mode of the file itself, so it is made private first.
    static_cast<void>(TRY(create_private_file(path)));
  }
  sqlite3* raw = nullptr;
  const int access = mode == OpenMode::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  const int code = sqlite3_open_v2(path.c_str(), &raw, access | SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  Sqlite store(raw, path);
  if (code == SQLITE_CANTOPEN) {
    return Error{ErrorKind::world, "file_unavailable", "cannot open the ledger store", path.string(),
                 "Check that the path is right and who may read it"};
  }
  if (code != SQLITE_OK) return sqlite_error(code, raw, path, "");
  TRY(store.configure(mode));
  return store;
}

Result<void> Sqlite::configure(OpenMode mode) {
  sqlite3* raw = connection_.get();
  sqlite3_busy_timeout(raw, k_busy_timeout_ms);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  std::string settings = "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA cell_size_check=ON;";
  if (mode != OpenMode::read_only) settings += "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;";
  settings += "SELECT count(*) FROM sqlite_schema;";
  const int code = sqlite3_exec(raw, settings.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return sqlite_error(code, raw, path_, "");
  return {};
}

Result<SqliteStatement> Sqlite::prepare(std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const char* rest = nullptr;
  const auto length = static_cast<int>(sql.size());
  const int code = sqlite3_prepare_v3(connection_.get(), sql.data(), length, 0, &raw, &rest);
  SqliteStatement statement(raw);
  if (code != SQLITE_OK) {
    Error error = sqlite_error(code, connection_.get(), path_, sql);
    // The message of a statement that does not parse speaks of our own SQL: bound values are not there yet.
    if ((code & 0xff) == SQLITE_ERROR) error.what += std::string(": ") + sqlite3_errmsg(connection_.get());
    return error;
  }
  CHECK(raw != nullptr);
  const std::string_view remaining = sql.substr(static_cast<std::size_t>(rest - sql.data()));
  CHECK(remaining.find_first_not_of(" \n\t;") == std::string_view::npos);
  return statement;
}

Result<SqliteStatement> Sqlite::read(std::string_view sql) {
  SqliteStatement statement = TRY(prepare(sql));
  // SQLite also calls ROLLBACK, ATTACH and most PRAGMAs read-only; only what gives rows of tables is a read here.
  if (sqlite3_stmt_readonly(statement.statement_.get()) == 0 || !begins_as_query(sql)) {
    return Error{ErrorKind::refused, "read_may_not_write", "a read tried to write to the ledger",
                 "statement: " + excerpt(sql), "Writes go through a ledger transaction"};
  }
  return statement;
}

Result<SqliteStatement> Sqlite::write(const WritePermit&, std::string_view sql) {
  return prepare(sql);
}

Result<void> Sqlite::run_script(const WritePermit&, std::string_view sql) {
  const std::string text(sql);
  const int code = sqlite3_exec(connection_.get(), text.c_str(), nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) return {};
  Error error = sqlite_error(code, connection_.get(), path_, sql);
  if ((code & 0xff) == SQLITE_ERROR) error.what += std::string(": ") + sqlite3_errmsg(connection_.get());
  return error;
}

Result<void> Sqlite::begin(const WritePermit& permit) {
  return run_script(permit, "BEGIN IMMEDIATE");
}

Result<void> Sqlite::commit(const WritePermit& permit) {
  FAULT_POINT("ledger.before_commit");
  TRY(run_script(permit, "COMMIT"));
  FAULT_POINT("ledger.after_commit");
  return {};
}

void Sqlite::rollback(const WritePermit&) {
  if (in_transaction()) sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

bool Sqlite::in_transaction() const {
  return sqlite3_get_autocommit(connection_.get()) == 0;
}
std::int64_t Sqlite::last_insert_id() const {
  return sqlite3_last_insert_rowid(connection_.get());
}
std::int64_t Sqlite::changed_rows() const {
  return sqlite3_changes64(connection_.get());
}

Result<void> Sqlite::quick_check() {
  SqliteStatement statement = TRY(prepare("PRAGMA quick_check(1)"));
  const bool any = TRY(statement.step_row());
  if (!any || statement.text(0) != "ok") return damaged(path_);
  return {};
}

Result<void> Sqlite::copy_to(const std::filesystem::path& target) {
  static_cast<void>(TRY(create_private_file(target)));
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(target.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
  const std::unique_ptr<sqlite3, Closer> copy(raw);
  if (opened != SQLITE_OK) return sqlite_error(opened, raw, target, "");
  sqlite3_backup* backup = sqlite3_backup_init(copy.get(), "main", connection_.get(), "main");
  if (backup == nullptr) return sqlite_error(sqlite3_errcode(copy.get()), copy.get(), target, "");
  const int stepped = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (stepped != SQLITE_DONE) return sqlite_error(stepped, copy.get(), target, "");
  if (finished != SQLITE_OK) return sqlite_error(finished, copy.get(), target, "");
  return sync_path(target);
}

}  // namespace throughline::store
