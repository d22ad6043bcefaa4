#include "simulate/observe/dwellings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <string_view>

#include "base/parallel.h"
#include "simulate/observe/digits.h"

namespace throughline::simulate {

namespace {

constexpr std::array<std::string_view, 32> k_first_words{
    "Alder",  "Barley", "Bramble", "Candle", "Clover",  "Copper", "Dapple", "Drift",  "Ember",   "Feather", "Fern",
    "Garnet", "Hazel",  "Heron",   "Indigo", "Juniper", "Kettle", "Linnet", "Mallow", "Nettle",  "Oaten",   "Pebble",
    "Quince", "Russet", "Saffron", "Tansy",  "Umber",   "Velvet", "Willow", "Yarrow", "Thistle", "Spindle"};
constexpr std::array<std::string_view, 12> k_second_words{"barn", "bank", "dene",  "fold", "garth", "holt",
                                                          "mead", "mill", "ridge", "side", "wick",  "worth"};
constexpr std::array<std::string_view, 8> k_ways{"Street", "Road",   "Close", "Lane",
                                                 "Way",    "Avenue", "Drive", "Terrace"};
constexpr std::uint64_t k_streets_most = k_first_words.size() * k_second_words.size() * k_ways.size();
constexpr std::string_view k_postcode_letters = "ABDEFGHJLNPQRSTUWXYZ";
constexpr std::int32_t k_houses = 140;
constexpr std::int32_t k_houses_a_postcode = 20;
// Where moves begin to be told apart: what lies before is one home.
constexpr std::int32_t k_first_move_day = -1461;
constexpr double k_flats = 0.2;
constexpr double k_people_a_shared_home = 150;
constexpr double k_pupils_a_school = 12'000;  // Residents of a town for each of its schools.
constexpr double k_metres_a_root_resident = 5;

struct Site {
  std::int32_t town = 0;
  std::uint64_t street = 0;
  std::int32_t house = 1;
  std::int32_t flat = 0;  // 0: none.
};

void append_street(std::string& text, std::uint64_t street) {
  const std::uint64_t first = street % k_first_words.size();
  const std::uint64_t second = street / k_first_words.size() % k_second_words.size();
  const std::uint64_t way = street / (k_first_words.size() * k_second_words.size()) % k_ways.size();
  text.append(k_first_words[first]).append(k_second_words[second]).append(" ").append(k_ways[way]);
}

// A town has about a street for 300 residents.
std::uint64_t streets_of(const Place& place) {
  const auto streets = static_cast<std::uint64_t>(place.residents / 300) + 8;
  return std::min(streets, k_streets_most);
}

std::string postcode_of(const Site& site) {
  const auto part = static_cast<std::uint64_t>(site.house / k_houses_a_postcode);
  std::uint64_t code = mixed(mixed(static_cast<std::uint64_t>(site.town), site.street), part);
  // ZZ99 says that there is no fixed abode.
  const std::uint64_t district = 1 + static_cast<std::uint64_t>(site.town) * 7 % 90 + code % 8;
  code /= 8;
  const std::uint64_t digit = 1 + code % 9;
  code /= 9;
  const char first = k_postcode_letters[code % k_postcode_letters.size()];
  const char second = k_postcode_letters[code / k_postcode_letters.size() % k_postcode_letters.size()];
  std::string postcode = "ZZ";
  append_digits(postcode, static_cast<std::int64_t>(district), 1);
  postcode += ' ';
  append_digits(postcode, static_cast<std::int64_t>(digit), 1);
  postcode += first;
  postcode += second;
  return postcode;
}

GridPoint street_point(const Roll& roll, std::int32_t town, std::uint64_t street) {
  const Place& place = roll.place(town);
  base::Random random = roll.draw(Facet::address, mixed(static_cast<std::uint64_t>(town) + 1, street));
  const double spread = k_metres_a_root_resident * std::sqrt(place.residents);
  const auto within = [&] { return std::clamp(random.normal(), -2.0, 2.0) * spread; };
  const double east = place.easting_metres + within();
  return {.easting_metres = east, .northing_metres = place.northing_metres + within()};
}

// What is on the street that begins there.
void put_home_at(const Roll& roll, const Site& site, GridPoint street, Home& home) {
  const std::string& town = roll.place(site.town).name;
  constexpr std::size_t k_longest = 48;  // Of what stands before the town.
  home.address.clear();
  home.address.reserve(k_longest + town.size());
  if (site.flat > 0) {
    home.address += "Flat ";
    append_digits(home.address, site.flat, 1);
    home.address += ", ";
  }
  append_digits(home.address, site.house, 1);
  home.address += ' ';
  append_street(home.address, site.street);
  home.address.append(", ").append(town);
  home.postcode = postcode_of(site);
  home.position = position_of({.easting_metres = street.easting_metres + 8.0 * site.house,
                               .northing_metres = street.northing_metres + 3.0 * (site.house % 2)});
}

Home home_at(const Roll& roll, const Site& site, HomeKind kind) {
  Home home{.kind = kind};
  put_home_at(roll, site, street_point(roll, site.town, site.street), home);
  return home;
}

Home home_without_abode(const Roll& roll, std::int32_t town) {
  const Place& place = roll.place(town);
  return {.kind = HomeKind::none,
          .address = "No fixed abode",
          .postcode = "ZZ99 3VZ",
          .position = position_of({.easting_metres = place.easting_metres, .northing_metres = place.northing_metres})};
}

// The streets of a town are some of all that could be, others in each town.
std::uint64_t street_of(std::int32_t town, std::uint64_t drawn) {
  return (drawn * 1'229 + static_cast<std::uint64_t>(town) * 677) % k_streets_most;
}

Site drawn_site(const Roll& roll, std::int32_t town, base::Random& random) {
  Site site{.town = town, .street = street_of(town, random.below(streets_of(roll.place(town))))};
  site.house = static_cast<std::int32_t>(random.uniform_int(1, k_houses));
  if (random.uniform01() < k_flats) site.flat = static_cast<std::int32_t>(random.uniform_int(1, 24));
  return site;
}

// One of the town's homes that are shared by people who are no family.
Home shared_home(const Roll& roll, std::int32_t town, HomeKind kind, base::Random& random) {
  const auto homes = static_cast<std::uint64_t>(roll.market_people(town) / k_people_a_shared_home) + 2;
  const std::uint64_t number = random.below(homes) * 2 + (kind == HomeKind::hostel ? 1 : 0);
  base::Random place = roll.draw(Facet::placement, mixed(static_cast<std::uint64_t>(town) + 1, number));
  Site site = drawn_site(roll, town, place);
  site.flat = 0;
  return home_at(roll, site, kind);
}

// The days on which somebody moves, ascending.
std::vector<std::int32_t> moves(const Roll& roll, double per_year, base::Random& random) {
  std::vector<std::int32_t> days;
  if (per_year <= 0) return days;
  double day = k_first_move_day;
  while (true) {
    day += random.exponential(per_year) * k_days_per_year + 1;
    if (day >= roll.until_day()) return days;
    days.push_back(static_cast<std::int32_t>(day));
  }
}

std::vector<Home> one_after_the_other(std::vector<Home> homes, const std::vector<std::int32_t>& days,
                                      std::int32_t born) {
  std::int32_t from = born;
  for (std::size_t i = 0; i < homes.size(); ++i) {
    homes[i].from_day = from;
    homes[i].until_day = i < days.size() ? std::max(days[i], from) : k_without_end;
    from = homes[i].until_day;
  }
  std::erase_if(homes, [](const Home& home) { return home.until_day <= home.from_day; });
  return homes;
}

std::vector<Home> family_homes(const Roll& roll, const PersonRef& person) {
  const HouseholdRef household = roll.household_of(person);
  base::Random random = roll.draw(Facet::moves, roll.key(household));
  const std::vector<std::int32_t> days = moves(roll, roll.rates().moves_per_year, random);
  base::Random places = roll.draw(Facet::address, roll.key(household));
  std::vector<Home> homes;
  for (std::size_t i = 0; i <= days.size(); ++i) {
    homes.push_back(home_at(roll, drawn_site(roll, person.town, places), HomeKind::own));
  }
  return one_after_the_other(std::move(homes), days, roll.birth_day(person));
}

// From a day on, homes of another kind.
std::vector<Home> left_for(std::vector<Home> homes, std::vector<Home> others) {
  const std::int32_t day = others.front().from_day;
  std::erase_if(homes, [&](const Home& home) { return home.from_day >= day; });
  if (!homes.empty()) homes.back().until_day = std::min(homes.back().until_day, day);
  homes.insert(homes.end(), std::make_move_iterator(others.begin()), std::make_move_iterator(others.end()));
  return homes;
}

std::vector<Home> placements(const Roll& roll, const PersonRef& person, base::Random& random) {
  const std::int32_t born = roll.birth_day(person);
  const auto childhood_end = born + static_cast<std::int32_t>(k_adult_years * k_days_per_year);
  const std::int32_t first =
      std::clamp<std::int32_t>(static_cast<std::int32_t>(random.uniform_int(-1095, 0)), born + 1, childhood_end - 1);
  std::vector<std::int32_t> days = moves(roll, roll.rates().care_moves_per_year, random);
  std::erase_if(days, [&](std::int32_t day) { return day <= first; });
  std::vector<Home> homes;
  for (std::size_t i = 0; i <= days.size(); ++i) {
    homes.push_back(shared_home(roll, person.town, HomeKind::placement, random));
  }
  return one_after_the_other(std::move(homes), days, first);
}

}  // namespace

std::vector<Home> homes_of(const Roll& roll, const PersonRef& person) {
  std::vector<Home> homes = family_homes(roll, person);
  const std::optional<PersonKind> kind = roll.kind_of(person);
  if (!kind) return homes;
  base::Random random = roll.draw(Facet::placement, roll.key(person));
  const double place = random.uniform01();
  if (kind == PersonKind::child) {
    if (place >= roll.rates().in_care) return homes;
    return left_for(std::move(homes), placements(roll, person, random));
  }
  if (place >= roll.rates().hostel + roll.rates().no_fixed_abode) return homes;
  const auto from = static_cast<std::int32_t>(random.uniform_int(k_first_move_day, 0));
  Home other = place < roll.rates().hostel ? shared_home(roll, person.town, HomeKind::hostel, random)
                                           : home_without_abode(roll, person.town);
  other.from_day = std::max(from, roll.birth_day(person) + 1);
  other.until_day = k_without_end;
  std::vector<Home> others;
  others.push_back(std::move(other));
  return left_for(std::move(homes), std::move(others));
}

Streets::Streets(const Roll& roll) : points_(static_cast<std::size_t>(roll.towns())) {
  base::parallel_chunks({.items = roll.towns()}, [&](const base::Chunk& chunk) {
    const auto town = static_cast<std::int32_t>(chunk.begin);
    std::vector<GridPoint>& points = points_[index_of(town)];
    points.resize(k_streets_most);
    for (std::uint64_t drawn = 0; drawn < streets_of(roll.place(town)); ++drawn) {
      const std::uint64_t street = street_of(town, drawn);
      points[static_cast<std::size_t>(street)] = street_point(roll, town, street);
    }
  });
}

void put_made_up_place(const Roll& roll, const Streets& streets, TownKey key, Home& place) {
  base::Random random = roll.draw(Facet::address, mixed(key.key, static_cast<std::uint64_t>(key.town) + 1));
  const Site site = drawn_site(roll, key.town, random);
  put_home_at(roll, site, streets.of(site.town, site.street), place);
  place.until_day = k_without_end;
}

std::string school_of(const Roll& roll, std::int32_t town, std::uint64_t key) {
  base::Random random = roll.draw(Facet::school, key);
  const auto schools = static_cast<std::uint64_t>(roll.place(town).residents / k_pupils_a_school) + 1;
  const std::uint64_t number = mixed(static_cast<std::uint64_t>(town), random.below(schools));
  constexpr std::array<std::string_view, 3> k_sorts{"High School", "Academy", "School"};
  std::string name(k_first_words[number % k_first_words.size()]);
  name.append(k_second_words[number / 32 % k_second_words.size()]).append(" ");
  name.append(k_sorts[number / 512 % k_sorts.size()]);
  return name;
}

}  // namespace throughline::simulate
