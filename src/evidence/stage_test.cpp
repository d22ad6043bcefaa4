#include "evidence/stage.h"

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "evidence/cell.h"
#include "evidence/made_up_store.h"
#include "store/permit_for_tests.h"

namespace throughline::evidence {
namespace {

struct HeldPermit {
  store::PermitForTests permit;
};
struct MadeUpStore : private HeldPermit, StoreFilledByHand {
  MadeUpStore() : StoreFilledByHand(permit.write()) {}
};

base::Month month(int year, int number) {
  return base::Month(year * 12 + number - 1);
}

std::int64_t count_of(const Figure& figure) {
  return std::get<std::int64_t>(figure.count);
}

TEST(Stage, counts_events_where_they_happened_and_where_they_were_recorded) {
  MadeUpStore store;
  store.add({.lsoa = k_lsoa_1}, 3);
  store.add({.lsoa = k_lsoa_2011}, 1);
  store.add({.lsoa = k_lsoa_3}, 2);  // Recorded by Otherford inside Elsewhere.
  store.add({.lsoa = std::nullopt}, 4);
  store.add({.extract = 2, .force = "City of Elsewhere Police", .lsoa = k_lsoa_3}, 5);
  const World world = store.world({1, 2});
  const auto by_place =
      measure(world, resolve(world, {.measure = "crimes", .category = "Drugs", .area_kind = "force"}).value());
  ASSERT_TRUE(by_place.ok());
  ASSERT_EQ(by_place.value().figures.size(), 2U);
  EXPECT_EQ(count_of(by_place.value().figures[0]), 7);  // Elsewhere stands first, by name.
  EXPECT_EQ(count_of(by_place.value().figures[1]), 4);
  EXPECT_TRUE(by_place.value().figures[1].caveats.has(Caveat::blank_field));
  const auto by_reporter = measure(world, resolve(world, {.measure = "crimes-reported"}).value());
  EXPECT_EQ(count_of(by_reporter.value().figures[0]), 5);
  EXPECT_EQ(count_of(by_reporter.value().figures[1]), 10);
}

TEST(Stage, leaves_out_extracts_that_cannot_be_seen) {
  MadeUpStore store;
  store.add({.extract = 1}, 3);
  store.add({.extract = 2}, 5);  // The corrected extract.
  const World before = store.world({1});
  const World after = store.world({2});
  const CellId cell = parse_cell("crimes/drugs/E23000901/2025-01").value();
  EXPECT_EQ(count_of(recompute(before, cell, 0).value().series.figures[0]), 3);
  EXPECT_EQ(count_of(recompute(after, cell, 0).value().series.figures[0]), 5);
}

TEST(Stage, leaves_antisocial_behaviour_out_of_all_offences_but_counts_it_by_name) {
  MadeUpStore store;
  store.add({.category = "Drugs"}, 3);
  store.add({.category = "Anti-social behaviour"}, 8);
  const World world = store.world({1});
  const auto count = [&](const char* cell) {
    return count_of(recompute(world, parse_cell(cell).value(), 0).value().series.figures[0]);
  };
  EXPECT_EQ(count("crimes/all/E23000901/2025-01"), 3);
  EXPECT_EQ(count("crimes/anti-social-behaviour/E23000901/2025-01"), 8);
  EXPECT_EQ(recompute(world, parse_cell("crimes/all/E23000901/2025-01").value(), 0).value().rows_total, 3);
}

TEST(Stage, traces_a_figure_to_its_extracts_and_first_rows) {
  MadeUpStore store;
  store.add({.extract = 1, .lsoa = k_lsoa_3}, 1);
  store.add({.extract = 1, .lsoa = k_lsoa_1}, 3);
  store.add({.extract = 2, .lsoa = k_lsoa_2}, 2);
  const World world = store.world({1, 2});
  const auto answer = recompute(world, parse_cell("crimes/drugs/E07000901/2025-01").value(), 4);
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(count_of(answer.value().series.figures[0]), 5);
  EXPECT_EQ(answer.value().rows_total, 5);
  ASSERT_EQ(answer.value().sources.size(), 2U);
  EXPECT_EQ(answer.value().sources[0].rows, 3);
  EXPECT_EQ(answer.value().sources[1].extract.file_name, "2.csv");
  EXPECT_EQ(answer.value().rows, (std::vector<std::string>{"0000000000000001:100", "0000000000000001:200",
                                                           "0000000000000001:300", "0000000000000002:400"}));
}

TEST(Stage, knows_a_received_month_without_events_from_one_that_never_came) {
  MadeUpStore store;
  store.add({.category = "Robbery", .month = month(2025, 1)});
  store.add({.category = "Drugs", .month = month(2025, 3)}, 12);
  const World world = store.world({1});
  const Series series = measure(world, resolve(world, {.measure = "crimes", .category = "drugs"}).value()).value();
  ASSERT_EQ(series.figures.size(), 3U);
  EXPECT_EQ(count_of(series.figures[0]), 0);
  EXPECT_EQ(std::get<Refusal>(series.figures[1].count).rule, Rule::nothing_received);
  EXPECT_EQ(count_of(series.figures[2]), 12);
}

TEST(Stage, takes_the_coverage_that_an_extract_declares_even_when_it_has_no_rows) {
  MadeUpStore store;
  store.add({.month = month(2025, 1)});
  const World world = store.world({1}, CountPath::cube, "Otherford Constabulary 2025-02..2025-03");
  const Series series = measure(world, resolve(world, {.measure = "crimes", .category = "drugs"}).value()).value();
  ASSERT_EQ(series.figures.size(), 3U);
  EXPECT_EQ(count_of(series.figures[2]), 0);
}

TEST(Stage, a_force_that_leaves_a_field_blank_for_a_month_has_no_figure_and_not_a_nought) {
  MadeUpStore store;
  store.mapping = "police-uk-stop-and-search";
  store.add({.category = "Controlled drugs", .month = month(2020, 8)}, 12);
  store.add({.category = "", .month = month(2020, 8)}, 3);
  store.add({.category = "", .month = month(2020, 9)}, 20);
  const World world = store.world({1});
  const Series drugs =
      measure(world, resolve(world, {.measure = "searches", .category = "controlled-drugs"}).value()).value();
  ASSERT_EQ(drugs.figures.size(), 2U);
  EXPECT_EQ(count_of(drugs.figures[0]), 12);
  EXPECT_TRUE(drugs.figures[0].caveats.has(Caveat::blank_field));
  const auto& refusal = std::get<Refusal>(drugs.figures[1].count);
  EXPECT_EQ(refusal.rule, Rule::category_not_recorded);
  EXPECT_EQ(refusal.reason,
            "Every record of Otherford in 2020-09 leaves blank what this counts by; that is an absence, not a nought.");
  const Series all = measure(world, resolve(world, {.measure = "searches"}).value()).value();
  EXPECT_EQ(count_of(all.figures[1]), 20);
}

TEST(Stage, published_figures_of_no_area_are_in_no_figure_and_are_told) {
  MadeUpStore store;
  store.mapping = "borough-counts";
  store.run(
      fmt::format("INSERT INTO observation VALUES (1, 1, 0, {0}, {1}, 'TRAFFICKING OF DRUGS', 4), "
                  "(1, 2, 0, NULL, {1}, 'TRAFFICKING OF DRUGS', 6), (1, 3, 0, NULL, {1}, 'HOMICIDE', 1)",
                  k_hill.packed(), month(2025, 1).index()));
  const World world = store.world({1});
  const Series series =
      measure(world, resolve(world, {.measure = "borough-offences", .category = "trafficking-of-drugs"}).value())
          .value();
  ASSERT_EQ(series.figures.size(), 1U);
  EXPECT_EQ(count_of(series.figures[0]), 4);
  const auto& notes = series.figures[0].caveats.notes();
  EXPECT_TRUE(std::ranges::any_of(notes, [](const CaveatNote& note) {
    return note.detail == "6 events printed under no area of the look-up are in no figure, 2025-01";
  }));
}

TEST(Stage, counts_every_record_by_its_word_whatever_its_area) {
  MadeUpStore store;
  store.add({.category = "Drugs"}, 3);
  store.add({.category = "Drugs", .month = month(2025, 2), .lsoa = std::nullopt}, 2);
  store.add({.category = "", .force = "Nowhere Police"}, 1);
  const World world = store.world({1});
  for (const CountPath path : {CountPath::rows, CountPath::cube}) {
    const auto counts = count_by_category(*world.view().connection, {.extracts = {1}, .path = path});
    ASSERT_TRUE(counts.ok());
    ASSERT_EQ(counts.value().size(), 2U);
    EXPECT_EQ(counts.value()[0].use.words, "");
    EXPECT_EQ(counts.value()[1].count, 5);
    EXPECT_EQ(counts.value()[1].use.last, month(2025, 2));
  }
}

TEST(Stage, answers_wrong_questions_with_what_to_ask) {
  MadeUpStore store;
  store.add({});
  const World world = store.world({1});
  const auto message = [&](const Question& question) { return resolve(world, question).error().message(); };
  EXPECT_EQ(message({.measure = "crimes", .area_kind = "wards"}),
            "There is no kind of area “wards”. Did you mean “ward”? The kinds are lsoa, ward, local-authority, force.");
  EXPECT_EQ(message({.measure = "crimes", .from = "March"}), "“March” is not a month. Write it as 2025-03.");
  EXPECT_EQ(message({.measure = "crimes", .from = "2025-05", .to = "2025-03"}),
            "The period ends (2025-03) before it begins (2025-05). Swap the two months.");
  EXPECT_EQ(
      message({.measure = "searches"}),
      "Nothing that “searches” counts was received. Ingest files of that source, and the reference files that name "
      "forces and areas, first.");
  EXPECT_EQ(message({.measure = "crimes", .area = "Marsh 001A", .area_kind = "local-authority"}),
            "No local-authority lies in Marsh 001A. Ask for a smaller kind of area.");
}

TEST(Stage, summarises_the_offence_groups_in_use_with_areas_by_name) {
  MadeUpStore store;
  store.add({.category = "Drugs"}, 3);
  store.add({.extract = 2, .category = "Robbery", .force = "City of Elsewhere Police", .lsoa = k_lsoa_3}, 20);
  const auto made = summary(store.world({1, 2}));
  ASSERT_TRUE(made.ok());
  ASSERT_EQ(made.value().by_force.size(), 2U);
  EXPECT_EQ(made.value().by_force[1].category_words, "Robbery");
  EXPECT_EQ(made.value().by_force[1].figures[0].cell.area, "E23000902");
  EXPECT_FALSE(made.value().searches.has_value());
  EXPECT_FALSE(made.value().trafficking.has_value());
}

TEST(Stage, summarises_searches_by_periods_of_twelve_months) {
  MadeUpStore store;
  store.mapping = "police-uk-stop-and-search";
  for (int i = 0; i < 14; ++i) store.add({.category = "Firearms", .month = month(2020, 1) + i}, 2);
  const auto made = summary(store.world({1}));
  ASSERT_TRUE(made.ok() && made.value().searches.has_value());
  ASSERT_EQ(made.value().searches->figures.size(), 1U);
  EXPECT_EQ(to_text(made.value().searches->figures[0].cell.period), "2020-03..2021-02");
  EXPECT_EQ(count_of(made.value().searches->figures[0]), 24);
}

// Every figure of every kind of area, along both paths.
void expect_same_figures(const World& from_rows, const World& from_cube, const Question& question) {
  const Series one = measure(from_rows, resolve(from_rows, question).value()).value();
  const Series other = measure(from_cube, resolve(from_cube, question).value()).value();
  ASSERT_EQ(one.figures.size(), other.figures.size());
  ASSERT_FALSE(one.figures.empty());
  for (std::size_t i = 0; i < one.figures.size(); ++i) {
    EXPECT_EQ(one.figures[i].count, other.figures[i].count);
    EXPECT_EQ(one.figures[i].received_count, other.figures[i].received_count);
    EXPECT_EQ(one.figures[i].caveats, other.figures[i].caveats);
  }
}

TEST(Stage, gives_the_same_figures_from_the_rows_and_from_the_cube) {
  const std::vector<std::string> categories{"Drugs", "Robbery", "Anti-social behaviour"};
  const std::vector<std::string> forces{"Otherford Constabulary", "City of Elsewhere Police"};
  const std::vector<std::optional<AreaCode>> places{k_lsoa_1, k_lsoa_2, k_lsoa_3, k_lsoa_2011, k_lsoa_2011_torn, {}};
  base::Random random(base::RandomKey{.seed = 7, .stream = 1});
  MadeUpStore store;
  const auto draw = [&](std::size_t n) {
    return static_cast<std::size_t>(random.below(static_cast<std::uint64_t>(n)));
  };
  for (int i = 0; i < 500; ++i) {
    store.add({.extract = static_cast<std::int32_t>(draw(3)) + 1,
               .category = categories[draw(3)],
               .month = month(2025, static_cast<int>(draw(4)) + 1),
               .force = forces[draw(2)],
               .lsoa = places[draw(6)]});
  }
  for (const std::vector<std::int32_t>& extracts : std::vector<std::vector<std::int32_t>>{{1, 2, 3}, {1, 3}, {2}}) {
    const World from_rows = store.world(extracts, CountPath::rows);
    const World from_cube = store.world(extracts, CountPath::cube);
    for (const char* kind : {"lsoa", "ward", "local-authority", "force"}) {
      for (const char* category : {"", "drugs"}) {
        expect_same_figures(from_rows, from_cube, {.measure = "crimes", .category = category, .area_kind = kind});
      }
    }
    expect_same_figures(from_rows, from_cube, {.measure = "crimes-reported"});
  }
}

}  // namespace
}  // namespace throughline::evidence
