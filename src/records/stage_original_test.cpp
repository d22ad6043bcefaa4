#include "records/stage_original.h"

#include <gtest/gtest.h>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "records/readers/made_up_files.h"
#include "records/stage_parquet.h"
#include "store/duck_writer.h"
#include "store/permit_for_tests.h"
#include "store/testing_folder.h"

namespace throughline::records {
namespace {

using Fields = std::vector<std::string>;
namespace fs = std::filesystem;

Fields values_of(const OriginalRow& row) {
  Fields values;
  for (const OriginalField& field : row.fields) values.push_back(field.value.value_or("<absent>"));
  return values;
}

std::optional<FaultRule> rule_of(const OriginalRow& row) {
  return row.fault ? std::optional(row.fault->rule) : std::nullopt;
}

std::string utf16(const std::u16string& text, bool is_little) {
  std::string bytes;
  for (const char16_t unit : text) {
    const char low = static_cast<char>(unit & 0xFFU);
    const char high = static_cast<char>(unit >> 8U);
    bytes += is_little ? low : high;
    bytes += is_little ? high : low;
  }
  return bytes;
}

// A file read as ingest reads it: its rows, and its content in the archive.
struct Taken {
  ArchivedExtract extract;
  ReadAll read;
};

class OriginalTest : public testing::Test {
 protected:
  OriginalTest() {
    workspace_ =
        store::Workspace::open(folder_.path() / "workspace",
                               {.verb = "test", .started = {}, .program_version = "test", .create = true, .threads = 1})
            .value();
  }

  Taken take(const std::string& bytes, const std::string& name = "file.csv", const std::string& part = "") {
    const std::string path = (folder_.path() / name).string();
    store::put_bytes(path, bytes);
    auto writer = workspace_->archive().begin(permit_.write()).value();
    ReadOptions options;
    options.sink = [&](std::span<const std::byte> piece) { return writer.append(piece); };
    options.open_parquet = parquet_opener(*workspace_);
    Taken taken;
    taken.read = read_all(part.empty() ? path : path + ":" + part, options);
    EXPECT_EQ(taken.read.error_message, "");
    taken.extract.content_hash = writer.finish().value().content_hash;
    taken.extract.layout = {.format = taken.read.format,
                            .delimiter = ',',
                            .encoding = taken.read.encoding,
                            .part = part,
                            .content_name = name,
                            .columns = taken.read.header,
                            .mapping_toml = {},
                            .findings = {}};
    return taken;
  }

  base::Result<OriginalRow> original(const Taken& taken, std::int64_t place) {
    return read_original(*workspace_, taken.extract, place);
  }

  // Every row and fault that the reader gave is found again at its place, but for those that are erased.
  void expect_same_again(const Taken& taken) {
    for (const ReadRow& row : taken.read.rows) {
      const auto again = original(taken, row.place.offset);
      ASSERT_TRUE(again.ok()) << again.error().message();
      if (again.value().is_erased) continue;
      EXPECT_EQ(values_of(again.value()), row.fields) << row.place.offset;
      if (is_text(taken.read.format)) {
        EXPECT_EQ(static_cast<std::int64_t>(again.value().text.size()), row.place.length);
      }
    }
    for (const Fault& fault : taken.read.faults) {
      const auto again = original(taken, fault.place.offset);
      ASSERT_TRUE(again.ok()) << again.error().message();
      EXPECT_EQ(rule_of(again.value()), fault.rule);
      EXPECT_EQ(again.value().fault.value_or(Fault()).place.length, fault.place.length);
    }
  }

  // Blanks these rows in the archive and lists them.
  void erase(Taken& taken, const std::vector<std::int64_t>& places) {
    const auto rows = locate_rows(workspace_->archive(), taken.extract, places).value();
    std::vector<store::ByteRange> ranges;
    for (const ErasedRow& row : rows) ranges.push_back(row.content);
    ASSERT_TRUE(workspace_->archive().rebuild_without(permit_.write(), taken.extract.content_hash, ranges).ok());
    taken.extract.erased.insert(taken.extract.erased.end(), rows.begin(), rows.end());
  }

