// The roll of a world: who there is, in the model and around it, who lives with whom, and when each was born.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/random.h"
#include "simulate/state.h"
#include "simulate/world_run.h"

namespace throughline::simulate {

// Where somebody stands to the model: in it; of the household of somebody in it; or neither, for all that agencies
// record of other people.
enum class Circle : std::uint8_t { market, family, bystander };

struct PersonRef {
  Circle circle = Circle::market;
  std::int32_t town = k_none;
  // Of the market: the row of People. Of a family: row * k_family_places + place, row being the first of the household
  // (see Population::household). A bystander: 0 to bystanders(town) - 1.
  std::int32_t number = k_none;
  std::uint16_t generation = 0;  // Of the market and of families: who holds the row.
  friend constexpr auto operator<=>(const PersonRef&, const PersonRef&) = default;
};

inline constexpr std::int32_t k_family_places = 4;  // 0 and 1 grown up, 2 and 3 brothers and sisters.

// What the truth calls them: "m3.1204.0", "f3.4816.0", "b3.77.0"; circle, town, number, generation.
[[nodiscard]] std::string truth_id(const PersonRef& person);
void append_truth_id(std::string& text, const PersonRef& person);
// Nothing where the text is not what truth_id() writes.
[[nodiscard]] std::optional<PersonRef> person_of(std::string_view text);

// When the holder of a row that others had before was born, from the model (People::birth_day after grow_out).
struct LaterBirth {
  std::int32_t town = k_none;
  std::int32_t row = k_none;
  std::uint16_t generation = 1;
  std::int32_t birth_day = 0;
  friend constexpr auto operator<=>(const LaterBirth&, const LaterBirth&) = default;
};

// How people live together. Shares of people or households, each an assumption; where figures are known they say so.
struct PopulationRates {
  double sibling_share = 0.2;    // Of neighbouring young people of the market, that they are of one household.
  double second_parent = 0.7;    // Of households with children.
  double other_sibling = 0.5;    // For each of two places for brothers and sisters out of the market.
  double twin = 0.015;           // Of young people: about one birth in 65 is of twins.
  double other_surname = 0.12;   // Of children: another surname than their household's.
  double double_surname = 0.04;  // Of people: hyphenated.
  double partner_surname = 0.6;  // Of couples: one surname.
  double namesake = 0.02;  // Of bystanders: forename and surname of somebody in the market, born within two years.
  double moves_per_year = 0.12;      // Of a household.
  double in_care = 0.02;             // Of young people in the market: placed away from the household.
  double care_moves_per_year = 0.8;  //
  double hostel = 0.06;              // Of adults of the market.
  double no_fixed_abode = 0.05;      // Of adults of the market, at a time.
  double telephone = 0.92;           // Of people from 11.
  double telephones_per_year = 0.4;  // New numbers.
  double new_handset = 0.5;          // With a new number.
  double street_name = 0.25;         //
};

struct PopulationInput {
  std::int32_t days = 365;  // Of the series, to which homes and telephones are made; the warm-up is added.
  PopulationRates rates{};
  std::vector<LaterBirth> later_births{};  // Any order. A row that is not in it: as if each grew out on time.
};

// What chance about people is for. Numbers are part of what a seed means: a new one goes to the end.
enum class Facet : std::uint32_t {
  siblings = 1,
  arrangement,
  relatives,
  birth,
  sex,
  namesake,
  group,
  surname,
  forename,
  called,
  moves,
  address,
  placement,
  telephone,
  school,
};

// People who live together as a family: of the market with those around them, or bystanders.
struct HouseholdRef {
  Circle circle = Circle::market;  // Never family.
  std::int32_t town = k_none;
  std::int32_t leader = k_none;  // The first row, or number, of it.
  std::uint16_t generation = 0;
  friend constexpr auto operator<=>(const HouseholdRef&, const HouseholdRef&) = default;
};

// How many ordinals a roll gives to so many people of the market: to three holders of each row, to bystanders, and to
// two holders' families. Nobody's ordinal is as much.
[[nodiscard]] std::int64_t ordinals_of(std::int64_t market_people);

// How four bystanders live that have neighbouring numbers: all as a family, two as a couple, or each alone.
enum class Living : std::uint8_t { family, couple, alone };

// Who is asked for again and again is looked up: how bystanders live and when they were born, who are the brothers and
// sisters of the first holders of rows. All else is worked out when it is asked for.
class Roll {
 public:
  // Begins the run, for the people whom its world starts with. REQUIRES: as begin_world() does.
  Roll(const RunInput& run, PopulationInput input);

