# throughline_embed_web(<target> <source>)
#
# Builds the pages of web/, packs them into one file and has the source, compiled into the target, carry it. Without
# THROUGHLINE_WEB, or in a tree without web/, the source carries nothing and no Node.js is needed.
option(THROUGHLINE_WEB "Build the pages and carry them in the program" OFF)

function(throughline_embed_web target source)
  if(NOT THROUGHLINE_WEB OR NOT EXISTS "${CMAKE_SOURCE_DIR}/web/package.json")
    return()
  endif()
  set(pack "${CMAKE_BINARY_DIR}/generated/web.pack")
  file(
    GLOB_RECURSE pages CONFIGURE_DEPENDS
    "${CMAKE_SOURCE_DIR}/web/src/*" "${CMAKE_SOURCE_DIR}/web/public/*" "${CMAKE_SOURCE_DIR}/api/*")
  file(GLOB settings CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/web/*.*")
  add_custom_command(
    OUTPUT "${pack}"
    COMMAND "${CMAKE_SOURCE_DIR}/tools/build_web.sh"
    COMMAND python3 "${CMAKE_SOURCE_DIR}/tools/pack_web.py" "${CMAKE_SOURCE_DIR}/build/web/dist" "${pack}"
    DEPENDS ${pages} ${settings} "${CMAKE_SOURCE_DIR}/tools/build_web.sh" "${CMAKE_SOURCE_DIR}/tools/pack_web.py"
    WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
    COMMENT "Building the pages"
    VERBATIM)
  set_source_files_properties(
    "${source}" TARGET_DIRECTORY ${target}
    PROPERTIES OBJECT_DEPENDS "${pack}" COMPILE_DEFINITIONS "THROUGHLINE_WEB_PACK=\"${pack}\"")
  target_sources(${target} PRIVATE "${pack}")
endfunction()
