// Which pair to look at next: the one whose judgement is expected to put most pairs right.
//
// A pair that is together is wrong with 1 - p, one that is apart with p; what hangs on it are the pairs that would join
// or part with it. Of these the ones near the purpose's threshold come first, for there a judgement changes what is
// shown. Expectations hold as far as probabilities are calibrated.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace throughline::linkage {

struct Reviewable {
  double probability = 0;
  bool is_together = false;
  std::int64_t size_one = 1;  // Members of the entity of either record; of the one entity where they are together.
  std::int64_t size_other = 1;
};

// In pairs expected to be put right.
[[nodiscard]] double expected_gain(const Reviewable& pair, double probability_min);

// Places, most gain first, of equal ones the first. At most as many as asked for.
[[nodiscard]] std::vector<std::size_t> review_order(std::span<const Reviewable> pairs, double probability_min,
                                                    std::int64_t pairs_max);

}  // namespace throughline::linkage
