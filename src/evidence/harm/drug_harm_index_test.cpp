#include "evidence/harm/drug_harm_index.h"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/number.h"
#include "evidence/harm/made_up_harms.h"
#include "evidence/harm/severity.h"

namespace throughline::evidence {
namespace {

HarmIndex index_of(const HarmTable& table, std::size_t base = 0) {
  return drug_harm_index(table, base).value();
}

std::string digits(double value, int decimals) {
  return base::format_fixed(value, decimals);
}

// The constructed vector, to the last digit that it is given to.
TEST(DrugHarmIndex, gives_the_constructed_vector_to_its_last_digit) {
  const HarmIndex index = index_of(constructed_harms());
  EXPECT_EQ(index.points[0].value, 1'907'080'000);
  EXPECT_EQ(index.points[1].value, 2'043'800'000);
  EXPECT_EQ(index.points[2].value, 2'042'150'000);
  for (const bool is_chained : {true, false}) {
    const auto shown = [&](std::size_t period) {
      const IndexPoint& point = index.points[period];
      return digits(is_chained ? point.chained : point.direct.value(), 6);
    };
    EXPECT_EQ(shown(0), "100.000000");
    EXPECT_EQ(shown(1), "107.169075");
    EXPECT_EQ(shown(2), "107.082556");
  }
}

TEST(DrugHarmIndex, splits_the_constructed_links_into_volume_and_price) {
  const HarmIndex index = index_of(constructed_harms());
  const HarmLink& first = index.links[0];
  EXPECT_EQ(first.volume, 60'546'000);
  EXPECT_EQ(first.price, 76'174'000);
  const double volumes[] = {102'000'000, -14'782'000, -26'672'000};
  const double prices[] = {62'000'000, 4'142'000, 10'032'000};
  const char* const weights[] = {"0.786543", "0.076368", "0.137089"};
  for (std::size_t harm = 0; harm < 3; ++harm) {
    EXPECT_EQ(first.parts[harm].volume, volumes[harm]);
    EXPECT_EQ(first.parts[harm].price, prices[harm]);
    EXPECT_EQ(digits(first.parts[harm].weight, 6), weights[harm]);
  }
  EXPECT_EQ(digits(first.volume_laspeyres, 9), "1.031090463");
  // 2,043,800,000 / 1,966,372,000 = 1.0393760692279…
  EXPECT_EQ(digits(first.price_paasche, 9), "1.039376069");
  EXPECT_EQ(index.links[1].volume, -67'375'000);
  EXPECT_EQ(index.links[1].price, 65'725'000);
}

// 1,600 deaths, 18,000 robberies and 72,000 burglaries at the first period's costs: 1,966,372,000 of 1,907,080,000.
TEST(DrugHarmIndex, at_constant_prices_moves_with_volumes_alone) {
  const HarmIndex index = index_of(constructed_harms());
  EXPECT_EQ(digits(index.points[1].constant_price.value(), 7), "103.1090463");
  HarmTable dearer = constructed_harms();
  for (std::optional<HarmCell>& cell : dearer.cells) cell->volume = 1000;
  for (const IndexPoint& point : index_of(dearer).points) EXPECT_NEAR(point.constant_price.value(), 100, 1e-12);
}

// One harm alone: its logarithm moves by that of its value, whatever the weights. Two that move alike: the same.
TEST(DrugHarmIndex, the_log_form_is_exact_where_all_harms_move_alike) {
  const HarmTable table = made_up_harms(
      {{"a", {harm_cell(100, 10), harm_cell(150, 12)}}, {"b", {harm_cell(7, 1000), harm_cell(10.5, 1200)}}});
  const HarmIndex index = index_of(table);
  EXPECT_NEAR(index.links[0].log_change.value(), std::log(1.8), 1e-14);
  EXPECT_NEAR(index.points[1].log_form.value(), 180, 1e-10);
}

TEST(DrugHarmIndex, has_no_log_form_across_a_volume_of_nothing) {
  const HarmTable table = made_up_harms({{"a", {harm_cell(100, 10), harm_cell(100, 10), harm_cell(100, 10)}},
                                         {"b", {harm_cell(5, 10), harm_cell(0, 10), harm_cell(5, 10)}}});
  const HarmIndex index = index_of(table);
  EXPECT_FALSE(index.links[0].log_change.has_value());
  EXPECT_FALSE(index.points[2].log_form.has_value());
  EXPECT_TRUE(index.points[2].direct.has_value());
}

// A harm that enters in period 1 is in no link before 1 → 2, and does not move the index by entering.
TEST(DrugHarmIndex, links_on_the_harms_that_both_periods_have) {
  const HarmTable table = made_up_harms({{"old", {harm_cell(100, 10), harm_cell(110, 10), std::nullopt}},
                                         {"new", {std::nullopt, harm_cell(500, 10), harm_cell(750, 10)}},
                                         {"kept", {harm_cell(100, 10), harm_cell(130, 10), harm_cell(130, 10)}}});
  const HarmIndex index = index_of(table);
  EXPECT_EQ(index.links[0].entered, (std::vector<std::size_t>{1}));
  EXPECT_EQ(index.links[1].left, (std::vector<std::size_t>{0}));
  EXPECT_NEAR(index.points[1].chained, 100 * 240.0 / 200, 1e-12);
  EXPECT_NEAR(index.points[2].chained, 120 * 880.0 / 630, 1e-12);
  EXPECT_FALSE(index.points[1].direct.has_value());
  EXPECT_FALSE(index.points[2].constant_price.has_value());
  EXPECT_EQ(index.points[1].value, 7400);
}

TEST(DrugHarmIndex, counts_the_attributable_share_of_a_volume) {
  HarmTable table = constructed_harms();
  for (std::size_t period = 0; period < 3; ++period) table.cells[3 + period]->share = 0.25;
  EXPECT_EQ(index_of(table).points[0].value, 1'907'080'000 - 0.75 * 20000 * 7282);
}

TEST(DrugHarmIndex, refuses_a_base_that_is_worth_nothing) {
  const HarmTable table = made_up_harms({{"a", {harm_cell(0, 10), harm_cell(5, 10)}}});
  EXPECT_EQ(drug_harm_index(table, 0).error().code, "base_is_zero");
  EXPECT_EQ(drug_harm_index(table, 0).error().message(),
            "The harms of the base period are worth nothing (0). Choose another base period with --base.");
  EXPECT_EQ(drug_harm_index(table, 1).error().code, "link_is_zero");
}

TEST(DrugHarmIndex, refuses_periods_without_a_harm_in_common) {
  const HarmTable table =
      made_up_harms({{"a", {harm_cell(4, 10), std::nullopt}}, {"b", {std::nullopt, harm_cell(5, 10)}}});
  EXPECT_EQ(drug_harm_index(table, 0).error().message(),
            "No harm has a row in both periods (0 to 1). Carry one harm at least from each period to the next.");
}

// Drawn tables in which every harm has every period.
HarmTable drawn_harms() {
  std::vector<MadeUpHarm> harms;
  const int count = *rc::gen::inRange(1, 6);
  const int periods = *rc::gen::inRange(2, 6);
  for (int harm = 0; harm < count; ++harm) {
    MadeUpHarm& made = harms.emplace_back(MadeUpHarm{std::to_string(harm), {}});
    for (int period = 0; period < periods; ++period) {
      HarmCell cell = harm_cell(*rc::gen::inRange(1, 100'000), *rc::gen::inRange(1, 1'000'000));
      cell.share = *rc::gen::inRange(1, 101) / 100.0;
      made.cells.emplace_back(cell);
    }
  }
  return made_up_harms(harms);
}

void assert_near(double one, double other) {
  RC_ASSERT(std::abs(one - other) <= 1e-9 * (1 + std::abs(other)));
}

RC_GTEST_PROP(DrugHarmIndex, volume_and_price_add_up_to_the_change_of_value, ()) {
  const HarmTable table = drawn_harms();
  const HarmIndex index = index_of(table);
  for (const HarmLink& link : index.links) {
    const double change = index.points[link.to].value - index.points[link.from].value;
    RC_ASSERT(std::abs(link.volume + link.price - change) <= 1e-9 * index.points[link.to].value + 1e-3);
    for (const BennetPart& part : link.parts) {
      const double own = table.at(part.harm, link.to)->value() - table.at(part.harm, link.from)->value();
      RC_ASSERT(std::abs(part.volume + part.price - own) <=
                1e-9 * (std::abs(part.volume) + std::abs(part.price)) + 1e-3);
    }
    assert_near(link.volume_laspeyres * link.price_paasche, link.ratio);
    assert_near(link.volume_paasche * link.price_laspeyres, link.ratio);
  }
}

RC_GTEST_PROP(DrugHarmIndex, the_chain_is_the_ratio_where_harms_stay_the_same, ()) {
  const HarmTable table = drawn_harms();
  const auto base = static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(table.periods.size())));
  for (const IndexPoint& point : index_of(table, base).points) assert_near(point.chained, point.direct.value());
}

// What a harm adds is what is missing without it: the values of all tables that lack one harm add up to n - 1 times
// all.
RC_GTEST_PROP(DrugHarmIndex, tables_without_each_harm_in_turn_add_up, ()) {
  const HarmTable table = drawn_harms();
  RC_PRE(table.harms.size() > 1U);
  const HarmIndex all = index_of(table);
  for (std::size_t period = 0; period < table.periods.size(); ++period) {
    double sum = 0;
    for (std::size_t harm = 0; harm < table.harms.size(); ++harm) {
      const HarmIndex rest = index_of(without_harm(table, harm));
      assert_near(rest.points[period].value + table.at(harm, period)->value(), all.points[period].value);
      sum += rest.points[period].value;
    }
    assert_near(sum, static_cast<double>(table.harms.size() - 1) * all.points[period].value);
  }
}

TEST(Severity, sums_weights_and_leaves_out_what_is_found_by_looking) {
  const std::vector<OffenceWeight> weights = {
      {.offence = "robbery", .severity = 700, .custody_days = 365},
      {.offence = "supply", .severity = 500, .custody_days = 900, .is_proactive = true},
      {.offence = "other", .severity = {}, .custody_days = {}}};
  const auto points = severity_points(weights, {{0, 0, 10}, {1, 0, 4}, {2, 0, 5}, {1, 1, 40}, {0, 1, 10}}, 2);
  EXPECT_EQ(points[0].severity, 9000);
  EXPECT_EQ(points[0].severity_proactive, 2000);
  EXPECT_EQ(points[0].custody_days, 3650);
  EXPECT_EQ(points[0].unweighted, 5);
  EXPECT_EQ(points[0].left_out, 9);
  // Ten times the drug offences: the score moves, the harm index does not.
  EXPECT_EQ(points[1].severity, 27000);
  EXPECT_EQ(points[1].custody_days, 3650);
}

}  // namespace
}  // namespace throughline::evidence
