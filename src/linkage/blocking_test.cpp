#include "linkage/blocking.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/parallel.h"
#include "base/random.h"
#include "linkage/made_up_people.h"

namespace throughline::linkage {
namespace {

// Rules are tried however few pairs there are.
constexpr BlockingLimits k_by_rules = {.all_pairs_max = 0};

// Many share a value, some lack one.
std::vector<MadeUpPerson> made_up_people(std::size_t count) {
  base::Random chance({.seed = 7, .stream = base::stream_of("blocking test")});
  const auto any = [&](const std::vector<std::string>& values) { return values[chance.below(values.size())]; };
  std::vector<MadeUpPerson> people(count);
  for (MadeUpPerson& person : people) {
    person.given = any({"", "Ann", "Anna", "Bill", "William", "Robert", "Rupert"});
    person.family = any({"", "Green", "Greene", "Smith", "Smyth", "Ann", "Robert"});
    person.birth = any({"", "1990-04-03", "1990-04-04", "1990-05-03", "1991-04-03", "1962-12-30"});
    person.address = any({"", "1 High Street", "2 High Street", "1 Mill Lane"});
    person.postcode = any({"", "AB1 2CD", "AB1 3XY", "ZE1 9XX"});
    person.locality = any({"", "Leeds", "York"});
    person.email = any({"", "ann@fictonbee.uk", "ann@inventa.uk", "annie@fictonbee.uk", "bob@fictonbee.uk"});
    person.phone = any({"", "01632 960001", "020 7946 0001", "01632 960777"});
    person.identifier = any({"", "9434765919", "9434765870"});
    person.source = static_cast<std::uint16_t>(chance.below(2));
  }
  return people;
}

Blocking blocked(const People& people, PairScope scope, const BlockingLimits& limits) {
  const base::Interrupt interrupt;
  return block(people, scope, limits, interrupt).value();
}

std::vector<std::uint64_t> keys_of(const BlockingRule& rule, const People& people) {
  std::vector<std::uint64_t> keys(people.records.size());
  block_keys(rule, people.records, people.texts, keys);
  return keys;
}

PairKeys pairs_of_rule(const BlockingRule& rule, const People& people) {
  const std::vector<std::uint64_t> keys = keys_of(rule, people);
  PairKeys pairs;
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    for (std::uint32_t j = i + 1; j < keys.size(); ++j) {
      if (keys[i] != 0 && keys[i] == keys[j]) pairs.push_back(pair_key(i, j));
    }
  }
  return pairs;
}

TEST(Blocking, makes_for_each_rule_the_pairs_that_comparing_all_keys_finds) {
  const People people = people_of(made_up_people(150));
  const Blocking blocking = blocked(people, PairScope::all, k_by_rules);
  PairKeys all;
  std::size_t made = 0;
  for (const BlockingRule& rule : rule_catalogue()) {
    const PairKeys pairs = pairs_of_rule(rule, people);
    const auto plan = std::ranges::find(blocking.rules, rule.name(), &RulePlan::rule);
    ASSERT_NE(plan, blocking.rules.end()) << rule.name();
    EXPECT_EQ(plan->pairs, static_cast<std::int64_t>(pairs.size())) << rule.name();
    EXPECT_TRUE(plan->is_used) << rule.name();
    all.insert(all.end(), pairs.begin(), pairs.end());
    made += pairs.empty() ? 0U : 1U;
  }
  EXPECT_EQ(made, rule_catalogue().size()) << "the people do not try every rule";
  std::ranges::sort(all);
  const auto repeated = std::ranges::unique(all);
  all.erase(repeated.begin(), repeated.end());
  EXPECT_EQ(blocking.pairs, all);
}

TEST(Blocking, gives_the_same_pairs_at_one_thread_and_at_two) {
  const People people = people_of(made_up_people(400));
  base::set_thread_limit(1);
  const Blocking alone = blocked(people, PairScope::all, k_by_rules);
  base::set_thread_limit(2);
  const Blocking together = blocked(people, PairScope::all, k_by_rules);
  base::set_thread_limit(0);
  EXPECT_EQ(alone.pairs, together.pairs);
}

TEST(Blocking, across_sources_leaves_out_pairs_of_one_source_and_nothing_else) {
  const People people = people_of(made_up_people(150));
  PairKeys expected = blocked(people, PairScope::all, k_by_rules).pairs;
  std::erase_if(expected, [&](PairKey pair) {
    return people.records[lower_of(pair)].source == people.records[upper_of(pair)].source;
  });
  const Blocking across = blocked(people, PairScope::across_sources, k_by_rules);
  EXPECT_EQ(across.pairs, expected);
  const auto of_first = std::ranges::count(people.records, 0, &PersonRecord::source);
  EXPECT_EQ(across.pairs_possible, of_first * (150 - of_first));
}

TEST(Blocking, compares_all_pairs_where_they_are_few) {
  const People people = people_of(made_up_people(30));
  const Blocking blocking = blocked(people, PairScope::all, {});
  EXPECT_TRUE(blocking.is_every_pair);
  EXPECT_TRUE(blocking.rules.empty());
  EXPECT_EQ(blocking.pairs_possible, 435);
  EXPECT_EQ(blocking.pairs.size(), 435U);
  EXPECT_TRUE(std::ranges::is_sorted(blocking.pairs));
}

// A hundred people of one family name, and two who share another.
People one_large_family() {
  std::vector<MadeUpPerson> people(102);
  for (std::size_t i = 0; i < 100; ++i) people[i].family = "Green";
  people[100].family = people[101].family = "Smith";
  return people_of(people);
}

const RulePlan& plan_of(const Blocking& blocking, const std::string& rule) {
  return *std::ranges::find(blocking.rules, rule, &RulePlan::rule);
}

TEST(Blocking, refuses_and_counts_a_rule_that_explodes) {
  const BlockingLimits limits = {.all_pairs_max = 0, .pairs_max = 5'000, .pairs_a_record_max = 0};
  const Blocking blocking = blocked(one_large_family(), PairScope::all, limits);
  EXPECT_EQ(blocking.rule_pairs_max, 1'000);
  const RulePlan& plan = plan_of(blocking, "family name");
  EXPECT_FALSE(plan.is_used);
  EXPECT_EQ(plan.records, 102);
  EXPECT_EQ(plan.blocks, 2);
  EXPECT_EQ(plan.pairs, 4'951);
  EXPECT_EQ(plan.largest_blocks, (std::vector<std::int64_t>{100, 2}));
  EXPECT_TRUE(blocking.pairs.empty());
}

TEST(Blocking, leaves_out_and_counts_a_block_that_is_too_large) {
  const BlockingLimits limits = {.all_pairs_max = 0, .block_members_max = 50};
  const Blocking blocking = blocked(one_large_family(), PairScope::all, limits);
  const RulePlan& plan = plan_of(blocking, "family name");
  EXPECT_TRUE(plan.is_used);
  EXPECT_EQ(plan.blocks_left_out, 1);
  EXPECT_EQ(plan.pairs_left_out, 4'950);
  EXPECT_EQ(blocking.pairs, (PairKeys{pair_key(100, 101)}));
}

TEST(Blocking, of_a_block_with_a_million_members_makes_no_pair) {
  People people = people_of(std::vector<MadeUpPerson>{{.family = "Green"}});
  people.records.resize(1'000'000, people.records.front());
  const Blocking blocking = blocked(people, PairScope::all, {});
  const RulePlan& plan = plan_of(blocking, "family name");
  EXPECT_TRUE(plan.is_estimate) << "found out before a pair is made";
  EXPECT_FALSE(plan.is_used);
  EXPECT_EQ(plan.records, 1'000'000);
  EXPECT_GT(plan.pairs, 499'000'000'000);
  EXPECT_TRUE(blocking.pairs.empty());
}

TEST(Blocking, stops_when_it_is_asked_to) {
  const People people = people_of(made_up_people(150));
  base::Interrupt interrupt;
  interrupt.request();
  EXPECT_EQ(block(people, PairScope::all, k_by_rules, interrupt).error().code, "interrupted");
}

struct AtomCase {
  Atom atom;
  MadeUpPerson one, same, other;  // The second agrees on the atom with the first, the third does not.
};

std::vector<AtomCase> atom_cases() {
  return {
      {Atom::given, {.given = "Ann Mary"}, {.given = "ann"}, {.given = "Anne"}},
      {Atom::given_start, {.given = "Annabel"}, {.given = "Anne"}, {.given = "Andrew"}},
      {Atom::given_initial, {.given = "Ann"}, {.given = "Alan"}, {.given = "Bob"}},
      {Atom::given_sound, {.given = "Robert"}, {.given = "Rupert"}, {.given = "Ruben"}},
      {Atom::family, {.family = "Green"}, {.family = "GREEN"}, {.family = "Greene"}},
      {Atom::family_start, {.family = "Green"}, {.family = "Gregory"}, {.family = "Gold"}},
      {Atom::family_sound, {.family = "Smith"}, {.family = "Smyth"}, {.family = "Stone"}},
      {Atom::names_either_way,
       {.given = "Ann", .family = "Green"},
       {.given = "Green", .family = "Ann"},
       {.given = "Ann", .family = "Ann"}},
      {Atom::birth, {.birth = "1990-04-03"}, {.birth = "03/04/1990"}, {.birth = "1990-03-04"}},
      {Atom::birth_year, {.birth = "1990-04-03"}, {.birth = "1990-12-30"}, {.birth = "1991-04-03"}},
      {Atom::birth_month, {.birth = "1990-04-03"}, {.birth = "1962-04-30"}, {.birth = "1990-05-03"}},
      {Atom::birth_day, {.birth = "1990-04-03"}, {.birth = "1962-12-03"}, {.birth = "1990-04-30"}},
      {Atom::postcode, {.postcode = "AB1 2CD"}, {.postcode = "ab12cd"}, {.postcode = "AB1 2CE"}},
      {Atom::postcode_district, {.postcode = "AB1 2CD"}, {.postcode = "AB1 9XY"}, {.postcode = "AB12 2CD"}},
      {Atom::street, {.address = "1 Mill Lane"}, {.address = "2 Mill Ln"}, {.address = "1 Mill Road"}},
      {Atom::house, {.address = "1 Mill Lane"}, {.address = "Flat 2, 1 High Street"}, {.address = "1A Mill Lane"}},
      {Atom::locality, {.locality = "Leeds"}, {.locality = "LEEDS"}, {.locality = "York"}},
      {Atom::email, {.email = "ann@fictonbee.uk"}, {.email = "Ann@Fictonbee.uk"}, {.email = "ann@inventa.uk"}},
      {Atom::email_local, {.email = "ann@fictonbee.uk"}, {.email = "ann@inventa.uk"}, {.email = "anne@fictonbee.uk"}},
      {Atom::email_start, {.email = "ann@fictonbee.uk"}, {.email = "annie@inventa.uk"}, {.email = "amy@fictonbee.uk"}},
      {Atom::phone, {.phone = "01632 960001"}, {.phone = "+44 1632 960001"}, {.phone = "01632 960002"}},
      {Atom::phone_end, {.phone = "01632 960001"}, {.phone = "01642 960001"}, {.phone = "01632 960002"}},
      {Atom::identifier, {.identifier = "943 476 5919"}, {.identifier = "9434765919"}, {.identifier = "9434765870"}}};
}

TEST(BlockKey, is_shared_where_the_atom_agrees_and_0_where_it_is_missing) {
  const std::vector<AtomCase> cases = atom_cases();
  EXPECT_EQ(cases.size(), static_cast<std::size_t>(Atom::identifier) + 1) << "an atom is not tried";
  for (const AtomCase& each : cases) {
    const std::vector<MadeUpPerson> four = {each.one, each.same, each.other, {}};
    const People people = people_of(four);
    const std::vector<std::uint64_t> keys = keys_of({{each.atom}}, people);
    EXPECT_NE(keys[0], 0U) << atom_name(each.atom);
    EXPECT_EQ(keys[0], keys[1]) << atom_name(each.atom);
    EXPECT_NE(keys[0], keys[2]) << atom_name(each.atom);
    EXPECT_EQ(keys[3], 0U) << atom_name(each.atom);
    EXPECT_EQ(block_key({{each.atom}}, people.records[0], people.texts), keys[0]) << atom_name(each.atom);
  }
}

TEST(BlockKey, wants_every_atom_of_its_rule) {
  const BlockingRule rule{{Atom::family, Atom::birth}};
  EXPECT_EQ(rule.name(), "family name + date of birth");
  const std::vector<MadeUpPerson> three = {{.family = "Green", .birth = "1990-04-03"},
                                           {.family = "Green", .birth = "1990-04-03", .locality = "York"},
                                           {.family = "Green"}};
  const std::vector<std::uint64_t> keys = keys_of(rule, people_of(three));
  EXPECT_EQ(keys[0], keys[1]);
  EXPECT_EQ(keys[2], 0U);
}

TEST(SortedPairs, are_each_once_in_ascending_order) {
  base::Random chance({.seed = 1, .stream = base::stream_of("sorted pairs test")});
  constexpr std::uint32_t k_records = 5'000;
  std::vector<PairKeys> lists(3);
  PairKeys expected;
  for (PairKeys& list : lists) {
    // The last list is of few records, so that one bucket is large enough to be sorted by digits.
    const std::uint32_t among = &list == &lists.back() ? 90 : k_records;
    for (int i = 0; i < 20'000; ++i) {
      const auto one = static_cast<std::uint32_t>(chance.below(among));
      const auto other = static_cast<std::uint32_t>(chance.below(k_records));
      if (one != other) list.push_back(pair_key(one, other));
    }
    expected.insert(expected.end(), list.begin(), list.end());
  }
  std::ranges::sort(expected);
  const auto repeated = std::ranges::unique(expected);
  expected.erase(repeated.begin(), repeated.end());
  EXPECT_EQ(sorted_unique(std::move(lists), k_records), expected);
  EXPECT_TRUE(sorted_unique({}, 0).empty());
}

}  // namespace
}  // namespace throughline::linkage
