#include "records/readers/csv.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>

#include "records/readers/csv_scan.h"
#include "records/readers/made_up_files.h"

namespace throughline::records {
namespace {

ReadAll read_text(const std::string& text, const ReadOptions& options = {}) {
  const ScratchFolder folder;
  return read_all(folder.write("table.csv", text), options);
}

std::vector<std::string> row_of(const ReadAll& all, std::size_t row) {
  return all.rows.at(row).fields;
}
using Fields = std::vector<std::string>;

TEST(csv, quoted_fields_keep_delimiters_newlines_and_doubled_quotes) {
  const ReadAll all = read_text("a,b\n\"one, two\",\"line\nbreak\"\n\"say \"\"yes\"\"\",plain\n");
  ASSERT_EQ(all.error, "");
  ASSERT_EQ(all.rows.size(), 2U);
  EXPECT_EQ(row_of(all, 0), (Fields{"one, two", "line\nbreak"}));
  EXPECT_EQ(row_of(all, 1), (Fields{"say \"yes\"", "plain"}));
  EXPECT_EQ(all.rows[0].place, (Place{4, 23, 2}));
  EXPECT_EQ(all.rows[1].place, (Place{28, 19, 4}));
}

TEST(csv, a_quote_opens_only_where_a_field_begins) {
  const ReadAll all = read_text("a,b\n5\" nail,x \"y\"\n");
  ASSERT_EQ(all.rows.size(), 1U);
  EXPECT_EQ(row_of(all, 0), (Fields{"5\" nail", "x \"y\""}));
}

TEST(csv, every_kind_of_line_end_ends_a_line) {
  const ReadAll all = read_text("a,b\r\n1,2\r3,4\n5,6");
  ASSERT_EQ(all.rows.size(), 3U);
  EXPECT_EQ(all.rows[1].place, (Place{9, 3, 3}));
  EXPECT_EQ(all.rows[2].place, (Place{13, 3, 4}));
  EXPECT_EQ(row_of(all, 2), (Fields{"5", "6"}));
}

TEST(csv, blank_lines_are_no_records_but_count_as_lines) {
  const ReadAll all = read_text("a,b\n\n1,2\n\n");
  ASSERT_EQ(all.rows.size(), 1U);
  EXPECT_EQ(all.rows[0].place.line, 3);
  EXPECT_EQ(all.blank_lines, 2);
}

TEST(csv, ragged_rows_are_faults_with_both_counts) {
  const ReadAll all = read_text("a,b,c\n1,2\n1,2,3,4\n1,2,3\n");
  ASSERT_EQ(all.rows.size(), 1U);
  ASSERT_EQ(all.faults.size(), 2U);
  EXPECT_EQ(all.faults[0].message(), "has 2 fields where the header has 3");
  EXPECT_EQ(all.faults[0].place, (Place{6, 3, 2}));
  EXPECT_EQ(all.faults[1].message(), "has 4 fields where the header has 3");
}

TEST(csv, text_after_a_closing_quote_is_a_fault) {
  const ReadAll all = read_text("a,b\n\"1\"x,2\n3,4\n");
  ASSERT_EQ(all.faults.size(), 1U);
  EXPECT_EQ(all.faults[0].message(), "text follows the closing quote of column 1");
  ASSERT_EQ(all.rows.size(), 1U);
}

TEST(csv, an_unterminated_quote_is_a_fault_with_its_line) {
  const ReadAll all = read_text("a,b\n1,2\n3,\"4\n5,6\n");
  ASSERT_EQ(all.rows.size(), 1U);
  ASSERT_EQ(all.faults.size(), 1U);
  EXPECT_EQ(all.faults[0].place.line, 3);
  EXPECT_EQ(all.faults[0].message(),
            "a quote opens in column 2 and is never closed: the rest of the file lies inside it");
}

TEST(csv, zero_bytes_and_broken_text_are_faults_of_their_rows_alone) {
  using std::string_literals::operator""s;
  const ReadAll all = read_text("a,b\n1,\0\n3,caf\xC3\xA9\n5,\xFF\n7,8\n"s);
  ASSERT_EQ(all.rows.size(), 2U);
  ASSERT_EQ(all.faults.size(), 2U);
  EXPECT_EQ(all.faults[0].message(), "holds a zero byte, 2 bytes into the record");
  EXPECT_EQ(all.faults[0].place.line, 2);
}

TEST(csv, broken_text_in_a_file_that_is_mostly_utf8_is_a_fault) {
  const ReadAll all = read_text("a,b\n1,caf\xC3\xA9\n2,\xC3\xA9t\xC3\xA9\n3,\xE9\n");
  ASSERT_EQ(all.rows.size(), 2U);
  ASSERT_EQ(all.faults.size(), 1U);
  EXPECT_EQ(all.faults[0].message(), "holds bytes that are no UTF-8, 2 bytes into the record");
}

TEST(csv, windows_1252_and_utf16_become_utf8) {
  EXPECT_EQ(row_of(read_text("a,b\n\xA3"
                             "5,\x80\n"),
                   0),
            (Fields{"£5", "€"}));
  std::string wide = "\xFF\xFE";
  for (const char byte : std::string("a,b\n1,2\n")) wide += {byte, '\0'};
  const ReadAll all = read_text(wide);
  ASSERT_EQ(all.rows.size(), 1U) << all.error;
  EXPECT_EQ(row_of(all, 0), (Fields{"1", "2"}));
  EXPECT_EQ(all.encoding, base::Encoding::utf16le);
}

TEST(csv, a_byte_order_mark_is_no_part_of_the_first_name) {
  const ReadAll all = read_text("\xEF\xBB\xBF\"a\",b\n1,2\n");
  EXPECT_EQ(all.header, (Fields{"a", "b"}));
  EXPECT_EQ(all.rows.at(0).place.offset, 9);
}

TEST(csv, the_delimiter_is_found_out) {
  EXPECT_EQ(read_text("a;b;c\n1,5;2;3\n").header, (Fields{"a", "b", "c"}));
  EXPECT_EQ(read_text("a\tb\n1\t2\n").header, (Fields{"a", "b"}));
  EXPECT_EQ(read_text("a|b\n1|2\n").header, (Fields{"a", "b"}));
}

TEST(csv, a_wrong_delimiter_is_told_with_the_better_one) {
  EXPECT_EQ(read_text("a;b;c\n1;2;3\n", {.delimiter = ','}).error,
            "parted by \",\" the header has 1 column; parted by \";\" it has 3");
}

TEST(csv, two_columns_of_one_name_are_refused) {
  EXPECT_EQ(read_text("month,crime,month\n1,2,3\n").error, "columns 1 and 3 of the header have the same name");
}

TEST(csv, a_header_alone_is_a_table_without_rows) {
  const ReadAll all = read_text("a,b");
  EXPECT_EQ(all.error, "");
  EXPECT_EQ(all.header, (Fields{"a", "b"}));
  EXPECT_TRUE(all.rows.empty());
}

TEST(csv, a_file_of_blank_lines_is_empty) {
  EXPECT_EQ(read_text("\n\n").error, "the file holds no header and no rows");
}

TEST(csv, a_header_that_cannot_be_read_is_refused) {
  EXPECT_TRUE(read_text("a,\"b\n1,2\n", {.delimiter = ','}).error.starts_with("the header cannot be read"));
}

TEST(csv, a_record_too_long_to_hold_is_a_fault_and_the_rest_is_read) {
  const std::string long_field(static_cast<std::size_t>(k_record_bytes_max) + 100, 'x');
  for (const std::string quote : {"", "\""}) {
    const ReadAll all = read_text(fmt::format("a,b\n1,2\n{}{}\n3,4\n", quote, long_field));
    ASSERT_EQ(all.rows.size(), 2U);
    EXPECT_EQ(all.rows[1].place.line, 4);
    ASSERT_EQ(all.faults.size(), 1U);
    EXPECT_EQ(all.faults[0].rule, FaultRule::record_too_long);
    EXPECT_EQ(all.faults[0].place.offset, 8);
    EXPECT_EQ(all.faults[0].place.length, static_cast<std::int64_t>(long_field.size() + quote.size()));
  }
}

TEST(csv, the_sink_gets_the_content_byte_for_byte) {
  std::string kept;
  ReadOptions options{.block_bytes = 3};
  options.sink = [&](std::span<const std::byte> bytes) -> base::Result<void> {
    kept.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return {};
  };
  const std::string text = "a,b\n\"1\n\",\xA3\n";
  read_text(text, options);
  EXPECT_EQ(kept, text);
}

// Random tables out of the characters that matter.
RC_GTEST_PROP(csv, any_block_size_gives_the_same_rows_and_slices_give_them_back, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "a", "b1", ",", ",", "\"", "\"\"", "\n", "\r\n", "\r", "\n\"", ",\"", "\",", "\xC3\xA9"));
  std::string text = "x,y\n";
  for (const std::string& piece : pieces) text += piece;
  const ScratchFolder folder;
  const std::string path = folder.write("table.csv", text);
  const ReadAll whole = read_all(path, {.delimiter = ','});
  const auto block = *rc::gen::inRange<std::size_t>(1, 40);
  const ReadAll parts = read_all(path, {.delimiter = ',', .block_bytes = block});
  RC_ASSERT(whole.rows == parts.rows);
  RC_ASSERT(whole.faults == parts.faults);
  for (const ReadRow& row : whole.rows) {
    const auto slice =
        text.substr(static_cast<std::size_t>(row.place.offset), static_cast<std::size_t>(row.place.length));
    RC_ASSERT(parse_record(slice, ',') == row.fields);
    const auto before = std::string_view(text).substr(0, static_cast<std::size_t>(row.place.offset));
    RC_ASSERT(row.place.line == count_line_ends_plainly(before) + 1);
  }
}

