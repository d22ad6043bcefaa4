#include "evidence/disparity/disparity.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "evidence/disparity/made_up_searches.h"
#include "evidence/disparity/residents.h"
#include "evidence/disparity/searches.h"

namespace throughline::evidence {
namespace {

const GroupDisparity& group_in(const DisparityFigures& figures, const std::string& group) {
  return *std::ranges::find(figures.groups, group, &GroupDisparity::group);
}

TEST(Disparity, has_the_reference_first_with_a_ratio_of_one_and_leaves_the_unknown_out) {
  const DisparityFigures figures = disparity_figures(made_up_groups(), "White");
  ASSERT_EQ(figures.groups.size(), 2U);
  EXPECT_EQ(figures.groups.front().group, "White");
  EXPECT_EQ(std::get<RatioEstimate>(figures.groups.front().risk_ratio).value, 1);
  EXPECT_NEAR(std::get<Rate>(group_in(figures, "Black").rate).value, 200, 1e-12);
  EXPECT_NEAR(std::get<RatioEstimate>(group_in(figures, "Black").risk_ratio).value, 4, 1e-12);
  EXPECT_TRUE(figures.caveats.has(Caveat::blank_field));
  EXPECT_TRUE(group_in(figures, "Black").caveats.has(Caveat::police_activity));
}

// Every way to share the fifteen out lies within the bounds, which are reached.
TEST(Disparity, bounds_hold_however_the_unknown_are_shared_out) {
  const GroupTable table = made_up_groups();
  const UnknownBounds bounds = disparity_figures(table, "White").bounds.front();
  EXPECT_NEAR(std::get<double>(bounds.known), 4, 1e-12);
  EXPECT_NEAR(std::get<double>(bounds.least), 0.2 / 0.065, 1e-12);
  EXPECT_NEAR(std::get<double>(bounds.most), 0.35 / 0.05, 1e-12);
  for (std::int64_t to_group = 0; to_group <= 15; ++to_group) {
    for (std::int64_t to_reference = 0; to_group + to_reference <= 15; ++to_reference) {
      const double ratio = (static_cast<double>(20 + to_group) / 100) / (static_cast<double>(50 + to_reference) / 1000);
      EXPECT_GE(ratio, std::get<double>(bounds.least) - 1e-12);
      EXPECT_LE(ratio, std::get<double>(bounds.most) + 1e-12);
    }
  }
}

TEST(Disparity, takes_the_words_of_both_years_for_one_outcome_and_counts_blanks_apart) {
  const DisparityFigures figures = disparity_figures(made_up_groups(), "White");
  const auto hit = [&](HitBasis basis, const std::string& group) {
    return *std::ranges::find_if(figures.hits,
                                 [&](const HitFigure& each) { return each.basis == basis && each.group == group; });
  };
  EXPECT_EQ(hit(HitBasis::any_outcome, "White").hits, 20);
  EXPECT_EQ(hit(HitBasis::any_outcome, "White").recorded, 48);
  EXPECT_EQ(hit(HitBasis::any_outcome, "White").blank, 2);
  EXPECT_TRUE(hit(HitBasis::any_outcome, "White").caveats.has(Caveat::blank_field));
  EXPECT_EQ(hit(HitBasis::arrest, "Black").hits, 4);
  EXPECT_EQ(hit(HitBasis::linked, "White").hits, 12);
  EXPECT_EQ(hit(HitBasis::linked, "White").recorded, 40);
  EXPECT_TRUE(std::holds_alternative<Refusal>(hit(HitBasis::linked, "Black").ratio));
  EXPECT_EQ(std::get<RatioEstimate>(hit(HitBasis::any_outcome, "Black").ratio).method, RatioMethod::exact_poisson);
  EXPECT_TRUE(hit(HitBasis::any_outcome, "Black").caveats.has(Caveat::small_count));
}

TEST(Disparity, has_the_mix_of_disposals_among_searches_that_had_an_outcome) {
  const DisparityFigures figures = disparity_figures(made_up_groups(), "White");
  ASSERT_EQ(figures.disposals.size(), 4U);  // Arrests and resolutions; no further action is none of them.
  EXPECT_EQ(figures.disposals[0].disposal, Disposal::arrest);
  EXPECT_EQ(figures.disposals[0].count, 5);
  EXPECT_EQ(figures.disposals[0].found, 20);
  EXPECT_EQ(figures.disposals[1].count, 4);
  EXPECT_EQ(figures.disposals[1].found, 4);
}

TEST(Disparity, shows_words_that_are_in_no_disposal_and_puts_them_into_no_figure) {
  GroupTable table = made_up_groups();
  table.groups[0].outcomes.push_back({.words = "Referred elsewhere", .count = 6});
  table.groups[0].events += 6;
  const DisparityFigures figures = disparity_figures(table, "White");
  EXPECT_EQ(figures.unknown_words, std::vector<std::string>{"Referred elsewhere"});
  EXPECT_EQ(figures.hits.front().recorded, 48);
  EXPECT_EQ(figures.hits.front().unknown_words, 6);
  EXPECT_EQ(figures.hits.front().blank, 2) << "words that are not known are no blank";
}

TEST(Disparity, holds_nobody_against_a_reference_without_an_event) {
  GroupTable table = made_up_groups();
  table.groups[0].events = 0;
  table.groups[0].outcomes.clear();
  const DisparityFigures figures = disparity_figures(table, "White");
  EXPECT_EQ(std::get<Refusal>(figures.groups[0].risk_ratio).rule, Rule::nothing_to_compare);
  EXPECT_EQ(std::get<Refusal>(group_in(figures, "Black").risk_ratio).rule, Rule::nothing_to_compare);
  EXPECT_TRUE(std::holds_alternative<Rate>(group_in(figures, "Black").rate));
}

TEST(Disparity, gives_no_rate_over_months_that_were_not_received_but_the_ratio) {
  GroupTable table = made_up_groups();
  table.absent = "2025-04";
  const DisparityFigures figures = disparity_figures(table, "White");
  EXPECT_EQ(std::get<Refusal>(figures.groups[0].rate).rule, Rule::absent_months_are_not_summed);
  EXPECT_TRUE(std::holds_alternative<RatioEstimate>(group_in(figures, "Black").risk_ratio));
  EXPECT_TRUE(figures.caveats.has(Caveat::absent_not_zero));
}

TEST(Disparity, of_a_group_that_the_population_does_not_count_is_refused) {
  GroupTable table = made_up_groups();
  table.groups[1].people.reset();
  const DisparityFigures figures = disparity_figures(table, "White");
  EXPECT_EQ(std::get<Refusal>(group_in(figures, "Black").risk_ratio).rule, Rule::rate_needs_denominator);
  EXPECT_EQ(std::get<Refusal>(figures.bounds.front().most).rule, Rule::rate_needs_denominator);
}

TEST(Populations, are_of_five_groups_and_add_up_to_the_census) {
  const auto& all = carried_populations();
  ASSERT_EQ(all.size(), 2U);
  const GroupPeople& hartlepool = *all[0].find("hartlepool");
  std::int64_t sum = 0;
  for (const auto& [group, people] : hartlepool) sum += people;
  EXPECT_EQ(hartlepool.size(), 5U);
  EXPECT_EQ(sum, 92338);  // As the Census of 2021 has it.
  std::int64_t nation = 0;
  for (const auto& [group, people] : *all[1].find("England and Wales")) nation += people;
  EXPECT_EQ(nation, 56075912);  // As the Census of 2011 has it.
}

// A force of which an authority is missing would look smaller than it is; it is not carried.
TEST(Populations, have_no_force_in_part_and_no_name_that_means_two_areas) {
  const GroupPopulation& newest = carried_populations().front();
  for (const char* force : {"E23000015", "E23000005", "W15000002"}) EXPECT_EQ(newest.find(force), nullptr) << force;
  EXPECT_EQ(newest.find("England and Wales"), nullptr);
  EXPECT_EQ(newest.codes_of("Wiltshire").size(), 2U);
  EXPECT_EQ(newest.find("Wiltshire"), nullptr);
  EXPECT_NE(newest.find("E23000038"), nullptr);
}

TEST(BroadGroup, knows_the_words_of_three_publishers) {
  EXPECT_EQ(broad_group("Asian/Asian British - Chinese"), "Asian");
  EXPECT_EQ(broad_group("Black or Black British"), "Black");
  EXPECT_EQ(broad_group("Mixed/Multiple ethnic groups - White and Asian"), "Mixed");
  EXPECT_EQ(broad_group("Other ethnic group - Not stated"), "");
  EXPECT_EQ(broad_group("Other ethnic group - Arab"), "Other");
  EXPECT_EQ(broad_group(""), "");
  EXPECT_EQ(broad_group("Vehicle only"), std::nullopt);
}

TEST(SearchTable, parts_searches_by_either_definition_and_leaves_vehicles_out) {
  const std::vector<SearchCount> counts{
      {.force = "F", .officer = "Black", .self = "White - Irish", .outcome = "Arrest", .linked = true, .count = 3},
      {.force = "F", .officer = "White", .self = "", .outcome = "", .linked = std::nullopt, .count = 4},
      {.force = "F", .officer = "Odd", .self = "White - Irish", .outcome = "", .linked = false, .count = 5},
      {.force = "F", .is_vehicle_only = true, .officer = "", .self = "", .outcome = "", .linked = {}, .count = 7}};
  const SearchTable officer = search_table(counts, EthnicityBasis::officer);
  EXPECT_EQ(officer.vehicle_only, 7);
  EXPECT_EQ(officer.unknown_words, std::vector<std::string>{"Odd"});
  EXPECT_EQ(officer.table.find("Black")->events, 3);
  EXPECT_EQ(officer.table.find("Black")->linked, 3);
  EXPECT_EQ(officer.table.unknown(), 5);
  const SearchTable self = search_table(counts, EthnicityBasis::self);
  EXPECT_EQ(self.table.find("White")->events, 8);
  EXPECT_EQ(self.table.find("White")->linked_known, 8);
  EXPECT_EQ(self.table.unknown(), 4);
  EXPECT_TRUE(self.unknown_words.empty());
}

}  // namespace
}  // namespace throughline::evidence
