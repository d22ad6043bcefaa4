// The evidence of one pair of the last run, as the run weighed it.
#pragma once

#include <string>

#include "linkage/certificate.h"
#include "linkage/explain.h"
#include "linkage/relatives.h"
#include "linkage/stage.h"

namespace throughline::linkage {

struct PairEvidence {
  PairFacts facts;
  Explanation explanation;   // By the model; its steps add to its weight.
  RelativeWeight relatives;  // What is left of that where given names have nothing in common.
};

// Encodes the mentions of the run again, and learns again how rare values are: by the run's own seed, so the same.
// REQUIRES: both are mentions of the world. Cost: that of encoding and drawing, as in the run.
[[nodiscard]] PairEvidence evidence_of(const Links& links, const Mention& one, const Mention& other);

// How likely the pair is of two people of one home, by the model.
[[nodiscard]] double household_chance(const Mixture& mixture, const PairFacts& facts);

// The records that a certificate names, as they are found now, and who reckons again.
struct CertifiedPlaces {
  const Mention& one;
  const Mention& other;
  std::string program;
};
// Compares the two again and weighs them by the certificate's own model. REQUIRES: both are mentions of the world.
[[nodiscard]] Replay replay_in(const Links& links, const Certificate& certificate, const CertifiedPlaces& places);

}  // namespace throughline::linkage
