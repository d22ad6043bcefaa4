# Writes the tables of names into one source file. Called at build time with -DFOLDER=data/names -DOUTPUT=….
file(READ "${FOLDER}/nicknames.csv" nicknames)
file(READ "${FOLDER}/spellings.csv" spellings)
file(WRITE "${OUTPUT}" "#include \"linkage/normal/name_tables.h\"

namespace throughline::linkage {

const char* const k_nicknames_table = R\"names(${nicknames})names\";
const char* const k_spellings_table = R\"names(${spellings})names\";

}  // namespace throughline::linkage
")
