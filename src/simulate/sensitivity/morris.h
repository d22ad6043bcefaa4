// Screening after Morris: which inputs move an outcome at all, from few runs.
#pragma once

#include <span>
#include <vector>

#include "simulate/sensitivity/latin.h"

namespace throughline::simulate {

struct MorrisDesign {
  std::int64_t trajectories = 10;  // At least 2.
  std::size_t inputs = 0;
  std::uint64_t seed = 1;
};

inline constexpr double k_morris_step = 2.0 / 3.0;

// Trajectories through the corners of a grid of four levels (Morris, 1991): each begins at a drawn point and moves one
// input after another, in a drawn order, by two thirds of its range. inputs + 1 points each, one trajectory after
// another.
[[nodiscard]] std::vector<Point> morris_points(const MorrisDesign& design);

// Of one input on one outcome, over its whole range. mu_star is the mean size of the elementary effects (Campolongo,
// Cariboni and Saltelli, 2007), with 95 per cent limits from trajectories drawn again; mu keeps their sign; sigma is
// their spread: beside mu_star it tells of bends and of work together with other inputs, and cannot tell these apart.
// Where outcomes hold chance every effect does: noise_floor of study.h says how much.
struct MorrisEffect {
  double mu_star = 0;
  double low = 0;
  double high = 0;
  double mu = 0;
  double sigma = 0;
};

// By input. REQUIRES: an outcome for each of morris_points(design).
[[nodiscard]] std::vector<MorrisEffect> morris_effects(const MorrisDesign& design, std::span<const double> outcomes);

}  // namespace throughline::simulate
