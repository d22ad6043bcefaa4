// The tables that people are made from, and the way from the grid to the globe.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "simulate/observe/name_table.h"
#include "simulate/observe/position.h"

namespace throughline::simulate {

namespace {

// The Ordnance Survey's formulae: transverse Mercator on Airy 1830, and the shift of seven parameters.
std::pair<double, double> by_formula(double east, double north) {
  const double a = 6377563.396, b = 6356256.909, scale = 0.9996012717, degree = std::numbers::pi / 180;
  const double e2 = 1 - b * b / (a * a), n = (a - b) / (a + b), lat0 = 49 * degree;
  double lat = lat0, arc = 0;
  do {
    lat += (north + 100'000 - arc) / (a * scale);
    const double d = lat - lat0, s = lat + lat0, n2 = n * n, n3 = n2 * n;
    arc = b * scale *
          ((1 + n + 1.25 * n2 + 1.25 * n3) * d - (3 * n + 3 * n2 + 2.625 * n3) * std::sin(d) * std::cos(s) +
           (1.875 * n2 + 1.875 * n3) * std::sin(2 * d) * std::cos(2 * s) -
           35.0 / 24 * n3 * std::sin(3 * d) * std::cos(3 * s));
  } while (std::abs(north + 100'000 - arc) > 1e-5);
  const double sin2 = std::sin(lat) * std::sin(lat), nu = a * scale / std::sqrt(1 - e2 * sin2);
  const double rho = a * scale * (1 - e2) / std::pow(1 - e2 * sin2, 1.5), eta2 = nu / rho - 1;
  const double t = std::tan(lat), t2 = t * t, x = east - 400'000, sec = 1 / std::cos(lat);
  const double phi = lat - t / (2 * rho * nu) * x * x +
                     t / (24 * rho * std::pow(nu, 3)) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2) * std::pow(x, 4) -
                     t / (720 * rho * std::pow(nu, 5)) * (61 + 90 * t2 + 45 * t2 * t2) * std::pow(x, 6);
  const double lambda = -2 * degree + sec / nu * x -
                        sec / (6 * std::pow(nu, 3)) * (nu / rho + 2 * t2) * std::pow(x, 3) +
                        sec / (120 * std::pow(nu, 5)) * (5 + 28 * t2 + 24 * t2 * t2) * std::pow(x, 5);
  const double nu_a = a / std::sqrt(1 - e2 * std::sin(phi) * std::sin(phi));
  const double px = nu_a * std::cos(phi) * std::cos(lambda), py = nu_a * std::cos(phi) * std::sin(lambda);
  const double pz = (1 - e2) * nu_a * std::sin(phi), s = 1 - 20.4894e-6, second = degree / 3600;
  const double rx = 0.1502 * second, ry = 0.2470 * second, rz = 0.8421 * second;
  const double gx = 446.448 + px * s - py * rz + pz * ry, gy = -125.157 + px * rz + py * s - pz * rx;
  const double gz = 542.060 - px * ry + py * rx + pz * s;
  const double wa = 6378137, we2 = 0.00669437999, p = std::hypot(gx, gy);
  double globe = std::atan2(gz, p * (1 - we2));
  for (int i = 0; i < 10; ++i) {
    const double around = wa / std::sqrt(1 - we2 * std::sin(globe) * std::sin(globe));
    globe = std::atan2(gz + we2 * around * std::sin(globe), p);
  }
  return {globe / degree, std::atan2(gy, gx) / degree};
}

}  // namespace

TEST(Position, agrees_with_the_formulae_of_the_ordnance_survey) {
  for (double east = 90'000; east <= 650'000; east += 40'000) {
    for (double north = 5'000; north <= 650'000; north += 43'000) {
      const Position position = position_of({.easting_metres = east, .northing_metres = north});
      const auto [latitude, longitude] = by_formula(east, north);
      EXPECT_NEAR(position.latitude, latitude, 2e-6) << east << " " << north;
      EXPECT_NEAR(position.longitude, longitude, 5e-6) << east << " " << north;
    }
  }
  // The Ordnance Survey's own worked example, with the shift.
  const Position caister = position_of({.easting_metres = 651409.903, .northing_metres = 313177.270});
  EXPECT_NEAR(caister.latitude, 52.657979, 1e-5);
  EXPECT_NEAR(caister.longitude, 1.716052, 1e-5);
}

TEST(NameTable, has_names_of_every_tradition_for_every_group) {
  const NameTable& table = name_table();
  EXPECT_EQ(table.groups.size(), 16U);
  EXPECT_NEAR(static_cast<double>(table.groups.back().people_so_far), 1e6, 10);
  EXPECT_GE(table.traditions.size(), 14U);
  for (const auto& lists : table.lists) {
    for (const NameList& list : lists) EXPECT_GE(list.names.size(), 20U);
  }
  EXPECT_EQ(table.group(0).code, "A1");
  EXPECT_EQ(table.group(0.999999).code, "W9");
}

TEST(NameTable, gives_names_as_often_as_they_weigh) {
  const NameList list{.names = {{.name = "A", .plain = "A"}, {.name = "B", .plain = "B"}}, .weights_so_far = {3, 4}};
  EXPECT_EQ(list.pick(0).name, "A");
  EXPECT_EQ(list.pick(0.74).name, "A");
  EXPECT_EQ(list.pick(0.76).name, "B");
}

}  // namespace throughline::simulate
