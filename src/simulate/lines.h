// Lines as other mechanisms act on them: opening, closing, moving, losing people; and how a town attracts them.
#pragma once

#include <cstdint>

#include "simulate/world_run.h"

namespace throughline::simulate {

struct Opening {
  std::uint64_t key = 0;
  std::int32_t hub = k_none;
  std::int32_t town = k_none;
  double capacity_for_violence = 0.5;
  double belief = 0;
};

// The number of the new line.
std::int32_t open_line(WorldRun& run, const Opening& opening);

// Its stock goes back to its hub, its people are at risk again, its homes are free. With contest, others fight for its
// market.
struct Closing {
  bool is_contested = false;
  bool is_stock_seized = false;
  How how = How::gave_up;
};
void close_line(WorldRun& run, std::int32_t number, Closing closing);

// To another town, chosen as a new line would choose.
void move_line(WorldRun& run, std::int32_t number, base::Random& random);

// How a town draws lines of a hub: the retail model of Castro-González (2023), its users to a power, falling with the
// journey, divided among sellers already there. The coefficients are assumptions: the paper's are not public.
// Both go by what was seen when the markets were last looked at.
void look_at_markets(WorldRun& run);
[[nodiscard]] double attraction_of_all(const WorldRun& run, std::int32_t hub);
// A town drawn by attraction; not `except`, where there is another.
[[nodiscard]] std::int32_t chosen_town(const WorldRun& run, std::int32_t hub, base::Random& random,
                                       std::int32_t except = k_none);

// Nobody carries for it any more; they are at risk again.
void lose_carriers(WorldRun& run, Line& line);
void lose_homes(WorldRun& run, Line& line);

// Of exclusion, missing, care and misuse at home, so many.
[[nodiscard]] std::uint8_t drawn_needs(base::Random& random);

}  // namespace throughline::simulate
