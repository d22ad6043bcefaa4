// The areas most like one, by traits that are given, with how far each is from it.
//
// - Method: each trait is divided by its standard deviation over all areas; the distance is the root of the mean square
//   difference, so that 1 means one standard deviation apart in every trait.
// - Bias: traits that say the same thing weigh twice; a trait that spreads over many orders, as density does, is judged
// by
//   its few largest unless its logarithm is given.
#pragma once

#include <cstddef>
#include <vector>

namespace throughline::evidence {

struct SimilarArea {
  std::size_t area = 0;
  double distance = 0;
};

// `traits`: by area, each as many numbers. The nearest first, of the same distance in the order given; the area itself
// is not among them. REQUIRES area < traits.size(), rows of one length.
[[nodiscard]] std::vector<SimilarArea> most_similar(const std::vector<std::vector<double>>& traits, std::size_t area,
                                                    std::size_t wanted);

}  // namespace throughline::evidence
