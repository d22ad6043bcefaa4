#include "simulate/sensitivity/latin.h"

#include <numeric>
#include <span>

#include "base/check.h"
#include "simulate/chance.h"

namespace throughline::simulate {

std::vector<Point> latin_hypercube(const PointsWanted& wanted) {
  CHECK(wanted.points > 0);
  const auto count = static_cast<std::size_t>(wanted.points);
  std::vector<Point> points(count, Point(wanted.inputs, 0));
  std::vector<std::int64_t> parts(count);
  for (std::size_t input = 0; input < wanted.inputs; ++input) {
    base::Random random = chance(wanted.seed, {.purpose = Purpose::design, .subject = input});
    std::iota(parts.begin(), parts.end(), 0);
    random.shuffle(std::span(parts));
    for (std::size_t point = 0; point < count; ++point) {
      points[point][input] =
          (static_cast<double>(parts[point]) + random.uniform01()) / static_cast<double>(wanted.points);
    }
  }
  return points;
}

}  // namespace throughline::simulate
