#include "store/duck_internal.h"

namespace throughline::store {

std::string in_quotes(std::string_view text, char quote) {
  std::string result(1, quote);
  for (const char letter : text) {
    if (letter == quote) result += quote;
    result += letter;
  }
  return result + quote;
}

PassingDuck::~PassingDuck() {
  if (connection_ != nullptr) duckdb_disconnect(&connection_);
  if (database_ != nullptr) duckdb_close(&database_);
}

Result<void> PassingDuck::open(const std::filesystem::path& path) {
  path_ = path;
  if (duckdb_open(nullptr, &database_) != DuckDBSuccess || duckdb_connect(database_, &connection_) != DuckDBSuccess) {
    return duck_error("", path_, "");
  }
  return run("SET autoinstall_known_extensions=false; SET autoload_known_extensions=false");
}

Result<void> PassingDuck::run(const std::string& sql) {
  static_cast<void>(TRY(texts(sql)));
  return {};
}

Result<std::vector<std::string>> PassingDuck::texts(const std::string& sql) {
  duckdb_result result;
  std::vector<std::string> found;
  if (duckdb_query(connection_, sql.c_str(), &result) != DuckDBSuccess) {
    Error error = duck_error(duckdb_result_error(&result), path_, sql);
    duckdb_destroy_result(&result);
    return error;
  }
  for (idx_t row = 0; duckdb_column_count(&result) > 0 && row < duckdb_row_count(&result); ++row) {
    char* text = duckdb_value_varchar(&result, 0, row);
    found.emplace_back(text == nullptr ? "" : text);
    duckdb_free(text);
  }
  duckdb_destroy_result(&result);
  return found;
}

}  // namespace throughline::store
