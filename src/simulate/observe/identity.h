// Who the made-up people are: name, birth, family, homes, telephones and numbers of everybody in a world, and of those
// around them.
//
// Everything about a person follows from the seed and from who they are, never from what they do or what happens to
// them: no name, sex or ethnicity depends on a role, for the model that gives the roles knows none of them. Sex is even
// for everybody; the mix of ethnic groups is one for all places, so that it cannot stand in for a place; how names go
// with ethnic groups is in data/simulate/groups.csv. What of it is an assumption: docs/explanation/market_model.md.
//
// Nothing here can be somebody's: NHS numbers begin with 999, pupil numbers with X999, postcodes with ZZ, handsets with
// 00, SIMs with 001 01. Telephone numbers: see telephone.h. Forenames and surnames are real words, put together by
// chance; so are forenames, surnames and births.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "simulate/observe/dwellings.h"
#include "simulate/observe/naming.h"
#include "simulate/observe/roll.h"
#include "simulate/world_run.h"

namespace throughline::simulate {

// Days count from the first of the run as State::day does, so mostly negative for births.
struct Telephone {
  std::int32_t from_day = 0;
  std::int32_t until_day = 0;  // k_without_end while it goes on.
  std::string number{};        // "07700 412345".
  std::string imei{};          // 15 digits with the check digit; one handset may outlive a number.
  std::string imsi{};          // 15 digits.
};

struct Identity {
  PersonRef ref{};
  std::string_view forename{};          // As the person writes it, in UTF-8: "Łukasz".
  std::string_view middle{};            // Empty for a third of people.
  std::string surname{};                // May have a hyphen or a blank in it.
  std::string_view nickname{};          // What friends make of the forename: "Becky". May be empty.
  std::string_view street_name{};       // What they go by outside: "Blink". Of a quarter of people.
  std::string_view forename_variant{};  // The same name by another transliteration; empty where there is none.
  std::string_view forename_plain{};    // Without accents; equal to forename where it has none.
  std::string surname_plain{};          //
  std::int32_t birth_day = 0;           // Of the run; the model's own for young people in the market.
  base::Date born{};                    //
  PersonSex sex = PersonSex::female;    //
  std::string_view ethnicity{};         // Self-defined, 16+1: "W1". Never NS: that is what a record says.
  std::uint64_t household = 0;          // Equal for those who live together as a family.
  std::string nhs_number{};             // "999 003 4257", with its check digit.
  std::string pupil_number{};           // "X999000064399"; empty for those who are never of school age in the run.
  std::string police_id{};              // The police's number for the person, the same at every force.
  std::string prison_number{};          // "A4110ZZ".
  std::string school{};                 // Of those with a pupil number.
  std::vector<Home> homes{};            // By day.
  std::vector<Telephone> telephones{};  // By day; empty for children below 11 and for some others.
  std::optional<PersonRef> household_telephone{};  // Whose telephone the household gives as its own.

  [[nodiscard]] std::int32_t age_years(std::int32_t day) const;  // Whole years; negative before birth.
  // At that day. REQUIRES: the person is born.
  [[nodiscard]] const Home& home(std::int32_t day) const;
  // Null where the person has none then.
  [[nodiscard]] const Telephone* telephone(std::int32_t day) const;
};

// Everybody of a world. Cheap to make and to hold: what is asked for is worked out when it is asked for, from keyed
// chance, so that any order of asking gives the same, on any number of threads.
class Population {
 public:
  // Begins the run that is asked about, for the people whom its world starts with; scenario and levers do not matter.
  // REQUIRES: as begin_world() does.
  Population(const RunInput& run, PopulationInput input);

  // O(1), about two microseconds. REQUIRES: is_in(person).
  [[nodiscard]] Identity of(const PersonRef& person) const;
  // Whether the town, the row or number, and the place in a family exist. Any generation does.
  [[nodiscard]] bool is_in(const PersonRef& person) const { return roll_.is_in(person); }

  [[nodiscard]] std::int32_t towns() const { return roll_.towns(); }
  // Rows of a town, and twice as many bystanders.
  [[nodiscard]] std::int32_t market_people(std::int32_t town) const { return roll_.market_people(town); }
  [[nodiscard]] std::int32_t bystanders(std::int32_t town) const { return roll_.bystanders(town); }
  [[nodiscard]] const Roll& roll() const { return roll_; }

  // Who lives with the person as a family, the person among them, in order of PersonRef. Those of the market first.
  [[nodiscard]] std::vector<PersonRef> household(const PersonRef& person) const;
  // A parent or whoever else is grown up at home; nothing where nobody is.
  [[nodiscard]] std::optional<PersonRef> grown_up(const PersonRef& person) const;

  [[nodiscard]] std::int32_t birth_day(const PersonRef& person) const { return roll_.birth_day(person); }
  [[nodiscard]] base::Date date_of(std::int32_t day) const { return roll_.date_of(day); }

  // What a force calls the person in its own system: "NOR/0012345". Another at each force.
  [[nodiscard]] std::string force_id(const PersonRef& person, std::string_view force) const;

 private:
  Roll roll_;
};

}  // namespace throughline::simulate
