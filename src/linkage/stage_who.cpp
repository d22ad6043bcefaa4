#include "linkage/stage_who.h"

#include "linkage/compare.h"
#include "linkage/encode.h"
#include "linkage/relatives.h"
#include "linkage/weigh.h"

namespace throughline::linkage {

namespace {

using base::Result;

// A source of its own, which no register of a run has.
constexpr std::uint16_t k_asked_source = 0xFFFF;

bool says_enough(const PersonTexts& asked) {
  const bool is_named =
      !asked.forename.empty() || !asked.surname.empty() || !asked.full_name.empty() || !asked.known_as.empty();
  const bool is_numbered = !asked.phone.empty() || !asked.nhs_number.empty() || !asked.police_id.empty();
  return is_named || is_numbered || (!asked.birth.empty() && !asked.postcode.empty());
}

// The mentions, and after them the person asked about.
People named(const Links& links, const PersonTexts& asked) {
  std::vector<PersonTexts> texts;
  for (const Mention& mention : links.world.mentions) texts.push_back(mention.person);
  texts.push_back(asked);
  // Both numbers of the asked person cannot be compared at once; the kind that was asked by is.
  const NumberKind kind =
      asked.nhs_number.empty() && !asked.police_id.empty() ? NumberKind::police_id : number_kind_of(texts);
  Encoder encoder;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    encode(encoder, texts[i], i + 1 < texts.size() ? 0 : k_asked_source, kind);
  }
  return std::move(encoder).finish();
}

}  // namespace

Result<std::vector<AskedMatch>> find_matches(const Links& links, const PersonTexts& asked, double probability_min) {
  if (!says_enough(asked)) {
    return base::Error{base::ErrorKind::bad_command, "too_little_asked", "What was asked could be anybody", "",
                       "Give a name or a number of the person, or a date of birth with a postcode"};
  }
  const People people = named(links, asked);
  const std::span<const PersonRecord> records = people.records;
  const Rarity rarity(records);
  const Scale scale(links.derived.mixture, rarity);
  const PersonRecord& sought = records.back();
  std::vector<AskedMatch> matches;
  for (std::size_t i = 0; i + 1 < records.size(); ++i) {
    const Pattern pattern = compare(records[i], sought, people.texts);
    const RelativeWeight weight = weigh_relatives(pattern, scale.weigh(pattern, records[i], sought).weight_bits);
    if (weight.probability >= probability_min) matches.push_back({links.world.mentions[i].id, weight.probability});
  }
  return matches;
}

}  // namespace throughline::linkage
