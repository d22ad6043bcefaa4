#include "evidence/baskets/basket.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evidence/baskets/plan.h"
#include "evidence/measures.h"
#include "evidence/series/catalogue.h"

namespace throughline::evidence {
namespace {

using testing::HasSubstr;

constexpr std::string_view k_head = "name = \"ours\"\nversion = \"1\"\n";

std::string indicator(const std::string& keys) {
  return fmt::format("{}[[indicator]]\nid = \"ours\"\ntitle = \"Ours\"\npanel = \"violence\"\n{}", k_head, keys);
}

// Of the reading itself, or of standing beside the central basket.
base::Error refused(const std::string& text) {
  const auto local = read_basket(text, "ours.toml");
  return local.ok() ? with_local(central_basket(), local.value(), "ours.toml").error() : local.error();
}

TEST(CentralBasket, has_every_panel_and_points_only_at_what_there_is) {
  const Basket& basket = central_basket();
  for (const Panel panel : k_panels) {
    EXPECT_TRUE(std::ranges::any_of(basket.indicators, [&](const Indicator& each) { return each.panel == panel; }))
        << name_of(panel);
  }
  for (const Indicator& each : basket.indicators) {
    EXPECT_TRUE(each.measure.empty() || find_measure(each.measure) != nullptr) << each.id;
    for (const std::string& series : each.series) EXPECT_NE(built_in_catalogue().find(series), nullptr) << each.id;
  }
}

TEST(CentralBasket, lays_no_police_activity_beside_police_activity) {
  for (const Indicator& each : central_basket().indicators) {
    if (each.beside.empty()) continue;
    const Indicator* beside = central_basket().find(each.beside);
    ASSERT_NE(beside, nullptr) << each.id;
    EXPECT_FALSE(is_police_activity(*beside)) << each.id;
  }
  EXPECT_TRUE(is_police_activity(*central_basket().find("drug-searches")));
  EXPECT_TRUE(is_police_activity(*central_basket().find("drug-arrests")));
  EXPECT_FALSE(is_police_activity(*central_basket().find("poisoning-deaths")));
}

TEST(Basket, of_an_area_stands_beside_the_central_one) {
  const Basket local = read_basket(indicator("measure = \"crimes\"\ncategory = \"robbery\"\n"), "ours.toml").value();
  const Basket both = with_local(central_basket(), local, "ours.toml").value();
  EXPECT_EQ(both.indicators.size(), central_basket().indicators.size() + 1);
  EXPECT_EQ(both.find("ours")->category, "robbery");
  EXPECT_EQ(with_local(both, local, "ours.toml").error().code, "indicator_twice");
}

TEST(Basket, that_is_wrong_is_refused_with_its_line_and_the_nearest_name) {
  EXPECT_EQ(refused(indicator("")).code, "source_not_one");
  EXPECT_EQ(refused(indicator("measure = \"crimes\"\nabsent = \"why\"\n")).code, "source_not_one");
  const base::Error measure = refused(indicator("measure = \"crime\"\n"));
  EXPECT_EQ(measure.code, "measure_unknown");
  EXPECT_EQ(measure.where, "ours.toml line 7");
  EXPECT_THAT(measure.remedy, HasSubstr("“crimes”"));
  EXPECT_EQ(refused(indicator("series = [\"knife_crimes\"]\nline = \"recorded\"\n")).code, "series_unknown");
  EXPECT_EQ(refused(indicator("series = [\"knife_crime\"]\nline = \"record\"\n")).code, "line_unknown");
  EXPECT_EQ(refused(indicator("measure = \"crimes\"\nbeside = \"drug-searches\"\n")).code, "beside_not_independent");
  EXPECT_EQ(refused(indicator("measure = \"crimes\"\nbeside = \"deaths\"\n")).code, "beside_unknown");
  EXPECT_EQ(refused(indicator("measure = \"crimes\"\nbeside = \"ours\"\n")).code, "beside_not_independent");
  EXPECT_EQ(refused(indicator("measure = \"crimes\"\nunit_cost_pounds = 5\n")).code, "cost_without_source");
  EXPECT_EQ(refused(indicator("measure = \"crimes\"\nunit_cost_pounds = 5\nunit_cost_year = 2024\n"
                              "unit_cost_source = \"ours\"\n"))
                .code,
            "price_years_mixed");
  EXPECT_EQ(refused(indicator("measure = \"crimes\"\nincentives = \"x\"\n")).code, "key_unknown");
  EXPECT_EQ(refused("name = \"ours\"\nversion = 1\n").code, "value_malformed");
  std::string panel = indicator("measure = \"crimes\"\n");
  panel.replace(panel.find("violence"), 8, "violense");
  EXPECT_THAT(refused(panel).remedy, HasSubstr("“violence”"));
}

constexpr std::string_view k_target =
    "[[target]]\nindicator = \"violence-recorded\"\nowner = \"Head of safety\"\nbaseline = \"2024\"\ndue = \"2025\"\n"
    "change_from = -20\nchange_to = -5\n";

std::string plan_with(const std::string& from, const std::string& to) {
  std::string text = fmt::format("title = \"Plan\"\narea = \"Newham\"\n{}", k_target);
  if (!from.empty()) text.replace(text.find(from), from.size(), to);
  return text;
}

std::string plan_fault(const std::string& from, const std::string& to) {
  return read_plan(plan_with(from, to), "plan.toml").error().code;
}

TEST(Plan, is_read_with_its_targets) {
  const Plan plan = read_plan(plan_with("", ""), "plan.toml").value();
  ASSERT_EQ(plan.targets.size(), 1);
  EXPECT_EQ(plan.targets.front().due.months(), 12);
  EXPECT_EQ(plan.targets.front().expected, (Interval{.low = -20, .high = -5}));
  EXPECT_EQ(plan.indicator_of(plan.targets.front()).measure, "crimes");
}

TEST(Plan, that_cannot_be_held_against_anything_is_refused) {
  EXPECT_EQ(plan_fault("violence-recorded", "violence-record"), "indicator_unknown");
  EXPECT_EQ(plan_fault("violence-recorded", "knife-crime"), "target_not_monthly");
  EXPECT_EQ(plan_fault("\"2025\"", "\"2025-Q1\""), "periods_unlike");
  EXPECT_EQ(plan_fault("\"2025\"", "\"2024\""), "periods_overlap");
  EXPECT_EQ(plan_fault("\"2025\"", "\"next year\""), "period_malformed");
  EXPECT_EQ(plan_fault("change_to = -5", "change_to = -50"), "change_malformed");
  EXPECT_EQ(plan_fault("change_to = -5\n", ""), "value_missing");
  EXPECT_EQ(plan_fault("owner = \"Head of safety\"\n", ""), "value_missing");
  EXPECT_EQ(read_plan("title = \"Plan\"\narea = \"Newham\"\n", "plan.toml").error().code, "targets_none");
  const std::string own = plan_with("", "") +
                          "[[indicator]]\nid = \"ours\"\ntitle = \"Ours\"\npanel = \"violence\"\n"
                          "measure = \"crimes\"\nbeside = ";
  EXPECT_EQ(read_plan(own + "\"nothere\"\n", "plan.toml").error().code, "beside_unknown");
  EXPECT_EQ(read_plan(own + "\"drug-searches\"\n", "plan.toml").error().code, "beside_not_independent");
  EXPECT_EQ(read_plan(own + "\"ours\"\n", "plan.toml").error().code, "beside_not_independent");
}

TEST(Plan, says_a_target_is_met_only_where_the_whole_interval_is) {
  const Interval expected{.low = -20, .high = -5};
  EXPECT_EQ(judged({.low = -15, .high = -6}, expected), TargetState::as_expected);
  EXPECT_EQ(judged({.low = -20, .high = -5}, expected), TargetState::as_expected);
  EXPECT_EQ(judged({.low = -40, .high = -21}, expected), TargetState::less);
  EXPECT_EQ(judged({.low = -4, .high = 10}, expected), TargetState::more);
  EXPECT_EQ(judged({.low = -15, .high = -4}, expected), TargetState::cannot_tell);
  EXPECT_EQ(judged({.low = -30, .high = 10}, expected), TargetState::cannot_tell);
}

}  // namespace
}  // namespace throughline::evidence
