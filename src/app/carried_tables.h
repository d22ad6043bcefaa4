// Small tables that the program carries, so that pages can show what the verbs that read a file give: a path that
// begins with "carried:" is one of them, wherever a small table is read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/report.h"
#include "app/small_table.h"
#include "base/result.h"

namespace throughline::app {

inline constexpr std::string_view k_carried_prefix = "carried:";

struct CarriedText {
  std::string file;  // "constructed_harms.csv".
  std::string text;
};

// Every one, by its file's name; written at build time from examples/ and data/places/.
[[nodiscard]] std::vector<CarriedText> carried_texts();

// How the table "constructed_harms" is named where a path is wanted.
[[nodiscard]] std::string carried_path(std::string_view name);

[[nodiscard]] bool is_carried(std::string_view path);

// REQUIRES is_carried(path). Error: "carried_unknown" with the nearest.
[[nodiscard]] base::Result<SmallTable> read_carried_table(const std::string& path);

// Says beside the section's figures where a carried table is from, under the code CONSTRUCTED where it is made up.
// Nothing for any other path.
void add_carried_note(Section& section, const std::string& path);

}  // namespace throughline::app
