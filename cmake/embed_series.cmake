# Writes the catalogue of published series and its files into one source file. Called at build time with
# -DFOLDER=data/series -DOUTPUT=….
file(GLOB names RELATIVE "${FOLDER}" "${FOLDER}/*.toml" "${FOLDER}/*.csv")
list(SORT names)
set(source "#include \"evidence/series/catalogue.h\"\n\nnamespace throughline::evidence {\n\n")
string(APPEND source "std::vector<SeriesText> series_texts() {\n  return {\n")
foreach(name ${names})
  file(READ "${FOLDER}/${name}" text)
  string(APPEND source "      {\"${name}\", R\"series(${text})series\"},\n")
endforeach()
string(APPEND source "  };\n}\n\n}  // namespace throughline::evidence\n")
file(WRITE "${OUTPUT}" "${source}")