  [[nodiscard]] std::int32_t towns() const { return static_cast<std::int32_t>(towns_.size()); }
  [[nodiscard]] std::int32_t market_people(std::int32_t town) const { return town_of(town).kind_begin.back(); }
  [[nodiscard]] std::int32_t bystanders(std::int32_t town) const { return 2 * market_people(town); }
  [[nodiscard]] const Place& place(std::int32_t town) const { return world_.places[index_of(town)]; }
  [[nodiscard]] const PopulationRates& rates() const { return input_.rates; }
  [[nodiscard]] std::int32_t until_day() const { return until_day_; }
  [[nodiscard]] base::Date date_of(std::int32_t day) const { return first_date_ + day; }

  [[nodiscard]] bool is_in(const PersonRef& person) const;
  // Nothing for those outside the market.
  [[nodiscard]] std::optional<PersonKind> kind_of(const PersonRef& person) const;
  [[nodiscard]] std::int32_t birth_day(const PersonRef& person) const;
  [[nodiscard]] HouseholdRef household_of(const PersonRef& person) const;
  // Those of the market first, then by place.
  [[nodiscard]] std::vector<PersonRef> members(const HouseholdRef& household) const;
  // Whether the person brings children up in the household, or is the partner or parent of somebody grown up.
  [[nodiscard]] bool is_head(const PersonRef& person) const;
  // The first head of the person's household who is somebody else; nothing where there is none.
  [[nodiscard]] std::optional<PersonRef> other_head(const PersonRef& person) const;
  // Whose forename and surname a bystander happens to bear.
  [[nodiscard]] std::optional<PersonRef> namesake_of(const PersonRef& person) const;

  // Numbers everybody: different people, different ordinals, but for families and holders of a row after the second.
  [[nodiscard]] std::int64_t ordinal(const PersonRef& person) const;
  // What keys a person's, or a household's, chance.
  [[nodiscard]] std::uint64_t key(const PersonRef& person) const;
  [[nodiscard]] std::uint64_t key(const HouseholdRef& household) const;
  [[nodiscard]] base::Random draw(Facet facet, std::uint64_t subject) const;

 private:
  struct TownPeople {
    std::int64_t first = 0;  // People of the market in towns before this.
    std::array<std::int32_t, k_person_kinds + 1> kind_begin{};
    std::vector<std::int32_t> child_births;    // Of the first holders, from the row kind_begin[1] on.
    std::vector<std::int32_t> first_siblings;  // Of the same.
    std::vector<Living> living;                // Of bystanders, by block.
    std::vector<std::int32_t> bystander_births;
  };
  struct Young {
    std::int32_t town = k_none;
    std::int32_t row = k_none;
    std::uint16_t generation = 0;
  };

  void fill(std::int32_t town);
  [[nodiscard]] const TownPeople& town_of(std::int32_t town) const { return towns_[index_of(town)]; }
  [[nodiscard]] Living living_of(const PersonRef& bystander) const;
  [[nodiscard]] bool lives_with_others(const PersonRef& bystander) const;
  [[nodiscard]] bool is_young(std::int32_t town, std::int32_t row) const;
  [[nodiscard]] std::int32_t young_birth(Young young) const;
  [[nodiscard]] std::int32_t first_sibling(Young young) const;
  [[nodiscard]] std::int32_t drawn_first_sibling(Young young) const;
  [[nodiscard]] std::vector<std::int32_t> sibling_rows(Young leader) const;
  [[nodiscard]] std::optional<std::int32_t> family_birth(const PersonRef& person) const;
  [[nodiscard]] std::optional<std::int32_t> birth_beside_young(const PersonRef& person, Young leader) const;
  [[nodiscard]] std::optional<std::int32_t> birth_beside_adult(const PersonRef& person, std::int32_t row) const;
  [[nodiscard]] std::int32_t drawn_bystander_birth(const PersonRef& person) const;

  PopulationInput input_;  // Later births in order.
  World world_;
  std::uint64_t seed_ = 1;
  base::Date first_date_;  // Of day 0 of the run, which is before that of the series.
  std::int32_t until_day_ = 0;
  std::int32_t later_days_ = 0;  // From one holder's birth to the next's.
  std::int64_t market_all_ = 0;
  std::vector<TownPeople> towns_;
};

}  // namespace throughline::simulate
