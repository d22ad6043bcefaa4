#include "simulate/observe/noise.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "base/random.h"
#include "simulate/observe/misspell.h"
#include "simulate/observe/testing_people.h"

namespace throughline::simulate {

namespace {

constexpr std::int32_t k_day = 300;

struct Noise : testing::Test {
  Noise() {
    const Population population = small_population(0.3);
    const std::vector<PersonRef> all = market_of(population);
    for (std::size_t i = 0; i < all.size() && people.size() < 1500; i += 4) {
      people.push_back(population.of(all[i]));
      const auto grown_up = population.grown_up(all[i]);
      households.push_back(grown_up ? population.of(*grown_up) : Identity{});
    }
  }

  [[nodiscard]] WrittenIdentity written(std::size_t i, const NoiseLevels& levels, std::uint64_t subject = 1) const {
    return write_down({.identity = &people[i],
                       .household_telephone = households[i].telephone(k_day),
                       .day = k_day,
                       .seed = 7,
                       .subject = subject + 1000 * i},
                      levels);
  }

  std::vector<Identity> people;
  std::vector<Identity> households;
};

std::string all_of(const WrittenIdentity& written) {
  std::string text;
  for (const std::string_view part : {written.forename, written.middle, written.surname, written.known_as, written.sex,
                                      written.ethnicity, written.telephone, written.address, written.postcode,
                                      written.nhs_number, written.pupil_number, written.police_id}) {
    text.append(part).append("|");
  }
  return text + (written.born ? std::to_string(written.born->days()) : "");
}

}  // namespace

TEST_F(Noise, of_none_writes_everything_as_it_is) {
  for (std::size_t i = 0; i < people.size(); ++i) {
    const WrittenIdentity each = written(i, {});
    EXPECT_EQ(each.forename, people[i].forename);
    EXPECT_EQ(each.surname, people[i].surname);
    EXPECT_EQ(each.born, people[i].born);
    EXPECT_EQ(each.ethnicity, people[i].ethnicity);
    EXPECT_EQ(each.address, people[i].home(k_day).address);
    EXPECT_EQ(each.telephone, people[i].telephone(k_day) == nullptr ? "" : people[i].telephone(k_day)->number);
  }
}

// At probability 1 a level shows whom it can touch; at another it must touch that share of them.
TEST_F(Noise, comes_out_at_the_rate_that_was_set) {
  constexpr double k_rate = 0.3;
  for (const NoiseLevel& level : noise_levels()) {
    NoiseLevels always;
    always.*level.value = 1;
    NoiseLevels often;
    often.*level.value = k_rate;
    double can = 0;
    double did = 0;
    for (std::size_t i = 0; i < people.size(); ++i) {
      const std::string plain = all_of(written(i, {}));
      if (all_of(written(i, always)) == plain) continue;
      ++can;
      if (all_of(written(i, often)) != plain) ++did;
    }
    EXPECT_GT(can, 10) << level.name;
    EXPECT_NEAR(did / can, k_rate, 4 * std::sqrt(k_rate * (1 - k_rate) / can)) << level.name;
  }
}

TEST_F(Noise, of_one_level_leaves_the_other_fields_alone) {
  NoiseLevels some = usual_noise();
  NoiseLevels more = some;
  more.forename_slip = 1;
  more.birth_missing = 1;
  for (std::size_t i = 0; i < people.size(); ++i) {
    WrittenIdentity one = written(i, some);
    WrittenIdentity other = written(i, more);
    EXPECT_FALSE(other.born);
    // Where the names stand in each other's place, the slip is in the surname's.
    if (one.forename != other.forename && one.surname != other.surname) continue;
    one.born = other.born;
    one.forename = other.forename;
    one.known_as = other.known_as;
    one.surname = other.surname;
    EXPECT_EQ(all_of(one), all_of(other));
  }
}

TEST_F(Noise, differs_between_mentions_and_not_between_times) {
  const NoiseLevels levels = usual_noise();
  std::set<std::string> ways;
  for (std::uint64_t subject = 0; subject < 40; ++subject) {
    const std::string once = all_of(written(5, levels, subject));
    EXPECT_EQ(once, all_of(written(5, levels, subject)));
    ways.insert(once);
  }
  EXPECT_GT(ways.size(), 10U);
}

TEST_F(Noise, never_writes_a_birth_that_is_still_to_come) {
  NoiseLevels levels;
  levels.birth_year_slip = 1;
  levels.birth_swapped = 0.5;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const base::Date day = people[i].born + (k_day - people[i].birth_day);
    EXPECT_LT(*written(i, levels).born, day);
  }
}

TEST(Misspelling, changes_one_thing) {
  base::Random random({.seed = 1, .stream = 1});
  for (int i = 0; i < 200; ++i) {
    const std::string slipped = with_slip("Catherine", random);
    EXPECT_NE(slipped, "Catherine");
    EXPECT_EQ(slipped.front(), 'C');
    EXPECT_LE(std::abs(static_cast<int>(slipped.size()) - 9), 1);
    EXPECT_NE(by_sound("Stephen", random), "Stephen");
    EXPECT_NE(with_wrong_digit("07700 412345", random), "07700 412345");
  }
  EXPECT_EQ(with_slip("Al", random), "Al");
  EXPECT_EQ(by_sound("Bob", random), "Bob");
  EXPECT_EQ(with_wrong_digit("none", random), "none");
  EXPECT_EQ(one_part("Smith", random), "Smith");
  const std::string part = one_part("Smith-Jones", random);
  EXPECT_TRUE(part == "Smith" || part == "Jones");
}

TEST(Misspelling, knows_capitals_and_initials_of_accented_letters) {
  EXPECT_EQ(in_capitals("Łukasz Jędrzejewski"), "ŁUKASZ JĘDRZEJEWSKI");
  EXPECT_EQ(in_capitals("Simões Ñandú Kıraç Žiga"), "SIMÕES ÑANDÚ KıRAÇ ŽIGA");
  EXPECT_EQ(initial_of("Łukasz"), "Ł");
  EXPECT_EQ(initial_of("Amy"), "A");
  EXPECT_EQ(initial_of(""), "");
}

}  // namespace throughline::simulate
