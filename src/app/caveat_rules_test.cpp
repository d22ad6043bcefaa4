// Every rule of docs/reference/caveats.md against every verb that could break it: the verb is asked for what the rule
// forbids, and must refuse it, grey it or leave it out, naming the rule.

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/activity_verb.h"
#include "app/claim_verb.h"
#include "app/disparity_verb.h"
#include "app/flat_report.h"
#include "app/gap_verb.h"
#include "app/harm_index.h"
#include "app/hotspots_verb.h"
#include "app/lag_verb.h"
#include "app/made_up_world.h"
#include "app/sentinel_verb.h"
#include "app/trend_verb.h"
#include "app/watch_verb.h"
#include "evidence/caveats.h"

namespace throughline::app {
namespace {

using evidence::Rule;
using testing::HasSubstr;

struct CaveatRules : testing::Test, MadeUpWorld {
  std::string put(const std::string& text) const {
    store::put_bytes(path("input.csv"), text);
    return path("input.csv");
  }
  Answer said(const std::string& statement) const { return claim(outside, settings, {.statement = statement}); }
};

struct Breaking {
  std::string verb;
  Rule rule;
  std::string how;  // What is asked, in words.
  std::function<Answer(const CaveatRules&)> ask;
  std::string says;  // What the answer must say.
};

Breaking claimed(Rule rule, const std::string& statement) {
  return {.verb = "claim",
          .rule = rule,
          .how = statement,
          .ask = [=](const CaveatRules& world) { return world.said(statement); },
          .says = std::string(evidence::name_of(rule))};
}

std::vector<Breaking> of_claims() {
  return {claimed(Rule::activity_is_not_incidence,
                  "the incidence of searches for drugs fell 61 per cent from 2012 to 2018"),
          claimed(Rule::activity_is_not_ranked, "London was the worst for drug seizures with 14000 in 2017/18"),
          claimed(Rule::activity_fall_is_not_improvement,
                  "searches for drugs fell 61 per cent from 2012 to 2018, an improvement"),
          claimed(Rule::substances_are_not_summed, "deaths that mention cocaine or methadone were 1055 in 2018"),
          claimed(Rule::levels_are_not_compared, "homicides in Germany were higher than in France in 2012"),
          claimed(Rule::latest_period_is_incomplete, "deaths that mention cocaine rose from 2017 to 2018"),
          claimed(Rule::latest_period_is_incomplete, "there were 637 deaths that mention cocaine in 2018")};
}

// Ten years of counts, falling in the last.
std::string ten_years(const std::string& extra) {
  std::string text = "area,period,count,police_activity\n";
  for (const std::string area : {"Zeal", "Ashby"}) {
    for (int year = 2010; year < 2020; ++year) {
      const int rise = area == "Zeal" ? 400 : 200;
      text += fmt::format("{},{},{},{}\n", area, year, year == 2019 ? 100 + rise : 100 + year % 3, extra);
    }
  }
  return text;
}

std::vector<Breaking> of_watch() {
  return {{.verb = "watch",
           .rule = Rule::activity_is_not_ranked,
           .how = "alerts of police activity in two areas, the more extreme first",
           .ask =
               [](const CaveatRules& world) {
                 return watch(world.outside, world.settings, {.input = world.put(ten_years("yes")), .from = "2019"});
               },
           .says = "activity_is_not_ranked"},
          {.verb = "watch",
           .rule = Rule::levels_are_not_compared,
           .how = "alerts of countries that define homicide differently",
           .ask =
               [](const CaveatRules& world) {
                 return watch(world.outside, world.settings, {.published = "homicide_eurostat"});
               },
           .says = "levels_are_not_compared"}};
}

std::vector<Breaking> of_index() {
  const std::string header = "harm,period,volume,unit_cost,price_year,attributable_share,caveats\n";
  const auto indexed = [=](const std::string& rows) {
    return [=](const CaveatRules& world) {
      return index(world.outside, world.settings, {.table = world.put(header + rows), .draws = 0});
    };
  };
  return {{.verb = "index",
           .rule = Rule::substances_are_not_summed,
           .how = "deaths of two substances as two harms",
           .ask = indexed("cocaine,2017,100,1,2017,1,POLYDRUG\ncocaine,2018,110,1,2017,1,POLYDRUG\n"
                          "heroin,2017,100,1,2017,1,POLYDRUG\nheroin,2018,110,1,2017,1,POLYDRUG\n"),
           .says = "substances_are_not_summed"},
          {.verb = "index",
           .rule = Rule::latest_period_is_incomplete,
           .how = "a last period of deaths that are still being registered",
           .ask = indexed("death,2017,100,1,2017,1,REGISTRATION_DELAY\ndeath,2018,90,1,2017,1,REGISTRATION_DELAY\n"),
           .says = "latest_period_is_incomplete"},
          {.verb = "index",
           .rule = Rule::activity_fall_is_not_improvement,
           .how = "a fall of nothing but what the police recorded",
           .ask = indexed("supply,2017,100,1,2017,1,POLICE_ACTIVITY\nsupply,2018,90,1,2017,1,POLICE_ACTIVITY\n"),
           .says = "activity_fall_is_not_improvement"},
          {.verb = "index",
           .rule = Rule::composite_shows_its_parts,
           .how = "the index alone, as a file",
           .ask =
               [](const CaveatRules& world) {
                 const std::string rows = "robbery,2017,100,1,2017,1,\nrobbery,2018,110,1,2017,1,\n";
                 return index(
                     world.outside, world.settings,
                     {.table = world.put("harm,period,volume,unit_cost,price_year,attributable_share,caveats\n" + rows),
                      .output = world.path("index.csv"),
                      .draws = 0});
               },
           .says = "index_parts.csv"}};
}

std::vector<Breaking> of_published_places() {
  return {{.verb = "hotspots",
           .rule = Rule::levels_are_not_compared,
           .how = "countries that define homicide otherwise, as places",
           .ask =
               [](const CaveatRules& world) {
                 return hotspots(world.outside, world.settings,
                                 {.published = "homicide_eurostat",
                                  .places = world.put("area,x,y\nDenmark,0,0\nEngland and Wales,1,0\nFrance,2,1\n"
                                                      "Germany,3,0\nItaly,4,2\nScotland,5,0\nSpain,6,3\nSweden,7,0\n"),
                                  .neighbours = 2,
                                  .draws = 99});
               },
           .says = "their levels may not be compared"},
          {.verb = "hotspots",
           .rule = Rule::latest_period_is_incomplete,
           .how = "deaths up to the last year of registration",
           .ask =
               [](const CaveatRules& world) {
                 return hotspots(world.outside, world.settings,
                                 {.published = "drug_deaths_by_authority",
                                  .places = "carried:local_authorities.csv",
                                  .to = "2020",
                                  .draws = 99});
               },
           .says = "The latest period is not complete"}};
}

std::vector<Breaking> of_places_and_groups() {
  return {{.verb = "hotspots",
           .rule = Rule::activity_is_not_ranked,
           .how = "circles of police activity, the most striking first",
           .ask =
               [](const CaveatRules& world) {
                 std::string text = "place,x,y,count,population\n";
                 for (int i = 0; i < 12; ++i) {
                   text += fmt::format("P{},{},{},{},1000\n", i, i % 4 * 1000, i / 4 * 1000, 10 + i % 3);
                 }
                 return hotspots(world.outside, world.settings,
                                 {.input = world.put(text), .is_police_activity = true, .neighbours = 3, .draws = 99});
               },
           .says = "activity_is_not_ranked"},
          {.verb = "hotspots",
           .rule = Rule::snapped_points_are_not_addresses,
           .how = "near repeats of points that their publisher moved",
           .ask =
               [](const CaveatRules& world) {
                 std::string moved = "x,y,date\n";
                 for (int i = 0; i < 40; ++i) moved += fmt::format("{},0,2024-01-{:02}\n", i % 4 * 100, i % 28 + 1);
                 return hotspots(world.outside, world.settings, {.points = world.put(moved)});
               },
           .says = "points that were moved to a few places"},
          {.verb = "disparity",
           .rule = Rule::activity_is_not_ranked,
           .how = "ratios of searches in several areas",
           .ask =
               [](const CaveatRules& world) {
                 return disparity(
                     world.outside, world.settings,
                     {.input = world.put("area,group,events,people\nZeal,White,50,1000\nZeal,Black,20,100\n"
                                         "Ashby,White,40,1000\nAshby,Black,20,100\n")});
               },
           .says = "activity_is_not_ranked"},
          {.verb = "disparity",
           .rule = Rule::exact_intervals_only,
           .how = "a ratio of fewer than ten events",
           .ask =
               [](const CaveatRules& world) {
                 return disparity(world.outside, world.settings,
                                  {.input = world.put("group,events,people\nWhite,50,1000\nBlack,4,100\n")});
               },
           .says = "exact"}};
}

std::vector<Breaking> of_patterns() {
  return {{.verb = "sentinel",
           .rule = Rule::no_change_under_ten,
           .how = "a change of fewer than ten cannabis disposals",
           .ask =
               [](const CaveatRules& world) {
                 return sentinel(world.outside, world.settings,
                                 {.input = world.put("period,category,count\n2004/05,detections,1000\n2004/05,cannabis "
                                                     "disposals,5\n2006/07,detections,1150\n2006/07,cannabis "
                                                     "disposals,30\n"),
                                  .permutations = 199});
               },
           .says = "no percentage change is given when either is under 10"},
          {.verb = "sentinel",
           .rule = Rule::absent_months_are_not_summed,
           .how = "a window of which a period is missing",
           .ask =
               [](const CaveatRules& world) {
                 std::string text = "period,category,count\n";
                 for (int month = 1; month <= 12; ++month) {
                   if (month != 4) text += fmt::format("2021-{:02},POSSESSION OF DRUGS,50\n", month);
                   text += fmt::format("2022-{:02},POSSESSION OF DRUGS,50\n", month);
                   text += fmt::format("2021-{:02},TRAFFICKING OF DRUGS,50\n", month);
                   text += fmt::format("2022-{:02},TRAFFICKING OF DRUGS,50\n", month);
                 }
                 return sentinel(world.outside, world.settings, {.input = world.put(text), .permutations = 199});
               },
           .says = "a missing month is not nought"},
          {.verb = "activity",
           .rule = Rule::activity_fall_is_not_improvement,
           .how = "a fall of what was recorded, with nothing beside it that is not from the police",
           .ask =
               [](const CaveatRules& world) {
                 return activity(world.outside, world.settings,
                                 {.input = world.put("period,searches,finds,recorded\n2012,20000,4000,5000\n"
                                                     "2018,20000,4000,2500\n")});
               },
           .says = "There is no series that does not come from the police"}};
}

Breaking trended(Rule rule, const std::string& how, const TrendRequest& request, const std::string& text = {}) {
  return {.verb = "trend",
          .rule = rule,
          .how = how,
          .ask =
              [=](const CaveatRules& world) {
                TrendRequest asked = request;
                if (!text.empty()) asked.input = world.put(text);
                return trend(world.outside, world.settings, asked);
              },
          .says = std::string(evidence::name_of(rule))};
}

std::vector<Breaking> of_trends() {
  const std::string police = "area,period,count,population,police_activity\nA,2010,50,1000,yes\nB,2010,60,1000,yes\n";
  return {
      trended(Rule::activity_is_not_ranked, "areas ranked by what the police recorded", {.is_ranked = true}, police),
      trended(Rule::activity_is_not_incidence, "rates of what the police recorded", {}, police),
      trended(Rule::activity_fall_is_not_improvement, "a fall of searches", {.published = "searches.drugs"}),
      trended(Rule::levels_are_not_compared, "countries ranked", {.published = "homicide_eurostat", .is_ranked = true}),
      trended(Rule::levels_are_not_compared, "countries like one another",
              {.published = "homicide_eurostat", .similar = "Spain"}),
      trended(Rule::latest_period_is_incomplete, "a change to the last year of registrations",
              {.published = "drug_deaths.misuse"}),
      trended(Rule::substances_are_not_summed, "lines of substances side by side",
              {.published = "drug_deaths_by_substance"}),
      trended(Rule::no_change_under_ten, "a change of few events", {.years = 1}, "period,count\n2010,5\n2011,8\n"),
      trended(Rule::absent_months_break_lines, "a line over a missing month", {},
              "period,count\n2010-01,5\n2010-03,8\n"),
      trended(Rule::absent_months_are_not_summed, "a change over a missing year", {.years = 1},
              "period,count\n2010,50\n2011,80\n2012,\n2013,90\n"),
      {.verb = "lag",
       .rule = Rule::universes_are_not_joined,
       .how = "two series that count different things",
       .ask =
           [](const CaveatRules& world) {
             return lag(world.outside, world.settings,
                        {.leader = "searches.drugs",
                         .follower = "drug_arrests.drugs",
                         .window = "0..1",
                         .hypothesis = "more searches, more arrests",
                         .draws = 199});
           },
       .says = "universes_are_not_joined"},
      {.verb = "gap",
       .rule = Rule::universes_are_not_joined,
       .how = "people in treatment for any drug over users of opiates and crack",
       .ask = [](const CaveatRules& world) { return gap(world.outside, world.settings, {}); },
       .says = "universes_are_not_joined"}};
}

TEST_F(CaveatRules, hold_in_every_verb_that_could_break_them) {
  std::vector<Breaking> table = of_claims();
  for (const auto& more :
       {of_watch(), of_index(), of_places_and_groups(), of_published_places(), of_patterns(), of_trends()}) {
    table.insert(table.end(), more.begin(), more.end());
  }
  for (const Breaking& each : table) {
    EXPECT_THAT(flat(each.ask(*this)), HasSubstr(each.says))
        << each.verb << ", " << evidence::name_of(each.rule) << ": " << each.how;
  }
}

// A caveat that does not stand in the way is not made to.
TEST_F(CaveatRules, leave_alone_what_they_do_not_forbid) {
  for (const char* statement :
       {"searches for drugs fell 71 per cent from 2012 to 2018", "deaths that mention cocaine rose from 2009 to 2017",
        "the incidence of hospital admissions due to drugs rose from 2009 to 2018"}) {
    const std::string text = flat(said(statement));
    for (const Rule rule : {Rule::activity_is_not_incidence, Rule::activity_is_not_ranked,
                            Rule::activity_fall_is_not_improvement, Rule::latest_period_is_incomplete}) {
      EXPECT_THAT(text, testing::Not(HasSubstr(std::string(evidence::name_of(rule))))) << statement;
    }
  }
}

}  // namespace
}  // namespace throughline::app
