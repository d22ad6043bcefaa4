#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "simulate/begin.h"
#include "simulate/parameter_file.h"
#include "simulate/parameter_names.h"
#include "simulate/world_file.h"

namespace throughline::simulate {
namespace {

using testing::HasSubstr;

TEST(ParameterFile, gives_every_parameter_a_unit_a_range_and_a_source) {
  const std::vector<ParameterCard> cards = built_in_cards();
  ASSERT_EQ(cards.size(), parameter_names().size());
  for (const ParameterCard& card : cards) {
    EXPECT_LE(card.low, card.value) << card.name;
    EXPECT_LE(card.value, card.high) << card.name;
    EXPECT_FALSE(card.unit.empty()) << card.name;
    EXPECT_FALSE(card.source.empty()) << card.name;
  }
}

// The Weibull scale is our arithmetic: 78 per cent still there after 84 days, with the shape beside it.
TEST(ParameterFile, holds_a_retention_that_keeps_78_per_cent_for_84_days) {
  const Parameters numbers = values_of(built_in_cards());
  const double kept = std::exp(-std::pow(84 / numbers.treatment_retention_days, numbers.treatment_retention_shape));
  EXPECT_NEAR(kept, 0.78, 0.001);
}

TEST(ParameterFile, offers_the_nearest_name_and_the_line_for_a_misspelt_one) {
  const auto found = with_values(built_in_cards(), "[line]\ncontestants = 3\nclosing_probabilty = 0.8\n", "mine.toml");
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().message(),
            "There is no parameter line.closing_probabilty (mine.toml line 3). Did you mean line.closing_probability?");
}

TEST(ParameterFile, refuses_a_value_outside_its_range_with_the_line) {
  const auto found = with_values(built_in_cards(), "\n[line]\nclosing_probability = 1.5\n", "mine.toml");
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().message(),
            "closing_probability is 1.5, outside 0.5 to 0.9 (mine.toml line 3). Choose a value within these.");
  EXPECT_EQ(with_values(built_in_cards(), "line.closing_probability = \"much\"", "mine.toml").error().code,
            "not_a_number");
  EXPECT_EQ(with_values(built_in_cards(), "line.closing_probability = nan", "mine.toml").error().code, "out_of_range");
  EXPECT_EQ(with_values(built_in_cards(), "line = [", "mine.toml").error().code, "toml_malformed");
}

TEST(ParameterFile, takes_the_values_it_is_given) {
  const auto cards = with_values(built_in_cards(), "line.closing_probability = 0.55", "mine.toml").value();
  EXPECT_EQ(values_of(cards).line_closing_probability, 0.55);
}

TEST(ParameterFile, keeps_rivals_that_can_be_set_in_place_of_the_value) {
  for (const ParameterCard& card : built_in_cards()) {
    for (const RivalValue& rival : card.rivals) {
      const std::string text = card.name + " = " + plain_number(rival.value);
      const auto cards = with_values(built_in_cards(), text, "mine.toml");
      ASSERT_TRUE(cards.ok()) << text;
      EXPECT_EQ(std::ranges::find(cards.value(), card.name, &ParameterCard::name)->value, rival.value);
    }
  }
}

