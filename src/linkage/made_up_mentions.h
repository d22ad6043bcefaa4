// People who do not exist, for tests: a few families of few names, mentioned several times with slips.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/random.h"
#include "linkage/encode.h"
#include "linkage/link.h"

namespace throughline::linkage {

struct MadeUpMention {
  std::string given, family, birth, postcode, address, sex, phone;
  std::uint16_t source = 0;
  int person = 0;
};

inline std::string with_slip(std::string text, base::Random& chance) {
  if (text.size() < 3) return text;
  const auto at = static_cast<std::size_t>(chance.below(text.size() - 1));
  if (chance.bernoulli(0.5)) {
    std::swap(text[at], text[at + 1]);
  } else {
    text[at] = static_cast<char>('a' + static_cast<int>(chance.below(26)));
  }
  return text;
}

// `mentions` of so many people, who live three to a house and share its family name.
inline std::vector<MadeUpMention> made_up_mentions(int people, int mentions, std::uint64_t seed) {
  constexpr std::array<const char*, 12> k_given = {"amara", "bilal", "carys", "dylan", "esme",   "farah",
                                                   "gwen",  "harun", "isla",  "jakub", "keziah", "liam"};
  constexpr std::array<const char*, 8> k_family = {"ashdown", "begum",  "corley", "dunmore",
                                                   "eastham", "farrow", "grice",  "hallam"};
  constexpr std::array<const char*, 4> k_streets = {"orchard lane", "station road", "mill street", "castle view"};
  base::Random chance({.seed = seed, .stream = base::stream_of("made-up people")});
  std::vector<MadeUpMention> persons;
  for (int person = 0; person < people; ++person) {
    const int house = person / 3;
    MadeUpMention whole;
    whole.person = person;
    whole.given = k_given[chance.below(k_given.size())];
    whole.family = k_family[static_cast<std::size_t>(house * 5) % k_family.size()];
    whole.birth = std::to_string(1960 + chance.below(50)) + "-" + std::to_string(101 + chance.below(12)).substr(1) +
                  "-" + std::to_string(101 + chance.below(28)).substr(1);
    whole.postcode = "BN" + std::to_string(1 + house % 9) + " " + std::to_string(house / 9 % 10) + "AB";
    whole.address =
        std::to_string(1 + house % 40) + " " + k_streets[static_cast<std::size_t>(house) % k_streets.size()];
    whole.sex = chance.bernoulli(0.5) ? "F" : "M";
    whole.phone = "0770090" + std::to_string(1000 + chance.below(9000));
    persons.push_back(whole);
  }
  std::vector<MadeUpMention> all;
  for (int i = 0; i < mentions; ++i) {
    MadeUpMention mention = persons[static_cast<std::size_t>(chance.below(persons.size()))];
    mention.source = static_cast<std::uint16_t>(chance.below(2));
    if (chance.bernoulli(0.15)) mention.given = with_slip(mention.given, chance);
    if (chance.bernoulli(0.1)) mention.family = with_slip(mention.family, chance);
    if (chance.bernoulli(0.1)) mention.birth.clear();
    if (chance.bernoulli(0.2)) mention.postcode = "LE1 4QQ";
    if (chance.bernoulli(0.3)) mention.phone.clear();
    all.push_back(mention);
  }
  return all;
}

inline PersonFields fields_of(const MadeUpMention& mention) {
  PersonFields fields;
  fields[FieldRole::given_name] = mention.given;
  fields[FieldRole::family_name] = mention.family;
  fields[FieldRole::birth_date] = mention.birth;
  fields[FieldRole::postcode] = mention.postcode;
  fields[FieldRole::address] = mention.address;
  fields[FieldRole::sex] = mention.sex;
  fields[FieldRole::phone] = mention.phone;
  return fields;
}

inline People encoded(const std::vector<MadeUpMention>& mentions) {
  Encoder encoder;
  for (const MadeUpMention& mention : mentions) encoder.add(fields_of(mention), mention.source);
  return std::move(encoder).finish();
}

inline LinkAnswer linked(const People& people) {
  const base::Interrupt interrupt;
  base::Progress progress;
  return link(people, {.random_pairs = 20'000}, interrupt, progress).value();
}

}  // namespace throughline::linkage
