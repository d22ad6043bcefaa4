// How an agency writes an identity down: the slips, habits and gaps between who somebody is and what a record says.
//
// Each level is the probability that a thing happens to one mention, whatever else happens to it; where two touch the
// same field, both can. Which levels there are: noise_levels(), each under the name that an agencies file gives it in
// its [noise]. Pure: the same identity, levels and key give the same text, on any thread, and a level changed alters
// what it is about alone.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/date.h"
#include "simulate/observe/identity.h"

namespace throughline::simulate {

// All from 0 to 1; 0 is a perfect scribe.
struct NoiseLevels {
  double forename_missing = 0;
  double forename_slip = 0;      // A key beside the right one, two letters swapped, one lost or doubled.
  double forename_by_sound = 0;  // Written as heard: ph for f, ie for y.
  double forename_variant = 0;   // Another transliteration of the same name; nothing where there is none.
  double nickname = 0;           // In place of the forename; nothing where there is none.
  double initial_only = 0;       // The forename's first letter.
  double middle_missing = 0;
  double surname_missing = 0;
  double surname_slip = 0;
  double surname_by_sound = 0;
  double surname_part_dropped = 0;  // One half of a surname of two words; nothing for others.
  double names_swapped = 0;         // Forename and surname in each other's place.
  double plain_letters = 0;         // Accents left off.
  double capitals = 0;              // Both names in capitals.
  double street_name_missing = 0;   // What they go by is not written down.
  double birth_missing = 0;
  double birth_swapped = 0;           // Day and month, where that is a day too.
  double birth_year_slip = 0;         // One or ten years off.
  double birth_day_slip = 0;          // One day off, or one digit of it.
  double birth_first_of_january = 0;  // The year alone was known.
  double sex_missing = 0;
  double sex_wrong = 0;
  double ethnicity_missing = 0;  // Written as NS.
  double ethnicity_other = 0;    // As an officer sees it: another code of all.
  double telephone_missing = 0;
  double telephone_of_household = 0;
  double telephone_old = 0;           // One that the person had before.
  double telephone_slip = 0;          // One digit.
  double telephone_run_together = 0;  // Without its blank, or +44: another way of writing, no mistake.
  double address_missing = 0;         // With its postcode.
  double address_old = 0;             // The home before, with its postcode.
  double address_slip = 0;
  double postcode_missing = 0;
  double postcode_slip = 0;
  double nhs_number_missing = 0;
  double pupil_number_missing = 0;
  double police_id_missing = 0;
};

// One level as files and pages know it.
struct NoiseLevel {
  std::string_view name;  // "forename_slip".
  std::string_view what;
  double NoiseLevels::* value = nullptr;
  double usual = 0;  // Where a file does not say: an assumption.
};
// All of them, in a lasting order.
[[nodiscard]] std::span<const NoiseLevel> noise_levels();
// Every level as usual.
[[nodiscard]] NoiseLevels usual_noise();

// What a record says. Empty where it says nothing.
struct WrittenIdentity {
  std::string forename{};
  std::string middle{};
  std::string surname{};
  std::string known_as{};            // The street name; where there is none the nickname, if the forename is not it.
  std::optional<base::Date> born{};  //
  std::string sex{};                 // "F", "M".
  std::string ethnicity{};           // 16+1, NS among them.
  std::string telephone{};           //
  std::string address{};             //
  std::string postcode{};            //
  std::string nhs_number{};          //
  std::string pupil_number{};        //
  std::string police_id{};           //
};

// One mention: who, on which day, by whom it is keyed. Subject names the mention, so that two mentions of a person on a
// day differ: the row's reference, say, through base::stream_of().
struct Mentioned {
  const Identity* identity = nullptr;
  const Telephone* household_telephone = nullptr;  // What telephone_of_household gives; null: nothing.
  std::int32_t day = 0;                            // Of the run.
  std::uint64_t seed = 1;
  std::uint64_t subject = 0;
};

// REQUIRES: the person is born by the day; levels from 0 to 1. Cost: about a microsecond.
[[nodiscard]] WrittenIdentity write_down(const Mentioned& mentioned, const NoiseLevels& levels);

}  // namespace throughline::simulate