TEST(WorldFile, has_a_small_world_of_two_hubs_six_towns_and_three_forces) {
  const World world = built_in_world("small").value();
  ASSERT_EQ(world.places.size(), 8U);
  std::set<std::string> forces;
  int hubs = 0;
  double people = 0;
  const Parameters numbers = values_of(built_in_cards());
  for (const Place& place : world.places) {
    forces.insert(place.force);
    hubs += place.is_hub ? 1 : 0;
    const PlacePeople sizes = people_of(world, numbers, place);
    people += static_cast<double>(sizes.users + sizes.reserve + sizes.children + sizes.adults);
  }
  EXPECT_EQ(hubs, 2);
  EXPECT_EQ(forces.size(), 3U);
  EXPECT_GT(people, 20'000);
  EXPECT_LT(people, 40'000);
}

TEST(WorldFile, has_all_331_authorities_of_43_forces_with_their_residents) {
  const World world = built_in_world("england-and-wales").value();
  EXPECT_EQ(world.places.size(), 331U);
  double residents = 0;
  std::set<std::string> forces;
  for (const Place& place : world.places) {
    residents += place.residents;
    forces.insert(place.force);
  }
  EXPECT_EQ(forces.size(), 43U);
  EXPECT_EQ(residents, 59'719'724);  // Mid-2020, England and Wales.
}

TEST(WorldFile, says_what_is_wrong_with_a_world_and_where) {
  EXPECT_THAT(built_in_world("smal").error().message(), HasSubstr("Did you mean small?"));
  const std::string head = "name = \"x\"\nstarts = 2024-01-01\n";
  EXPECT_EQ(read_world(head + "[[area]]\nname = \"Norwhich\"\n", "w.toml").error().message(),
            "There is no local authority Norwhich (w.toml line 3). Did you mean Norwich?");
  EXPECT_EQ(read_world(head + "[[area]]\nname = \"Norwich\"\n", "w.toml").error().code, "hub_missing");
  EXPECT_EQ(read_world(head + "[[area]]\nname = \"Norwich\"\nhub = true\n[[area]]\ncode = \"E07000148\"", "w.toml")
                .error()
                .code,
            "area_twice");
  EXPECT_EQ(read_world("name = \"x\"\nstarts = \"soon\"", "w.toml").error().code, "date_malformed");
  EXPECT_EQ(read_world(head + "scale = 0", "w.toml").error().code, "out_of_range");
  EXPECT_THAT(read_world(head + "sacle = 1", "w.toml").error().message(), HasSubstr("Did you mean scale?"));
}

TEST(ScenarioFile, takes_a_force_for_all_its_places_and_dates_as_days) {
  const World world = built_in_world("small").value();
  const Scenario scenario =
      read_scenario("[[change]]\nlever = \"carrier_arrests\"\nmultiply = 2\nfrom = 2024-02-01\nareas = [\"Norfolk\"]\n",
                    "s.toml", world, 365)
          .value();
  ASSERT_EQ(scenario.actions.size(), 1U);
  EXPECT_EQ(scenario.actions[0].from, 31);
  EXPECT_EQ(scenario.actions[0].until, k_without_end) << "so that a run can be made longer";
  EXPECT_EQ(scenario.actions[0].areas, (std::vector<std::int32_t>{5, 6, 7}));
}

TEST(ScenarioFile, says_what_is_wrong_and_in_which_line) {
  const World world = built_in_world("small").value();
  const auto message = [&](const std::string& text) {
    return read_scenario(text, "s.toml", world, 365).error().message();
  };
  EXPECT_EQ(message("[[change]]\nlever = \"carrier_arest\"\nmultiply = 2\n"),
            "There is no lever carrier_arest (s.toml line 2). Did you mean carrier_arrests?");
  EXPECT_THAT(message("[[change]]\nlever = \"carrier_arrests\"\nmultiply = 2\nfrom = 2031-01-01\n"),
              HasSubstr("from is 2031-01-01, outside the run from 2024-01-01 to 2024-12-31 (s.toml line 4)"));
  EXPECT_EQ(message("[[change]]\nlever = \"carrier_arrests\"\nmultiply = 2\nareas = [\"Norwhich\"]\n"),
            "There is no area of this world Norwhich (s.toml line 4). Did you mean Norwich?");
  EXPECT_THAT(message("[[change]]\nlever = \"carrier_arrests\"\nmultiply = -2\n"), HasSubstr("s.toml line 3"));
  EXPECT_THAT(message("[[strike]]\ntarget = \"carriers\"\nshare = 0.5\n"), HasSubstr("date is not a date"));
  EXPECT_THAT(message("[[strike]]\ntarget = \"carriers\"\nshare = 2\ndate = 2024-03-01\n"),
              HasSubstr("outside 0 to 1"));
}

TEST(ScenarioFile, of_another_shape_is_an_error_with_the_line_and_never_the_baseline) {
  const World world = built_in_world("small").value();
  const auto message = [&](const std::string& text) {
    return read_scenario(text, "s.toml", world, 365).error().message();
  };
  EXPECT_EQ(message("name = \"x\"\n[change]\nlever = \"imports\"\nmultiply = 0.5\n"),
            "change is not a list of tables (s.toml line 2). Begin each with a line [[change]], in two brackets.");
  EXPECT_THAT(message("change = \"all\"\n"), HasSubstr("change is not a list of tables (s.toml line 1)"));
  EXPECT_THAT(message("\nstrike = [1, 2]\n"), HasSubstr("strike is not a list of tables (s.toml line 2)"));
  EXPECT_THAT(message("[strike]\ntarget = \"carriers\"\n"), HasSubstr("[[strike]]"));
  EXPECT_THAT(message("[[change]]\nlever = 3\n"), HasSubstr("lever is not text (s.toml line 2)"));
  EXPECT_THAT(message("[[change]]\nlever = \"imports\"\nmultiply = 2\nareas = \"Norwich\"\n"),
              HasSubstr("areas is not a list of names (s.toml line 4)"));
}

TEST(ScenarioFile, refuses_what_does_nothing_where_it_is_put) {
  const World world = built_in_world("small").value();
  std::vector<std::string> hubs;
  for (const Place& place : world.places) {
    if (place.is_hub) hubs.push_back(place.name);
  }
  ASSERT_EQ(hubs.size(), 2U);
  const auto read = [&](const std::string& what, const std::string& area) {
    return read_scenario(what + "areas = [\"" + area + "\"]\n", "s.toml", world, 365);
  };
  const auto lever = [](const std::string& name) { return "[[change]]\nlever = \"" + name + "\"\nmultiply = 2\n"; };
  const std::string stock = "[[strike]]\ntarget = \"stock\"\nshare = 0.5\ndate = 2024-03-01\n";
  EXPECT_EQ(read(lever("imports"), "Norwich").error().message(),
            "It does nothing in these areas (s.toml line 4). Leave areas out, or name " + hubs[0] +
                ": importers are counted there alone.");
  EXPECT_EQ(read(lever("shipment_seizures"), hubs[1]).error().code, "acts_nowhere");
  EXPECT_TRUE(read(lever("shipment_seizures"), hubs[0]).ok());
  EXPECT_EQ(read(lever("newcomers"), "Norwich").error().message(),
            "It does nothing in these areas (s.toml line 4). Name a hub, or leave areas out.");
  EXPECT_TRUE(read(lever("newcomers"), hubs[1]).ok());
  EXPECT_THAT(read(stock, "Norwich").error().message(), HasSubstr("s.toml line 5"));
  EXPECT_TRUE(read(stock, hubs[1]).ok());
  EXPECT_TRUE(read(lever("travel_stops"), hubs[0]).ok()) << "lines of the other hub come in";
  World one_hub = world;
  std::ranges::find(one_hub.places, hubs[1], &Place::name)->is_hub = false;
  EXPECT_EQ(
      read_scenario(lever("travel_stops") + "areas = [\"" + hubs[0] + "\"]\n", "s.toml", one_hub, 365).error().code,
      "acts_nowhere");
}

TEST(WorldFile, of_another_shape_is_an_error_with_the_line) {
  const std::string head = "name = \"x\"\nstarts = 2024-01-01\n";
  const auto message = [&](const std::string& text) { return read_world(head + text, "w.toml").error().message(); };
  EXPECT_THAT(message("[area]\nname = \"Norwich\"\nhub = true\n"),
              HasSubstr("area is not a list of tables (w.toml line 3)"));
  EXPECT_THAT(message("area = [1]\n"), HasSubstr("area is not a list of tables (w.toml line 3)"));
  EXPECT_THAT(message("[[area]]\nname = \"Norwich\"\nhub = \"yes\"\n"),
              HasSubstr("hub is neither true nor false (w.toml line 5)"));
  EXPECT_THAT(message("areas = \"all\"\nhub_forces = \"Norfolk\"\n"),
              HasSubstr("hub_forces is not a list (w.toml line 4)"));
  EXPECT_THAT(message("areas = \"every\"\n"), HasSubstr("areas is not \"all\" (w.toml line 3)"));
  EXPECT_THAT(message("hub_forces = [\"Norfolk\"]\n[[area]]\nname = \"Norwich\"\nhub = true\n"),
              HasSubstr("hub_forces says nothing without areas = \"all\" (w.toml line 3)"));
  EXPECT_THAT(message("areas = \"all\"\nhub_forces = [\"Norfolk\"]\n[[area]]\nname = \"Norwich\"\n"),
              HasSubstr("area says nothing beside areas = \"all\" (w.toml line 5)"));
}

TEST(ParameterFile, says_where_rivals_are_no_list) {
  std::string text = "[users]\nper_1000_residents = { value = 1, low = 0, high = 2, unit = \"u\", source = \"s\", ";
  EXPECT_EQ(read_cards(text + "rivals = 3 }\n", "p.toml").error().message(),
            "rivals is not a list (p.toml line 2). Write it in brackets.");
  EXPECT_THAT(read_cards(text + "rivals = [3] }\n", "p.toml").error().message(), HasSubstr("A rival is not a table"));
}

}  // namespace
}  // namespace throughline::simulate
