#include <algorithm>
#include <ranges>

#include "base/number.h"
#include "linkage/certificate.h"
#include "linkage/relatives.h"

namespace throughline::linkage {
namespace {

std::string in_bits(double bits) {
  return base::format_double(bits) + " bits";
}

void compare_inputs(const Certificate& certificate, const ReplayInputs& inputs, std::vector<std::string>& differences) {
  const auto check = [&](const char* which, const CertificateInput& certified, const CertificateInput& now) {
    if (certified.extract != now.extract) {
      differences.push_back(std::string(which) + " record: the certificate names extract " +
                            certified.extract.hex().substr(0, 16) + ", this one is of " +
                            now.extract.hex().substr(0, 16));
    }
    if (certified.row != now.row) {
      differences.push_back(std::string(which) + " record: the certificate names row " + certified.row +
                            ", this one is " + now.row);
    }
  };
  check("first", certificate.one, inputs.one);
  check("second", certificate.other, inputs.other);
}

void compare_facts(const PairFacts& certified, const PairFacts& now, std::vector<std::string>& differences) {
  for (std::size_t c = 0; c < k_comparisons; ++c) {
    if (certified.pattern.levels[c] == now.pattern.levels[c]) continue;
    const auto comparison = static_cast<Comparison>(c);
    differences.push_back("comparison of " + std::string(shape_of(comparison).name) + ": the certificate says \"" +
                          level_words(comparison, certified.pattern.levels[c]) + "\", the records now say \"" +
                          level_words(comparison, now.pattern.levels[c]) + "\"");
  }
  if (certified.kind != now.kind) {
    differences.emplace_back("sources: the certificate and the records differ in whether both are of one source");
  }
}

void compare_evidence(const Explanation& certified, const Explanation& now, std::vector<std::string>& differences) {
  const std::size_t steps = std::max(certified.steps.size(), now.steps.size());
  if (certified.steps.size() != now.steps.size()) {
    differences.push_back("evidence: the certificate has " + std::to_string(certified.steps.size()) +
                          " steps, reckoned again there are " + std::to_string(now.steps.size()));
  }
  for (std::size_t i = 0; i < steps && certified.steps.size() == now.steps.size(); ++i) {
    const EvidenceStep& was = certified.steps[i];
    const EvidenceStep& is = now.steps[i];
    if (was == is) continue;
    const bool same_words = was.words == is.words && was.subject == is.subject && was.kind == is.kind;
    const double was_bits = was.bits == is.bits ? was.household_bits : was.bits;
    const double is_bits = was.bits == is.bits ? is.household_bits : is.bits;
    differences.push_back(
        "evidence, " + is.subject + ": " +
        (same_words ? "the certificate says " + in_bits(was_bits) + ", reckoned again it is " + in_bits(is_bits)
                    : std::string("the certificate words it differently")));
  }
  if (certified.weight_bits != now.weight_bits) {
    differences.push_back("weight: the certificate says " + in_bits(certified.weight_bits) + ", reckoned again it is " +
                          in_bits(now.weight_bits));
  }
  if (certified.probability != now.probability) {
    differences.push_back("probability: the certificate says " + base::format_double(certified.probability) +
                          ", reckoned again it is " + base::format_double(now.probability));
  }
}

void compare_decided(const CertifiedWeight& certified, const CertifiedWeight& now,
                     std::vector<std::string>& differences) {
  if (certified.weight_bits != now.weight_bits) {
    differences.push_back("weight decided by: the certificate says " + in_bits(certified.weight_bits) +
                          ", reckoned again it is " + in_bits(now.weight_bits));
  }
  if (certified.probability != now.probability) {
    differences.push_back("probability decided by: the certificate says " + base::format_double(certified.probability) +
                          ", reckoned again it is " + base::format_double(now.probability));
  }
}

}  // namespace

CertifiedWeight decided_weight(const Certificate& certificate) {
  const RelativeWeight weight = weigh_relatives(certificate.facts.pattern, certificate.explanation.weight_bits);
  const StandingWeight standing{.weight_bits = weight.weight_bits + certificate.standing.third_record_bits,
                                .together = certificate.standing.is_together ? 1.0 : 0.0};
  const double probability = certificate.recalibration ? certificate.recalibration->at(standing).probability
                                                       : probability_of_bits(standing.weight_bits);
  return {.weight_bits = weight.weight_bits, .probability = probability};
}

bool decision(const Certificate& certificate) {
  for (const CertifiedJudgement& judgement : certificate.judgements | std::views::reverse) {
    if (judgement.verdict != Verdict::cannot_tell) return judgement.verdict == Verdict::same;
  }
  return certificate.decided.probability >= certificate.threshold_probability;
}

Replay replay(const Certificate& certificate, const ReplayInputs& inputs) {
  Replay replay;
  compare_inputs(certificate, inputs, replay.differences);
  const PairFacts now{.pattern = compare(inputs.pair.one, inputs.pair.other, inputs.pair.texts),
                      .kind = kind_of(inputs.pair.one, inputs.pair.other),
                      .rarity = certificate.facts.rarity};
  compare_facts(certificate.facts, now, replay.differences);
  Certificate reckoned = certificate;
  reckoned.facts = now;
  reckoned.explanation = explain(certificate.model, now);
  reckoned.decided = decided_weight(reckoned);
  compare_evidence(certificate.explanation, reckoned.explanation, replay.differences);
  compare_decided(certificate.decided, reckoned.decided, replay.differences);
  if (certificate.is_linked != decision(reckoned)) {
    replay.differences.push_back(std::string("decision: the certificate says ") +
                                 (certificate.is_linked ? "linked" : "not linked") + ", reckoned again it is " +
                                 (certificate.is_linked ? "not linked" : "linked"));
  }
  if (certificate.program != inputs.program) {
    replay.notes.push_back("issued by version " + certificate.program + " of the program, replayed by " +
                           inputs.program);
  }
  replay.stands = replay.differences.empty();
  return replay;
}

}  // namespace throughline::linkage