  std::string content(const Taken& taken) {
    const std::int64_t bytes = workspace_->archive().describe(taken.extract.content_hash).value().plain_bytes;
    return workspace_->archive().read_at(taken.extract.content_hash, {0, bytes}).value();
  }

  store::TestingFolder folder_;
  store::PermitForTests permit_;
  std::unique_ptr<store::Workspace> workspace_;
};

TEST_F(OriginalTest, a_row_of_text_is_found_again_by_its_place) {
  const Taken taken = take("a,b\r\n1,\"x\r\ny, \"\"z\"\"\"\r\n\r\n2,\r\nlast,row without a line end");
  ASSERT_EQ(taken.read.rows.size(), 3U);
  expect_same_again(taken);
  const OriginalRow row = original(taken, taken.read.rows[0].place.offset).value();
  EXPECT_EQ(row.fields, (std::vector<OriginalField>{{"a", "1"}, {"b", "x\r\ny, \"z\""}}));
  EXPECT_EQ(row.text, "1,\"x\r\ny, \"\"z\"\"\"");
}

TEST_F(OriginalTest, a_record_that_is_a_fault_shows_what_it_has) {
  const Taken taken = take("a,b\n1,2,3\n4\n5,6\n7,\"never closed\n8,9\n");
  ASSERT_EQ(taken.read.faults.size(), 3U);
  expect_same_again(taken);
  EXPECT_EQ(original(taken, 4).value().fields, (std::vector<OriginalField>{{"a", "1"}, {"b", "2"}, {"field 3", "3"}}));
}

TEST_F(OriginalTest, a_place_where_no_record_begins_is_an_error) {
  const Taken taken = take("a,b\r\n1,2\r\n\r\n3,4\r\n");
  for (const std::int64_t place : {0, 1, 4, 6, 9, 10, 11, 18, 1000, -1}) {
    const auto none = original(taken, place);
    ASSERT_FALSE(none.ok()) << place;
    EXPECT_EQ(none.error().code, "no_record_here");
  }
  EXPECT_EQ(original(taken, 6).error().what, "No record begins at place 6 of this extract");
}

TEST_F(OriginalTest, rows_that_straddle_frames_of_the_archive_are_whole) {
  std::string bytes = "a,b\n";
  for (int row = 0; row < 30; ++row) {
    bytes += std::to_string(row) + ",\"" + std::string(100'000, static_cast<char>('a' + row % 26)) + "\n\"\n";
  }
  const Taken taken = take(bytes);
  ASSERT_EQ(taken.read.rows.size(), 30U);
  expect_same_again(taken);
}

TEST_F(OriginalTest, a_record_longer_than_may_be_held_has_the_length_that_the_reader_gave_it) {
  const Taken taken = take("a,b\nx,\"" + std::string((std::size_t{16} << 20) + 5, 'y') + "\nz\"\n1,2\n");
  ASSERT_GE(taken.read.faults.size(), 1U);
  const Fault& fault = taken.read.faults.front();
  const OriginalRow row = original(taken, fault.place.offset).value();
  EXPECT_EQ(rule_of(row), FaultRule::record_too_long);
  EXPECT_EQ(row.fault.value_or(Fault()).found, fault.found);
  EXPECT_EQ(locate_rows(workspace_->archive(), taken.extract, {fault.place.offset}).value().at(0).length,
            fault.place.length);
}

TEST_F(OriginalTest, a_byte_order_mark_counts) {
  const Taken taken = take(
      "\xEF\xBB\xBF"
      "a,b\n1,2\n");
  ASSERT_EQ(taken.read.rows.size(), 1U);
  EXPECT_EQ(taken.read.rows[0].place.offset, 7);
  expect_same_again(taken);
}

TEST_F(OriginalTest, rows_of_windows_1252_and_utf_16_are_found_by_their_place_in_the_text) {
  const Taken old = take("name,sum\ncaf\xE9,\x80 5\n\x93quoted\x94,7\nplain,1\n");
  EXPECT_EQ(old.read.encoding, base::Encoding::cp1252);
  ASSERT_EQ(old.read.rows.size(), 3U);
  expect_same_again(old);
  for (const bool is_little : {true, false}) {
    // One has a surrogate pair, one a half of one at the end of its record.
    const std::u16string text = std::u16string(u"\uFEFFname,sum\ncaf\u00E9,\U0001F600 5\nodd,") + char16_t{0xD83D} +
                                u"\n\"two\nlines\",\u20AC\nlast,1";
    const Taken wide = take(utf16(text, is_little), is_little ? "little.csv" : "big.csv");
    ASSERT_EQ(wide.read.rows.size(), 4U);
    expect_same_again(wide);
  }
}

TEST_F(OriginalTest, a_place_inside_a_character_is_an_error) {
  const Taken taken = take("name,sum\ncaf\xE9\x80,5\nx,1\n");
  const std::int64_t place = taken.read.rows[0].place.offset + 4;
  EXPECT_EQ(original(taken, place).error().code, "no_record_here");
}

TEST_F(OriginalTest, a_line_of_json_shows_all_its_keys) {
  const Taken taken = take("{\"b\": 1, \"a\": {\"c\": \"x\"}}\n\n{\"b\": null}\r\nbroken\n{\"b\": 3", "file.ndjson");
  ASSERT_EQ(taken.read.rows.size(), 2U);
  ASSERT_EQ(taken.read.faults.size(), 2U);
  expect_same_again(taken);
  EXPECT_EQ(original(taken, 0).value().fields, (std::vector<OriginalField>{{"a.c", "x"}, {"b", "1"}}));
  EXPECT_EQ(original(taken, 5).error().code, "no_record_here");
}

std::string workbook() {
  const std::string rows =
      "<row r=\"1\"><c t=\"inlineStr\"><is><t>day</t></is></c><c t=\"inlineStr\"><is><t>n</t></is></c></row>"
      "<row r=\"3\"><c t=\"inlineStr\"><is><t>made up</t></is></c><c><v>0.1</v></c></row>"
      "<row r=\"4\"><c><v>2</v></c><c><v>3</v></c><c><v>4</v></c></row>";
  const std::string other = "<row><c t=\"inlineStr\"><is><t>other</t></is></c></row><row><c><v>9</v></c></row>";
  return zipped({{"xl/workbook.xml",
                  "<workbook><sheets><sheet name=\"First\" r:id=\"r1\"/><sheet name=\"Second\" "
                  "r:id=\"r2\"/></sheets></workbook>"},
                 {"xl/_rels/workbook.xml.rels",
                  "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" "
                  "Target=\"worksheets/sheet2.xml\"/></Relationships>"},
                 {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"},
                 {"xl/worksheets/sheet2.xml", "<worksheet><sheetData>" + other + "</sheetData></worksheet>"}});
}

TEST_F(OriginalTest, a_row_of_a_workbook_is_found_by_its_number) {
  const Taken taken = take(workbook(), "book.xlsx");
  ASSERT_EQ(taken.read.rows.size(), 1U);
  const OriginalRow row = original(taken, 3).value();
  EXPECT_EQ(row.fields, (std::vector<OriginalField>{{"day", "made up"}, {"n", "0.1"}}));
  EXPECT_EQ(rule_of(original(taken, 4).value()), FaultRule::too_many_fields);
  EXPECT_EQ(original(taken, 2).error().code, "no_record_here");
  EXPECT_TRUE(fs::is_empty(workspace_->paths().temp));
}

TEST_F(OriginalTest, the_sheet_that_was_read_is_read_again_and_a_workbook_out_of_a_zip_is_too) {
  const Taken second = take(workbook(), "book.xlsx", "Second");
  EXPECT_EQ(values_of(original(second, 2).value()), Fields{"9"});
  Taken packed = take(workbook(), "book.xlsx");
  packed.extract.layout.part = "folder/book.xlsx";
  EXPECT_EQ(values_of(original(packed, 3).value()), (Fields{"made up", "0.1"}));
}

TEST_F(OriginalTest, a_row_of_a_parquet_file_is_found_by_its_number) {
  const fs::path made = workspace_->paths().inbox / "made.parquet";
  {
    auto connection = workspace_->records_store().connect().value();
    store::DuckWriter writer(permit_.write(), connection);
    ASSERT_TRUE(writer
                    .run_script("COPY (SELECT i AS n, 'row ' || i AS words FROM range(3000) AS r(i) ORDER BY i) TO '" +
                                made.string() + "' (FORMAT parquet)")
                    .ok());
  }
  const std::string bytes = store::bytes_of(made);
  fs::remove(made);
  const Taken taken = take(bytes, "table.parquet");
  EXPECT_EQ(values_of(original(taken, 2500).value()), (Fields{"2499", "row 2499"}));
  EXPECT_EQ(original(taken, 3001).error().code, "no_record_here");
  EXPECT_TRUE(fs::is_empty(workspace_->paths().inbox));
  EXPECT_TRUE(fs::is_empty(workspace_->paths().temp));
}

TEST_F(OriginalTest, an_erased_row_shows_as_erased_and_the_others_keep_their_places) {
  Taken taken = take("a,b\n1,first secret\n2,\"second\nsecret\"\n3,kept\n4,fourth secret");
  erase(taken, {taken.read.rows[3].place.offset, taken.read.rows[1].place.offset});
  EXPECT_EQ(content(taken), "a,b\n1,first secret\n                 \n3,kept\n               ");
  expect_same_again(taken);
  EXPECT_TRUE(original(taken, taken.read.rows[1].place.offset).value().is_erased);
  EXPECT_TRUE(original(taken, taken.read.rows[1].place.offset).value().fields.empty());
  EXPECT_FALSE(original(taken, taken.read.rows[0].place.offset).value().is_erased);
  // The archive says so by itself.
  taken.extract.erased.clear();
  EXPECT_TRUE(original(taken, taken.read.rows[1].place.offset).value().is_erased);
}

TEST_F(OriginalTest, places_stay_true_after_an_erasure_in_a_file_that_is_not_utf_8) {
  const std::u16string wide = std::u16string(u"\uFEFFname,sum\nz\u00E9,\U0001F600 5\nodd,") + char16_t{0xD83D} +
                              u"\n\"two\nlines\",\u20AC\nlast,1";
  for (const std::string& bytes : {std::string("name,sum\ncaf\xE9,\x80 5\n\x93quoted\x94,7\nplain,1\n\x80\x80,2\n"),
                                   utf16(wide, true), utf16(wide, false)}) {
    Taken taken = take(bytes);
    ASSERT_EQ(taken.read.rows.size(), 4U);
    for (const std::size_t row : {std::size_t{1}, std::size_t{0}, std::size_t{3}, std::size_t{2}}) {
      erase(taken, {taken.read.rows[row].place.offset});
      EXPECT_TRUE(original(taken, taken.read.rows[row].place.offset).value().is_erased);
      expect_same_again(taken);
    }
    EXPECT_EQ(content(taken).size(), bytes.size());
    EXPECT_EQ(content(taken).find("quoted"), std::string::npos);
  }
}

TEST_F(OriginalTest, a_workbook_that_was_removed_says_why_its_other_rows_cannot_be_shown) {
  Taken taken = take(workbook(), "book.xlsx");
  EXPECT_EQ(locate_rows(workspace_->archive(), taken.extract, {3}).value(),
            (std::vector<ErasedRow>{{.place = 3, .length = 0, .content = {}}}));
  ASSERT_TRUE(workspace_->archive().remove(permit_.write(), taken.extract.content_hash).ok());
  EXPECT_EQ(original(taken, 3).error().code, "original_missing");
  taken.extract.erased = {{.place = 3, .length = 0, .content = {}}};
  EXPECT_TRUE(original(taken, 3).value().is_erased);
  EXPECT_EQ(original(taken, 4).error().code, "original_removed");
}

}  // namespace
}  // namespace throughline::records
