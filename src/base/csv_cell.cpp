#include "base/csv_cell.h"

namespace throughline::base {

void append_csv_cell(std::string& line, std::string_view cell) {
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    line += cell;
    return;
  }
  line += '"';
  for (const char byte : cell) {
    if (byte == '"') line += '"';
    line += byte;
  }
  line += '"';
}

}  // namespace throughline::base
