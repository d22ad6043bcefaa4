// Chance, keyed by what it is for: two runs of one seed draw the same number wherever the same thing may happen to the
// same person or line on the same day, whatever else differs between them (common random numbers).
#pragma once

#include <cstdint>

#include "base/portable_math.h"
#include "base/random.h"

namespace throughline::simulate {

// Numbers are part of what a seed means: a new purpose goes to the end.
enum class Purpose : std::uint32_t {
  begin = 1,
  person,
  next_event,
  carrier_week,
  treatment,
  town_day,
  local_sellers,
  approach,
  carrier_arrest,
  controller_arrest,
  home,
  premises,
  contest,
  closing,
  opening,
  entry,
  give_up,
  shipment,
  strike,
  no_more,  // Keeps the numbers of those below.
  replicate,
  come_forward,
  design,    // Of which points of the parameters are run.
  resample,  // Of runs that are done.
  other_homicide,
  observe,
  grow,
};

// A number that names a thing, from the numbers that make it up (the finaliser of SplitMix64; Steele, Lea and Flood,
// 2014).
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t one, std::uint64_t other) {
  std::uint64_t z = one + 0x9E3779B97F4A7C15U * (other + 1);
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

struct ChanceKey {
  Purpose purpose = Purpose::begin;
  std::uint64_t subject = 0;  // Whom or what it is about.
  std::int32_t day = 0;
};

[[nodiscard]] inline base::Random chance(std::uint64_t seed, ChanceKey key) {
  return base::Random({.seed = seed,
                       .stream = mixed(key.subject, static_cast<std::uint64_t>(key.purpose)),
                       .step = static_cast<std::uint32_t>(key.day)});
}

// 0 < x < 1.
[[nodiscard]] inline double open_uniform(base::Random& random) {
  return (static_cast<double>(random.bits32()) + 0.5) * 0x1p-32;
}

// x to the power y for x > 0, the same bits everywhere.
[[nodiscard]] inline double power(double x, double y) {
  return base::portable_exp(y * base::portable_log(x));
}

// Days until something of that rate, at least one. A rate of 0 never comes: a hundred years.
[[nodiscard]] inline std::int32_t days_until(base::Random& random, double rate_per_year) {
  constexpr double k_never = 36'525.0;
  if (rate_per_year <= 0.0) return static_cast<std::int32_t>(k_never);
  const double days = -base::portable_log(open_uniform(random)) * 365.25 / rate_per_year;
  return static_cast<std::int32_t>(1.0 + (days < k_never ? days : k_never));
}

}  // namespace throughline::simulate
