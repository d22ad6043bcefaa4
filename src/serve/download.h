// Tables as files: CSV, and XLSX with a first sheet that says what they are. Pure.
//
// A spreadsheet program takes a text that begins with = + - @, a tab or a carriage return for a formula; here every
// such text that is no plain number is led by an apostrophe, and a workbook holds values only: no formula, no link, no
// hidden sheet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/report.h"
#include "base/result.h"
#include "serve/http.h"

namespace throughline::serve {

// A table with what must be known of it wherever it goes.
struct Download {
  std::string name;  // Of the file, without its ending; becomes lower-case letters, digits and hyphens.
  std::vector<app::Fact> about;
  std::vector<std::string> notes;  // Caveats.
  app::Table table;
};

// RFC 4180, CR LF, UTF-8 after a byte order mark, for without it spreadsheet programs take another encoding. The first
// row holds the headings; nothing known is an empty field.
[[nodiscard]] std::string csv_of(const app::Table& table);

// Errors: "workbook_not_made" (the world) when there is no memory for it.
[[nodiscard]] base::Result<std::string> xlsx_of(const Download& download);

// The table of that name in a report, the first without a name, with the facts and notes of its section, and
// with what the other sections say limits the figures. Errors (bad command): "table_unknown" with the nearest name,
// "no_table".
[[nodiscard]] base::Result<Download> download_of(const app::Report& report, const std::string& table);

// As a file of that format, "csv" or "xlsx". A CSV file has the codes of its limits in a last column "Limits".
[[nodiscard]] base::Result<Response> download_response(const Download& download, std::string_view format);

// `attachment; filename="measure-figures.csv"`.
[[nodiscard]] std::string disposition_of(std::string_view name, std::string_view ending);

}  // namespace throughline::serve
