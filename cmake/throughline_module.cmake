# throughline_module(<name> [LIGHT] [FUZZED] [DEPENDS <modules…>] [LIBRARIES <targets…>])
#
# A static library of every source under the calling folder, and one test program of every *_test.cpp beside them. DEPENDS is
# the include rule: tools/check_layers.py reads it. LIBRARIES are private, for their headers stay in .cpp files. LIGHT is a module
# that leaves the computing to others: it is compiled with THROUGHLINE_LIGHT_FLAGS, as all tests are. FUZZED is a module with
# a fuzzer of its own, which is led by what it reaches in that module.
#
# With THROUGHLINE_UNITY several sources are one translation unit, in the groups that tools/unity_groups.py forms: a full
# build takes a third of the time. tools/build.sh forms them anew before each build.
if(THROUGHLINE_UNITY)
  execute_process(COMMAND "${CMAKE_SOURCE_DIR}/tools/unity_groups.py" "${CMAKE_BINARY_DIR}/unity" COMMAND_ERROR_IS_FATAL ANY)
endif()

set(throughline_source_folder "${CMAKE_BINARY_DIR}/generated/source_folder.cpp")
file(
  CONFIGURE
  OUTPUT "${throughline_source_folder}"
  CONTENT [[#include "base/source_folder.h"

namespace throughline::base {

const char* const k_source_folder = "@CMAKE_SOURCE_DIR@";

}  // namespace throughline::base
]]
  @ONLY)

function(throughline_module name)
  cmake_parse_arguments(module "LIGHT;FUZZED" "" "DEPENDS;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  list(SORT sources)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "(_test|/main|_main)\\.cpp$")
  if(NOT sources)
    message(STATUS "module ${name} has no sources yet")
    return()
  endif()

  if(THROUGHLINE_UNITY)
    include("${CMAKE_BINARY_DIR}/unity/${name}.cmake")
    list(REMOVE_ITEM sources ${unity_library_covers})
    list(APPEND sources ${unity_library})
    if(tests)
      list(REMOVE_ITEM tests ${unity_test_covers})
      list(APPEND tests ${unity_test})
    endif()
  endif()

  set(target throughline_${name})
  add_library(${target} STATIC ${sources})
  target_include_directories(${target} PUBLIC "${CMAKE_SOURCE_DIR}/src")
  target_link_libraries(${target} PRIVATE throughline_compile_options)
  foreach(dependency ${module_DEPENDS})
    if(TARGET throughline_${dependency})
      target_link_libraries(${target} PUBLIC throughline_${dependency})
    endif()
  endforeach()
  target_link_libraries(${target} PRIVATE ${module_LIBRARIES})
  if(module_LIGHT)
    target_compile_options(${target} PRIVATE ${THROUGHLINE_LIGHT_FLAGS})
  endif()
  if(THROUGHLINE_FUZZ AND module_FUZZED)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  endif()

  if(THROUGHLINE_TESTS AND tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE ${target} throughline_compile_options throughline_rapidcheck
                                               GTest::gmock GTest::gtest_main)
    target_compile_options(${name}_test PRIVATE ${THROUGHLINE_LIGHT_FLAGS})
    target_sources(${name}_test PRIVATE "${throughline_source_folder}")
    # RapidCheck prints through std::optional paths that GCC 12 cannot see through.
    include(GoogleTest)
    gtest_discover_tests(${name}_test TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 300)
  endif()
endfunction()
