// Known answers of series_in over a made-up county: every count can be read off the events that a test adds.
#include "app/measure_answer.h"

#include <gtest/gtest.h>

#include "evidence/made_up_store.h"
#include "store/permit_for_tests.h"

namespace throughline::app {
namespace {

struct HeldPermit {
  store::PermitForTests permit;
};
struct MadeUpStore : private HeldPermit, evidence::StoreFilledByHand {
  MadeUpStore() : StoreFilledByHand(permit.write()) {}
};

base::Month month(int year, int number) {
  return base::Month(year * 12 + number - 1);
}

// Otherford's force sent January and February of 2024 and of 2025: 10 and 20 drug offences, then 15 and 30.
void add_two_years(MadeUpStore& store) {
  store.add({.month = month(2024, 1)}, 10);
  store.add({.month = month(2024, 2)}, 20);
  store.add({.month = month(2025, 1)}, 15);
  store.add({.month = month(2025, 2)}, 30);
}

SeriesAnswer asked(MadeUpStore& store, const SeriesQuery& query) {
  const evidence::World world = store.world({1});
  return series_in(world, query).value();
}

TEST(MeasureAnswer, HasEachMonthTheTotalAndTheChangeFromTheSameMonthsAYearBefore) {
  MadeUpStore store;
  add_two_years(store);
  const SeriesAnswer answer = asked(
      store, {.measure = "crimes", .category = "Drugs", .areas = {"E07000901"}, .from = "2025-01", .to = "2025-02"});
  ASSERT_EQ(answer.figures.size(), 2U);
  EXPECT_EQ(answer.figures[0].count, 15);
  EXPECT_EQ(answer.figures[1].count, 30);
  ASSERT_EQ(answer.totals.size(), 1U);
  EXPECT_EQ(answer.totals[0].count, 45);
  ASSERT_EQ(answer.changes.size(), 1U);
  const ChangeShown& change = answer.changes[0];
  EXPECT_EQ(change.before.count, 30);
  EXPECT_EQ(change.after.count, 45);
  EXPECT_FALSE(change.refusal);
  EXPECT_NEAR(change.percent.value(), 50.0, 1e-9);
  EXPECT_LT(change.interval->low, 50.0);
  EXPECT_GT(change.interval->high, 50.0);
}

TEST(MeasureAnswer, OfAMonthThatNeverCameIsRefusedAndSoAreTheTotalAndTheChange) {
  MadeUpStore store;
  add_two_years(store);
  const SeriesAnswer answer = asked(
      store, {.measure = "crimes", .category = "Drugs", .areas = {"E07000901"}, .from = "2025-01", .to = "2025-03"});
  ASSERT_EQ(answer.figures.size(), 3U);
  EXPECT_EQ(answer.figures[2].count, std::nullopt);
  EXPECT_TRUE(answer.figures[2].refusal);
  EXPECT_EQ(answer.totals[0].count, std::nullopt);
  EXPECT_EQ(answer.totals[0].received_count, 45);
  EXPECT_EQ(answer.totals[0].missing, std::vector<std::string>{"2025-03"});
  EXPECT_EQ(answer.changes[0].percent, std::nullopt);
  EXPECT_TRUE(answer.changes[0].refusal);
}

TEST(MeasureAnswer, TakesAreasOfSeveralKindsEachOnceInTheOrderAsked) {
  MadeUpStore store;
  add_two_years(store);
  const SeriesAnswer answer = asked(store, {.measure = "crimes",
                                            .category = "Drugs",
                                            .areas = {"E23000901", "E07000901", "E01000901", "E07000901"},
                                            .from = "2025-01",
                                            .to = "2025-02"});
  ASSERT_EQ(answer.areas.size(), 3U);
  EXPECT_EQ(answer.areas[0].kind, "force");
  EXPECT_EQ(answer.areas[1].kind, "local-authority");
  EXPECT_EQ(answer.areas[2].kind, "lsoa");
  ASSERT_EQ(answer.totals.size(), 3U);
  for (const FigureShown& total : answer.totals) EXPECT_EQ(total.count, 45) << total.area;
}

TEST(MeasureAnswer, OfFewEventsGivesNoChangeAndSaysWhy) {
  MadeUpStore store;
  store.add({.month = month(2024, 1)}, 3);
  store.add({.month = month(2025, 1)}, 30);
  const SeriesAnswer answer = asked(
      store, {.measure = "crimes", .category = "Drugs", .areas = {"E07000901"}, .from = "2025-01", .to = "2025-01"});
  EXPECT_EQ(answer.changes[0].before.count, 3);
  EXPECT_EQ(answer.changes[0].percent, std::nullopt);
  ASSERT_TRUE(answer.changes[0].refusal);
  EXPECT_FALSE(answer.changes[0].refusal->reason.empty());
}

TEST(MeasureAnswer, IsAnErrorWithTheNearestNameForAnAreaThatIsMisspelt) {
  MadeUpStore store;
  add_two_years(store);
  const evidence::World world = store.world({1});
  const base::Error error = series_in(world, {.measure = "crimes", .areas = {"Elsewhere Hil"}}).error();
  EXPECT_EQ(error.code, "area_unknown");
  EXPECT_NE(error.remedy.find("Elsewhere Hill"), std::string::npos) << error.remedy;
}

TEST(ChangeSection, HasARowForEachAreaAndTheReasonWhereThereIsNoChange) {
  MadeUpStore store;
  add_two_years(store);
  const Section section = change_section(asked(
      store, {.measure = "crimes", .category = "Drugs", .area_kind = "force", .from = "2025-01", .to = "2025-02"}));
  const Table& table = section.tables.at(0);
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(table.rows[0].at(2), Value(std::int64_t{30}));
  EXPECT_EQ(table.rows[0].at(4), Value(std::int64_t{45}));
  EXPECT_EQ(std::get<Decimal>(table.rows[0].at(5)).value, 50.0);
  EXPECT_EQ(table.rows[0].back(), Value());
}

}  // namespace
}  // namespace throughline::app
