#include <algorithm>
#include <array>
#include <string>

#include "store/duck_internal.h"
#include "store/files.h"

namespace throughline::store {

namespace {

constexpr std::size_t k_excerpt = 80;
constexpr std::size_t k_kind_length_max = 30;

std::string excerpt(std::string_view sql) {
  std::string text(sql.substr(0, std::min(sql.find('\''), k_excerpt)));
  std::ranges::replace(text, '\n', ' ');
  return text;
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> signs) {
  return std::ranges::any_of(signs, [&](std::string_view sign) { return text.find(sign) != std::string_view::npos; });
}

Error damaged(const std::filesystem::path& path) {
  return {ErrorKind::damaged, "damaged_records", "the records store is damaged", path.string(),
          "Do not write to it; keep a copy, then restore from a backup with 'throughline restore'"};
}

// The word before "Error:", such as "Binder".
std::string kind_of(std::string_view text) {
  const std::size_t end = text.find(" Error:");
  return end > k_kind_length_max ? "unnamed" : std::string(text.substr(0, end));
}

// These speak of our own SQL, whose values are always bound, or of settings.
bool is_about_sql(const std::string& kind) {
  constexpr std::array k_kinds = {"Parser", "Binder", "Catalog", "Syntax", "Permission"};
  return std::ranges::find(k_kinds, kind) != k_kinds.end();
}

}  // namespace

Error duck_error(const char* raw, const std::filesystem::path& path, std::string_view sql) {
  const std::string_view text = raw == nullptr ? "" : raw;
  const std::string where = path.string() + (sql.empty() ? "" : ", statement: " + excerpt(sql));
  const std::string kind = kind_of(text);
  if (has_any(text, {"No space left", "File too large", "Disk quota", "disk is full", "max_temp_directory_size"})) {
    return disk_full(path);
  }
  if (has_any(text, {"Could not set lock"})) {
    return {ErrorKind::world, "records_in_use", "another process is using the records store", path.string(),
            "Wait until it ends, then try again"};
  }
  if (kind == "INTERRUPT") return {ErrorKind::world, "interrupted", "stopped as asked", "", ""};
  if (has_any(text, {"Corrupt", "corrupt", "checksum", "not a valid DuckDB", "valid DuckDB database file"}) ||
      kind == "Serialization" || kind == "INTERNAL" || kind == "FATAL") {
    return damaged(path);
  }
  if (kind == "Out of Memory") {
    return {ErrorKind::world, "out_of_memory", "the records store needs more memory than its limit", where,
            "Raise the memory limit or free some disk for temporary files"};
  }
  std::string what = "the records store failed (" + kind + " error)";
  if (is_about_sql(kind)) what += ": " + std::string(text.substr(0, text.find('\n')));
  if (kind == "Constraint") {
    return {ErrorKind::world, "constraint_broken", "a rule of the records tables was broken", where, ""};
  }
  return {ErrorKind::world, "records_failed", what, where, "Check the disk and who may read and write there"};
}

void heed(DuckShared& shared, const Error& error) {
  if (error.code == "disk_full" || error.code == "damaged_records") shared.is_unsound = true;
}

}  // namespace throughline::store
