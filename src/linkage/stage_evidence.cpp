#include "linkage/stage_evidence.h"

#include "base/check.h"
#include "linkage/link.h"
#include "linkage/stage_encode.h"

namespace throughline::linkage {
namespace {

std::size_t place_of(const Links& links, const Mention& mention) {
  const auto& mentions = links.world.mentions;
  CHECK(&mention >= mentions.data() && &mention < mentions.data() + mentions.size());
  return static_cast<std::size_t>(&mention - mentions.data());
}

}  // namespace

PairEvidence evidence_of(const Links& links, const Mention& one, const Mention& other) {
  const People people = encode_mentions(links.world.mentions);
  const Rarity rarity = learnt_rarity(people.records, people.texts, {.seed = links.run.seed});
  const Scale scale(links.derived.mixture, rarity);
  const ComparedPair pair{.one = people.records[place_of(links, one)],
                          .other = people.records[place_of(links, other)],
                          .texts = people.texts};
  PairEvidence evidence{.facts = facts_of(pair, scale), .explanation = {}, .relatives = {}};
  evidence.explanation = explain(links.derived.mixture, evidence.facts);
  evidence.relatives = weigh_relatives(evidence.facts.pattern, evidence.explanation.weight_bits);
  return evidence;
}

double household_chance(const Mixture& mixture, const PairFacts& facts) {
  return posterior(mixture, facts.pattern, facts.kind).probability[static_cast<std::size_t>(PairClass::household)];
}

Replay replay_in(const Links& links, const Certificate& certificate, const CertifiedPlaces& places) {
  const People people = encode_mentions(links.world.mentions);
  const ComparedPair pair{.one = people.records[place_of(links, places.one)],
                          .other = people.records[place_of(links, places.other)],
                          .texts = people.texts};
  return replay(certificate,
                {.pair = pair, .one = certificate.one, .other = certificate.other, .program = places.program});
}

}  // namespace throughline::linkage
