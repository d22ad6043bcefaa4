#include "linkage/stage_who.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <thread>

#include "linkage/link.h"
#include "linkage/made_up_mentions.h"
#include "linkage/relatives.h"

namespace throughline::linkage {
namespace {

using testing::IsEmpty;
using testing::Not;

PersonTexts texts_of(const MadeUpMention& mention) {
  return {.forename = mention.given,
          .surname = mention.family,
          .birth = mention.birth,
          .sex = mention.sex,
          .phone = mention.phone,
          .address = mention.address,
          .postcode = mention.postcode};
}

// A run over made-up people, some of whom go by another name in some records.
Links links_of(int people, int mentions, std::uint64_t seed) {
  const std::vector<MadeUpMention> made_up = made_up_mentions(people, mentions, seed);
  Links links;
  links.derived.mixture = linked(encoded(made_up)).model->mixture;
  for (std::size_t i = 0; i < made_up.size(); ++i) {
    Mention& mention = links.world.mentions.emplace_back();
    mention.id = {.extract = ledger::ExtractNo(1), .place = static_cast<std::int64_t>(i), .item = 0};
    mention.person = texts_of(made_up[i]);
    if (i % 5 == 0) std::swap(mention.person.known_as, mention.person.forename);
    if (i % 7 == 0) mention.person.police_id = "P" + std::to_string(100'000 + made_up[i].person);
  }
  return links;
}

const Links& world() {
  static const Links shared = links_of(150, 400, 9);
  return shared;
}

// Whose probabilities follow labels.
const Links& calibrated_world() {
  static const Links shared = [] {
    Links links = links_of(150, 400, 10);
    links.run.seed = 7;
    links.derived.recalibration = {.same = 40, .different = 40, .offset_bits = -2, .slope = 0.6, .together_bits = 1.5};
    return links;
  }();
  return shared;
}

// Everybody of a world, read once: how rare values are is learnt from many pairs.
struct Everybody {
  explicit Everybody(const Links& links) : records(read(links)) {}
  base::LargeVector<PersonRecord> read(const Links& links) {
    for (const Mention& mention : links.world.mentions) encode(encoder, mention.person, 0, NumberKind::police_id);
    return encoder.take_records();
  }
  Encoder encoder{};
  base::LargeVector<PersonRecord> records;
};

// Everybody weighed, one after another, with nothing of the index.
std::vector<AskedMatch> by_reading_all(const Links& links, const PersonTexts& asked, double probability_min) {
  static std::map<const Links*, Everybody> read;
  static std::map<const Links*, Rarity> rarities;
  auto& [encoder, records] = read.try_emplace(&links, links).first->second;
  if (!rarities.contains(&links)) {
    rarities.emplace(&links, learnt_rarity(records, encoder.texts(), {.seed = links.run.seed}));
  }
  const Rarity& rarity = rarities.at(&links);
  const PersonRecord sought = encode_one(encoder, asked, 0xFFFF, NumberKind::police_id);
  const Scale scale(links.derived.mixture, rarity);
  std::vector<AskedMatch> matches;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Pattern pattern = compare(records[i], sought, encoder.texts());
    const double weight = weigh_relatives(pattern, scale.weigh(pattern, records[i], sought).weight_bits).weight_bits;
    const double probability = links.derived.recalibration
                                   ? links.derived.recalibration->at(StandingWeight::of_no_run(weight)).probability
                                   : probability_of_bits(weight);
    if (probability >= probability_min) matches.push_back({links.world.mentions[i].id, probability});
  }
  return matches;
}

// What somebody at a desk may know of one of these people: part of it, misspelt, the names either way round.
PersonTexts something_of(const Links& links, base::Random& chance) {
  PersonTexts asked = links.world.mentions[static_cast<std::size_t>(chance.below(links.world.mentions.size()))].person;
  if (asked.forename.empty()) std::swap(asked.forename, asked.known_as);
  if (chance.bernoulli(0.4)) asked.forename = with_slip(asked.forename, chance);
  if (chance.bernoulli(0.4)) asked.surname = with_slip(asked.surname, chance);
  if (chance.bernoulli(0.2)) std::swap(asked.forename, asked.surname);
  if (chance.bernoulli(0.2)) asked.forename.clear();
  if (chance.bernoulli(0.3)) asked.birth = asked.birth.substr(0, 4);
  if (chance.bernoulli(0.1)) asked.birth.clear();
  if (chance.bernoulli(0.5)) asked.phone.clear();
  if (chance.bernoulli(0.7)) asked.police_id.clear();
  if (chance.bernoulli(0.6)) asked.postcode.clear();
  if (chance.bernoulli(0.6)) asked.address.clear();
  if (asked.forename.empty() && asked.surname.empty()) asked.surname = "grice";
  return asked;
}

RC_GTEST_PROP(WhoIndex, answers_as_reading_everybody_does_by_keys_or_without, (std::uint64_t seed)) {
  static const WhoIndex by_keys(world(), {.all_looked_at = 0, .keyed_looked_at = 1'000'000});
  static const WhoIndex without(world(), {.all_looked_at = 1'000'000});
  static const WhoIndex calibrated(calibrated_world(), {.all_looked_at = 0, .keyed_looked_at = 1'000'000});
  base::Random chance({.seed = seed, .stream = base::stream_of("questions")});
  const PersonTexts asked = something_of(world(), chance);
  const PersonTexts asked_there = something_of(calibrated_world(), chance);
  for (const double probability_min : {0.2, 0.5, 0.95}) {
    const std::vector<AskedMatch> all = by_reading_all(world(), asked, probability_min);
    RC_ASSERT(by_keys.find(asked, probability_min).value() == all);
    RC_ASSERT(without.find(asked, probability_min).value() == all);
    RC_ASSERT(calibrated.find(asked_there, probability_min).value() ==
              by_reading_all(calibrated_world(), asked_there, probability_min));
  }
}

TEST(WhoIndex, looks_at_everybody_where_too_many_share_what_was_asked) {
  const WhoIndex few(world(), {.all_looked_at = 0, .keyed_looked_at = 3});
  const WhoIndex all(world(), {.all_looked_at = 1'000'000});
  const PersonTexts asked{.surname = "grice", .birth = "1990"};
  EXPECT_EQ(few.find(asked, 0.001).value(), all.find(asked, 0.001).value());
}

TEST(WhoIndex, finds_a_record_by_the_name_it_is_also_known_by) {
  const WhoIndex by_keys(world(), {.all_looked_at = 0});
  const Mention& mention = world().world.mentions.front();
  ASSERT_FALSE(mention.person.known_as.empty());
  const auto found = by_keys
                         .find({.forename = mention.person.known_as,
                                .surname = mention.person.surname,
                                .postcode = mention.person.postcode},
                               0.2)
                         .value();
  EXPECT_THAT(found, testing::Contains(testing::Field(&AskedMatch::mention, mention.id)));
}

TEST(WhoIndex, is_asked_by_either_number_of_a_person) {
  Links links = links_of(40, 120, 4);
  links.world.mentions[3].person.nhs_number = "9434765919";
  links.world.mentions[3].person.police_id = "P900001";
  const WhoIndex index(links);
  const auto finds = [&](const PersonTexts& asked) {
    const auto found = index.find(asked, 0.2).value();
    return std::ranges::find(found, links.world.mentions[3].id, &AskedMatch::mention) != found.end();
  };
  const PersonTexts& person = links.world.mentions[3].person;
  EXPECT_TRUE(finds({.surname = person.surname, .nhs_number = person.nhs_number}));
  EXPECT_TRUE(finds({.surname = person.surname, .police_id = person.police_id}));
}

TEST(WhoIndex, may_be_asked_by_many_at_a_time) {
  const WhoIndex index(world(), {.all_looked_at = 0});
  const PersonTexts asked = world().world.mentions[11].person;
  const auto alone = index.find(asked, 0.2).value();
  ASSERT_THAT(alone, Not(IsEmpty()));
  std::vector<std::thread> desks;
  std::array<bool, 4> is_same{};
  for (std::size_t desk = 0; desk < is_same.size(); ++desk) {
    desks.emplace_back([&, desk] {
      PersonTexts other = asked;
      other.known_as = "name of desk " + std::to_string(desk);
      static_cast<void>(index.find(other, 0.2));
      is_same.at(desk) = index.find(asked, 0.2).value() == alone;
    });
  }
  for (std::thread& desk : desks) desk.join();
  EXPECT_THAT(is_same, testing::Each(true));
}

TEST(WhoIndex, refuses_what_could_be_anybody) {
  const WhoIndex index(world());
  EXPECT_EQ(index.find({.birth = "1990-01-02"}, 0.2).error().code, "too_little_asked");
  EXPECT_EQ(index.find({.sex = "F", .postcode = "LE1 4QQ"}, 0.2).error().code, "too_little_asked");
}

}  // namespace
}  // namespace throughline::linkage
