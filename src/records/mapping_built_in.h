// The texts of the built-in mappings. The source behind this is made from mappings/*.toml when the program is built.
#pragma once

#include <string_view>
#include <vector>

namespace throughline::records {

struct BuiltInText {
  std::string_view file;  // "mappings/police-uk-street.toml".
  std::string_view toml;
};
[[nodiscard]] std::vector<BuiltInText> built_in_texts();

}  // namespace throughline::records
