#include "records/readers/ndjson.h"

#include <gtest/gtest.h>

#include "records/readers/made_up_files.h"

namespace throughline::records {
namespace {

using Fields = std::vector<std::string>;

ReadAll read_lines(const std::string& text, const ReadOptions& options = {}) {
  const ScratchFolder folder;
  return read_all(folder.write("lines.ndjson", text), options);
}

TEST(ndjson, nested_objects_become_dotted_columns_and_arrays_stay_json) {
  const ReadAll all = read_lines(R"({"id":7,"at":{"lon":-0.5,"lat":51.25},"tags":["a", "b"],"ok":true})"
                                 "\n");
  EXPECT_EQ(all.header, (Fields{"at.lat", "at.lon", "id", "ok", "tags"}));
  ASSERT_EQ(all.rows.size(), 1U);
  EXPECT_EQ(all.rows[0].fields, (Fields{"51.25", "-0.5", "7", "true", R"(["a","b"])"}));
}

TEST(ndjson, missing_and_null_are_absent_and_empty_is_empty) {
  const ReadAll all = read_lines("{\"a\":\"\",\"b\":null}\n{\"c\":\"x\"}\n");
  ASSERT_EQ(all.rows.size(), 2U);
  EXPECT_EQ(all.rows[0].fields, (Fields{"", "<absent>", "<absent>"}));
  EXPECT_EQ(all.rows[1].fields, (Fields{"<absent>", "<absent>", "x"}));
}

TEST(ndjson, broken_lines_are_faults_and_places_are_exact) {
  const ReadAll all = read_lines("{\"a\":1}\r\n\n[1]\n{\"a\":\n{\"a\":1,\"a\":2}\n{\"a\":2}");
  ASSERT_EQ(all.rows.size(), 2U);
  EXPECT_EQ(all.rows[1].place, (Place{34, 7, 6}));
  ASSERT_EQ(all.faults.size(), 3U);
  EXPECT_EQ(all.faults[0].message(), "is not one whole JSON object");
  EXPECT_EQ(all.faults[0].place, (Place{10, 3, 3}));
  EXPECT_EQ(all.faults[2].message(), "the JSON object has the same key twice");
  EXPECT_EQ(all.blank_lines, 1);
}

TEST(ndjson, keys_asked_for_are_columns_and_late_keys_are_findings) {
  std::string text;
  for (int line = 0; line < 1000; ++line) text += "{\"a\":1}\n";
  ReadOptions options;
  options.asked_columns = {"wanted"};
  const ReadAll all = read_lines(text + "{\"a\":2,\"wanted\":3,\"late\":4}\n", options);
  EXPECT_EQ(all.header, (Fields{"a", "wanted"}));
  EXPECT_EQ(all.rows.back().fields, (Fields{"2", "3"}));
  ASSERT_EQ(all.findings.size(), 1U);
  EXPECT_EQ(all.findings[0].code, "unknown_key");
  EXPECT_EQ(all.findings[0].text.find("late"), std::string::npos);
}

TEST(ndjson, any_block_size_gives_the_same_rows) {
  const std::string text = "{\"a\":1}\n\n{\"a\":\n{\"b\":\"\xC3\xA9\"}\r\n{\"a\":3}";
  const ReadAll whole = read_lines(text);
  for (std::size_t block = 1; block < 20; ++block) {
    ReadOptions options;
    options.block_bytes = block;
    const ReadAll parts = read_lines(text, options);
    EXPECT_EQ(parts.rows, whole.rows);
    EXPECT_EQ(parts.faults, whole.faults);
  }
}

TEST(ndjson, a_file_without_objects_is_refused) {
  EXPECT_EQ(read_lines("[1,2]\n").error, "none of the first lines is a JSON object");
}

TEST(ndjson, a_line_too_long_to_hold_is_a_fault_and_the_rest_is_read) {
  const std::string line = R"({"a":")" + std::string(static_cast<std::size_t>(k_record_bytes_max) + 10, 'x') + R"("})";
  const ReadAll all = read_lines("{\"a\":1}\n" + line + "\n{\"a\":2}\n");
  ASSERT_EQ(all.rows.size(), 2U);
  EXPECT_EQ(all.rows[1].place.line, 3);
  ASSERT_EQ(all.faults.size(), 1U);
  EXPECT_EQ(all.faults[0].place, (Place{8, static_cast<std::int64_t>(line.size()), 2}));
}

}  // namespace
}  // namespace throughline::records
