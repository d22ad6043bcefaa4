// define, measure --definition, gap and lag.

#include <set>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/define_verb.h"
#include "app/flat_report.h"
#include "app/gap_verb.h"
#include "app/lag_verb.h"
#include "app/made_up_world.h"
#include "evidence/lags/made_up_pairs.h"

namespace throughline::app {
namespace {

using testing::Contains;
using testing::HasSubstr;

struct SeriesVerbs : testing::Test, MadeUpWorld {
  Answer defined(const std::string& act, const std::string& name, const std::string& area = {}) const {
    return define(outside, settings, {.act = act, .name = name, .area = area});
  }
  // Two columns of made-up values.
  std::string pair_file(const evidence::MadeUpPair& law) const {
    const evidence::SeriesPair pair = evidence::made_up_pair(law);
    std::string text = "period,one,two\n";
    for (std::size_t i = 0; i < pair.leader.size(); ++i) {
      fmt::format_to(std::back_inserter(text), "{}-{:02},{:.6f},{:.6f}\n", 2000 + i / 12, i % 12 + 1, pair.leader[i],
                     pair.follower[i]);
    }
    return put("pair.csv", text);
  }
};

TEST_F(SeriesVerbs, define_lists_every_reading_and_compares_what_they_give) {
  EXPECT_THAT(flat(defined("list", "")), HasSubstr("possession-offence@2 | published | from 2004-04"));
  const Report compared = defined("compare", "drug death").value();
  const Table& values = section_of(compared, "compare").tables.at(1);
  const std::string text = flat(values);
  EXPECT_THAT(text, HasSubstr("drug-poisoning-death@1 | drug_deaths.poisoning | England and Wales | 2018 | 4359"));
  EXPECT_THAT(text,
              HasSubstr("drug-misuse-death@1 | drug_deaths.misuse | England and Wales | 2018 | 2917 | death | 0.669"));
  EXPECT_THAT(flat(compared.sections.front().tables.front()), HasSubstr("single cause-of-death code"));
  const Table& areas = section_of(compared, "compare").tables.back();
  EXPECT_THAT(flat(areas), HasSubstr("England and Wales | "));
  for (std::size_t row = 0; row < areas.rows.size(); ++row) {
    const auto area = flat(cell_of(areas, row, "area"));
    const Table there = section_of(defined("compare", "drug death", area).value(), "compare").tables.at(1);
    std::set<std::string> readings;
    for (std::size_t i = 0; i < there.rows.size(); ++i) {
      if (flat(cell_of(there, i, "area")) == area) readings.insert(flat(cell_of(there, i, "definition")));
    }
    EXPECT_EQ(std::get<std::int64_t>(cell_of(areas, row, "readings")), std::ssize(readings)) << area;
    if (row == 3) break;  // There are some hundreds.
  }
}

TEST_F(SeriesVerbs, define_says_what_is_missing_where_a_definition_cannot_be_carried_out) {
  const std::string line = flat(defined("show", "county-line-number"));
  EXPECT_THAT(line, HasSubstr("call records made into lines"));
  EXPECT_THAT(line, HasSubstr("2000 | numbers"));
  EXPECT_THAT(line, HasSubstr("county-line-brand@1"));
  EXPECT_THAT(flat(defined("show", "market-by-trafficking", "Kent")), HasSubstr("UNDEFINED_TERM"));
  EXPECT_EQ(defined("compair", "drug death").error().code, "act_unknown");
  EXPECT_EQ(defined("show", "").error().code, "name_missing");
  EXPECT_THAT(defined("show", "drug-offense").error().message(), HasSubstr("Did you mean “drug-offence”?"));
}

TEST_F(SeriesVerbs, measure_carries_out_a_definition_on_the_records_and_says_which) {
  static_cast<void>(founded());
  read_boroughs();
  const auto asked = [&](const MeasureRequest& request) { return measure(outside, settings, request); };
  MeasureRequest request;
  request.area = "Croydon";
  request.from = "2023-01";
  request.to = "2023-03";
  request.definition = "drug-offence";
  const Report both = asked(request).value();
  const Table& sums = section_of(both, "measure").tables.front();
  ASSERT_EQ(sums.rows.size(), 3U);
  EXPECT_EQ(fact_of(both, "measure", "definition"), Value("drug-offence@1"));
  EXPECT_THAT(flat(cell_of(sums, 0, "cells")), HasSubstr("trafficking-of-drugs"));
  std::int64_t parts = 0;
  for (const char* category : {"trafficking-of-drugs", "possession-of-drugs"}) {
    MeasureRequest one;
    one.measure = "borough-offences";
    one.category = category;
    one.area = "Croydon";
    one.from = "2023-01";
    one.to = "2023-01";
    const Report part = asked(one).value();
    parts += std::get<std::int64_t>(cell_of(section_of(part, "measure").tables.front(), 0, "count"));
  }
  EXPECT_EQ(cell_of(sums, 0, "count"), Value(parts));
  request.definition = "market-by-perception";
  EXPECT_EQ(asked(request).error().code, "definition_not_executable");
  EXPECT_THAT(asked(request).error().remedy, HasSubstr("a survey question"));
  request.definition = "drug-misuse-death";
  request.area.clear();
  EXPECT_THAT(flat(asked(request)), HasSubstr("2917"));
  request.category = "possession-of-drugs";
  EXPECT_EQ(asked(request).error().code, "definition_alone");
}

TEST_F(SeriesVerbs, gap_cites_what_is_printed_and_refuses_pairs_of_unlike_people) {
  const std::string text = flat(gap(outside, settings, {}));
  EXPECT_THAT(text, HasSubstr("universes_are_not_joined"));
  EXPECT_THAT(text, HasSubstr("59.8"));
  const std::string header = "area,period,in_treatment,treatment_universe,users,users_low,users_high,users_universe\n";
  const auto asked = [&](const std::string& rows) {
    return gap(outside, settings, {.input = put("gap.csv", header + rows)});
  };
  EXPECT_THAT(flat(asked("Otherford,2017/18,530,opiate,1000,900,1150,opiate\n")), HasSubstr("47.0 | 39.3 | 55.0"));
  EXPECT_THAT(flat(asked("Otherford,2017/18,530,opiate,1000,,,opiate\n")), HasSubstr("estimate_without_interval"));
  EXPECT_EQ(asked("Otherford,2017/18,0,opiate,1000,,,opiate\n").error().code, "people_none");
  EXPECT_EQ(asked("Otherford,2017/18,10000000001,opiate,1000,900,1150,opiate\n").error().code, "out_of_range");
  EXPECT_EQ(asked("Otherford,2017/18,5,opiate,10000000001,,,opiate\n").error().code, "out_of_range");
  EXPECT_EQ(asked("Otherford,2017/18,5,opiate,1000,1100,1200,opiate\n").error().code, "range_malformed");
}

TEST_F(SeriesVerbs, lag_prints_what_was_declared_first_and_finds_a_relation_that_is_there) {
  LagRequest request{.leader = "one",
                     .follower = "two",
                     .input = pair_file({.periods = 160, .lag = 2, .share = 0.7}),
                     .window = "1..4",
                     .hypothesis = "two follows one",
                     .is_level = true,
                     .draws = 199};
  const Report report = lag(outside, settings, request).value();
  EXPECT_EQ(report.sections.front().name, "registration");
  EXPECT_EQ(fact_of(report, "lag", "verdict"), Value("a relation shows"));
  const Value hash = fact_of(report, "registration", "registration");
  request.window = "1..5";
  EXPECT_NE(fact_of(lag(outside, settings, request).value(), "registration", "registration"), hash);
}

TEST_F(SeriesVerbs, lag_of_published_years_cannot_tell_and_leaves_out_what_is_incomplete) {
  const LagRequest request{.leader = "drug_deaths.any_opiate",
                           .follower = "drug_deaths.misuse",
                           .window = "1..2",
                           .hypothesis = "one moves before the other"};
  const Report report = lag(outside, settings, request).value();
  EXPECT_THAT(flat(report.sections.back()), HasSubstr("2021 is left out"));
  EXPECT_THAT(flat(fact_of(report, "lag", "verdict")), testing::AnyOf("cannot tell", "no relation shows"));
}

TEST_F(SeriesVerbs, lag_refuses_what_was_not_declared) {
  LagRequest request{.leader = "searches.drugs", .follower = "drug_arrests.drugs"};
  const auto code = [&] { return lag(outside, settings, request).error().code; };
  EXPECT_EQ(code(), "window_missing");
  request.window = "6..1";
  EXPECT_EQ(code(), "hypothesis_missing");
  request.hypothesis = "more searches, more arrests";
  EXPECT_EQ(code(), "window_malformed");
  request.window = "0..1";
  request.leader = "searches.drgs";
  EXPECT_EQ(code(), "line_unknown");
  request.leader = "drug_deaths.misuse";
  EXPECT_EQ(code(), "period_kinds_mixed");
  request.follower.clear();
  EXPECT_EQ(code(), "series_missing");
}

}  // namespace
}  // namespace throughline::app
