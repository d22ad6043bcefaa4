#include "simulate/observe/noise.h"

#include <algorithm>
#include <array>
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

// What happens to one mention: one draw for each level, in their order, so that none moves another.
class Happens {
 public:
  Happens(const Mentioned& mentioned, const NoiseLevels& levels)
      : levels_(levels), seed_(mentioned.seed), stream_(mixed(mentioned.subject, k_salt)) {
    base::Random random({.seed = seed_, .stream = stream_, .step = 0});
    for (double& draw : draws_) draw = static_cast<double>(random.bits32()) * 0x1p-32;
  }

  [[nodiscard]] bool operator()(double NoiseLevels::* level) const { return draws_[place_of(level)] < levels_.*level; }
  // Chance for how it happens.
  [[nodiscard]] base::Random how(double NoiseLevels::* level) const {
    return base::Random({.seed = seed_, .stream = stream_, .step = static_cast<std::uint32_t>(1 + place_of(level))});
  }
  // The text after one slip, where it happens.
  void slip(double NoiseLevels::* level, std::string (*slipped)(std::string_view, base::Random&),
            std::string& text) const {
    if (!(*this)(level) || text.empty()) return;
    base::Random random = how(level);
    text = slipped(text, random);
  }

 private:
  static constexpr std::size_t k_levels_count = sizeof(NoiseLevels) / sizeof(double);

  // Levels are doubles one after the other and nothing else.
  static std::size_t place_of(double NoiseLevels::* level) {
    static const NoiseLevels k_levels;
    const double* const first = &k_levels.forename_missing;
    const auto place = static_cast<std::size_t>(&(k_levels.*level) - first);
    CHECK(place < k_levels_count);
    return place;
  }

  const NoiseLevels& levels_;
  std::uint64_t seed_;
  std::uint64_t stream_;
  std::array<double, k_levels_count> draws_{};
};

using Levels = NoiseLevels;

std::string forename_of(const Identity& person, const Happens& happens) {
  std::string name = happens(&Levels::plain_letters) ? person.forename_plain : person.forename;
  if (happens(&Levels::forename_variant) && !person.forename_variant.empty()) name = person.forename_variant;
  if (happens(&Levels::nickname) && !person.nickname.empty()) name = person.nickname;
  happens.slip(&Levels::forename_by_sound, by_sound, name);
  happens.slip(&Levels::forename_slip, with_slip, name);
  if (happens(&Levels::initial_only)) name = initial_of(name);
  if (happens(&Levels::forename_missing)) name.clear();
  return name;
}

std::string surname_of(const Identity& person, const Happens& happens) {
  std::string name = happens(&Levels::plain_letters) ? person.surname_plain : person.surname;
  happens.slip(&Levels::surname_part_dropped, one_part, name);
  happens.slip(&Levels::surname_by_sound, by_sound, name);
  happens.slip(&Levels::surname_slip, with_slip, name);
  if (happens(&Levels::surname_missing)) name.clear();
  return name;
}

void write_names(const Identity& person, const Happens& happens, WrittenIdentity& written) {
  written.forename = forename_of(person, happens);
  written.surname = surname_of(person, happens);
  if (!happens(&Levels::middle_missing)) written.middle = person.middle;
  if (!happens(&Levels::street_name_missing)) {
    written.known_as = person.street_name.empty() ? person.nickname : person.street_name;
    if (written.known_as == written.forename) written.known_as.clear();
  }
  if (happens(&Levels::names_swapped)) std::swap(written.forename, written.surname);
  if (happens(&Levels::capitals)) {
    written.forename = in_capitals(written.forename);
    written.surname = in_capitals(written.surname);
  }
}

// The day of that date where there is one, else the last of its month.
base::Date date_near(base::CivilDay civil) {
  civil.day = std::min(civil.day, base::days_in_month(civil.year, civil.month));
  return *base::Date::from_civil(civil);
}

std::optional<base::Date> birth_of(const Mentioned& mentioned, const Happens& happens) {
  const Identity& person = *mentioned.identity;
  if (happens(&Levels::birth_missing)) return std::nullopt;
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

void write_groups(const Identity& person, const Happens& happens, WrittenIdentity& written) {
  const bool is_female = (person.sex == PersonSex::female) != happens(&Levels::sex_wrong);
  if (!happens(&Levels::sex_missing)) written.sex = is_female ? "F" : "M";
  written.ethnicity = person.ethnicity;
  if (happens(&Levels::ethnicity_other)) {
    base::Random random = happens.how(&Levels::ethnicity_other);
    written.ethnicity = k_ethnicities[random.below(k_ethnicities.size())];
  }
  if (happens(&Levels::ethnicity_missing)) written.ethnicity = "NS";
}

std::string telephone_of(const Mentioned& mentioned, const Happens& happens) {
  const Identity& person = *mentioned.identity;
  if (happens(&Levels::telephone_missing)) return {};
  const Telephone* own = person.telephone(mentioned.day);
  if (own != nullptr && own != person.telephones.data() && happens(&Levels::telephone_old)) --own;
  if (mentioned.household_telephone != nullptr && happens(&Levels::telephone_of_household)) {
    own = mentioned.household_telephone;
  }
  if (own == nullptr) return {};
  std::string number = own->number;
  happens.slip(&Levels::telephone_slip, with_wrong_digit, number);
  if (happens(&Levels::telephone_run_together)) {
    std::erase(number, ' ');
    base::Random random = happens.how(&Levels::telephone_run_together);
    if (random.bernoulli(0.3)) number.replace(0, 1, "+44");
  }
  return number;
}

void write_address(const Mentioned& mentioned, const Happens& happens, WrittenIdentity& written) {
  if (happens(&Levels::address_missing)) return;
  const Home* home = &mentioned.identity->home(mentioned.day);
  if (home != mentioned.identity->homes.data() && happens(&Levels::address_old)) --home;
  written.address = home->address;
  written.postcode = home->postcode;
  if (home->kind == HomeKind::none) return;
  happens.slip(&Levels::address_slip, with_slip, written.address);
  happens.slip(&Levels::postcode_slip, with_wrong_digit, written.postcode);
  if (happens(&Levels::postcode_missing)) written.postcode.clear();
}

}  // namespace

WrittenIdentity write_down(const Mentioned& mentioned, const NoiseLevels& levels) {
  CHECK(mentioned.identity != nullptr);
  const Identity& person = *mentioned.identity;
  const Happens happens(mentioned, levels);
  WrittenIdentity written;
  write_names(person, happens, written);
  written.born = birth_of(mentioned, happens);
  write_groups(person, happens, written);
  written.telephone = telephone_of(mentioned, happens);
  write_address(mentioned, happens, written);
  if (!happens(&Levels::nhs_number_missing)) written.nhs_number = person.nhs_number;
  if (!happens(&Levels::pupil_number_missing)) written.pupil_number = person.pupil_number;
  if (!happens(&Levels::police_id_missing)) written.police_id = person.police_id;
  return written;
}

}  // namespace throughline::simulate
