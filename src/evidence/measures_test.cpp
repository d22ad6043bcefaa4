#include "evidence/measures.h"

#include <algorithm>
#include <string>
#include <variant>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "evidence/made_up_county.h"

namespace throughline::evidence {
namespace {

base::Month month(int year, int number) {
  return base::Month(year * 12 + number - 1);
}

// Otherford sent January to March and May of 2025; its authority counted 4, 12, 0 and 30 drug offences. Elsewhere sent
// January alone.
Evidence made_up_evidence() {
  Evidence evidence;
  evidence.counts = {{k_marsh, month(2025, 1), 4},
                     {k_marsh, month(2025, 2), 12},
                     {k_marsh, month(2025, 5), 30},
                     {k_hill, month(2025, 1), 11},
                     {k_hill, month(2025, 3), 2}};
  evidence.categories = {{"drugs", "Drugs", month(2025, 1), month(2025, 5)},
                         {"violent-crime", "Violent crime", month(2025, 1), month(2025, 2)},
                         {"violence", "Violence", month(2025, 3), month(2025, 5)}};
  for (const int number : {1, 2, 3, 5}) {
    evidence.coverage.add(k_otherford_force, month(2025, number));
  }
  evidence.coverage.add(k_elsewhere_force, month(2025, 1));
  evidence.release = "5 extracts";
  return evidence;
}

SeriesRequest drugs_in(std::vector<AreaCode> areas, PeriodLength length = PeriodLength::month) {
  return {.measure = find_measure("crimes"),
          .category = "drugs",
          .areas = std::move(areas),
          .span = {.begin = month(2025, 1), .end = month(2025, 6)},
          .length = length,
          .as_of = std::nullopt,
          .is_rate = false};
}

const Refusal& refusal_of(const OrRefusal<std::int64_t>& answer) {
  return std::get<Refusal>(answer);
}

TEST(Measures, give_nought_where_a_month_was_received_and_nothing_where_it_was_not) {
  const Series series = build_series(drugs_in({k_marsh}), made_up_evidence(), made_up_areas());
  ASSERT_EQ(series.figures.size(), 5U);
  EXPECT_EQ(std::get<std::int64_t>(series.figures[0].count), 4);
  EXPECT_EQ(std::get<std::int64_t>(series.figures[2].count), 0);
  EXPECT_NEAR(series.figures[2].interval.high, 3.689, 0.001);
  const Refusal& april = refusal_of(series.figures[3].count);
  EXPECT_EQ(april.rule, Rule::nothing_received);
  EXPECT_EQ(april.reason,
            "Nothing was received for Otherford upon the Marsh in 2025-04; that is an absence, not a nought.");
  EXPECT_TRUE(series.figures[3].caveats.has(Caveat::absent_not_zero));
  EXPECT_EQ(to_text(series.figures[3].cell.period), "2025-04");
}

TEST(Measures, refuse_a_total_over_a_missing_month_and_say_what_the_others_hold) {
  const Series series = build_series(drugs_in({k_marsh}, PeriodLength::whole), made_up_evidence(), made_up_areas());
  ASSERT_EQ(series.figures.size(), 1U);
  const Refusal& refusal = refusal_of(series.figures[0].count);
  EXPECT_EQ(refusal.rule, Rule::absent_months_are_not_summed);
  EXPECT_EQ(
      refusal.reason,
      "Months are missing (2025-04 for Otherford upon the Marsh), and a missing month is not nought, so no total for "
      "the whole period is given.");
  EXPECT_EQ(
      refusal.remedy,
      "The 4 months that were received hold 46. Ask for the months that were received, or ingest the missing files.");
}

TEST(Measures, do_not_take_a_neighbours_records_for_a_month_that_was_received) {
  // In March somebody recorded two offences in Elsewhere Hill, whose own force sent nothing.
  const Series series = build_series(drugs_in({k_hill}), made_up_evidence(), made_up_areas());
  EXPECT_EQ(std::get<std::int64_t>(series.figures[0].count), 11);
  EXPECT_EQ(refusal_of(series.figures[2].count).rule, Rule::nothing_received);
}

TEST(Measures, carry_their_caveats) {
  const Series series = build_series(drugs_in({k_marsh}), made_up_evidence(), made_up_areas());
  EXPECT_EQ(series.figures[0].caveats.codes(), "POLICE_ACTIVITY SMALL_COUNT SNAPPED_LOCATION");
  EXPECT_EQ(series.figures[1].caveats.codes(), "POLICE_ACTIVITY SNAPPED_LOCATION");
  EXPECT_EQ(series.caveats.codes(), "POLICE_ACTIVITY SMALL_COUNT ABSENT_NOT_ZERO SNAPPED_LOCATION");
  const Series by_force = build_series(drugs_in({k_otherford_force}), made_up_evidence(), made_up_areas());
  EXPECT_TRUE(by_force.caveats.has(Caveat::vintage));
}

TEST(Measures, say_how_many_records_have_no_place) {
  Evidence evidence = made_up_evidence();
  evidence.blanks = {{k_otherford_force, month(2025, 1), 7}, {k_elsewhere_force, month(2025, 1), 3}};
  const Series series = build_series(drugs_in({k_marsh}), evidence, made_up_areas());
  const auto& notes = series.figures[0].caveats.notes();
  const auto blank = std::ranges::find(notes, Caveat::blank_field, &CaveatNote::caveat);
  ASSERT_NE(blank, notes.end());
  EXPECT_EQ(blank->detail, "2025-01: 7 records of the force have no place and are in no area");
  EXPECT_FALSE(series.figures[1].caveats.has(Caveat::blank_field));
}

TEST(Measures, give_a_rate_only_over_residents_of_the_area_and_of_a_near_year) {
  SeriesRequest request = drugs_in({k_marsh});
  request.is_rate = true;
  const Series series = build_series(request, made_up_evidence(), made_up_areas());
  const Figure& february = series.figures[1];
  ASSERT_TRUE(february.rate.has_value());
  const Rate& drawn = std::get<Rate>(*february.rate);
  EXPECT_NEAR(drawn.value, 12 / 0.52, 1e-9);
  EXPECT_TRUE(february.caveats.has(Caveat::vintage));
  EXPECT_EQ(
      february.method,
      "Records counted one by one; 95 per cent interval of the mean, exact for Poisson counts (Garwood 1936); per "
      "100,000 residents of mid-2020 (52000), for the period and not for a year");
  // A month that is missing has no rate either.
  EXPECT_EQ(std::get<Refusal>(*series.figures[3].rate).rule, Rule::nothing_received);
}

TEST(Measures, refuse_a_rate_without_residents_or_with_those_of_long_ago) {
  SeriesRequest request = drugs_in({k_hill});
  request.is_rate = true;
  Evidence evidence = made_up_evidence();
  const Series nobody = build_series(request, evidence, made_up_areas());
  EXPECT_EQ(std::get<Refusal>(*nobody.figures[0].rate).reason,
            "No number of residents is known for Elsewhere Hill, so no rate is given.");
  request.areas = {k_marsh};
  request.span = single_month(month(2026, 1));
  evidence.coverage.add(k_otherford_force, month(2026, 1));
  const Series late = build_series(request, evidence, made_up_areas());
  EXPECT_EQ(
      std::get<Refusal>(*late.figures[0].rate).reason,
      "The nearest number of residents of Otherford upon the Marsh is of 2020, 6 years from 2026; more than 5 years "
      "apart no rate is given.");
}

TEST(Measures, compare_periods_of_one_length_with_ten_events_or_more) {
  Evidence evidence = made_up_evidence();
  const Series series = build_series(drugs_in({k_marsh}), evidence, made_up_areas());
  const auto small = change_between(series.figures[0], series.figures[1]);
  EXPECT_EQ(std::get<Refusal>(small).rule, Rule::no_change_under_ten);
  const auto missing = change_between(series.figures[2], series.figures[3]);
  EXPECT_EQ(std::get<Refusal>(missing).rule, Rule::nothing_received);
  const auto grown = change_between(series.figures[1], series.figures[4]);
  const Change& change = std::get<Change>(grown);
  EXPECT_NEAR(change.percent, 150, 1e-9);
  EXPECT_GT(change.percent_interval.low, 0);
  EXPECT_LT(change.p_value, 0.05);
  EXPECT_TRUE(change.caveats.has(Caveat::police_activity));
  const Series whole = build_series(drugs_in({k_marsh}, PeriodLength::quarter), evidence, made_up_areas());
  const auto unlike = change_between(series.figures[1], whole.figures[0]);
  EXPECT_EQ(std::get<Refusal>(unlike).reason, "2025-02 and 2025-Q1 are not of the same length, so no change is given.");
}

TEST(Measures, refuse_an_area_of_a_kind_that_the_records_do_not_carry) {
  SeriesRequest request = drugs_in({k_marsh});
  request.measure = find_measure("searches");
  const Series series = build_series(request, made_up_evidence(), made_up_areas());
  EXPECT_EQ(refusal_of(series.figures[0].count).rule, Rule::area_not_recorded);
  EXPECT_EQ(
      refusal_of(series.figures[0].count).reason,
      "Stops and searches, by the force that made them is counted by force alone, and Otherford upon the Marsh is a "
      "local-authority.");
  EXPECT_EQ(refusal_of(series.figures[0].count).remedy, "Ask for a force.");
}

TEST(Measures, never_join_series_of_different_universes) {
  const Series one = build_series(drugs_in({k_marsh}), made_up_evidence(), made_up_areas());
  Series other = one;
  other.measure = find_measure("borough-offences");
  const auto refused = join(one, other);
  EXPECT_EQ(std::get<Refusal>(refused).rule, Rule::universes_are_not_joined);
  EXPECT_EQ(
      std::get<Refusal>(refused).reason,
      "These series count different things under similar names and may not be joined. They are “Recorded offences, "
      "by where they happened” and “Offences in London boroughs, as the Metropolitan Police count them”.");
  EXPECT_EQ(std::get<Series>(join(one, one)).figures.size(), 10U);
}

TEST(Measures, notice_a_category_that_ends_where_another_begins) {
  const Evidence evidence = made_up_evidence();
  const auto drifting = drifting_categories(evidence.categories, *evidence.coverage.span());
  ASSERT_EQ(drifting.size(), 2U);
  EXPECT_EQ(drifting.at("violence"), "“Violent crime” ends in 2025-02 and “Violence” begins in 2025-03");
  SeriesRequest request = drugs_in({k_marsh});
  request.category = "violence";
  EXPECT_TRUE(build_series(request, evidence, made_up_areas()).caveats.has(Caveat::category_renamed));
  request.category = "all";
  EXPECT_TRUE(build_series(request, evidence, made_up_areas()).caveats.has(Caveat::category_renamed));
  request.category = "drugs";
  EXPECT_FALSE(build_series(request, evidence, made_up_areas()).caveats.has(Caveat::category_renamed));
}

TEST(Measures, answer_a_misspelt_category_with_the_nearest) {
  const auto uses = made_up_evidence().categories;
  EXPECT_EQ(resolve_category("Violent crime", uses).value(), "violent-crime");
  EXPECT_EQ(resolve_category("all", uses).value(), "all");
  const auto wrong = resolve_category("Drugz", uses);
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(
      wrong.error().message(),
      "Nothing was received under the category “Drugz”. Did you mean “drugs”? The categories are all, drugs, violence, "
      "violent-crime.");
}

RC_GTEST_PROP(Measures, of_a_span_are_the_sum_of_its_months_when_all_were_received, ()) {
  Evidence evidence;
  std::int64_t total = 0;
  for (int number = 1; number <= 12; ++number) {
    evidence.coverage.add(k_otherford_force, month(2025, number));
    const auto count = *rc::gen::inRange<std::int64_t>(0, 100);
    evidence.counts.push_back({k_marsh, month(2025, number), count});
    total += count;
  }
  SeriesRequest request = drugs_in({k_marsh}, PeriodLength::twelve_months);
  request.span.end = month(2026, 1);
  const Series series = build_series(request, evidence, made_up_areas());
  RC_ASSERT(series.figures.size() == 1U);
  RC_ASSERT(std::get<std::int64_t>(series.figures[0].count) == total);
}

}  // namespace
}  // namespace throughline::evidence
