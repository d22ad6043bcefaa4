// What a catalogue accepts, and the faults of files that would mislead: two releases in one, codes, categories,
// noughts.

#include "evidence/series/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <map>
#include <string>

#include "evidence/series/text_table.h"

namespace throughline::evidence {
namespace {

using testing::Contains;
using testing::HasSubstr;

constexpr std::string_view k_vocabulary =
    "neutral = \"of\"\n[concepts]\nhomicide = [\"homicide\"]\n[areas]\n[same]\n[uses]\n";

std::string card_with(const std::string& files, const std::string& more = "", const std::string& where = "") {
  return "[[series]]\nname = \"made\"\ntitle = \"Made up\"\npublisher = \"P\"\nuniverse = \"U\"\nunit = \"thing\"\n"
         "date_basis = \"D\"\ngeography = \"G\"\nrelease = \"R\"\nrevision = \"none\"\ncosts = \"none\"\n"
         "caveats = [\"VINTAGE\"]\nfiles = [" +
         files + "]\narea_column = \"area\"\nperiod = \"period\"\nvalue = \"value\"\n" + more +
         "[[series.lines]]\nname = \"all\"\ntitle = \"all\"\nis = [\"homicide\"]\n" + where;
}

CheckedCatalogue read(const std::string& card, const std::string& one, const std::string& two = "") {
  return read_catalogue(
      {{"catalogue.toml", card}, {"vocabulary.toml", k_vocabulary}, {"one.csv", one}, {"two.csv", two}});
}

std::string first_fault(const CheckedCatalogue& checked) {
  return checked.faults.empty() ? "none" : checked.faults.front().where + ": " + checked.faults.front().what;
}

TEST(catalogue, the_bundled_one_has_no_fault_and_every_series_says_up_to_when_it_runs) {
  const CheckedCatalogue checked = read_catalogue(series_texts());
  for (const CatalogueFault& fault : checked.faults) ADD_FAILURE() << fault.where << ": " << fault.what;
  EXPECT_GE(checked.catalogue.cards.size(), 14U);
  for (const SeriesCard& card : checked.catalogue.cards) {
    EXPECT_TRUE(card.last_span().has_value()) << card.name;
    EXPECT_EQ(card.file_hash.size(), 64U) << card.name;
    EXPECT_FALSE(card.costs.empty()) << card.name;
  }
  EXPECT_EQ(code_of(*checked.catalogue.find("drug_deaths")->last_span()), "2021");
  EXPECT_EQ(code_of(*checked.catalogue.find("drug_use_last_year")->last_span()), "2017/18");
}

// Deaths of an area are divided by its residents only where both series name it alike.
TEST(catalogue, the_bundled_one_spells_each_area_in_one_way) {
  std::map<std::string, std::string> spelt;
  for (const SeriesCard& card : built_in_catalogue().cards) {
    for (const SeriesLine& line : card.lines) {
      for (const SeriesPoint& point : line.points) {
        std::string folded = point.area;
        for (char& letter : folded) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
        EXPECT_EQ(spelt.try_emplace(folded, point.area).first->second, point.area) << card.name;
      }
    }
  }
  EXPECT_GT(spelt.size(), 50U);
}

TEST(catalogue, two_releases_mixed_in_one_file_are_a_fault_with_both_places) {
  const auto checked = read(card_with("\"one.csv\""), "area,period,value\nEngland,2003,14.3\nEngland,2003,15.89\n");
  EXPECT_EQ(
      first_fault(checked),
      "one.csv:3: series made.all: England, 2003 has two values, 15.89 here and 14.3 at one.csv:2: a series is of one "
      "release, so the other is a series of its own");
}

TEST(catalogue, a_month_that_stands_in_two_files_with_one_value_is_read_once) {
  const auto checked =
      read(card_with("\"one.csv\", \"two.csv\""), "area,period,value\nWard,2024-01,5\nWard,2024-02,7\n",
           "area,period,value\nWard,2024-02,7\nWard,2024-03,9\n");
  EXPECT_EQ(first_fault(checked), "none");
  EXPECT_EQ(checked.catalogue.cards.front().lines.front().points.size(), 3U);
}

TEST(catalogue, a_month_that_two_files_give_differently_is_a_fault) {
  const auto checked = read(card_with("\"one.csv\", \"two.csv\""), "area,period,value\nWard,2024-02,7\n",
                            "area,period,value\nWard,2024-02,8\n");
  EXPECT_THAT(first_fault(checked),
              HasSubstr("two.csv:2: series made.all: Ward, Feb 2024 has two values, 8 here and 7 at "));
}

TEST(catalogue, a_count_below_nought_is_a_fault_with_its_line) {
  const auto checked = read(card_with("\"one.csv\""), "area,period,value\nEngland,2003,-4\n");
  EXPECT_EQ(first_fault(checked), "one.csv:2: series made.all: -4 is below nought; nothing can be counted so");
}

TEST(catalogue, an_area_without_residents_is_a_fault_where_residents_are_counted) {
  const auto checked = read(card_with("\"one.csv\"", "is_positive = true\n"), "area,period,value\nEngland,2003,0\n");
  EXPECT_EQ(first_fault(checked),
            "one.csv:2: series made.all: nobody lives in England in 2003: a rate cannot be worked out");
}

TEST(catalogue, a_blank_is_absent_and_a_nought_is_nought) {
  const auto checked = read(card_with("\"one.csv\""), "area,period,value\nEngland,2003,\nEngland,2004,0\n");
  const SeriesLine& line = checked.catalogue.cards.front().lines.front();
  EXPECT_EQ(line.at("England", calendar_year(2003)), nullptr);
  ASSERT_NE(line.at("England", calendar_year(2004)), nullptr);
  EXPECT_EQ(line.at("England", calendar_year(2004))->value, 0);
}

TEST(catalogue, a_category_that_was_renamed_is_a_fault_until_both_names_are_listed) {
  const std::string file = "area,period,kind,value\nMet,2023,DOMESTIC BURGLARY,9\nMet,2024,BURGLARY RESIDENTIAL,8\n";
  const auto one = read(card_with("\"one.csv\"", "", "where = { kind = [\"DOMESTIC BURGLARY\"] }\n"), file);
  EXPECT_THAT(first_fault(one),
              HasSubstr("kind “DOMESTIC BURGLARY” ends in Dec 2023 while the file goes on: was it renamed "
                        "“BURGLARY RESIDENTIAL”? List both"));
  const auto both = read(
      card_with("\"one.csv\"", "", "where = { kind = [\"DOMESTIC BURGLARY\", \"BURGLARY RESIDENTIAL\"] }\n"), file);
  EXPECT_EQ(first_fault(both), "none");
  EXPECT_TRUE(both.catalogue.cards.front().caveats.has(Caveat::category_renamed));
}

TEST(catalogue, a_column_a_caveat_or_a_period_that_is_none_is_a_fault) {
  EXPECT_THAT(first_fault(read(card_with("\"one.csv\""), "area,year,value\nEngland,2003,4\n")),
              HasSubstr("there is no column “period”; there are area, year, value"));
  EXPECT_THAT(first_fault(read(card_with("\"one.csv\""), "area,period,value\nEngland,2003/05,4\n")),
              HasSubstr("“2003/05” is no period"));
  EXPECT_THAT(first_fault(read(card_with("\"one.csv\""), "area,period,value\nEngland,2003\n")),
              HasSubstr("The row has 2 cells and the header 3"));
  std::string card = card_with("\"one.csv\"");
  card.replace(card.find("VINTAGE"), 7, "VINAGE");
  EXPECT_THAT(first_fault(read(card, "area,period,value\nEngland,2003,4\n")), HasSubstr("“VINAGE” is no caveat"));
}

TEST(series_span, a_financial_year_is_the_year_ending_in_its_march) {
  EXPECT_EQ(parse_span("2017/18"), march_year(2018));
  EXPECT_EQ(words_of(march_year(2018)), "year ending March 2018 (2017/18)");
  EXPECT_EQ(parse_span("2017/19"), std::nullopt);
  EXPECT_EQ(code_of(*parse_span("2016-2018")), "2016-2018");
  EXPECT_EQ(code_of(*parse_span("2018-03")), "2018-03");
  EXPECT_EQ(parse_span("18"), std::nullopt);
}

TEST(text_table, quotes_and_line_ends_are_read_as_they_are_meant) {
  const auto table = read_text_table(
      "\xEF\xBB\xBF"
      "a,b\r\n\"x, \"\"y\"\"\",2\r\n\r\n",
      "t.csv");
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table.value().columns, (std::vector<std::string>{"a", "b"}));
  ASSERT_EQ(table.value().rows.size(), 1U);
  EXPECT_EQ(table.value().rows[0].cells[0], "x, \"y\"");
  EXPECT_EQ(read_text_table("a,b\n\"x,2\n", "t.csv").error().code, "table_ragged");
  EXPECT_EQ(read_text_table("a\n\"x\n", "t.csv").error().code, "quote_open");
  EXPECT_EQ(read_text_table("", "t.csv").error().code, "table_empty");
}

}  // namespace
}  // namespace throughline::evidence
