// Brothers, sisters and twins who look like one person: counted against a link wherever given names differ altogether.
//
// The model learns how relatives look where a run holds many homes. Few records teach it nothing of twins, who share
// even their date of birth, and to merge two children is the worst that a link can do. So a pair of one family name
// whose given names have nothing in common is always also weighed as two relatives, by the figures assumed below.
//
// - Assumptions: one person's given names differ altogether in one pair of records in 200; of pairs of one home and
//   family name three are of relatives for one of the same person; 1.2 in 100 pairs of brothers and sisters are twins
//   (about 1.5 in 100 maternities in England and Wales are of twins or more).
// - Bias: who truly goes by two unlike names is missed, unless a number agrees or somebody judges the pair the same.
#pragma once

#include "linkage/mixture.h"

namespace throughline::linkage {

struct RelativeWeight {
  double weight_bits = 0;
  double probability = 0;
  bool is_lowered = false;  // Relatives were weighed in.
};

// The weight with relatives in it; as given where the given names agree in anything or are missing, the family names
// differ, or an identifying number agrees.
[[nodiscard]] RelativeWeight weigh_relatives(const Pattern& pattern, double weight_bits);

}  // namespace throughline::linkage
