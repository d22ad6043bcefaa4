#include "linkage/explain.h"

#include <array>

#include "base/check.h"

namespace throughline::linkage {
namespace {

std::string_view rarity_words(double bits) {
  if (bits > 0.5) return "rarer than most";
  if (bits < -0.5) return "more common than most";
  return "about as common as most";
}

EvidenceStep rarity_step(std::string_view subject, ClassBits bits) {
  return {.kind = StepKind::rarity,
          .subject = std::string(subject),
          .words = std::string(subject) + ": " + std::string(rarity_words(bits.match)),
          .bits = bits.match,
          .household_bits = bits.household};
}

EvidenceStep prior_step(PairKind kind, ClassBits bits) {
  const bool is_within = kind == PairKind::within_source;
  return {.kind = StepKind::prior,
          .subject = "any pair",
          .words = is_within ? "any two records of one source" : "any two records of different sources",
          .bits = bits.match,
          .household_bits = bits.household};
}

EvidenceStep comparison_step(Comparison comparison, int level, ClassBits bits) {
  return {.kind = StepKind::comparison,
          .subject = std::string(shape_of(comparison).name),
          .words = level_words(comparison, level),
          .bits = bits.match,
          .household_bits = bits.household};
}

struct NamedRarity {
  std::string_view subject;
  ClassBits PairRarity::* bits;
};
// In the order in which Scale adds them.
constexpr std::array<NamedRarity, 5> k_rarities = {{{"pair of swapped names", &PairRarity::names_swapped},
                                                    {"given name", &PairRarity::given},
                                                    {"family name", &PairRarity::family},
                                                    {"town", &PairRarity::locality},
                                                    {"email", &PairRarity::email}}};

EvidenceStep household_step(double bits) {
  return {.kind = StepKind::household,
          .subject = "household",
          .words = bits < -0.5 ? "two people of one household would explain it too"
                               : "two people of one household would hardly explain it",
          .bits = bits};
}

// What the scale says of the rarity of one comparison's values alone.
ClassBits rarity_alone(const ComparedPair& pair, const Scale& scale, Comparison comparison, int level) {
  Pattern alone;
  alone.set(comparison, level);
  return scale.rarity_bits(alone, pair.one, pair.other);
}

}  // namespace

std::string_view step_code(StepKind kind) {
  switch (kind) {
    case StepKind::prior: return "prior";
    case StepKind::comparison: return "comparison";
    case StepKind::rarity: return "rarity";
    case StepKind::household: return "household";
  }
  CHECK(false);
}

PairFacts facts_of(const ComparedPair& pair, const Scale& scale) {
  PairFacts facts{.pattern = compare(pair.one, pair.other, pair.texts), .kind = kind_of(pair.one, pair.other)};
  const int names = facts.pattern.level(Comparison::names);
  const auto alone = [&](Comparison comparison, int level) { return rarity_alone(pair, scale, comparison, level); };
  if (names >= k_names_swapped) {
    facts.rarity.names_swapped = alone(Comparison::names, names);
  } else {
    facts.rarity.given =
        alone(Comparison::names, names / 8 * 8);  // With the family name missing, and the other way round.
    facts.rarity.family = alone(Comparison::names, names % 8);
  }
  facts.rarity.locality = alone(Comparison::locality, facts.pattern.level(Comparison::locality));
  facts.rarity.email = alone(Comparison::email, facts.pattern.level(Comparison::email));
  return facts;
}

Explanation explain(const Mixture& mixture, const PairFacts& facts) {
  const Rarity none({});
  const Scale scale(mixture, none);
  Explanation explanation{.steps = {prior_step(facts.kind, scale.prior_bits(facts.kind))}};
  std::vector<EvidenceStep>& steps = explanation.steps;
  for (std::size_t c = 0; c < k_comparisons; ++c) {
    const auto comparison = static_cast<Comparison>(c);
    const int level = facts.pattern.levels[c];
    steps.push_back(comparison_step(comparison, level, scale.level_bits(comparison, level)));
  }
  ClassBits rarity;
  for (const NamedRarity& named : k_rarities) {
    const ClassBits bits = facts.rarity.*named.bits;
    rarity = rarity + bits;
    if (bits != ClassBits{}) steps.push_back(rarity_step(named.subject, bits));
  }
  const ClassBits all = scale.pattern_bits(facts.pattern, facts.kind) + rarity;
  const PairWeight weight = scale.weight_of(all);
  steps.push_back(household_step(scale.weight_of({.match = 0, .household = all.household}).weight_bits));
  explanation.weight_bits = weight.weight_bits;
  explanation.probability = weight.probability;
  return explanation;
}

std::string_view sureness_words(double probability) {
  if (probability >= 0.99) return "almost certain";
  if (probability >= 0.9) return "very likely";
  if (probability >= 0.7) return "likely";
  return probability >= 0.3 ? "possible" : "doubtful";
}

}  // namespace throughline::linkage
