#include "simulate/observe/identity.h"

#include <algorithm>
#include <charconv>

#include "base/check.h"
#include "simulate/observe/digits.h"
#include "simulate/observe/numbers.h"
#include "simulate/observe/telephone.h"

namespace throughline::simulate {

namespace {

constexpr double k_telephone_age = 11;
constexpr double k_school_from_age = 5;
constexpr double k_school_until_age = 16.7;
constexpr std::int32_t k_first_telephone_day = -730;
// How far apart the numbers lie that a person has one after the other: so eight of them fill the range, and no two of
// the market meet while it has fewer people than that.
constexpr std::int64_t k_next_number = 50'000;
constexpr std::int64_t k_telephones_a_person = 8;

std::int32_t days_of(double years) {
  return static_cast<std::int32_t>(years * k_days_per_year);
}

bool has_telephone(const Roll& roll, const PersonRef& person, base::Random& random) {
  return random.uniform01() < roll.rates().telephone &&
         roll.birth_day(person) + days_of(k_telephone_age) < roll.until_day();
}

std::vector<Telephone> telephones_of(const Roll& roll, const PersonRef& person) {
  base::Random random = roll.draw(Facet::telephone, roll.key(person));
  std::vector<Telephone> telephones;
  if (!has_telephone(roll, person, random)) return telephones;
  const double per_year = roll.rates().telephones_per_year;
  const std::int64_t ordinal = roll.ordinal(person);
  std::int32_t from = std::max(roll.birth_day(person) + days_of(k_telephone_age), k_first_telephone_day);
  std::int64_t handset = ordinal * k_telephones_a_person;
  for (std::int64_t i = 0; i < k_telephones_a_person && from < roll.until_day(); ++i) {
    const bool is_last = per_year <= 0 || i + 1 == k_telephones_a_person;
    const double lasts = is_last ? 0 : random.exponential(per_year) * k_days_per_year + 1;
    const std::int32_t until =
        is_last || from + lasts >= roll.until_day() ? k_without_end : from + static_cast<std::int32_t>(lasts);
    if (i > 0 && random.uniform01() < roll.rates().new_handset) ++handset;
    telephones.push_back({.from_day = from,
                          .until_day = until,
                          .number = person_number(ordinal + i * k_next_number),
                          .imei = imei_of(handset),
                          .imsi = imsi_of(ordinal * k_telephones_a_person + i)});
    from = until;
  }
  return telephones;
}

bool goes_to_school(const Roll& roll, std::int32_t born) {
  return born + days_of(k_school_from_age) < roll.until_day() && born + days_of(k_school_until_age) > 0;
}

std::optional<std::int64_t> number_in(std::string_view& text, std::int64_t most) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || number < 0 || number > most) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  if (text.starts_with('.')) text.remove_prefix(1);
  return number;
}

constexpr std::string_view k_circles = "mfb";

}  // namespace

void append_truth_id(std::string& text, const PersonRef& person) {
  text += k_circles[static_cast<std::size_t>(person.circle)];
  append_digits(text, person.town, 1);
  text += '.';
  append_digits(text, person.number, 1);
  text += '.';
  append_digits(text, person.generation, 1);
}

std::string truth_id(const PersonRef& person) {
  std::string id;
  append_truth_id(id, person);
  return id;
}

std::optional<PersonRef> person_of(std::string_view text) {
  const std::string_view whole = text;
  const std::size_t circle = text.empty() ? std::string_view::npos : k_circles.find(text.front());
  if (circle == std::string_view::npos) return std::nullopt;
  text.remove_prefix(1);
  const auto town = number_in(text, INT32_MAX);
  const auto number = town ? number_in(text, INT32_MAX) : std::nullopt;
  const auto generation = number ? number_in(text, UINT16_MAX) : std::nullopt;
  if (!generation) return std::nullopt;
  const PersonRef person{static_cast<Circle>(circle), static_cast<std::int32_t>(*town),
                         static_cast<std::int32_t>(*number), static_cast<std::uint16_t>(*generation)};
  return truth_id(person) == whole ? std::optional(person) : std::nullopt;
}

std::int32_t Identity::age_years(std::int32_t day) const {
  const base::CivilDay birth = born.civil();
  const base::CivilDay then = (born + (day - birth_day)).civil();
  const bool is_before = then.month < birth.month || (then.month == birth.month && then.day < birth.day);
  return then.year - birth.year - (is_before ? 1 : 0);
}

const Home& Identity::home(std::int32_t day) const {
  CHECK(!homes.empty() && day >= birth_day);
  const auto after = std::ranges::upper_bound(homes, day, {}, &Home::from_day);
  return after == homes.begin() ? homes.front() : *(after - 1);
}

const Telephone* Identity::telephone(std::int32_t day) const {
  const auto after = std::ranges::upper_bound(telephones, day, {}, &Telephone::from_day);
  return after == telephones.begin() ? nullptr : &*(after - 1);
}

Population::Population(const RunInput& run, PopulationInput input) : roll_(run, std::move(input)) {}

Identity Population::of(const PersonRef& person) const {
  CHECK(is_in(person));
  Naming name = named(roll_, person);
  const std::int64_t ordinal = roll_.ordinal(person);
  Identity identity{.ref = person,
                    .forename = name.forename,
                    .middle = name.middle,
                    .surname = std::move(name.surname),
                    .nickname = name.nickname,
                    .street_name = name.street_name,
                    .forename_variant = name.forename_variant,
                    .forename_plain = name.forename_plain,
                    .surname_plain = std::move(name.surname_plain),
                    .birth_day = birth_day(person),
                    .sex = sex_of(roll_, person),
                    .ethnicity = name.ethnicity,
                    .household = roll_.key(roll_.household_of(person)),
                    .nhs_number = nhs_number_of(ordinal),
                    .police_id = police_id_of(ordinal),
                    .prison_number = prison_number_of(ordinal),
                    .homes = homes_of(roll_, person),
                    .telephones = telephones_of(roll_, person),
                    .household_telephone = grown_up(person)};
  identity.born = date_of(identity.birth_day);
  if (goes_to_school(roll_, identity.birth_day)) {
    identity.pupil_number = pupil_number_of(ordinal);
    identity.school = school_of(roll_, person.town, identity.household);
  }
  return identity;
}

std::vector<PersonRef> Population::household(const PersonRef& person) const {
  return roll_.members(roll_.household_of(person));
}

std::optional<PersonRef> Population::grown_up(const PersonRef& person) const {
  return roll_.other_head(person);
}

std::string Population::force_id(const PersonRef& person, std::string_view force) const {
  return force_id_of(roll_.ordinal(person), force);
}

}  // namespace throughline::simulate
