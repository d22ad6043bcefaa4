// Workbooks: the input stands as the sheet of an otherwise sound workbook, and, as it is, for a whole workbook.
#include <zip.h>

#include "fuzz/scratch_input.h"
#include "records/readers/xlsx_workbook.h"

namespace throughline::fuzz {
namespace {

constexpr const char* k_book = "<workbook><sheets><sheet name=\"One\" id=\"r1\"/></sheets></workbook>";
constexpr const char* k_relations =
    "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>";

void add(zip_t* archive, const char* name, std::string_view text) {
  zip_source_t* source = zip_source_buffer(archive, text.data(), text.size(), 0);
  const zip_int64_t index = zip_file_add(archive, name, source, 0);
  CHECK(index >= 0);
  CHECK(zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0) == 0);
}

std::string workbook_around(std::string_view sheet) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  CHECK(archive != nullptr);
  add(archive, "xl/workbook.xml", k_book);
  add(archive, "xl/_rels/workbook.xml.rels", k_relations);
  add(archive, "xl/sharedStrings.xml", "<sst><si><t>shared</t></si></sst>");
  add(archive, "xl/styles.xml",
      "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>");
  add(archive, "xl/worksheets/sheet1.xml", sheet);
  CHECK(zip_close(archive) == 0);
  CHECK(zip_source_open(target) == 0);
  zip_stat_t facts;
  CHECK(zip_source_stat(target, &facts) == 0);
  std::string bytes(static_cast<std::size_t>(facts.size), '\0');
  CHECK(zip_source_read(target, bytes.data(), facts.size) == static_cast<zip_int64_t>(facts.size));
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

}  // namespace
}  // namespace throughline::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  const auto whole = throughline::records::read_sheet(input, {.path = "input", .sheet_name = ""});
  const std::string book = throughline::fuzz::workbook_around(input);
  const auto sheet = throughline::records::read_sheet(book, {.path = "book", .sheet_name = ""});
  if (!sheet.ok()) return 0;
  std::int64_t before = 0;
  for (const auto& row : sheet.value().rows) {
    CHECK(row.number > before);
    CHECK(!row.cells.empty());
    before = row.number;
  }
  return 0;
}
