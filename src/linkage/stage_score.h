// Why pairs of one person are not together, where who is who is known: for made-up data alone.
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "linkage/stage.h"

namespace throughline::linkage {

// What is known of one of a run's mentions.
struct KnownPlace {
  std::uint32_t place = 0;  // In the run's mentions.
  std::uint32_t truth = 0;  // Who it is.
};

// Of pairs of one person that the run did not put together. The first that holds, in this order.
struct MissedPairs {
  std::int64_t missed = 0;
  std::int64_t looked_at = 0;         // Of these, evenly over all; the counts below are of those looked at.
  std::int64_t after_the_run = 0;     // A record came later.
  std::int64_t judged_different = 0;  // Somebody judged them so.
  std::int64_t kept_apart = 0;        // Likely as a pair; the others that each is with speak against it.
  std::int64_t low_probability = 0;   // Compared and kept, below one half.
  std::int64_t too_unlikely = 0;      // A rule gathers them; too unlikely to be kept.
  std::int64_t no_shared_key = 0;     // No rule gathers them.
};
inline constexpr std::int64_t k_missed_looked_at_max = 100'000;

// Cost: that of encoding all mentions. Errors: those of compared_in().
[[nodiscard]] base::Result<MissedPairs> missed_pairs(const Links& links, std::span<const KnownPlace> known);

}  // namespace throughline::linkage
