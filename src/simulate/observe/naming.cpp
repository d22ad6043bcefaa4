#include "simulate/observe/naming.h"

#include <array>
#include <utility>

#include "simulate/observe/name_table.h"

namespace throughline::simulate {

namespace {

constexpr std::array<std::string_view, 64> k_street_names{
    "Ace",    "Biscuit", "Blink",  "Bolt",   "Breeze", "Buzz",   "Chips",  "Chunk",  "Cosmo", "Cricket", "Dash",
    "Digits", "Dice",    "Doodle", "Echo",   "Fidget", "Fizz",   "Flash",  "Fossil", "Giggs", "Gizmo",   "Hatch",
    "Hoops",  "Inky",    "Jinx",   "Jolt",   "Kipper", "Ledge",  "Lolly",  "Marbs",  "Milky", "Moose",   "Nibs",
    "Nugget", "Orbit",   "Pasty",  "Peanut", "Pepper", "Pickle", "Pixel",  "Pocket", "Quiff", "Ripple",  "Rizla",
    "Saffa",  "Scoot",   "Skip",   "Slinky", "Smudge", "Snips",  "Socks",  "Sparks", "Spud",  "Squash",  "Stretch",
    "Swift",  "Tango",   "Ticket", "Toffee", "Twiggy", "Volt",   "Waffle", "Wheels", "Zippy"};

// The share of surnames of two words without a hyphen, where that is how names are made.
constexpr double k_two_surnames = 0.3;
constexpr double k_middle = 2.0 / 3;
constexpr double k_golden = 0.6180339887498949;

struct Family {
  const EthnicGroup* group = nullptr;
  std::int32_t tradition = 0;
};

Family family_of(const Roll& roll, const HouseholdRef& household) {
  base::Random random = roll.draw(Facet::group, roll.key(household));
  const EthnicGroup& group = name_table().group(random.uniform01());
  return {.group = &group, .tradition = tradition_of(group, random.uniform01())};
}

bool is_of(const Family& family, std::string_view tradition) {
  return name_table().traditions[static_cast<std::size_t>(family.tradition)] == tradition;
}

// Polish surnames in -ski and -cki have a form for women.
std::string for_women(std::string_view name) {
  std::string text(name);
  if (name.ends_with("ski") || name.ends_with("cki")) text.back() = 'a';
  return text;
}

struct Surname {
  std::string name;
  std::string plain;
};

Surname with(const Surname& one, std::string_view between, const Surname& other) {
  Surname both = one;
  both.name.append(between).append(other.name);
  both.plain.append(between).append(other.plain);
  return both;
}

Surname drawn_surname(const Family& family, base::Random& random) {
  const NameEntry& entry = name_table().list(family.tradition, NamePart::surname).pick(random.uniform01());
  return {.name = std::string(entry.name), .plain = std::string(entry.plain)};
}

// One surname a household, but for partners and children who have another.
Surname surname_of(const Roll& roll, const PersonRef& person, const Family& family) {
  const HouseholdRef household = roll.household_of(person);
  base::Random shared = roll.draw(Facet::surname, roll.key(household));
  const Surname first = drawn_surname(family, shared);
  const Surname second = drawn_surname(family, shared);
  const bool is_double = shared.uniform01() < roll.rates().double_surname;
  const bool has_two = shared.uniform01() < k_two_surnames && (is_of(family, "spanish") || is_of(family, "portuguese"));
  base::Random own = roll.draw(Facet::surname, roll.key(person));
  const double keeps = roll.is_head(person) ? roll.rates().partner_surname : 1 - roll.rates().other_surname;
  if (own.uniform01() >= keeps) return drawn_surname(family, own);
  if (is_double) return with(first, "-", second);
  return has_two ? with(first, " ", second) : first;
}

NamePart part_of(PersonSex sex) {
  return sex == PersonSex::female ? NamePart::female_forename : NamePart::male_forename;
}

std::int32_t place_in_household(const PersonRef& person, const HouseholdRef& household) {
  switch (person.circle) {
    case Circle::market: return person.number - household.leader;
    case Circle::family: return k_family_places + person.number % k_family_places;
    case Circle::bystander: return person.number - household.leader;
  }
  return 0;
}

// Places far enough apart for no two of a household to be called alike.
double forename_place(const Roll& roll, const PersonRef& person, base::Random& own) {
  const HouseholdRef household = roll.household_of(person);
  base::Random shared = roll.draw(Facet::forename, roll.key(household));
  const double apart = k_golden * place_in_household(person, household);
  const double place = shared.uniform01() + apart + 0.05 * own.uniform01();
  return place - static_cast<double>(static_cast<std::int64_t>(place));
}

std::string_view one_of(const std::vector<std::string_view>& names, double uniform) {
  if (names.empty()) return {};
  return names[static_cast<std::size_t>(uniform * static_cast<double>(names.size()))];
}

}  // namespace

PersonSex sex_of(const Roll& roll, const PersonRef& person) {
  if (const auto namesake = roll.namesake_of(person)) return sex_of(roll, *namesake);
  const bool is_head = roll.is_head(person);
  base::Random random = roll.draw(Facet::sex, roll.key(person));
  if (!is_head) return random.bernoulli(0.5) ? PersonSex::female : PersonSex::male;
  // Of two heads the first is a woman and the second a man; who brings children up alone is a woman.
  const bool is_first = person.number % 2 == 0;
  return is_first ? PersonSex::female : PersonSex::male;
}

Naming named(const Roll& roll, const PersonRef& person) {
  const std::optional<PersonRef> namesake = roll.namesake_of(person);
  const PersonRef& called = namesake ? *namesake : person;
  const Family family = family_of(roll, roll.household_of(called));
  const PersonSex sex = sex_of(roll, person);
  base::Random own = roll.draw(Facet::forename, roll.key(called));
  const NameList& forenames = name_table().list(family.tradition, part_of(sex));
  const NameEntry& forename = forenames.pick(forename_place(roll, called, own));
  Surname surname = surname_of(roll, called, family);
  if (sex == PersonSex::female && is_of(family, "polish")) {
    surname = {.name = for_women(surname.name), .plain = for_women(surname.plain)};
  }
  base::Random others = roll.draw(Facet::called, roll.key(person));
  Naming naming{.forename = forename.name,
                .surname = std::move(surname.name),
                .nickname = one_of(forename.nicknames, others.uniform01()),
                .forename_variant = one_of(forename.variants, others.uniform01()),
                .forename_plain = forename.plain,
                .surname_plain = std::move(surname.plain),
                .ethnicity = family.group->code};
  if (others.uniform01() < k_middle) naming.middle = forenames.pick(others.uniform01()).name;
  const double outside = others.uniform01();
  const double place = others.uniform01() * static_cast<double>(k_street_names.size());
  if (outside < roll.rates().street_name) naming.street_name = k_street_names[static_cast<std::size_t>(place)];
  return naming;
}

}  // namespace throughline::simulate
