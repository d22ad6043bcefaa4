#include "simulate/observe/noise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "base/check.h"
#include "simulate/chance.h"
#include "simulate/observe/misspell.h"

namespace throughline::simulate {

namespace {

constexpr std::uint64_t k_salt = 0x6E6F'6973'6500'0001;
constexpr std::array<std::string_view, 16> k_ethnicities{"A1", "A2", "A3", "A9", "B1", "B2", "B9", "M1",
                                                         "M2", "M3", "M9", "O1", "O9", "W1", "W2", "W9"};

using Levels = NoiseLevels;

// Levels are doubles one after the other and nothing else.
std::size_t place_in_levels(double NoiseLevels::* level) {
  static constexpr NoiseLevels k_levels;
  return static_cast<std::size_t>(&(k_levels.*level) - &k_levels.forename_missing);
}

// A text that is not the person's own, kept with what is written.
std::string_view kept(WrittenIdentity& written, std::string text) {
  return *written.altered.emplace_back(std::make_unique<const std::string>(std::move(text)));
}

// One way to write something wrong, by its level.
struct Slip {
  double NoiseLevels::* level;
  std::string (*slipped)(std::string_view, base::Random&);
};

// The text after one slip, where it happens.
std::string_view after(const Slip& slip, const Mishaps& happens, WrittenIdentity& written, std::string_view text) {
  if (!happens(slip.level) || text.empty()) return text;
  base::Random random = happens.how(slip.level);
  return kept(written, slip.slipped(text, random));
}

std::string_view forename_of(const Identity& person, const Mishaps& happens, WrittenIdentity& written) {
  std::string_view name = happens(&Levels::plain_letters) ? person.forename_plain : person.forename;
  if (happens(&Levels::forename_variant) && !person.forename_variant.empty()) name = person.forename_variant;
  if (happens(&Levels::nickname) && !person.nickname.empty()) name = person.nickname;
  name = after({&Levels::forename_by_sound, by_sound}, happens, written, name);
  name = after({&Levels::forename_slip, with_slip}, happens, written, name);
  if (happens(&Levels::initial_only)) name = kept(written, initial_of(name));
  return happens(&Levels::forename_missing) ? std::string_view() : name;
}

std::string_view surname_of(const Identity& person, const Mishaps& happens, WrittenIdentity& written) {
  std::string_view name = happens(&Levels::plain_letters) ? person.surname_plain : person.surname;
  name = after({&Levels::surname_part_dropped, one_part}, happens, written, name);
  name = after({&Levels::surname_by_sound, by_sound}, happens, written, name);
  name = after({&Levels::surname_slip, with_slip}, happens, written, name);
  return happens(&Levels::surname_missing) ? std::string_view() : name;
}

void write_names(const Identity& person, const Mishaps& happens, WrittenIdentity& written) {
  written.forename = forename_of(person, happens, written);
  written.surname = surname_of(person, happens, written);
  if (!happens(&Levels::middle_missing)) written.middle = person.middle;
  if (!happens(&Levels::street_name_missing)) {
    written.known_as = person.street_name.empty() ? person.nickname : person.street_name;
    if (written.known_as == written.forename) written.known_as = {};
  }
  if (happens(&Levels::names_swapped)) std::swap(written.forename, written.surname);
  if (happens(&Levels::capitals)) {
    written.forename = kept(written, in_capitals(written.forename));
    written.surname = kept(written, in_capitals(written.surname));
  }
}

// The day of that date where there is one, else the last of its month.
base::Date date_near(base::CivilDay civil) {
  civil.day = std::min(civil.day, base::days_in_month(civil.year, civil.month));
  return *base::Date::from_civil(civil);
}

std::optional<base::Date> birth_of(const Mentioned& mentioned, const Mishaps& happens) {
  const Identity& person = *mentioned.identity;
  if (happens(&Levels::birth_missing)) return std::nullopt;
  if (happens.leave_birth_alone()) return person.born;
  base::CivilDay civil = person.born.civil();
  if (happens(&Levels::birth_year_slip)) {
    base::Random random = happens.how(&Levels::birth_year_slip);
    constexpr std::array<int, 4> k_off{-1, 1, -10, 10};
    const int off = k_off[random.below(k_off.size())];
    const int year_of_mention = (person.born + (mentioned.day - person.birth_day)).year();
    // Nobody writes a birth down that is still to come.
    civil.year += civil.year + off < year_of_mention ? off : -std::abs(off);
  }
  base::Date born = date_near(civil);
  if (happens(&Levels::birth_day_slip)) {
    base::Random random = happens.how(&Levels::birth_day_slip);
    born = born + (random.bernoulli(0.5) ? 1 : -1);
  }
  civil = born.civil();
  if (happens(&Levels::birth_swapped) && civil.day <= 12) {
    return date_near({.year = civil.year, .month = civil.day, .day = civil.month});
  }
  if (happens(&Levels::birth_first_of_january)) return date_near({.year = civil.year, .month = 1, .day = 1});
  return born;
}

void write_groups(const Identity& person, const Mishaps& happens, WrittenIdentity& written) {
  const bool is_female = (person.sex == PersonSex::female) != happens(&Levels::sex_wrong);
  if (!happens(&Levels::sex_missing)) written.sex = is_female ? "F" : "M";
  written.ethnicity = person.ethnicity;
  if (happens(&Levels::ethnicity_other)) {
    base::Random random = happens.how(&Levels::ethnicity_other);
    written.ethnicity = k_ethnicities[random.below(k_ethnicities.size())];
  }
  if (happens(&Levels::ethnicity_missing)) written.ethnicity = "NS";
}

std::string_view telephone_of(const Mentioned& mentioned, const Mishaps& happens, WrittenIdentity& written) {
  const Identity& person = *mentioned.identity;
  if (happens(&Levels::telephone_missing)) return {};
  const Telephone* own = person.telephone(mentioned.day);
  if (own != nullptr && own != person.telephones.data() && happens(&Levels::telephone_old)) --own;
  if (mentioned.household_telephone != nullptr && happens(&Levels::telephone_of_household)) {
    own = mentioned.household_telephone;
  }
  if (own == nullptr) return {};
  const std::string_view number = after({&Levels::telephone_slip, with_wrong_digit}, happens, written, own->number);
  if (!happens(&Levels::telephone_run_together)) return number;
  std::string together(number);
  std::erase(together, ' ');
  base::Random random = happens.how(&Levels::telephone_run_together);
  if (random.bernoulli(0.3)) together.replace(0, 1, "+44");
  return kept(written, std::move(together));
}

void write_address(const Mentioned& mentioned, const Mishaps& happens, WrittenIdentity& written) {
  if (happens(&Levels::address_missing)) return;
  const Home* home = &mentioned.identity->home(mentioned.day);
  if (home != mentioned.identity->homes.data() && happens(&Levels::address_old)) --home;
  written.address = home->address;
  written.postcode = home->postcode;
  if (home->kind == HomeKind::none) return;
  written.address = after({&Levels::address_slip, with_slip}, happens, written, home->address);
  written.postcode = after({&Levels::postcode_slip, with_wrong_digit}, happens, written, home->postcode);
  if (happens(&Levels::postcode_missing)) written.postcode = {};
}

}  // namespace

NoiseBounds::NoiseBounds(const NoiseLevels& levels) {
  // A draw is a whole number of 2^-32: it is below the level where the number is below this.
  for (const NoiseLevel& level : noise_levels()) {
    CHECK(levels.*level.value >= 0 && levels.*level.value <= 1);
    bounds_[place_in_levels(level.value)] = static_cast<std::uint64_t>(std::ceil(levels.*level.value * 0x1p32));
  }
}

Mishaps::Mishaps(const NoiseBounds& bounds, std::uint64_t seed, std::uint64_t subject)
    : seed_(seed), stream_(mixed(subject, k_salt)) {
  std::array<std::uint32_t, NoiseBounds::k_levels> drawn{};
  base::first_words({.seed = seed_, .stream = stream_, .step = 0}, drawn);
  for (std::size_t place = 0; place < NoiseBounds::k_levels; ++place) {
    const bool happens = drawn[place] < bounds.at(place);
    happening_ |= static_cast<std::uint64_t>(happens) << place;
  }
}

bool Mishaps::leave_birth_alone() const {
  const auto bit = [](double NoiseLevels::* level) { return std::uint64_t{1} << place_of(level); };
  static const std::uint64_t k_of_birth = bit(&Levels::birth_swapped) | bit(&Levels::birth_year_slip) |
                                          bit(&Levels::birth_day_slip) | bit(&Levels::birth_first_of_january);
  return (happening_ & k_of_birth) == 0;
}

std::size_t Mishaps::place_of(double NoiseLevels::* level) {
  return place_in_levels(level);
}

base::Random Mishaps::how(double NoiseLevels::* level) const {
  return base::Random({.seed = seed_, .stream = stream_, .step = static_cast<std::uint32_t>(1 + place_of(level))});
}

WrittenIdentity write_down(const Mentioned& mentioned, const Mishaps& mishaps) {
  CHECK(mentioned.identity != nullptr);
  const Identity& person = *mentioned.identity;
  WrittenIdentity written;
  write_names(person, mishaps, written);
  written.born = birth_of(mentioned, mishaps);
  write_groups(person, mishaps, written);
  written.telephone = telephone_of(mentioned, mishaps, written);
  write_address(mentioned, mishaps, written);
  if (!mishaps(&Levels::nhs_number_missing)) written.nhs_number = person.nhs_number;
  if (!mishaps(&Levels::pupil_number_missing)) written.pupil_number = person.pupil_number;
  if (!mishaps(&Levels::police_id_missing)) written.police_id = person.police_id;
  return written;
}

WrittenIdentity write_down(const Mentioned& mentioned, const NoiseLevels& levels) {
  return write_down(mentioned, Mishaps(NoiseBounds(levels), mentioned.seed, mentioned.subject));
}

}  // namespace throughline::simulate
