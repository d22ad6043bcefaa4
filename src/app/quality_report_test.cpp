#include "app/quality_report.h"

#include <gtest/gtest.h>

namespace throughline::app {
namespace {

base::Month month(int year, int number) {
  return base::Month(year * 12 + number - 1);
}

records::SourceQuality boroughs() {
  records::SourceQuality quality;
  quality.source = "borough-counts";
  quality.extracts = 1;
  quality.rows_read = 100;
  quality.first_month = month(2025, 1);
  quality.last_month = month(2025, 2);
  quality.holders = records::judge_months({{.holder = "E09000901", .month = month(2025, 1), .rows = 60},
                                           {.holder = "E09000902", .month = month(2025, 2), .rows = 40}});
  return quality;
}

evidence::Areas areas() {
  evidence::AreaTables tables;
  for (const auto& [code, name] :
       {std::pair("E09000901", "Upper Otherford"), std::pair("E09000902", "Lower Otherford")}) {
    tables.areas.push_back({.code = evidence::AreaCode::parse(code).value_or(evidence::AreaCode()),
                            .name = name,
                            .kind = evidence::AreaKind::local_authority,
                            .vintage = 2024});
  }
  return evidence::Areas::build(std::move(tables));
}

TEST(QualityReport, areas_stand_by_their_names) {
  const records::SourceQuality named = with_area_names(boroughs(), areas());
  EXPECT_EQ(named.holders[0].holder, "Lower Otherford");
  const Section section = quality_section(named);
  EXPECT_EQ(section.notes.front(),
            "2 of 4 months are absent, which is not nought: 2025-01 of Lower Otherford; 2025-02 of Upper Otherford.");
}

TEST(QualityReport, the_overview_has_a_row_for_each_source_and_its_worst_findings) {
  const Section section = quality_overview({boroughs()});
  ASSERT_EQ(section.tables.front().rows.size(), 1U);
  EXPECT_EQ(section.tables.front().rows[0][2], Value(std::string("2025-01..2025-02")));
  EXPECT_EQ(section.tables.front().rows[0][6], Value(std::int64_t{2}));
  EXPECT_TRUE(section.notes.front().starts_with("borough-counts: 2 of 4 months are absent"));
}

TEST(QualityReport, says_what_to_do_when_nothing_was_read) {
  EXPECT_EQ(quality_overview({}).tables.front().empty_text, "No extract can be seen yet: throughline ingest FILE.");
}

}  // namespace
}  // namespace throughline::app
