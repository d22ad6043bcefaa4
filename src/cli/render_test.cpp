#include "cli/render.h"

#include <gtest/gtest.h>

namespace throughline::cli {
namespace {

app::Report small_report() {
  app::Table table{
      .name = "areas",
      .title = "By area",
      .columns = {{"area", "Area", app::ColumnKind::text}, {"count", "Offences", app::ColumnKind::number}},
      .rows = {{std::string("Exampleton"), std::int64_t{1234567}}, {std::string("Nowhere"), std::monostate{}}},
      .empty_text = ""};
  app::Section section{.name = "crimes",
                       .title = "CRIMES",
                       .facts = {{"rows", "Rows read", std::int64_t{20}}},
                       .tables = {table},
                       .notes = {"Counts say what the police recorded."}};
  return {.verb = "measure", .sections = {section}, .outcome = app::Outcome::done_with_findings};
}

TEST(RenderText, shows_facts_tables_and_notes_in_order) {
  EXPECT_EQ(render_text(small_report(), {.width = 60}),
            "CRIMES\n"
            "  Rows read  20\n"
            "By area\n"
            "  Area         Offences\n"
            "  Exampleton  1,234,567\n"
            "  Nowhere             -\n"
            "  * Counts say what the police recorded.\n");
}

TEST(RenderText, nothing_known_is_never_shown_as_zero) {
  EXPECT_EQ(render_text(small_report(), {.width = 60}).find(" 0\n"), std::string::npos);
}

TEST(RenderText, a_column_in_which_no_row_has_anything_is_left_out_of_the_text) {
  app::Report report = small_report();
  app::Table& table = report.sections[0].tables[0];
  table.columns.push_back({"never", "Never filled", app::ColumnKind::text});
  for (auto& row : table.rows) row.push_back({});
  const std::string text = render_text(report, {.width = 60});
  EXPECT_EQ(text.find("Never filled"), std::string::npos);
  EXPECT_NE(text.find("Nowhere"), std::string::npos);
  EXPECT_NE(render_json(report).find("never"), std::string::npos);
}

TEST(RenderText, an_empty_table_says_what_belongs_there) {
  app::Report report = small_report();
  report.sections[0].tables[0].rows.clear();
  report.sections[0].tables[0].empty_text = "No extract yet: throughline ingest FILE.";
  EXPECT_NE(render_text(report, {.width = 60}).find("  No extract yet: throughline ingest FILE.\n"), std::string::npos);
}

TEST(RenderText, a_value_cannot_drive_the_terminal) {
  app::Report report = small_report();
  report.sections[0].tables[0].rows[0][0] = std::string("\x1b]0;owned\x07");
  const std::string text = render_text(report, {.width = 60});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\x07'), std::string::npos);
}

TEST(RenderText, a_value_cannot_pass_for_another_line) {
  app::Report report = small_report();
  // The second set of control characters, a line separator, and what turns the direction of writing.
  for (const std::string hidden : {"\xC2\x9B", "\xE2\x80\xA8", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x80\x8F"}) {
    report.sections[0].tables[0].rows[0][0] = "a" + hidden + "b";
    const std::string text = render_text(report, {.width = 60});
    EXPECT_EQ(text.find(hidden), std::string::npos);
    EXPECT_NE(text.find("a\xEF\xBF\xBD"
                        "b"),
              std::string::npos)
        << "it shows that something was there";
  }
  for (const std::string shown : {"\xC2\xA3", "\xE2\x80\x93", "\xE2\x81\xA0", "\xE4\xB8\xAD"}) {
    report.sections[0].tables[0].rows[0][0] = "a" + shown;
    EXPECT_NE(render_text(report, {.width = 60}).find("a" + shown), std::string::npos);
  }
}

TEST(RenderText, no_line_is_wider_than_the_page_and_no_word_is_lost) {
  app::Report report = small_report();
  report.sections[0].tables[0].rows[0][0] = "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima";
  report.sections[0].notes[0] = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen.";
  const std::string text = render_text(report, {.width = 40});
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    EXPECT_LE(end - at, 40U) << text.substr(at, end - at);
    at = end + 1;
  }
  for (const char* word : {"alpha", "foxtrot", "lima", "1,234,567", "fourteen."}) {
    EXPECT_NE(text.find(word), std::string::npos) << word;
  }
}

TEST(RenderText, a_word_longer_than_the_page_stays_whole_so_that_it_can_be_copied) {
  app::Report report = small_report();
  const std::string name = "crimes/violence-and-sexual-offences/E23000028/2025-01..2025-09";
  report.sections[0].tables[0].rows[0][0] = name;
  EXPECT_NE(render_text(report, {.width = 40}).find(name), std::string::npos);
}

TEST(RenderText, a_name_to_be_typed_again_keeps_its_line_while_words_beside_it_wrap) {
  app::Report report = small_report();
  app::Table& table = report.sections[0].tables[0];
  table.columns.insert(table.columns.begin(), {"cell", "Id", app::ColumnKind::id});
  for (auto& row : table.rows) {
    row.insert(row.begin(), std::string("crimes/drugs/E23000028/2025-01..2025-09"));
    row[1] = std::string("xxx xxx xxx xxx xxx xxx xxx xxx xxx xxx");
  }
  const std::string text = render_text(report, {.width = 70});
  EXPECT_NE(text.find("  crimes/drugs/E23000028/2025-01..2025-09  xxx"), std::string::npos) << text;
  EXPECT_NE(text.find(std::string(43, ' ') + "xxx"), std::string::npos) << text;
}

TEST(RenderText, a_command_is_never_broken_and_stays_one_for_the_shell) {
  app::Report report = small_report();
  report.sections[0].commands = {{.line = "throughline quality", .what = "All of it"},
                                 {.line = "throughline trace crimes/drugs/E23000028/2025-03 -w demo-workspace",
                                  .what = "The rows behind a figure"}};
  const std::string text = render_text(report, {.width = 60});
  EXPECT_NE(text.find("  # The rows behind a figure\n"
                      "  throughline trace crimes/drugs/E23000028/2025-03 -w demo-workspace\n"),
            std::string::npos)
      << text;
  report.sections[0].commands.pop_back();
  EXPECT_NE(render_text(report, {.width = 60}).find("  throughline quality  # All of it\n"), std::string::npos);
}

TEST(RenderText, decimals_are_grouped_before_the_point_only) {
  app::Report report = small_report();
  report.sections[0].facts[0].value = app::Decimal{.value = -12345.678, .decimals = 3};
  EXPECT_NE(render_text(report, {.width = 60}).find("-12,345.678"), std::string::npos);
}

TEST(RenderJson, names_columns_and_keeps_what_is_not_known_as_null) {
  const std::string json = render_json(small_report());
  EXPECT_NE(json.find("\"outcome\": \"done_with_findings\""), std::string::npos);
  EXPECT_NE(json.find("\"count\": 1234567"), std::string::npos);
  EXPECT_NE(json.find("\"count\": null"), std::string::npos);
}

TEST(RenderJson, bytes_that_are_not_text_do_not_stop_a_report) {
  app::Report report = small_report();
  report.sections[0].tables[0].rows[0][0] = std::string("\xff\xfe");
  EXPECT_NE(render_json(report).find("\uFFFD"), std::string::npos);
}

TEST(RenderJson, an_error_carries_code_place_and_remedy) {
  const std::string json = render_error_json({.kind = base::ErrorKind::refused,
                                              .code = "purpose_needed",
                                              .what = "A purpose is needed",
                                              .where = "records",
                                              .remedy = "Give --purpose"});
  EXPECT_NE(json.find("\"kind\": \"refused\""), std::string::npos);
  EXPECT_NE(json.find("\"code\": \"purpose_needed\""), std::string::npos);
}

}  // namespace
}  // namespace throughline::cli
