#include <array>

#include "simulate/observe/noise.h"

namespace throughline::simulate {

namespace {

using Levels = NoiseLevels;

constexpr std::array<NoiseLevel, 37> k_levels{{
    {"forename_missing", "The forename is not written down", &Levels::forename_missing, 0.01},
    {"forename_slip", "A slip of the keyboard in the forename", &Levels::forename_slip, 0.03},
    {"forename_by_sound", "The forename is written as heard", &Levels::forename_by_sound, 0.02},
    {"forename_variant", "Another transliteration of the forename, where it has one", &Levels::forename_variant, 0.15},
    {"nickname", "A nickname stands for the forename, where it has one", &Levels::nickname, 0.06},
    {"initial_only", "The forename's first letter alone", &Levels::initial_only, 0.01},
    {"middle_missing", "The middle name is not written down", &Levels::middle_missing, 0.6},
    {"surname_missing", "The surname is not written down", &Levels::surname_missing, 0.005},
    {"surname_slip", "A slip of the keyboard in the surname", &Levels::surname_slip, 0.03},
    {"surname_by_sound", "The surname is written as heard", &Levels::surname_by_sound, 0.02},
    {"surname_part_dropped", "One part of a surname of two", &Levels::surname_part_dropped, 0.3},
    {"names_swapped", "Forename and surname in each other's place", &Levels::names_swapped, 0.005},
    {"plain_letters", "Accents left off", &Levels::plain_letters, 0.8},
    {"capitals", "Both names in capitals", &Levels::capitals, 0.02},
    {"street_name_missing", "What the person goes by is not written down", &Levels::street_name_missing, 0.5},
    {"birth_missing", "No date of birth", &Levels::birth_missing, 0.05},
    {"birth_swapped", "Day and month of birth swapped, where that is a day too", &Levels::birth_swapped, 0.01},
    {"birth_year_slip", "Year of birth one or ten years off", &Levels::birth_year_slip, 0.01},
    {"birth_day_slip", "Day of birth one day off", &Levels::birth_day_slip, 0.01},
    {"birth_first_of_january", "First of January for the year alone", &Levels::birth_first_of_january, 0.01},
    {"sex_missing", "No sex", &Levels::sex_missing, 0.02},
    {"sex_wrong", "The other sex", &Levels::sex_wrong, 0.003},
    {"ethnicity_missing", "Ethnicity not stated", &Levels::ethnicity_missing, 0.15},
    {"ethnicity_other", "Another ethnicity than the person's own words", &Levels::ethnicity_other, 0.04},
    {"telephone_missing", "No telephone number", &Levels::telephone_missing, 0.4},
    {"telephone_of_household", "The household's telephone number", &Levels::telephone_of_household, 0.05},
    {"telephone_old", "A number that the person had before", &Levels::telephone_old, 0.05},
    {"telephone_slip", "One wrong digit in the number", &Levels::telephone_slip, 0.01},
    {"telephone_run_together", "The number without its blank or with +44", &Levels::telephone_run_together, 0.4},
    {"address_missing", "No address and no postcode", &Levels::address_missing, 0.15},
    {"address_old", "The home before, with its postcode", &Levels::address_old, 0.05},
    {"address_slip", "A slip of the keyboard in the address", &Levels::address_slip, 0.04},
    {"postcode_missing", "No postcode", &Levels::postcode_missing, 0.05},
    {"postcode_slip", "A slip of the keyboard in the postcode", &Levels::postcode_slip, 0.02},
    {"nhs_number_missing", "No NHS number", &Levels::nhs_number_missing, 0.1},
    {"pupil_number_missing", "No pupil number, where a form can do without", &Levels::pupil_number_missing, 0.0},
    {"police_id_missing", "No number of the police", &Levels::police_id_missing, 0.2},
}};

}  // namespace

std::span<const NoiseLevel> noise_levels() {
  return k_levels;
}

NoiseLevels usual_noise() {
  NoiseLevels levels;
  for (const NoiseLevel& level : k_levels) levels.*level.value = level.usual;
  return levels;
}

}  // namespace throughline::simulate
