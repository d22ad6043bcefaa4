// The files of data/simulate, carried in the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace throughline::simulate {

struct BuiltInFile {
  std::string_view name;
  std::string_view text;
};

// Sorted by name.
[[nodiscard]] std::vector<BuiltInFile> built_in_files();

// REQUIRES: there is one of that name.
[[nodiscard]] std::string_view built_in_file(std::string_view name);

}  // namespace throughline::simulate
