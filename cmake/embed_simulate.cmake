# Writes the parameters, places and built-in worlds of the market model into one source file. Called at build time with
# -DFOLDER=data/simulate -DOUTPUT=….
file(GLOB names RELATIVE "${FOLDER}" "${FOLDER}/*.toml" "${FOLDER}/*.csv")
list(SORT names)
set(source "#include \"simulate/built_in.h\"\n\nnamespace throughline::simulate {\n\n")
string(APPEND source "std::vector<BuiltInFile> built_in_files() {\n  return {\n")
foreach(name ${names})
  file(READ "${FOLDER}/${name}" text)
  # A literal may not be longer than 65,536 bytes by the standard; the compilers used here take it.
  string(APPEND source "      {\"${name}\", R\"simulate(${text})simulate\"},\n")
endforeach()
string(APPEND source "  };\n}\n\n}  // namespace throughline::simulate\n")
file(WRITE "${OUTPUT}" "${source}")
