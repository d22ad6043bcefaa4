# Finds DuckDB's C library: a system one of the version asked for, else the one npm brought beside the vendored header.
# Gives the imported target DuckDB::DuckDB and DuckDB_VERSION as the library itself says it.
find_path(DuckDB_INCLUDE_DIR duckdb.h HINTS ${DuckDB_ROOT} PATH_SUFFIXES include)
find_library(DuckDB_LIBRARY duckdb HINTS ${DuckDB_ROOT} PATH_SUFFIXES lib)

if(NOT DuckDB_LIBRARY)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
    set(duckdb_arch arm64)
  else()
    set(duckdb_arch x64)
  endif()
  set(duckdb_vendored "${CMAKE_SOURCE_DIR}/third_party/duckdb")
  set(duckdb_npm "${CMAKE_SOURCE_DIR}/node_modules/@duckdb/node-bindings-linux-${duckdb_arch}")
  unset(DuckDB_INCLUDE_DIR CACHE)
  find_path(DuckDB_INCLUDE_DIR duckdb.h PATHS "${duckdb_vendored}" NO_DEFAULT_PATH)
  find_library(DuckDB_LIBRARY duckdb PATHS "${duckdb_npm}" NO_DEFAULT_PATH)
endif()

if(DuckDB_LIBRARY AND DuckDB_INCLUDE_DIR AND NOT DuckDB_VERSION)
  file(WRITE "${CMAKE_BINARY_DIR}/duckdb_version.c"
       "#include <duckdb.h>\n#include <stdio.h>\nint main(void) { puts(duckdb_library_version()); return 0; }\n")
  get_filename_component(duckdb_library_dir "${DuckDB_LIBRARY}" DIRECTORY)
  try_run(
    duckdb_ran duckdb_compiled "${CMAKE_BINARY_DIR}/duckdb_version" "${CMAKE_BINARY_DIR}/duckdb_version.c"
    CMAKE_FLAGS "-DINCLUDE_DIRECTORIES=${DuckDB_INCLUDE_DIR}" "-DCMAKE_BUILD_RPATH=${duckdb_library_dir}"
    LINK_LIBRARIES "${DuckDB_LIBRARY}"
    RUN_OUTPUT_VARIABLE duckdb_says)
  if(duckdb_compiled AND duckdb_ran EQUAL 0)
    string(REGEX MATCH "[0-9]+\\.[0-9]+\\.[0-9]+" duckdb_number "${duckdb_says}")
    set(DuckDB_VERSION "${duckdb_number}" CACHE INTERNAL "")
  endif()
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  DuckDB
  REQUIRED_VARS DuckDB_LIBRARY DuckDB_INCLUDE_DIR DuckDB_VERSION
  VERSION_VAR DuckDB_VERSION
  REASON_FAILURE_MESSAGE "Run tools/setup/setup.sh, which brings libduckdb from npm.")

if(DuckDB_FOUND AND NOT TARGET DuckDB::DuckDB)
  add_library(DuckDB::DuckDB SHARED IMPORTED)
  set_target_properties(
    DuckDB::DuckDB PROPERTIES IMPORTED_LOCATION "${DuckDB_LIBRARY}" IMPORTED_SONAME libduckdb.so
                              INTERFACE_INCLUDE_DIRECTORIES "${DuckDB_INCLUDE_DIR}")
endif()
