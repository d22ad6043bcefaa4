// Claims of published reports against the published series, through the statement grammar; and what the grammar
// refuses. The expected values were worked out by hand from the files named in data/series/SOURCES.md.

#include "evidence/claims/check_claim.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <initializer_list>
#include <limits>

#include "base/number.h"
#include "evidence/claims/statement.h"

namespace throughline::evidence {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

Claim claim_of(const std::string& statement) {
  auto parsed = parse_statement(statement, built_in_catalogue());
  EXPECT_TRUE(parsed.ok()) << statement << ": " << (parsed.ok() ? "" : parsed.error().message());
  return parsed.ok() ? parsed.value() : Claim();
}

CheckedClaim checked(const std::string& statement) {
  return check_claim(claim_of(statement), built_in_catalogue());
}

std::string code_of_error(const std::string& statement) {
  const auto parsed = parse_statement(statement, built_in_catalogue());
  return parsed.ok() ? "read" : parsed.error().code;
}

// "stop and search for drugs fell by 12.3 per cent from 2011/12 to 2017/18".
std::string change_words(double percent, const SeriesSpan& base, const SeriesSpan& end) {
  return "stop and search for drugs " + std::string(percent < 0 ? "fell" : "rose") + " by " +
         base::format_fixed(std::abs(percent), 1) + " per cent from " + code_of(base) + " to " + code_of(end);
}

TEST(check_claim, arrests_for_drugs_fell_by_47_per_cent_as_printed) {
  const CheckedClaim found = checked("arrests for drug offences fell 47 per cent between 2012 and 2018");
  EXPECT_EQ(found.verdict, Verdict::holds);
  EXPECT_THAT(found.why, HasSubstr("(63,920 − 121,407) / 121,407 = −47.4 %"));
}

TEST(check_claim, searches_for_drugs_fell_by_61_per_cent_only_with_another_end_than_the_arrests) {
  const CheckedClaim found = checked("drug stop and search fell 61 per cent 2012-18");
  EXPECT_EQ(found.verdict, Verdict::holds_on_another_basis);
  EXPECT_THAT(found.basis, HasSubstr("from year ending March 2012 (2011/12) to year ending March 2019 (2018/19)"));
  EXPECT_THAT(found.why, HasSubstr("(225,366 − 575,350) / 575,350 = −60.8 %"));
  EXPECT_THAT(found.why, HasSubstr("As printed it would be (168,384 − 575,350) / 575,350 = −70.7 %"));
}

TEST(check_claim, reads_two_years_with_a_hyphen_as_from_one_to_the_other) {
  const CheckedClaim words = checked("arrests for drug offences fell 47 per cent from 2012 to 2018");
  for (const char* text : {"arrests for drug offences fell 47 per cent, 2012-2018",
                           "arrests for drug offences fell 47 per cent 2012-2018"}) {
    const CheckedClaim found = checked(text);
    EXPECT_EQ(found.verdict, Verdict::holds) << text;
    EXPECT_EQ(found.basis, words.basis) << text;
  }
}

TEST(check_claim, all_searches_fell_by_68_per_cent_on_the_same_other_basis_whichever_powers_are_meant) {
  const CheckedClaim found = checked("all stop and searches fell by 68% from 2012 to 2018");
  EXPECT_EQ(found.verdict, Verdict::holds_on_another_basis);
  EXPECT_THAT(found.basis, HasSubstr("2018/19"));
  std::vector<std::string> workings;
  for (const Reading& reading : found.readings.readings) workings.push_back(reading.working);
  EXPECT_THAT(workings, Contains("(370,454 − 1,142,909) / 1,142,909 = −67.6 %"));
  EXPECT_THAT(workings, Contains("(279,728 − 1,142,909) / 1,142,909 = −75.5 %"));
}

TEST(check_claim, deaths_with_opioids_rose_by_near_378_per_cent_and_what_the_base_would_have_been_is_told) {
  const CheckedClaim found = checked("deaths linked to opioids rose 378 per cent from 1993 to 2018");
  EXPECT_EQ(found.verdict, Verdict::does_not_hold);
  EXPECT_THAT(found.why, HasSubstr("(2,208 − 471) / 471 = +368.8 %"));
  EXPECT_THAT(found.why, HasSubstr("It would hold with 462 in place of 471"));
}

TEST(check_claim, drug_deaths_doubled) {
  const CheckedClaim found = checked("deaths caused by drug usage doubled between 1993 and 2018");
  EXPECT_EQ(found.verdict, Verdict::holds);
  EXPECT_THAT(found.why, HasSubstr("(4,359 − 2,178) / 2,178 = +100.1 %"));
}

TEST(check_claim, admissions_more_than_doubled_by_one_of_three_measures) {
  const CheckedClaim found = checked("hospital admissions due to drugs more than doubled from 2008/09 to 2018/19");
  EXPECT_EQ(found.verdict, Verdict::holds_on_another_basis);
  EXPECT_THAT(found.basis, HasSubstr("primary or secondary diagnosis"));
  ASSERT_EQ(found.readings.readings.size(), 3U);
  EXPECT_THAT(found.readings.readings[0].working, HasSubstr("(7,376 − 5,668) / 5,668 = +30.1 %"));
  EXPECT_FALSE(found.readings.readings[0].agrees);
  EXPECT_THAT(found.readings.readings[1].working, HasSubstr("(96,705 − 42,170) / 42,170 = +129.3 %"));
}

TEST(check_claim, class_a_use_rose_as_far_as_the_survey_is_stored_and_the_missing_year_is_named) {
  const CheckedClaim found = checked("Class A use among those aged 16 to 24 rose 81 per cent from 2012/13 to 2018/19");
  // "those" is no word of the vocabulary: such a statement is not guessed at.
  EXPECT_EQ(found.verdict, Verdict::no_data);
  const CheckedClaim plain = checked("Class A drug use among 16-24 year olds rose 81 per cent from 2012/13 to 2018/19");
  EXPECT_EQ(plain.verdict, Verdict::consistent);
  EXPECT_THAT(plain.why, HasSubstr("= +76.8 %"));
  EXPECT_THAT(plain.readings.missing, Contains(HasSubstr("nothing for year ending March 2019")));
}

TEST(check_claim, homicide_rose_by_33_per_cent_on_no_basis_and_the_bases_lie_on_either_side) {
  const CheckedClaim found = checked("homicide in England and Wales rose 33 per cent 2014-18");
  EXPECT_EQ(found.verdict, Verdict::does_not_hold);
  EXPECT_THAT(found.why, HasSubstr("depends on the basis: the bases give 28.6 to"));
  EXPECT_THAT(found.readings.readings.front().working, HasSubstr("(730 − 533) / 533 = +37.0 %"));
}

TEST(check_claim, a_level_is_held_against_the_value_of_its_year) {
  EXPECT_EQ(checked("3.4 per cent of adults used a Class A drug in 2005/06").verdict, Verdict::holds);
  EXPECT_EQ(checked("3.6 per cent of adults used a Class A drug in 2005/06").verdict, Verdict::does_not_hold);
  EXPECT_EQ(checked("there were 639 homicides in 2010/11").verdict, Verdict::holds);
}

TEST(check_claim, from_one_level_to_another_needs_both) {
  EXPECT_EQ(checked("drug deaths rose from 2,178 in 1993 to 4,359 in 2018").verdict, Verdict::holds);
  EXPECT_EQ(checked("drug deaths rose from 2,178 in 1993 to 4,500 in 2018").verdict, Verdict::does_not_hold);
}

TEST(check_claim, cocaine_deaths_of_two_releases_are_never_joined) {
  const CheckedClaim found = checked("deaths linked to cocaine rose 4218% from 1993 to 2018");
  EXPECT_EQ(found.verdict, Verdict::no_data);
  EXPECT_TRUE(found.readings.readings.empty());
  EXPECT_THAT(found.readings.missing, ElementsAre(HasSubstr("nothing for 1993"), HasSubstr("nothing for 2018")));
}

TEST(check_claim, a_pooled_rate_is_no_answer_for_one_year_and_is_shown_as_what_it_is) {
  const CheckedClaim found = checked("the drug misuse death rate in the North East was 96.3 per million in 2018");
  EXPECT_EQ(found.verdict, Verdict::no_data);
  EXPECT_THAT(found.why, HasSubstr("79.9 for each 1,000,000 in one year"));
}

TEST(check_claim, words_that_no_series_knows_are_named_with_what_comes_near) {
  const CheckedClaim found = checked("convictions for drug trafficking fell 34 per cent since 2010");
  EXPECT_EQ(found.verdict, Verdict::no_data);
  EXPECT_THAT(found.why, HasSubstr("“conviction”, “trafficking”"));
  EXPECT_THAT(found.why, HasSubstr("Nearest: "));
}

TEST(check_claim, a_misspelt_word_is_offered_as_it_may_have_been_meant) {
  EXPECT_THAT(checked("knife crme rose 5 per cent since 2012").why, HasSubstr("knows “crme”. Did you mean “crime”?"));
}

TEST(check_claim, what_the_police_did_carries_its_caveat) {
  EXPECT_TRUE(
      checked("arrests for drug offences fell 47 per cent from 2012 to 2018").caveats.has(Caveat::police_activity));
}

TEST(check_claim, a_change_from_fewer_than_ten_or_from_nought_has_no_percentage) {
  SeriesCard card;
  card.name = card.title = "made up";
  SeriesLine line;
  line.name = "few";
  line.title = "few";
  line.is = {"homicide"};
  line.is_default = true;
  line.points = {
      {"England", calendar_year(2010), 0}, {"England", calendar_year(2011), 4}, {"England", calendar_year(2012), 8}};
  card.lines.push_back(line);
  Catalogue catalogue = built_in_catalogue();
  catalogue.cards = {card};
  const auto claim = parse_statement("homicides rose 100 per cent from 2011 to 2012", catalogue);
  ASSERT_TRUE(claim.ok());
  const CheckedClaim found = check_claim(claim.value(), catalogue);
  EXPECT_EQ(found.verdict, Verdict::no_data);
  EXPECT_THAT(found.why, HasSubstr("made up: few, 2011"));
  const auto from_nought = parse_statement("homicides rose 100 per cent from 2010 to 2012", catalogue);
  EXPECT_THAT(check_claim(from_nought.value(), catalogue).why, HasSubstr("a change from nought has no percentage"));
}

TEST(statement, what_cannot_be_read_is_an_error_that_says_why) {
  EXPECT_EQ(code_of_error(" "), "statement_empty");
  EXPECT_EQ(code_of_error("drug deaths"), "size_missing");
  EXPECT_EQ(code_of_error("knife crime rose 80 per cent"), "base_year_missing");
  EXPECT_EQ(code_of_error("knife crime rose 80 per cent in 2018"), "base_year_missing");
  EXPECT_EQ(code_of_error("knife crime dropped evidencesince 2007/09"), "base_year_missing");
  EXPECT_EQ(code_of_error("3.4 per cent of adults used a Class A drug"), "year_missing");
  EXPECT_EQ(code_of_error(std::string(2000, 'x')), "statement_too_long");
  EXPECT_EQ(code_of_error("knife crime in E08000020 rose 5 per cent since 2012"), "area_ended");
  const auto ended = parse_statement("knife crime in E08000020 rose 5 per cent since 2012", built_in_catalogue());
  EXPECT_EQ(ended.error().message(),
            "The area code E08000020 (Gateshead) is no longer in use. E08000037 bears the name now.");
  const auto no_base = parse_statement("knife crime rose 80 per cent", built_in_catalogue());
  EXPECT_EQ(
      no_base.error().message(),
      "The statement names no year that the change is measured from. Say between which: “from 2012 to 2018”, “since "
      "1993”, “2008/09 to 2018/19”.");
}

struct SizeCase {
  const char* statement;
  double low;
  double high;
};

TEST(statement, a_figure_stands_for_what_rounds_to_it_or_what_its_words_allow) {
  const double far = std::numeric_limits<double>::infinity();
  for (const SizeCase& wanted : std::initializer_list<SizeCase>{
           {"homicides fell 61 per cent from 2012 to 2018", -61.5, -60.5},
           {"homicides rose by 2.5 per cent from 2012 to 2018", 2.45, 2.55},
           {"homicides rose by more than 100% from 2012 to 2018", 100, far},
           {"homicides fell by almost 20% from 2012 to 2018", -20, -17},
           {"homicides halved from 2012 to 2018", -51.25, -48.75},
           {"Class A use rose 0.6 percentage points from 2012/13 to 2017/18", 0.55, 0.65},
           {"one in ten adults used cannabis in 2010/11", 9.5, 10.5},
           {"a quarter of adults used cannabis in 2010/11", 24.5, 25.5},
           {"700-800 homicides in 2003/04", 699.5, 800},
       }) {
    const Claim claim = claim_of(wanted.statement);
    EXPECT_NEAR(claim.size.low, wanted.low, 1e-9) << wanted.statement;
    if (std::isinf(wanted.high)) {
      EXPECT_TRUE(std::isinf(claim.size.high)) << wanted.statement;
    } else {
      EXPECT_NEAR(claim.size.high, wanted.high, 1e-9) << wanted.statement;
    }
  }
}

TEST(statement, a_count_with_noughts_at_its_end_was_rounded_there) {
  EXPECT_DOUBLE_EQ(printed_figure(34000, {.is_count = true}, "").low, 33500);
  EXPECT_DOUBLE_EQ(printed_figure(4013, {.is_count = true}, "").low, 4012.5);
  EXPECT_DOUBLE_EQ(printed_figure(100000, {.is_count = true}, "").high, 105000);
}

RC_GTEST_PROP(statement, any_text_is_read_or_refused, (const std::string& text)) {
  const auto parsed = parse_statement(text, built_in_catalogue());
  if (parsed.ok()) static_cast<void>(check_claim(parsed.value(), built_in_catalogue()));
}

RC_GTEST_PROP(statement, a_change_that_is_worked_out_from_two_values_holds, ()) {
  const SeriesLine& line = built_in_catalogue().find("searches")->lines.front();
  const auto base = *rc::gen::inRange<std::size_t>(0, line.points.size() - 1);
  const auto end = *rc::gen::inRange<std::size_t>(base + 1, line.points.size());
  const double change = (line.points[end].value - line.points[base].value) * 100 / line.points[base].value;
  const std::string statement = change_words(change, line.points[base].span, line.points[end].span);
  const auto parsed = parse_statement(statement, built_in_catalogue());
  RC_ASSERT(parsed.ok());
  RC_ASSERT(check_claim(parsed.value(), built_in_catalogue()).verdict == Verdict::holds);
}

}  // namespace
}  // namespace throughline::evidence
