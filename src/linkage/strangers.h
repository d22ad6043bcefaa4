// How strangers compare: learnt from pairs drawn at random.
//
// A match drawn by chance would make strangers look alike. So a pair counts for a comparison only where it does not
// agree on any other that the comparison does not depend on (under independence that changes nothing for strangers),
// and pairs that a model holds for matches or households are left out.
#pragma once

#include "linkage/mixture.h"

namespace throughline::linkage {

// The mixture may be null: nothing is known yet.
[[nodiscard]] ClassProbabilities stranger_levels(const RandomPairs& random, const Mixture* mixture);

}  // namespace throughline::linkage
