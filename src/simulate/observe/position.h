// From the National Grid to latitude and longitude, the same bits everywhere.
#pragma once

namespace throughline::simulate {

// A position; see Home.
struct Position {
  double easting_metres = 0;
  double northing_metres = 0;
  double latitude = 0;  // WGS 84.
  double longitude = 0;
};

struct GridPoint {
  double easting_metres = 0;
  double northing_metres = 0;
};

// By a polynomial fitted to the Ordnance Survey's formulae (transverse Mercator on Airy 1830, then the seven-parameter
// shift) over 80 to 660 km east and 0 to 660 km north: within 10 metres of them there.
[[nodiscard]] Position position_of(GridPoint point);

}  // namespace throughline::simulate
