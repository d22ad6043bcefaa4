#include "simulate/observe/known_people.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/parallel.h"
#include "simulate/observe/testing_people.h"

namespace throughline::simulate {

TEST(KnownPeople, are_put_together_once_however_many_threads_ask) {
  const Population population = small_population();
  const std::vector<PersonRef> people = market_of(population);
  constexpr std::int64_t k_askers = 6;
  KnownPeople known(population);
  std::vector<std::vector<const Identity*>> answers(k_askers);
  base::parallel_chunks({.items = k_askers}, [&](const base::Chunk& asker) {
    for (const PersonRef& person : people) answers[static_cast<std::size_t>(asker.index)].push_back(&known.of(person));
  });
  for (std::size_t i = 0; i < people.size(); ++i) {
    for (const auto& answer : answers) EXPECT_EQ(answer[i], answers.front()[i]);
    EXPECT_EQ(answers.front()[i]->ref, people[i]);
    EXPECT_EQ(answers.front()[i]->nhs_number, population.of(people[i]).nhs_number);
  }
}

TEST(KnownPeople, who_hold_a_row_later_are_put_together_once_too) {
  const Population population = small_population();
  std::vector<PersonRef> people;
  for (const PersonRef& first : market_of(population)) {
    for (std::uint16_t generation = 1; generation < 3; ++generation) {
      people.push_back({first.circle, first.town, first.number, generation});
    }
  }
  constexpr std::int64_t k_askers = 6;
  base::set_thread_limit(k_askers);
  KnownPeople known(population);
  std::vector<std::vector<const Identity*>> answers(k_askers);
  base::parallel_chunks({.items = k_askers}, [&](const base::Chunk& asker) {
    for (const PersonRef& person : people) answers[static_cast<std::size_t>(asker.index)].push_back(&known.of(person));
  });
  base::set_thread_limit(0);
  for (std::size_t i = 0; i < people.size(); ++i) {
    for (const auto& answer : answers) EXPECT_EQ(answer[i], answers.front()[i]);
    EXPECT_EQ(answers.front()[i]->ref, people[i]);
    EXPECT_EQ(answers.front()[i]->nhs_number, population.of(people[i]).nhs_number);
  }
}

TEST(KnownPeople, are_told_apart_in_every_circle_and_generation) {
  const Population population = small_population();
  KnownPeople known(population);
  std::vector<PersonRef> people;
  for (const std::int32_t town : {0, population.towns() - 1}) {
    const std::int32_t last = population.market_people(town) - 1;
    for (std::uint16_t generation = 0; generation < 3; ++generation) {
      people.push_back({Circle::market, town, last, generation});
    }
    for (const std::int32_t number : {0, population.bystanders(town) - 1}) {
      people.push_back({Circle::bystander, town, number, 0});
    }
  }
  for (std::int32_t row = 0; row < population.market_people(1); ++row) {
    const std::optional<PersonRef> grown_up = population.grown_up({Circle::market, 1, row, 0});
    if (grown_up.has_value()) people.push_back(*grown_up);
  }
  const auto fetch_early = [&](const PersonRef& person) {
    using enum KnownPeople::Soon;
    for (const KnownPeople::Soon step : {later, soon, next}) known.fetch_early(person, step);
  };
  for (const PersonRef& person : people) {
    fetch_early(person);
    EXPECT_EQ(known.of(person).ref, person);
    fetch_early(person);
  }
  for (const PersonRef& person : people) EXPECT_EQ(known.of(person).ref, person);
  fetch_early({});
}

}  // namespace throughline::simulate
