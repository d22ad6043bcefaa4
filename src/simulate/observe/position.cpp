#include "simulate/observe/position.h"

#include <array>
#include <cstddef>

namespace throughline::simulate {

namespace {

constexpr std::size_t k_terms = 6;
using Polynomial = std::array<std::array<double, k_terms>, k_terms>;  // By power of east, and of north.

constexpr Polynomial k_latitude{{{52.86747959, 2.96649085, -0.00074516, 7.63e-06, -6.2e-07, -1.1e-07},
                                 {6.387e-05, 6.75e-06, 6.1e-07, 0, 7.8e-07},
                                 {-0.08361466, -0.00893986, -0.00060719, -4.935e-05},
                                 {2.8e-07, -4e-08, -2.05e-06},
                                 {0.00015799, 3.414e-05},
                                 {2.5e-07}}};
constexpr Polynomial k_longitude{{{-2.00144366, -0.00011561, -1.024e-05, -1.43e-06, 1.1e-07, -1.3e-06},
                                  {4.45648272, 0.3039862, 0.02669508, 0.00208509, 0.00016642},
                                  {8.42e-06, -2.14e-06, 1.4e-07, 1.106e-05},
                                  {-0.00735417, -0.00174221, -0.00027853},
                                  {-4e-08, -4.71e-06},
                                  {2.37e-05}}};

double value_at(const Polynomial& polynomial, double east, double north) {
  double sum = 0;
  for (std::size_t i = k_terms; i-- > 0;) {
    double row = 0;
    // Of power five together at most: the rest are nought.
    for (std::size_t j = k_terms - i; j-- > 0;) row = row * north + polynomial[i][j];
    sum = sum * east + row;
  }
  return sum;
}

}  // namespace

Position position_of(GridPoint point) {
  const double east = (point.easting_metres - 400'000) / 300'000;
  const double north = (point.northing_metres - 330'000) / 330'000;
  return {.easting_metres = point.easting_metres,
          .northing_metres = point.northing_metres,
          .latitude = value_at(k_latitude, east, north),
          .longitude = value_at(k_longitude, east, north)};
}

}  // namespace throughline::simulate
