#include "linkage/people_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "linkage/made_up_mentions.h"

namespace throughline::linkage {
namespace {

// A model learnt once from a world of its own kind, and the people of the test encoded beside it.
struct World {
  World(int mentions, std::uint64_t seed)
      : people(encoded(made_up_mentions(24, mentions, seed))), answer(linked(people)) {}

  [[nodiscard]] FrozenModel model() const { return {.model = *answer.model, .texts = people.texts}; }
  [[nodiscard]] IndexedMention mention(std::size_t at) const {
    return {.id = 1000 + 7 * at, .record = people.records[at]};
  }

  People people;
  LinkAnswer answer;
};

const World& world() {
  static const World shared(90, 5);
  return shared;
}

IndexOptions small_blocks() {
  IndexOptions options;
  options.linking = {{{Atom::family, Atom::birth_year}}, {{Atom::postcode}}, {{Atom::given}}};
  options.block_members_max = 7;
  return options;
}

using Entities = std::map<MentionNo, MentionNo>;
using Live = std::map<MentionNo, PersonRecord>;

// Everything at once and without an index: all pairs that an open block makes, weighed, then clustered.
class FullRun {
 public:
  FullRun(const World& of, const Live& live, const IndexOptions& options)
      : texts_(of.people.texts), scale_(of.answer.model->mixture, of.answer.model->rarity), options_(options) {
    for (const auto& [id, record] : live) {
      ids_.push_back(id);
      records_.push_back(record);
    }
    for (const BlockingRule& rule : options.linking) {
      std::map<std::uint32_t, std::int64_t> members;
      for (const PersonRecord& record : records_) {
        const auto key = block_of(rule, record, texts_);
        if (key.has_value()) ++members[*key];
      }
      sizes_.push_back(members);
    }
  }

  [[nodiscard]] std::vector<WeighedPair> pairs() const {
    std::vector<WeighedPair> pairs;
    for (std::uint32_t i = 0; i < records_.size(); ++i) {
      for (std::uint32_t j = i + 1; j < records_.size(); ++j) {
        if (!shares_open_block(records_[i], records_[j])) continue;
        const PairWeight weight = weigh(records_[i], records_[j]);
        if (weight.probability < options_.probability_kept) continue;
        pairs.push_back({.one = i,
                         .other = j,
                         .weight_bits = static_cast<float>(weight.weight_bits),
                         .probability = static_cast<float>(weight.probability)});
      }
    }
    return pairs;
  }

  [[nodiscard]] Entities entities() const {
    const WeighRecords weigh_records = [&](const PersonRecord& one, const PersonRecord& other, PairKind kind) {
      const Pattern pattern = compare(one, other, texts_);
      return scale_.weight_of(scale_.pattern_bits(pattern, kind) + scale_.rarity_bits(pattern, one, other)).weight_bits;
    };
    const auto first = cluster(records_, pairs(), weigh_records, options_.clustering);
    Entities entities;
    for (std::size_t i = 0; i < ids_.size(); ++i) entities[ids_[i]] = ids_[first[i]];
    return entities;
  }

 private:
  [[nodiscard]] PairWeight weigh(const PersonRecord& one, const PersonRecord& other) const {
    return scale_.weigh(compare(one, other, texts_), one, other);
  }
  [[nodiscard]] bool shares_open_block(const PersonRecord& one, const PersonRecord& other) const {
    for (std::size_t rule = 0; rule < options_.linking.size(); ++rule) {
      const auto key = block_of(options_.linking[rule], one, texts_);
      if (!key.has_value() || key != block_of(options_.linking[rule], other, texts_)) continue;
      if (sizes_[rule].at(*key) <= options_.block_members_max) return true;
    }
    return false;
  }

