#include "simulate/observe/identity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "simulate/begin.h"
#include "simulate/observe/telephone.h"
#include "simulate/observe/testing_people.h"

namespace throughline::simulate {

namespace {

std::string told(const Identity& person) {
  std::string text;
  for (const std::string_view part :
       {person.forename, person.middle, std::string_view(person.surname), std::string_view(person.nhs_number),
        std::string_view(person.pupil_number), std::string_view(person.police_id), person.ethnicity}) {
    text.append(part).append("|");
  }
  for (const Home& home : person.homes) text.append("|").append(home.address).append(home.postcode);
  for (const Telephone& telephone : person.telephones) text.append("|").append(telephone.number);
  return text;
}

bool is_luhn(const std::string& digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    int digit = digits[digits.size() - 1 - i] - '0';
    if (i % 2 == 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 == 0;
}

bool is_nhs_number(std::string number) {
  std::erase(number, ' ');
  int sum = 0;
  for (int i = 0; i < 9; ++i) sum += (number[static_cast<std::size_t>(i)] - '0') * (10 - i);
  return number.size() == 10 && number.starts_with("999") && (11 - sum % 11) % 11 == number[9] - '0';
}

}  // namespace

TEST(Identity, is_the_same_for_the_same_seed_and_in_any_order) {
  const Population one = small_population();
  const Population two = small_population();
  RunInput other_seed = small_input(0.1);
  other_seed.seed = 2;
  const Population three(other_seed, {});
  const std::vector<PersonRef> people = market_of(one);
  std::size_t like_the_other_seed = 0;
  for (std::size_t i = 0; i < people.size(); i += 7) {
    const PersonRef& person = people[people.size() - 1 - i];
    EXPECT_EQ(told(one.of(person)), told(two.of(person)));
    if (one.of(person).surname == three.of(person).surname) ++like_the_other_seed;
  }
  EXPECT_LT(like_the_other_seed * 10, people.size() / 7);
}

TEST(Identity, is_told_by_an_id_that_can_be_read_back) {
  for (const PersonRef& person : {PersonRef{Circle::market, 3, 1204, 0}, PersonRef{Circle::family, 0, 17, 2},
                                  PersonRef{Circle::bystander, 7, 0, 0}}) {
    EXPECT_EQ(person_of(truth_id(person)), person);
  }
  EXPECT_EQ(truth_id({Circle::market, 3, 1204, 1}), "m3.1204.1");
  for (const std::string_view text :
       {"", "m", "x3.4.0", "m3.4", "m3.4.0.0", "m3.4.0 ", "m-3.4.0", "m03.4.0", "m3.4.70000"}) {
    EXPECT_FALSE(person_of(text)) << text;
  }
}

TEST(Identity, has_the_births_of_the_model) {
  const WorldRun run = begin_world(small_input(0.1));
  const std::int32_t row = run.town(2).people.kind_begin[1] + 4;
  const Population population =
      small_population(0.1, {.later_births = {{.town = 2, .row = row, .generation = 1, .birth_day = -4321}}});
  for (std::int32_t town = 0; town < population.towns(); ++town) {
    const People& people = run.town(town).people;
    for (std::int32_t young = people.kind_begin[1]; young < people.kind_begin[2]; ++young) {
      EXPECT_EQ(population.birth_day({Circle::market, town, young, 0}), people.birth_day[index_of(young)]);
    }
  }
  EXPECT_EQ(population.birth_day({Circle::market, 2, row, 1}), -4321);
  const Identity first = population.of({Circle::market, 2, row, 0});
  const Identity later = population.of({Circle::market, 2, row, 1});
  EXPECT_EQ(later.born, run.input.world.starts - run.input.warm_up_days - 4321);
  EXPECT_NE(first.nhs_number, later.nhs_number);
  // Nobody said when the third was born: eleven years after the one before whose birth the model made.
  EXPECT_EQ(population.birth_day({Circle::market, 2, row, 2}),
            first.birth_day + 2 * static_cast<std::int32_t>(11 * 365.25));
}

TEST(Identity, has_numbers_that_are_nobodys_and_each_their_own) {
  const Population population = small_population(1);
  std::set<std::string> health;
  std::set<std::string> police;
  std::set<std::string> telephones;
  std::set<std::string> handsets;
  for (const PersonRef& person : market_of(population)) {
    const Identity identity = population.of(person);
    EXPECT_TRUE(is_nhs_number(identity.nhs_number)) << identity.nhs_number;
    EXPECT_TRUE(health.insert(identity.nhs_number).second);
    EXPECT_TRUE(police.insert(identity.police_id).second);
    for (const Telephone& telephone : identity.telephones) {
      EXPECT_TRUE(telephones.insert(telephone.number).second) << telephone.number;
      EXPECT_TRUE(telephone.imei.starts_with("00") && is_luhn(telephone.imei));
      EXPECT_TRUE(telephone.imsi.starts_with("00101") && telephone.imsi.size() == 15);
      handsets.insert(telephone.imei);
      const char block = telephone.number[6];
      EXPECT_TRUE(telephone.number.starts_with("07700 ") && telephone.number.size() == 12);
      EXPECT_TRUE(block == '2' || block == '4' || block == '5' || block == '6');
    }
    EXPECT_TRUE(identity.pupil_number.empty() || identity.pupil_number.starts_with("X999"));
    for (const Home& home : identity.homes) EXPECT_TRUE(home.postcode.starts_with("ZZ"));
  }
  EXPECT_LT(handsets.size(), telephones.size());
  const std::string other = population.force_id({Circle::market, 0, 5, 0}, "Essex");
  EXPECT_TRUE(other.starts_with("ESS/"));
  EXPECT_NE(other.substr(3), population.force_id({Circle::market, 0, 5, 0}, "Norfolk").substr(3));
}

TEST(Identity, gives_lines_telephones_of_their_own_and_a_new_one_at_each_change) {
  std::set<std::string> numbers;
  for (std::int32_t line = 0; line < 200; ++line) {
    for (std::int32_t change = 0; change < 8; ++change) {
      const DealPhone phone = deal_phone(line, change);
      EXPECT_TRUE(phone.number.starts_with("07700 9"));
      EXPECT_TRUE(numbers.insert(phone.number).second);
    }
  }
  EXPECT_EQ(deal_phone(3, 0).imei, deal_phone(3, 1).imei);
  EXPECT_NE(deal_phone(3, 1).imei, deal_phone(3, 2).imei);
  EXPECT_NE(deal_phone(3, 0).imsi, deal_phone(3, 1).imsi);
}

TEST(Identity, lives_in_homes_without_a_gap_inside_the_town) {
  const Population population = small_population(1);
  std::map<HomeKind, std::int64_t> kinds;
  const std::vector<PersonRef> people = market_of(population);
  for (std::size_t i = 0; i < people.size(); i += 5) {
    const Identity identity = population.of(people[i]);
    ASSERT_FALSE(identity.homes.empty());
    EXPECT_EQ(identity.homes.back().until_day, k_without_end);
    for (std::size_t k = 0; k < identity.homes.size(); ++k) {
      const Home& home = identity.homes[k];
      ++kinds[home.kind];
      EXPECT_LT(home.from_day, home.until_day);
      EXPECT_EQ(home.from_day, k > 0 ? identity.homes[k - 1].until_day : identity.birth_day);
      EXPECT_EQ(&identity.home(home.from_day), &home);
      EXPECT_GT(home.position.latitude, 51.3);
      EXPECT_LT(home.position.latitude, 53.1);
    }
  }
  for (const HomeKind kind : {HomeKind::own, HomeKind::placement, HomeKind::hostel, HomeKind::none})
    EXPECT_GT(kinds[kind], 0);
}

TEST(Identity, says_how_old_somebody_is_on_a_day) {
  const Population population = small_population();
  const Identity identity = population.of({Circle::market, 1, 3, 0});
  EXPECT_EQ(identity.age_years(identity.birth_day), 0);
  EXPECT_EQ(identity.age_years(identity.birth_day + 364), 0);
  EXPECT_EQ(identity.age_years(identity.birth_day + 366), 1);
  EXPECT_EQ(identity.age_years(identity.birth_day + 30 * 365 + 9), 30);
}

}  // namespace throughline::simulate
