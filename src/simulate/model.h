// The nouns of the market model: drugs, people and their states, places, levers of policy, and what a run counts.
//
// Everybody in it is made up; a person has no name, no face and no group, so that no role can depend on one. It is a
// model to think with, never a forecast, and nothing in it is about a real child.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace throughline::simulate {

// As sold. Crack and powder are made of one cocaine.
enum class Drug : std::uint8_t { heroin, crack, powder, cannabis };
inline constexpr std::size_t k_drugs = 4;
inline constexpr auto k_cannabis = static_cast<std::size_t>(Drug::cannabis);
// As it comes to the market: 0 heroin, 1 cocaine, 2 cannabis. The first two come by importers and hubs, cannabis from
// grows in each town and from abroad straight to its sellers.
inline constexpr std::size_t k_imports = 3;
inline constexpr std::size_t k_shipped = 2;
[[nodiscard]] constexpr std::size_t import_of(std::size_t drug) {
  constexpr std::array<std::size_t, k_drugs> k_of{0, 1, 1, 2};
  return k_of[drug];
}
// Bought by residents who are not followed one by one, and not from lines.
[[nodiscard]] constexpr bool is_for_cohort(std::size_t drug) {
  return drug >= 2;
}

// Amounts are whole milligrams of the purity that the street had at the start, so that they can be added up exactly.
using Milligrams = std::int64_t;

enum class PersonKind : std::uint8_t { user, child, adult };
inline constexpr std::size_t k_person_kinds = 3;

enum class PersonState : std::uint8_t {
  reserve,       // May begin to use.
  active,        // Uses, not in treatment.
  waiting,       // Uses, waits for treatment.
  in_treatment,  //
  stopped,       // Uses no more, may relapse.
  in_prison,
  dead,
  at_risk,   // Of being made to carry or sell.
  carrying,  // Made to carry or sell.
  safe,      // Out of it.
};
inline constexpr std::size_t k_person_states = 10;

// A local authority.
struct Place {
  std::string code;
  std::string name;
  std::string force;
  double easting_metres = 0;
  double northing_metres = 0;
  double residents = 0;
  double deaths = 0;  // Drug poisonings registered in five years.
  bool is_hub = false;
};

struct World {
  std::string name;
  std::string title;
  base::Date starts;
  double scale = 1;                // People modelled for each real one.
  double deaths_per_resident = 0;  // Of the whole country, as Place::deaths counts them.
  std::vector<Place> places{};     // At least one of them a hub.
};

// What policy can turn up or down, by place and time. 1 is as it is.
enum class Lever : std::uint8_t {
  carrier_arrests,
  controller_arrests,
  local_arrests,
  premises_closures,
  travel_stops,
  shipment_seizures,
  imports,
  treatment_places,
  treatment_wait,
  treatment_retention,
  recruitment,
  newcomers,
  safeguarding,
  beginning,
  recording,
  crack,
  grows,
};
inline constexpr std::size_t k_levers = 17;
using Levers = std::array<double, k_levers>;

// What is struck once, on a day.
enum class StrikeTarget : std::uint8_t { carriers, controllers, local_sellers, stock };

// From and until are days of the run, until not included; the same change is the same however long a run is.
inline constexpr std::int32_t k_without_end = 1 << 30;
struct LeverAction {
  Lever lever = Lever::carrier_arrests;
  double multiply = 1;
  std::int32_t from = 0;
  std::int32_t until = k_without_end;
  std::vector<std::int32_t> areas{};  // Places by number; empty: all.
};

struct Strike {
  StrikeTarget target = StrikeTarget::carriers;
  double share = 1;
  std::int32_t day = 0;
  std::vector<std::int32_t> areas{};
};

struct Scenario {
  std::string name = "as it is";
  std::vector<LeverAction> actions{};
  std::vector<Strike> strikes{};
};

struct LeverWords {
  std::string_view name;
  std::string_view what;
};
// In the order of the enumerations.
[[nodiscard]] const std::array<LeverWords, k_levers>& lever_words();
[[nodiscard]] const std::array<LeverWords, 4>& strike_words();

}  // namespace throughline::simulate
