#include "linkage/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "linkage/cluster_path.h"
#include "linkage/made_up_mentions.h"

namespace throughline::linkage {
namespace {

using testing::Contains;
using testing::Field;

struct World {
  World()
      : people(encoded(made_up_mentions(30, 120, 3))),
        answer(linked(people)),
        scale(answer.model->mixture, answer.model->rarity) {}
  People people;
  LinkAnswer answer;
  Scale scale;
};

const World& world() {
  static const World shared;
  return shared;
}

PairFacts facts_between(const World& of, std::size_t one, std::size_t other) {
  return facts_of({.one = of.people.records[one], .other = of.people.records[other], .texts = of.people.texts},
                  of.scale);
}

// As the header says.
double added(const Explanation& explanation) {
  double before = 0;
  double rarity = 0;
  for (const EvidenceStep& step : explanation.steps) {
    if (step.kind == StepKind::prior || step.kind == StepKind::comparison) before += step.bits;
    if (step.kind == StepKind::rarity) rarity += step.bits;
  }
  return before + rarity + explanation.steps.back().bits;
}

TEST(Explain, adds_to_the_weight_of_the_scale_to_the_last_bit) {
  const std::span<const PersonRecord> records = world().people.records;
  for (std::size_t i = 0; i < records.size(); ++i) {
    for (std::size_t j = 0; j < records.size(); ++j) {
      if (i == j) continue;
      const PairFacts facts = facts_between(world(), i, j);
      const PairWeight weight = world().scale.weigh(facts.pattern, records[i], records[j]);
      const Explanation explanation = explain(world().answer.model->mixture, facts);
      ASSERT_EQ(added(explanation), weight.weight_bits);
      ASSERT_EQ(explanation.weight_bits, weight.weight_bits);
      ASSERT_EQ(explanation.probability, weight.probability);
    }
  }
}

TEST(Explain, adds_to_the_weight_where_names_are_swapped_and_towns_and_emails_agree) {
  struct Row {
    const char* given;
    const char* family;
    const char* town;
    const char* email;
  };
  // The first two are the pair; the others make their values rarer than most.
  const Row rows[] = {
      {"esme", "corley", "Lewes", "ecorley@lewes-post.co.uk"}, {"corley", "esme", "Lewes", "ecorley@lewes-post.co.uk"},
      {"liam", "grice", "Hove", "office@hove-post.co.uk"},     {"isla", "begum", "Hove", "office@hove-post.co.uk"},
      {"gwen", "hallam", "Hove", "office@hove-post.co.uk"},    {"harun", "farrow", "Hove", "office@hove-post.co.uk"}};
  Encoder encoder;
  for (const Row& row : rows) {
    PersonFields fields;
    fields[FieldRole::given_name] = row.given;
    fields[FieldRole::family_name] = row.family;
    fields[FieldRole::locality] = row.town;
    fields[FieldRole::email] = row.email;
    encoder.add(fields, 0);
  }
  const People people = std::move(encoder).finish();
  const Rarity rarity(people.records);
  const Scale scale(world().answer.model->mixture, rarity);
  const PairFacts facts =
      facts_of({.one = people.records[0], .other = people.records[1], .texts = people.texts}, scale);
  ASSERT_EQ(facts.pattern.level(Comparison::names), k_names_swapped);
  const Explanation explanation = explain(world().answer.model->mixture, facts);
  EXPECT_EQ(explanation.weight_bits, scale.weigh(facts.pattern, people.records[0], people.records[1]).weight_bits);
  EXPECT_THAT(explanation.steps, Contains(Field(&EvidenceStep::subject, "pair of swapped names")));
  EXPECT_THAT(explanation.steps, Contains(Field(&EvidenceStep::subject, "town")));
  EXPECT_THAT(explanation.steps, Contains(Field(&EvidenceStep::subject, "email")));
}

TEST(Explain, holds_no_value_of_a_record) {
  for (std::size_t other = 1; other < 60; ++other) {
    for (const EvidenceStep& step : explain(world().answer.model->mixture, facts_between(world(), 0, other)).steps) {
      EXPECT_EQ(step.words.find_first_of("0123456789"), std::string::npos) << step.words;
    }
  }
}

struct WordsCase {
  Comparison comparison;
  int level;
  const char* words;
};

TEST(LevelWords, say_what_a_comparison_shows) {
  const WordsCase cases[] = {
      {Comparison::names, 3 * 8 + 1, "given names: one letter differs; family names: the same"},
      {Comparison::names, 1 * 8 + 2, "given names: the same; family names: one is part of the other"},
      {Comparison::names, 64, "given and family name the other way round"},
      {Comparison::birth, 64, "born: day and month the other way round, year the same"},
      {Comparison::birth, 21, "born: on the same day"},
      {Comparison::birth, 1 * 16 + 1 * 4 + 2, "born: day the same, month the same, year a digit out"},
      {Comparison::place, 1 * 6 + 2, "home: same house and street, postcode one letter different"},
      {Comparison::sex, 3 + 2, "sex: different"},
      {Comparison::locality, 4, "town: not known on one side at least"},
      {Comparison::email, 5 + 4, "email: different"},
      {Comparison::phone, 2, "telephone: a digit out"},
  };
  for (const WordsCase& one : cases) EXPECT_EQ(level_words(one.comparison, one.level), one.words);
}

TEST(LevelWords, every_level_has_its_own) {
  for (const Comparison comparison : {Comparison::names, Comparison::birth, Comparison::place}) {
    std::set<std::string> words;
    const int levels = k_levels[static_cast<std::size_t>(comparison)];
    for (int level = 0; level < levels; ++level) words.insert(level_words(comparison, level));
    EXPECT_EQ(std::ssize(words), levels);
  }
}

// 1 and 2 are joined twice over, 3 hangs on a thread, and 1 speaks against 3.
const std::vector<WeighedPair> k_pairs = {
    {.one = 1, .other = 2, .weight_bits = 9}, {.one = 1, .other = 3, .weight_bits = -4},
    {.one = 2, .other = 3, .weight_bits = 2}, {.one = 1, .other = 4, .weight_bits = 6},
    {.one = 2, .other = 4, .weight_bits = 5}, {.one = 4, .other = 9, .weight_bits = 8}};

TEST(ClusterPath, joins_the_cluster_by_its_strongest_links_and_names_the_bridge) {
  const std::vector<std::uint32_t> members = {1, 2, 3, 4};
  const ClusterPath path = path_of(members, k_pairs);
  EXPECT_EQ(path.parts, 1);
  EXPECT_THAT(path.links, testing::ElementsAre(ClusterLink{.one = 1, .other = 2, .weight_bits = 9},
                                               ClusterLink{.one = 1, .other = 4, .weight_bits = 6},
                                               ClusterLink{.one = 2, .other = 3, .weight_bits = 2, .is_bridge = true}));
  EXPECT_THAT(path.against, testing::ElementsAre(ClusterLink{.one = 1, .other = 3, .weight_bits = -4}));
}

TEST(ClusterPath, counts_the_parts_that_no_link_joins) {
  const std::vector<std::uint32_t> members = {1, 2, 3, 4, 7};
  EXPECT_EQ(path_of(members, k_pairs).parts, 2);
  EXPECT_EQ(path_of(std::span(members).last(1), k_pairs).parts, 1);
}

}  // namespace
}  // namespace throughline::linkage
