#include "evidence/cell.h"
#include "base/source_folder.h"

#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace throughline::evidence {
namespace {

std::string message_of(std::string_view text) {
  const auto cell = parse_cell(text);
  return cell.ok() ? "" : cell.error().message();
}

TEST(Cell, is_read_in_the_publishers_words_and_written_in_one_way) {
  const auto cell = parse_cell("Crimes/Violence and sexual offences/e23000028/2025-03@2026-11-22");
  ASSERT_TRUE(cell.ok());
  EXPECT_EQ(to_text(cell.value()), "crimes/violence-and-sexual-offences/E23000028/2025-03@2026-11-22");
}

RC_GTEST_PROP(Cell, survives_being_written_and_read, ()) {
  CellId cell;
  cell.measure = std::string((*rc::gen::elementOf(measures())).name);
  cell.category = *rc::gen::element<std::string>("all", "drugs", "possession-of-weapons", "other-theft");
  cell.area = *rc::gen::element<std::string>("E01000001", "E05009861", "E07000144", "W15000001");
  const auto begin = *rc::gen::inRange<std::int32_t>(1900 * 12, 2100 * 12);
  cell.period = {.begin = base::Month(begin), .end = base::Month(begin + *rc::gen::inRange<std::int32_t>(1, 40))};
  if (*rc::gen::arbitrary<bool>()) {
    cell.as_of = base::Date(*rc::gen::inRange<std::int32_t>(0, 40'000));
  }
  const auto again = parse_cell(to_text(cell));
  RC_ASSERT(again.ok());
  RC_ASSERT(again.value() == cell);
}

TEST(Cell, that_is_wrong_is_answered_with_the_part_and_what_to_write) {
  EXPECT_EQ(message_of("crimes/drugs/2025-03"),
            "A figure is named by four parts between slashes, and this has 3 (crimes/drugs/2025-03). Write "
            "measure/category/area/period, for example crimes/drugs/E23000028/2025-03.");
  EXPECT_EQ(
      message_of("crime/drugs/E23000028/2025-03"),
      "There is no measure “crime” (crime/drugs/E23000028/2025-03). Did you mean “crimes”? The measures are crimes, "
      "crimes-reported, searches, borough-offences.");
  EXPECT_EQ(message_of("crimes/ /E23000028/2025-03"),
            "The category is empty (crimes/ /E23000028/2025-03). Name a category, or write “all”.");
  EXPECT_EQ(
      message_of("crimes/drugs/Essex/2025-03"),
      "“Essex” is not an area code (crimes/drugs/Essex/2025-03). An area code is a letter and eight digits, such as "
      "E23000028.");
  EXPECT_EQ(message_of("crimes/drugs/E23000028/2025-13"),
            "“2025-13” is not a period of whole months (crimes/drugs/E23000028/2025-13). Write a month (2025-03), a "
            "quarter (2025-Q1), a year (2025) or 2025-01..2025-09.");
  EXPECT_EQ(
      message_of("crimes/drugs/E23000028/2025-03@yesterday"),
      "“yesterday” is not a date (crimes/drugs/E23000028/2025-03@yesterday). Write the day until which things were "
      "known, such as @2026-11-22.");
}

TEST(Cell, is_told_from_a_record_by_its_slashes) {
  EXPECT_TRUE(looks_like_cell("crimes/drugs/E23000028/2025-03"));
  EXPECT_FALSE(looks_like_cell("3f9a0c12ab345678:10482"));
}

TEST(Measures, stand_in_the_reference) {
  std::ifstream file(std::string(base::k_source_folder) + "/docs/reference/measures.md");
  std::ostringstream page;
  page << file.rdbuf();
  for (const Measure& measure : measures()) {
    EXPECT_NE(page.str().find("| `" + std::string(measure.name) + "` | "), std::string::npos) << measure.name;
  }
}

TEST(Slug, keeps_letters_and_digits_and_joins_the_rest_with_single_hyphens) {
  EXPECT_EQ(slug_of("Violence and sexual offences"), "violence-and-sexual-offences");
  EXPECT_EQ(slug_of("  Anti-social  behaviour. "), "anti-social-behaviour");
  EXPECT_EQ(slug_of("ROBBERY OF PERSONAL PROPERTY"), "robbery-of-personal-property");
  EXPECT_EQ(slug_of("…"), "");
}

TEST(AreaKind, has_a_name_that_is_read_back) {
  for (const AreaKind kind : {AreaKind::lsoa, AreaKind::ward, AreaKind::local_authority, AreaKind::force}) {
    EXPECT_EQ(area_kind_named(name_of(kind)), kind);
  }
  EXPECT_FALSE(area_kind_named("county").has_value());
}

}  // namespace
}  // namespace throughline::evidence
