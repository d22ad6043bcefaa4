// The patterns that the model must show, each beside a model with the mechanism taken out, in which the same question
// has another answer. The ninth is in ensemble/acceptance_test, with the criteria that all are accepted by.
#include <gtest/gtest.h>

#include <algorithm>

#include "simulate/ensemble/displacement.h"
#include "simulate/testing_patterns.h"

namespace throughline::simulate {
namespace {

Parameters usual() {
  return small_input().parameters;
}

Scenario struck(StrikeTarget target, std::int32_t day, double share = 1) {
  Scenario scenario;
  scenario.strikes = {{.target = target, .share = share, .day = day}};
  return scenario;
}

Scenario changed(std::vector<LeverAction> actions) {
  Scenario scenario;
  scenario.actions = std::move(actions);
  return scenario;
}

// Lines in the fourth week after everybody who carries was arrested, beside the baseline.
struct LinesBack {
  double share = 0;
  double low = 0;  // Limits of the difference.
  double high = 0;
};

LinesBack lines_back_in_four_weeks(const Scenario& scenario) {
  const PatternPairs pairs(usual(), {scenario}, {.days = 126, .replicates = 8});
  const PeriodDifference week = pairs.periods(0, Outcome::lines_open).back();
  return {.share = 1 + week.difference / week.baseline, .low = week.low, .high = week.high};
}

TEST(Pattern1, lines_are_back_four_weeks_after_those_who_carry_were_arrested) {
  Scenario scenario = struck(StrikeTarget::carriers, 98);
  const LinesBack back = lines_back_in_four_weeks(scenario);
  EXPECT_GE(back.share, 0.95);
  EXPECT_LE(back.low, 0);
  EXPECT_GE(back.high, 0);
  // Without anybody to be recruited they are not: it is replacement that brings them back.
  scenario.actions = {turned(Lever::recruitment, 0, 98), turned(Lever::newcomers, 0, 98)};
  const LinesBack gone = lines_back_in_four_weeks(scenario);
  EXPECT_LT(gone.share, 0.95);
  EXPECT_LT(gone.high, 0);
}

struct Outages {
  double ratio = 0;            // Of sales lost, controllers to those who carry.
  double more_fights_low = 0;  // In the week after controllers were arrested.
  double more_fights = 0;      // The same, the mean.
  double more_later = 0;       // A week, from the sixth on.
};

Outages outages(const Parameters& numbers) {
  const PatternPairs pairs(numbers, {struck(StrikeTarget::carriers, 98), struck(StrikeTarget::controllers, 98)},
                           {.days = 210, .replicates = 7});
  Outages found;
  found.ratio =
      pairs.total(1, Outcome::pounds_lines_sold).difference / pairs.total(0, Outcome::pounds_lines_sold).difference;
  for (const PeriodDifference& week : pairs.periods(1, Outcome::fights)) {
    if (week.from_day == 98) found.more_fights_low = week.low;
    if (week.from_day == 98) found.more_fights = week.difference;
    if (week.from_day >= 133) found.more_later += week.difference / 11;
  }
  return found;
}

TEST(Pattern2, arresting_controllers_is_the_longer_outage_and_starts_fights) {
  const Outages found = outages(usual());
  EXPECT_GT(found.ratio, 3);
  EXPECT_GT(found.more_fights_low, 0);
  EXPECT_LT(found.more_later, found.more_fights / 10) << "they fall again";
  Parameters handed_over = usual();
  handed_over.line_closing_probability = 0;
  handed_over.line_would_be_per_line = 10;
  const Outages none = outages(handed_over);
  EXPECT_LT(none.ratio, 3);
  EXPECT_LE(none.more_fights_low, 0);
}

double more_lines_without_locals(const Parameters& numbers) {
  const PatternPairs pairs(numbers, {changed({turned(Lever::local_arrests, 30, 60)})}, {.days = 400, .replicates = 6});
  return pairs.total(0, Outcome::lines_open).low;
}

TEST(Pattern3, lines_come_in_where_local_sellers_are_removed) {
  EXPECT_GT(more_lines_without_locals(usual()), 0);
  Parameters blind = usual();
  blind.line_competition_weight = 0;
  EXPECT_LE(more_lines_without_locals(blind), 0);
}

struct Drought {
  double purity_least = 1;
  double price_at_half_purity = 0;  // When what is in it costs 1.76 times as much.
};

// Every week of a drought, from one run to the next.
Drought drought(const Parameters& numbers) {
  const PatternPairs pairs(numbers, {changed({turned(Lever::imports, 0.3, 28, 170)})}, {.days = 200, .replicates = 5});
  const auto purity = pairs.periods(0, Outcome::heroin_purity);
  const auto price = pairs.periods(0, Outcome::heroin_price);
  Drought found;
  for (std::size_t week = 0; week < purity.size(); ++week) {
    const double what_is_in_it = purity[week].baseline + purity[week].difference;
    const double nominal = price[week].baseline + price[week].difference;
    found.purity_least = std::min(found.purity_least, what_is_in_it);
    if (nominal / what_is_in_it <= 1.76) found.price_at_half_purity = nominal;
    if (nominal / what_is_in_it > 1.76) break;
  }
  return found;
}

// In 2010 and 2011 a gram fell by 11 per cent, what was in it rose by 76.
TEST(Pattern4, a_drought_goes_into_purity_while_the_price_hardly_moves) {
  const Drought found = drought(usual());
  EXPECT_LT(found.purity_least, 0.52);
  EXPECT_GT(found.price_at_half_purity, 0.87);
  EXPECT_LE(found.price_at_half_purity, 1.0);
  Parameters uncut = usual();
  uncut.market_purity_floor = 0.9;
  EXPECT_GT(drought(uncut).purity_least, 0.85);
}

TEST(Pattern5, recorded_crime_follows_effort_and_admissions_follow_what_happens) {
  const Scenario effort = changed({turned(Lever::recording, 1.5)});
  const Scenario programme = changed({turned(Lever::recording, 1.5), turned(Lever::treatment_retention, 2),
                                      turned(Lever::recruitment, 0.5), turned(Lever::newcomers, 0.5)});
  const PatternPairs pairs(usual(), {effort, programme}, {.days = 730, .replicates = 8});
  EXPECT_GT(pairs.total(0, Outcome::drug_offences_recorded).low, 0);
  EXPECT_EQ(pairs.total(0, Outcome::admissions_wounded).difference, 0) << "effort alone changes nothing but the record";
  EXPECT_EQ(pairs.total(0, Outcome::admissions_drugs).difference, 0);
  EXPECT_GT(pairs.total(1, Outcome::violence_recorded).low, 0);
  EXPECT_LT(pairs.total(1, Outcome::admissions_wounded).high, 0);
}

// With no searches, and nothing of violence written down, more effort leaves no trace.
TEST(Pattern5, without_searches_and_records_effort_leaves_no_trace) {
  Parameters unrecorded = usual();
  unrecorded.police_searches_per_1000_users = 0;
  unrecorded.violence_recorded = 0;
  const PatternPairs pairs(unrecorded, {changed({turned(Lever::recording, 1.5)})},
                           {.days = 120, .replicates = 5, .scale = 0.5});
  EXPECT_GT(pairs.total(0, Outcome::drug_offences_recorded).baseline, 0) << "arrests are";
  EXPECT_EQ(pairs.total(0, Outcome::drug_offences_recorded).difference, 0);
  EXPECT_EQ(pairs.total(0, Outcome::violence_recorded).difference, 0);
}

// The quotient of displacement of lines out of Norfolk: below nought some moved, above nought others lost too.
double displaced(const PatternPairs& pairs, std::size_t scenario) {
  const OutcomeDifference there = pairs.total(scenario, Outcome::lines_open, Whereabouts::acted_on);
  const OutcomeDifference elsewhere = pairs.total(scenario, Outcome::lines_open, Whereabouts::elsewhere);
  return displacement_quotient(
             {.treated = {.before = there.baseline, .after = there.baseline + there.difference},
              .beside = {.before = elsewhere.baseline, .after = elsewhere.baseline + elsewhere.difference}})
      .value_or(0);
}

struct Moved {
  double by_stops = 0;
  double by_controllers = 0;
};

Moved moved(const Parameters& numbers) {
  const std::vector<std::int32_t> norfolk{5, 6, 7};
  Scenario stops = changed({turned(Lever::travel_stops, 4)});
  Scenario arrests = changed({turned(Lever::controller_arrests, 4)});
  stops.actions[0].areas = norfolk;
  arrests.actions[0].areas = norfolk;
  const PatternPairs pairs(numbers, {stops, arrests}, {.days = 730, .replicates = 6});
  return {.by_stops = displaced(pairs, 0), .by_controllers = displaced(pairs, 1)};
}

TEST(Pattern6, watched_roads_move_lines_elsewhere_and_arrested_controllers_take_from_other_places_too) {
  const Moved found = moved(usual());
  EXPECT_LT(found.by_stops, 0);
  EXPECT_GT(found.by_controllers, 0);
  Parameters near = usual();
  near.line_minutes_decay = 0;
  near.police_travel_arrest_per_hour = 0;
  near.police_controller_arrest_per_year = 0;
  const Moved none = moved(near);
  EXPECT_GE(none.by_stops, 0) << "nothing deters";
  EXPECT_LE(none.by_controllers, 0) << "nobody is arrested";
}

// After five years of half the recruitment, and of twice the arrests.
struct FiveYears {
  bool are_lines_fewer = false;
  bool are_fights_fewer = false;
};

FiveYears recruitment_beside_arrests(const Parameters& numbers) {
  const PatternPairs pairs(numbers,
                           {changed({turned(Lever::recruitment, 0.5), turned(Lever::newcomers, 0.5)}),
                            changed({turned(Lever::carrier_arrests, 2), turned(Lever::controller_arrests, 2)})},
                           {.days = 1825, .replicates = 5, .scale = 0.4});
  return {.are_lines_fewer = pairs.total(0, Outcome::lines_open).high < pairs.total(1, Outcome::lines_open).low,
          .are_fights_fewer = pairs.total(0, Outcome::fights).high < pairs.total(1, Outcome::fights).low};
}

TEST(Pattern7, halving_recruitment_does_more_than_doubling_arrests_after_five_years) {
  const FiveYears found = recruitment_beside_arrests(usual());
  EXPECT_TRUE(found.are_lines_fewer);
  EXPECT_TRUE(found.are_fights_fewer);
  // Where nobody takes the place of who was arrested, arrests do at least as much.
  Parameters irreplaceable = usual();
  irreplaceable.line_contestants = 0;
  irreplaceable.line_entry_per_year = 0;
  irreplaceable.line_come_forward_per_year = 0;
  const FiveYears none = recruitment_beside_arrests(irreplaceable);
  EXPECT_FALSE(none.are_lines_fewer);
  EXPECT_FALSE(none.are_fights_fewer);
}

// Of shipments and of their size, at twice and four times the risk.
std::vector<double> grams_a_shipment(const Parameters& numbers) {
  const PatternPairs pairs(
      numbers,
      {Scenario{}, changed({turned(Lever::shipment_seizures, 2)}), changed({turned(Lever::shipment_seizures, 4)})},
      {.days = 365, .replicates = 5, .scale = 0.5});
  std::vector<double> grams;
  for (std::size_t scenario = 0; scenario < 3; ++scenario) {
    const OutcomeDifference brought = pairs.total(scenario, Outcome::grams_imported);
    const OutcomeDifference shipments = pairs.total(scenario, Outcome::shipments);
    grams.push_back((brought.baseline + brought.difference) / (shipments.baseline + shipments.difference));
  }
  return grams;
}

TEST(Pattern8, more_interdiction_means_more_and_smaller_shipments) {
  const std::vector<double> grams = grams_a_shipment(usual());
  EXPECT_GT(grams[0], 1.1 * grams[1]);
  EXPECT_GT(grams[1], 1.1 * grams[2]);
  Parameters one_way = usual();
  one_way.imports_routes_most = 1;
  const std::vector<double> stubborn = grams_a_shipment(one_way);
  EXPECT_LT(stubborn[0], 1.1 * stubborn[1]) << "fewer arrive, but on no more routes";
}

double more_internal_low(const Parameters& numbers) {
  const PatternPairs pairs(numbers, {changed({turned(Lever::travel_stops, 3)})}, {.days = 730, .replicates = 6});
  return pairs.total(0, Outcome::lines_internal).low;
}

TEST(Pattern10, lines_stay_at_home_when_journeys_are_watched) {
  EXPECT_GT(more_internal_low(usual()), 0);
  Parameters undeterred = usual();
  undeterred.line_minutes_decay = 0;
  undeterred.police_travel_arrest_per_hour = 0;
  EXPECT_LE(more_internal_low(undeterred), 0);
}

}  // namespace
}  // namespace throughline::simulate
