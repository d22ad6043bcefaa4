// Points spread evenly over a unit cube.
#pragma once

#include <cstdint>
#include <vector>

namespace throughline::simulate {

// A coordinate for each input, each from 0 to 1.
using Point = std::vector<double>;

struct PointsWanted {
  std::int64_t points = 0;
  std::size_t inputs = 0;
  std::uint64_t seed = 1;
};

// A Latin hypercube (McKay, Beckman and Conover, 1979): each input has one point in each of so many equal parts of its
// range, at a place drawn within it. The same seed gives the same points. REQUIRES: points > 0.
[[nodiscard]] std::vector<Point> latin_hypercube(const PointsWanted& wanted);

}  // namespace throughline::simulate