  const ComparedTexts& texts_;
  Scale scale_;
  const IndexOptions& options_;
  std::vector<MentionNo> ids_;
  std::vector<PersonRecord> records_;
  std::vector<std::map<std::uint32_t, std::int64_t>> sizes_;
};

Entities entities_of(const PeopleIndex& index, const Live& live) {
  Entities entities;
  for (const auto& [id, record] : live) {
    const auto entity = index.entity_of(id);
    if (entity.has_value()) entities[id] = *entity;
  }
  return entities;
}

// Takes the moves as the registry would, checking that each begins where the mention was.
void follow(Entities& entities, const std::vector<EntityMove>& moves) {
  for (const EntityMove& move : moves) {
    const auto at = entities.find(move.mention);
    RC_ASSERT(move.before.has_value() == (at != entities.end()));
    if (move.before.has_value()) RC_ASSERT(at->second == *move.before);
    if (move.after.has_value()) {
      entities[move.mention] = *move.after;
    } else {
      entities.erase(move.mention);
    }
  }
}

// One step of a history drawn at random.
void step(PeopleIndex& index, Live& live, Entities& followed) {
  const std::size_t at = *rc::gen::inRange<std::size_t>(0, world().people.records.size());
  IndexedMention mention = world().mention(at);
  if (!live.contains(mention.id)) {
    std::vector<IndexedMention> batch{mention};
    const std::size_t more = *rc::gen::inRange<std::size_t>(0, 6);
    for (std::size_t i = 1; i <= more; ++i) {
      const IndexedMention other = world().mention((at + 11 * i) % world().people.records.size());
      const bool is_new = !live.contains(other.id) && other.id != mention.id;
      if (is_new) batch.push_back(other);
    }
    for (const IndexedMention& added : batch) live[added.id] = added.record;
    follow(followed, index.add(batch).value());
  } else if (*rc::gen::arbitrary<bool>()) {
    live.erase(mention.id);
    follow(followed, index.withdraw(mention.id).value());
  } else {
    mention.record = world().people.records[*rc::gen::inRange<std::size_t>(0, world().people.records.size())];
    live[mention.id] = mention.record;
    follow(followed, index.correct(mention).value());
  }
}

RC_GTEST_PROP(PeopleIndex, any_history_ends_where_a_full_run_on_what_is_left_ends, ()) {
  const IndexOptions options = small_blocks();
  PeopleIndex index(world().model(), options);
  Live live;
  Entities followed;
  const int steps = *rc::gen::inRange(1, 60);
  for (int i = 0; i < steps; ++i) step(index, live, followed);
  const Entities expected = FullRun(world(), live, options).entities();
  RC_ASSERT(entities_of(index, live) == expected);
  RC_ASSERT(followed == expected);
  RC_ASSERT(index.size() == static_cast<std::int64_t>(live.size()));
}

TEST(PeopleIndex, goes_on_from_a_full_run) {
  const IndexOptions options = small_blocks();
  Live live;
  std::vector<IndexedMention> mentions;
  for (std::size_t i = 0; i < 60; ++i) mentions.push_back(world().mention(i));
  for (const IndexedMention& mention : mentions) live[mention.id] = mention.record;
  const Entities before = FullRun(world(), live, options).entities();
  std::vector<std::uint32_t> first;
  for (const IndexedMention& mention : mentions)
    first.push_back(static_cast<std::uint32_t>((before.at(mention.id) - 1000) / 7));
  PeopleIndex index(world().model(), options);
  std::vector<MentionNo> ids;
  for (const IndexedMention& mention : mentions) ids.push_back(mention.id);
  index.load({.ids = ids, .records = std::span(world().people.records).first(60), .first_of_cluster = first});
  ASSERT_EQ(entities_of(index, live), before);
  std::vector<IndexedMention> more;
  for (std::size_t i = 60; i < 90; ++i) more.push_back(world().mention(i));
  for (const IndexedMention& mention : more) live[mention.id] = mention.record;
  ASSERT_TRUE(index.add(more).ok());
  EXPECT_EQ(entities_of(index, live), FullRun(world(), live, options).entities());
}

TEST(PeopleIndex, makes_the_pairs_that_blocking_makes) {
  const People people = encoded(made_up_mentions(60, 200, 9));
  const base::Interrupt interrupt;
  const Blocking blocking = block(people, PairScope::all, {.all_pairs_max = 0}, interrupt).value();
  std::vector<BlockingRule> rules;
  for (const BlockingRule& rule : rule_catalogue()) {
    const auto plan = std::ranges::find(blocking.rules, rule.name(), &RulePlan::rule);
    if (plan != blocking.rules.end() && plan->is_used) rules.push_back(rule);
  }
  ASSERT_GT(rules.size(), 20U);
  IndexedPeople index(people.texts, rules);
  std::vector<MentionNo> ids(people.records.size());
  std::iota(ids.begin(), ids.end(), MentionNo{0});
  index.insert(ids, people.records);
  PairKeys pairs;
  for (Place place = 0; place < people.records.size(); ++place) {
    for (std::size_t rule = 0; rule < rules.size(); ++rule) {
      const auto members = index.block(rule, people.records[place], 3000);
      ASSERT_TRUE(members.has_value());
      for (const Place other : *members) {
        if (other > place) pairs.push_back((std::uint64_t{place} << 32) | other);
      }
    }
  }
  std::ranges::sort(pairs);
  const auto repeated = std::ranges::unique(pairs);
  pairs.erase(repeated.begin(), repeated.end());
  EXPECT_EQ(pairs, blocking.pairs);
}

// Eight of one name fill a block of seven to bursting.
TEST(PeopleIndex, a_block_that_grows_over_its_limit_makes_no_pairs_until_it_shrinks) {
  IndexOptions options;
  options.linking = {{{Atom::given}}};
  options.block_members_max = 7;
  PeopleIndex index(world().model(), options);
  std::vector<IndexedMention> alike;
  for (MentionNo id = 0; id < 8; ++id) alike.push_back({.id = id, .record = world().people.records[0]});
  ASSERT_TRUE(index.add(std::span(alike).first(7)).ok());
  ASSERT_EQ(index.mentions_with(3).size(), 7U);
  const auto closing = index.add(std::span(alike).last(1));
  ASSERT_TRUE(closing.ok());
  EXPECT_EQ(closing.value().size(), 7U);  // Six leave the entity of the first; one is new.
  EXPECT_EQ(index.mentions_with(3), std::vector<MentionNo>{3});
  const auto opening = index.withdraw(7);
  ASSERT_TRUE(opening.ok());
  EXPECT_EQ(index.mentions_with(3).size(), 7U);
}

TEST(PeopleIndex, refuses_what_is_there_already_and_what_is_not) {
  PeopleIndex index(world().model(), small_blocks());
  const IndexedMention mention = world().mention(0);
  ASSERT_TRUE(index.add({&mention, 1}).ok());
  EXPECT_EQ(index.add({&mention, 1}).error().message(),
            "mention 1000 is in the index already, or twice among those to be added. Correct it instead, or withdraw "
            "it first.");
  EXPECT_EQ(index.withdraw(5).error().message(), "mention 5 is not in the index. Add it first.");
  EXPECT_EQ(index.correct({.id = 5}).error().code, "mention_unknown");
  const std::vector<IndexedMention> twice(2, world().mention(1));
  EXPECT_EQ(index.add(twice).error().code, "mention_known");
  EXPECT_EQ(index.size(), 1);
}

TEST(PeopleIndex, places_of_those_who_left_are_used_again) {
  PeopleIndex index(world().model(), small_blocks());
  const IndexedMention stays = world().mention(0);
  ASSERT_TRUE(index.add({&stays, 1}).ok());
  for (int round = 0; round < 3000; ++round) {
    const IndexedMention mention = world().mention(1);
    ASSERT_TRUE(index.add({&mention, 1}).ok());
    ASSERT_TRUE(index.withdraw(mention.id).ok());
  }
  EXPECT_EQ(index.size(), 1);
  EXPECT_LT(index.bytes(), 1'000'000);
}

class Find : public testing::Test {
 protected:
  Find() {
    IndexOptions options;
    options.linking = {{{Atom::family, Atom::birth}}, {{Atom::phone}}};
    options.finding = {{{Atom::given_start, Atom::family_start}}, {{Atom::postcode}}};
    index_.emplace(world().model(), options);
    std::vector<IndexedMention> mentions;
    for (std::size_t i = 0; i < world().people.records.size(); ++i) mentions.push_back(world().mention(i));
    EXPECT_TRUE(index_->add(mentions).ok());
  }
  std::optional<PeopleIndex> index_;
};

TEST_F(Find, gives_the_entity_first_that_is_most_like_what_was_asked) {
  PersonRecord asked = world().people.records[4];
  asked.source = 9;
  const FindAnswer answer = index_->find(asked);
  ASSERT_FALSE(answer.entities.empty());
  EXPECT_EQ(answer.entities[0].entity, index_->entity_of(world().mention(4).id));
  EXPECT_EQ(answer.entities[0].mentions,
            static_cast<std::int64_t>(index_->mentions_with(world().mention(4).id).size()));
  EXPECT_TRUE(std::ranges::is_sorted(answer.entities, std::greater<>(), &FoundEntity::weight_bits));
}

TEST_F(Find, works_from_a_name_alone) {
  PersonRecord asked;
  asked.source = 9;
  const PersonRecord& whole = world().people.records[4];
  asked.given = whole.given;
  asked.given_letters = whole.given_letters;
  asked.given_id = whole.given_id;
  asked.family = whole.family;
  asked.family_letters = whole.family_letters;
  asked.family_id = whole.family_id;
  const FindAnswer answer = index_->find(asked, {.weight_bits_min = -30});
  const auto wanted = index_->entity_of(world().mention(4).id);
  EXPECT_TRUE(std::ranges::any_of(answer.entities, [&](const FoundEntity& at) { return at.entity == wanted; }));
}

TEST_F(Find, says_which_details_are_too_common_to_search_by) {
  PersonRecord asked = world().people.records[4];
  asked.source = 9;
  const FindAnswer answer = index_->find(asked, {.compared_max = 0});
  EXPECT_THAT(answer.too_common, testing::Contains("start of given name + start of family name"));
  EXPECT_TRUE(answer.entities.empty());
}

TEST_F(Find, gives_no_more_entities_than_wanted) {
  PersonRecord asked = world().people.records[4];
  asked.source = 9;
  EXPECT_EQ(index_->find(asked, {.entities_max = 1, .weight_bits_min = -100}).entities.size(), 1U);
}

}  // namespace
}  // namespace throughline::linkage
