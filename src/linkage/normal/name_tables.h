// The tables of data/names, as the build put them into the program. Lines of names parted by commas; in the second the
// first name of a line is in its own script.
#pragma once

namespace throughline::linkage {

extern const char* const k_nicknames_table;
extern const char* const k_spellings_table;

}  // namespace throughline::linkage
