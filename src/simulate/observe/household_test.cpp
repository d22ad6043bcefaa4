#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "simulate/observe/identity.h"
#include "simulate/observe/testing_people.h"

namespace throughline::simulate {

namespace {

struct Counted {
  std::int64_t households = 0;
  std::int64_t siblings_in_the_market = 0;
  std::int64_t twins = 0;
  std::int64_t one_surname = 0;
  std::int64_t children = 0;
};

std::vector<HouseholdRef> households_of(const Population& population, PersonKind wanted) {
  std::set<HouseholdRef> households;
  for (const PersonRef& person : market_of(population)) {
    if (population.roll().kind_of(person) == wanted) households.insert(population.roll().household_of(person));
  }
  return {households.begin(), households.end()};
}

void look_at_children(const Population& population, const HouseholdRef& household, Counted& counted) {
  const std::vector<PersonRef> members = population.roll().members(household);
  std::vector<Identity> children;
  std::vector<Identity> heads;
  for (const PersonRef& member : members) {
    (population.roll().is_head(member) ? heads : children).push_back(population.of(member));
  }
  ASSERT_FALSE(heads.empty());
  ++counted.households;
  counted.children += static_cast<std::int64_t>(children.size());
  for (std::size_t i = 0; i < children.size(); ++i) {
    const Identity& child = children[i];
    if (i > 0 && child.ref.circle == Circle::market) ++counted.siblings_in_the_market;
    if (child.surname == children.front().surname) ++counted.one_surname;
    EXPECT_EQ(child.household, heads.front().household);
    EXPECT_EQ(child.household_telephone, heads.front().ref);
    EXPECT_GE(child.birth_day - heads.front().birth_day, static_cast<std::int32_t>(16 * 365.25) - 1);
    for (std::size_t k = 0; k < i; ++k) {
      const std::int32_t apart = std::abs(child.birth_day - children[k].birth_day);
      EXPECT_TRUE(apart == 0 || apart >= 280) << apart;
      EXPECT_TRUE(child.forename != children[k].forename) << truth_id(child.ref);
      if (apart == 0) ++counted.twins;
    }
    EXPECT_FALSE(child.homes.back().address.empty());
  }
}

}  // namespace

TEST(Household, brings_children_up_with_brothers_sisters_and_twins) {
  const Population population = small_population(1);
  Counted counted;
  for (const HouseholdRef& household : households_of(population, PersonKind::child)) {
    look_at_children(population, household, counted);
  }
  EXPECT_GT(counted.households, 2000);
  EXPECT_GT(counted.siblings_in_the_market * 100, counted.children * 5);
  EXPECT_GT(counted.twins, 10);
  EXPECT_LT(counted.twins * 20, counted.children);
  EXPECT_GT(counted.one_surname * 100, counted.children * 80);
  EXPECT_LT(counted.one_surname, counted.children);
}

TEST(Household, is_the_same_whoever_of_it_is_asked) {
  const Population population = small_population(0.3);
  for (std::int32_t town = 0; town < population.towns(); ++town) {
    for (std::int32_t number = 0; number < population.bystanders(town); number += 3) {
      const std::vector<PersonRef> members = population.household({Circle::bystander, town, number, 0});
      for (const PersonRef& member : members) EXPECT_EQ(population.household(member), members);
    }
  }
  for (const HouseholdRef& household : households_of(population, PersonKind::child)) {
    const std::vector<PersonRef> members = population.roll().members(household);
    for (const PersonRef& member : members) EXPECT_EQ(population.household(member), members);
  }
}

TEST(Household, has_adults_alone_with_partners_and_with_parents) {
  const Population population = small_population(0.3);
  std::map<std::size_t, std::int64_t> by_size;
  std::int64_t with_parents = 0;
  for (const HouseholdRef& household : households_of(population, PersonKind::user)) {
    const std::vector<PersonRef> members = population.roll().members(household);
    ++by_size[members.size()];
    if (members.size() < 2) continue;
    EXPECT_TRUE(population.roll().is_head(members[1]));
    if (population.birth_day(members[0]) - population.birth_day(members[1]) > 18 * 365) ++with_parents;
  }
  EXPECT_GT(by_size[1], by_size[2]);
  EXPECT_GT(by_size[3], 0);
  EXPECT_GT(with_parents, 0);
}

TEST(Household, moves_together) {
  const Population population = small_population(0.3);
  std::int64_t moved = 0;
  for (const HouseholdRef& household : households_of(population, PersonKind::child)) {
    const std::vector<PersonRef> members = population.roll().members(household);
    const Identity mother = population.of(*population.grown_up(members.front()));
    const Identity child = population.of(members.front());
    if (child.homes.back().kind != HomeKind::own) continue;
    EXPECT_EQ(child.homes.back().address, mother.homes.back().address);
    EXPECT_EQ(child.homes.size(), mother.homes.size());
    if (child.homes.size() > 1) ++moved;
  }
  EXPECT_GT(moved, 0);
}

TEST(Household, has_namesakes_elsewhere_born_near) {
  const Population population = small_population(1);
  std::int64_t namesakes = 0;
  for (std::int32_t number = 0; number < population.bystanders(4); ++number) {
    const PersonRef person{Circle::bystander, 4, number, 0};
    const auto other = population.roll().namesake_of(person);
    if (!other) continue;
    ++namesakes;
    const Identity one = population.of(person);
    const Identity two = population.of(*other);
    EXPECT_EQ(one.forename, two.forename);
    EXPECT_EQ(one.surname, two.surname);
    EXPECT_EQ(one.sex, two.sex);
    EXPECT_LE(std::abs(one.birth_day - two.birth_day), 700);
    EXPECT_NE(one.nhs_number, two.nhs_number);
  }
  EXPECT_GT(namesakes, 20);
}

}  // namespace throughline::simulate
