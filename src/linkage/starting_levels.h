// Where learning begins: what is usual of matches and of households before a pair is seen.
//
// Chosen by judgement, from no source: that most of what two records say of one person agrees, that a household shares
// its home and most often its family name, and that the rest of it is as among strangers. They weigh as ten pairs do
// (for households as two hundred), so that what they say is soon outweighed where pairs are many, and stands where few
// or none show a level: there a weight rests on judgement and not on the data. They also decide which class is which.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "linkage/mixture.h"

namespace throughline::linkage {

struct StartingLevels {
  std::array<std::vector<double>, 3> parts;  // Level 0 (missing) is 0; the rest add to 1.
  std::vector<double> special;
  std::array<double, 3> parts_of_strangers{};  // How much of the part is as it is for strangers, 0 to 1.
  double all_exact = 0;  // How often every part agrees at once, over what the parts say by themselves: twins.
};

// REQUIRES: not the class of strangers.
[[nodiscard]] StartingLevels starting_levels(PairClass of, Comparison comparison);

}  // namespace throughline::linkage
