#include "simulate/built_in.h"

#include "base/check.h"

namespace throughline::simulate {

std::string_view built_in_file(std::string_view name) {
  for (const BuiltInFile& file : built_in_files()) {
    if (file.name == name) return file.text;
  }
  CHECK(false);
}

}  // namespace throughline::simulate
