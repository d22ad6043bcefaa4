// How many people stand on which lists at once, where a list is an agency's records: with the error of linkage in it.
//
// The links are drawn again and again, each there with its probability; every draw groups records into people and
// counts them by the lists that hold them.
//
// - Assumptions and bias: those of cohort.h. A link missed makes an overlap smaller and what is reckoned from it
// larger.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "linkage/cohort.h"

namespace throughline::linkage {

// People by the lists that hold them: bit i of a place is list i; place 0, of people on none, is 0.
using OverlapCounts = std::vector<std::int64_t>;

struct ListOverlaps {
  OverlapCounts likely;              // By the links more likely than not.
  std::vector<OverlapCounts> drawn;  // One a draw.
};

// `list_of` says by record on which list it stands; nothing: on none, though it may hold others together. REQUIRES: 0 <
// lists <= 16; every list below `lists`. Cost: a look at each record and link for each draw.
[[nodiscard]] ListOverlaps list_overlaps(std::span<const std::optional<std::uint32_t>> list_of, std::uint32_t lists,
                                         std::span<const GraphLink> links, const CohortDraws& draws);

}  // namespace throughline::linkage