RC_GTEST_PROP(csv, a_written_table_is_read_back, ()) {
  const auto table = *rc::gen::container<std::vector<std::pair<std::string, std::string>>>(
      rc::gen::pair(rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab\"\n\r,"))),
                    rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab\"\n\r,")))));
  std::string text = "x,y\n";
  for (const auto& [one, other] : table) text += in_quotes(one) + "," + in_quotes(other) + "\r\n";
  const ReadAll all = read_text(text, {.delimiter = ',', .block_bytes = 7});
  RC_ASSERT(all.rows.size() == table.size());
  for (std::size_t row = 0; row < table.size(); ++row) {
    RC_ASSERT(all.rows[row].fields == (Fields{table[row].first, table[row].second}));
  }
}

RC_GTEST_PROP(csv_scan, the_fast_ways_agree_with_the_plain_ones, ()) {
  const auto text = *rc::gen::container<std::string>(256, rc::gen::elementOf(std::string("a\n\r\",;\x80")));
  for (std::size_t at = 0; at + 64 <= text.size(); at += 7) {
    RC_ASSERT(special_bytes(text.data() + at, ';') == special_bytes_plainly(text.data() + at, ';'));
    const std::string_view part = std::string_view(text).substr(at);
    RC_ASSERT(count_line_ends(part) == count_line_ends_plainly(part));
  }
}

}  // namespace
}  // namespace throughline::records
