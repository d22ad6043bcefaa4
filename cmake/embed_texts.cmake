# throughline_embed_texts(<target> <source> FOLDER <folder> FILES <globs…> HEADER <header> NAMESPACE <namespace>
#                         TYPE <type> FUNCTION <function> [PREFIX <prefix>])
#
# Has the target carry the texts of a folder: at build time a source is written that defines FUNCTION, declared in HEADER, which gives
# a TYPE of name and text for each file. PREFIX stands before each name.
if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB paths ${FILES})
  list(SORT paths)
  set(source "#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\n\nstd::vector<${TYPE}> ${FUNCTION}() {\n  return {\n")
  foreach(path ${paths})
    get_filename_component(name "${path}" NAME)
    file(READ "${path}" text)
    # A literal may not be longer than 65,536 bytes by the standard; the compilers used here take it.
    string(APPEND source "      {\"${PREFIX}${name}\", R\"embedded(${text})embedded\"},\n")
  endforeach()
  string(APPEND source "  };\n}\n\n}  // namespace ${NAMESPACE}\n")
  file(WRITE "${OUTPUT}" "${source}")
  return()
endif()

set(embed_texts_script "${CMAKE_CURRENT_LIST_FILE}")

function(throughline_embed_texts target source)
  cmake_parse_arguments(texts "" "FOLDER;HEADER;NAMESPACE;TYPE;FUNCTION;PREFIX" "FILES" ${ARGN})
  list(TRANSFORM texts_FILES PREPEND "${CMAKE_SOURCE_DIR}/${texts_FOLDER}/")
  file(GLOB found CONFIGURE_DEPENDS ${texts_FILES})
  set(output "${CMAKE_BINARY_DIR}/generated/${source}")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND
      "${CMAKE_COMMAND}" "-DFILES=${texts_FILES}" "-DOUTPUT=${output}" "-DHEADER=${texts_HEADER}" "-DNAMESPACE=${texts_NAMESPACE}"
      "-DTYPE=${texts_TYPE}" "-DFUNCTION=${texts_FUNCTION}" "-DPREFIX=${texts_PREFIX}" -P "${embed_texts_script}"
    DEPENDS ${found} "${embed_texts_script}"
    COMMENT ""
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
  set_source_files_properties("${output}" PROPERTIES COMPILE_OPTIONS "-Wno-overlength-strings")
endfunction()
