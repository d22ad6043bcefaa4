# Writes the commit into a source file, and only when it changed, so that nothing else is compiled again.
# Called at build time with -DOUTPUT=…; outside a git checkout the commit is "unknown".
cmake_minimum_required(VERSION 3.25)
execute_process(
  COMMAND git -C "${CMAKE_CURRENT_LIST_DIR}/.." describe --always --dirty --abbrev=12
  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT commit)
  set(commit unknown)
endif()
file(CONFIGURE OUTPUT "${OUTPUT}" CONTENT "extern const char* const k_throughline_commit;\nconst char* const k_throughline_commit = \"@commit@\";\n" @ONLY)
