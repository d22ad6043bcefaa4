// Prints a Report: as text for a terminal, or as one JSON document.
#pragma once

#include <string>

#include "app/report.h"
#include "base/result.h"

namespace throughline::cli {

struct TextOptions {
  int width = 100;         // Columns of the page: text wraps at words, also inside a table; words are never broken.
  bool is_colour = false;  // Bold headings by terminal codes.
};

// Ends with a newline. Columns of a table in which no row has anything are left out. Control characters in values are
// shown as '�' so that a hostile file cannot drive the terminal.
[[nodiscard]] std::string render_text(const app::Report& report, const TextOptions& options);

// One object: {"verb":…, "outcome":…, "sections":[…]}; tables as arrays of objects keyed by column name. Ends with a
// newline.
[[nodiscard]] std::string render_json(const app::Report& report);

// {"error":{"code":…,"kind":…,"what":…,"where":…,"remedy":…}} and a newline.
[[nodiscard]] std::string render_error_json(const base::Error& error);

}  // namespace throughline::cli
