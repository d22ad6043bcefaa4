#include "app/version.h"

#include <duckdb.h>
#include <fmt/core.h>
#include <openssl/crypto.h>
#include <simdjson.h>
#include <sodium.h>
#include <sqlite3.h>
#include <tbb/version.h>
#include <unicode/uversion.h>
#include <zip.h>
#include <zlib.h>
#include <zstd.h>

#include "app/commit.h"

namespace throughline::app {

namespace {

std::string icu_version() {
  UVersionInfo parts;
  u_getVersion(parts);
  return fmt::format("{}.{}", parts[0], parts[1]);
}

std::string compiler() {
#if defined(__clang__)
  return fmt::format("clang {}.{}.{}", __clang_major__, __clang_minor__, __clang_patchlevel__);
#else
  return fmt::format("g++ {}.{}.{}", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#endif
}

std::string fmt_version() {
  return fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100);
}

}  // namespace

std::string program_version() {
  return fmt::format("{} ({})", THROUGHLINE_VERSION, k_throughline_commit);
}

std::string version_text() {
  std::string text = fmt::format("throughline {}\ncommit    {}\ncompiler  {}\n", THROUGHLINE_VERSION,
                                 k_throughline_commit, compiler());
  const auto add = [&](const char* name, const std::string& version) {
    text += fmt::format("{:<9} {}\n", name, version);
  };
  add("DuckDB", duckdb_library_version());
  add("SQLite", sqlite3_libversion());
  add("libsodium", sodium_version_string());
  add("OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING));
  add("ICU", icu_version());
  add("oneTBB", TBB_runtime_version());
  add("simdjson", fmt::format("{}.{}.{}", static_cast<int>(simdjson::SIMDJSON_VERSION_MAJOR),
                              static_cast<int>(simdjson::SIMDJSON_VERSION_MINOR),
                              static_cast<int>(simdjson::SIMDJSON_VERSION_REVISION)));
  add("zlib", zlibVersion());
  add("zstd", ZSTD_versionString());
  add("libzip", zip_libzip_version());
  add("fmt", fmt_version());
  return text;
}

}  // namespace throughline::app
