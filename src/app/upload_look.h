// What a file that was handed in is taken for: its header, the mapping that would read it, a draft of one where none
// fits, and how its first rows fare. Nothing here holds a value of a row.
#pragma once

#include <string>
#include <vector>

#include "app/uploads.h"
#include "records/mapping.h"

namespace throughline::app {

// How many of the first rows are typed.
inline constexpr std::int64_t k_sample_rows_max = 1000;

struct UploadLook {
  std::filesystem::path file;
  std::string mapping = {};  // A built-in's name, "own", or empty: found by the header.
  std::string toml = {};     // For "own".
};

// Fills everything of the upload that is read from the file; why it cannot be read stands in its problem.
void look_at(Upload& upload, const UploadLook& look);

// A mapping of one's own to begin from: the columns whose names say what they are get a place, the rest is kept as it
// came. Without fault where at least one column has a name.
[[nodiscard]] std::string draft_mapping(const std::vector<std::string>& header, const std::string& file_name);

}  // namespace throughline::app
