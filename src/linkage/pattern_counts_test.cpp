#include "linkage/pattern_counts.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/random.h"
#include "linkage/made_up_people.h"

namespace throughline::linkage {
namespace {

struct Made {
  People people;
  PairKeys pairs;
};

// All pairs of people of few names, in two sources.
Made made_up() {
  base::Random chance({.seed = 2, .stream = base::stream_of("pattern counts test")});
  const std::vector<std::string> names = {"", "Ann", "Anne", "Bill", "William", "Green", "Greene"};
  std::vector<MadeUpPerson> people(60);
  for (MadeUpPerson& person : people) {
    person.given = names[chance.below(names.size())];
    person.family = names[chance.below(names.size())];
    person.source = static_cast<std::uint16_t>(chance.below(2));
  }
  Made made{.people = people_of(people), .pairs = {}};
  for (std::uint32_t i = 0; i < people.size(); ++i) {
    for (std::uint32_t j = i + 1; j < people.size(); ++j) made.pairs.push_back(pair_key(i, j));
  }
  return made;
}

TEST(PatternCounts, give_for_each_pair_its_pattern_and_for_each_pattern_its_pairs) {
  const Made made = made_up();
  const ComparedPairs compared = compare_pairs(made.people.records, made.people.texts, made.pairs);
  ASSERT_EQ(compared.of_pair.size(), made.pairs.size());
  std::vector<std::int64_t> pairs(compared.patterns.size(), 0);
  for (std::size_t i = 0; i < made.pairs.size(); ++i) {
    const PersonRecord& one = made.people.records[lower_of(made.pairs[i])];
    const PersonRecord& other = made.people.records[upper_of(made.pairs[i])];
    const PatternCount& count = compared.patterns[compared.of_pair[i]];
    ASSERT_EQ(count.key, key_of(compare(one, other, made.people.texts)));
    ASSERT_EQ(count.kind, kind_of(one, other));
    ++pairs[compared.of_pair[i]];
  }
  for (std::size_t i = 0; i < pairs.size(); ++i) EXPECT_EQ(compared.patterns[i].pairs, pairs[i]);
}

TEST(PatternCounts, are_the_same_with_what_pairs_were_compared_forgotten) {
  const Made made = made_up();
  const ComparedPairs compared = compare_pairs(made.people.records, made.people.texts, made.pairs);
  const std::vector<PatternCount> counted = count_patterns(made.people.records, made.people.texts, made.pairs);
  const auto all = [](const PatternCount& count) { return std::tuple(count.key, count.kind, count.pairs); };
  EXPECT_TRUE(std::ranges::equal(counted, compared.patterns, {}, all, all));
  EXPECT_TRUE(count_patterns({}, made.people.texts, {}).empty());
}

}  // namespace
}  // namespace throughline::linkage
