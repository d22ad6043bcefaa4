# How every target of ours is compiled. Never -march=native, never fused multiply-add: results must not depend on the machine.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

add_library(throughline_compile_options INTERFACE)
target_compile_options(
  throughline_compile_options
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            -Wconversion
            -Wsign-conversion
            -Wshadow
            -Wnon-virtual-dtor
            -Wold-style-cast
            -Woverloaded-virtual
            -Wdeprecated-copy-dtor
            -Werror
            -ffp-contract=off
            -fno-math-errno)
target_compile_definitions(throughline_compile_options INTERFACE _GLIBCXX_ASSERTIONS)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports moved-from variants and optionals as maybe uninitialised: known false reports.
  target_compile_options(throughline_compile_options INTERFACE -Wno-maybe-uninitialized)
  if(THROUGHLINE_UNITY)
    # What is named in a source's unnamed namespace and used by its class, GCC takes for a header's once sources are grouped.
    target_compile_options(throughline_compile_options INTERFACE -Wno-subobject-linkage)
  endif()
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # TRY is a statement expression, marked __extension__, which clang still names when it comes from a macro. And clang names a
  # deprecated function inside the library's own std::stable_sort; GCC, which knows better, still tells us of ours.
  target_compile_options(
    throughline_compile_options INTERFACE -Wno-gnu-statement-expression-from-macro-expansion
                                          -Wno-deprecated-declarations)
endif()

if(THROUGHLINE_SANITIZE)
  add_compile_options(-fsanitize=${THROUGHLINE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  if(THROUGHLINE_SANITIZE MATCHES "undefined")
    # A fifth of the compiling, for what the address sanitizer stops at anyway or what our code has no use for.
    add_compile_options(-fno-sanitize=null,vptr,object-size,function)
  endif()
  add_link_options(-fsanitize=${THROUGHLINE_SANITIZE})
endif()
