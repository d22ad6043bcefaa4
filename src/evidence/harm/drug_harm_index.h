// The Drug Harms Index: the money value of harms of many kinds, as a series of change, with what moved it.
//
// - Sources: the published rules of the index (a single figure; harms weighted by economic and social cost; change owed
//   to volumes and to unit costs). Its own algebra was never published in full; these formulas are what the rules fix:
//   value V(t) = sum of share x volume x unit cost, index 100 V(t) / V(base). Laspeyres 1871; Paasche 1874; Tornqvist
//   1936; Bennet 1920.
// - Assumptions: unit costs are right, and add up across harms of unlike kinds.
// - Bias: what no series counts weighs nothing. A harm of great cost and small number moves it by chance alone.
// - Units: the money of the unit costs; the index has none.
// - Undecidable: an index is of change: it says nothing of how large harm is. Where a rise of one harm and a fall of
//   another cancel, only the parts show it: never show it without them.
#pragma once

#include <vector>

#include "base/result.h"
#include "evidence/harm/harms.h"

namespace throughline::evidence {

// The part of one harm in the change from one period to the next; volume + price is the change of its value, exactly.
struct BennetPart {
  std::size_t harm = 0;
  double weight = 0;  // Its share of the value before.
  double volume = 0;  // (s0 + s1) / 2 (h1 - h0), h the attributable volume and s the unit cost.
  double price = 0;   // (h0 + h1) / 2 (s1 - s0).
};

// From one period to the next, on the harms that both have.
struct HarmLink {
  std::size_t from = 0;
  std::size_t to = 0;
  std::vector<std::size_t> entered;  // In the later period only, and so not in the link.
  std::vector<std::size_t> left;     // In the earlier only.
  std::vector<BennetPart> parts;     // By matched harm.
  double ratio = 0;   // Of the values: volume_laspeyres x price_paasche = volume_paasche x price_laspeyres.
  double volume = 0;  // The parts' sums, in money.
  double price = 0;
  double volume_laspeyres = 0;
  double price_paasche = 0;
  double volume_paasche = 0;
  double price_laspeyres = 0;
  std::optional<double> log_change{};  // Tornqvist; nothing where an attributable volume is zero.
};

struct IndexPoint {
  double value = 0;                        // Of all harms of the period.
  double chained = 0;                      // 100 in the base period, links multiplied.
  std::optional<double> direct{};          // 100 V / V(base), where both have the same harms.
  std::optional<double> constant_price{};  // Volumes at the base period's unit costs and shares as they are; the same.
  std::optional<double> log_form{};        // Links of the log form multiplied; nothing beyond one that has none.
};

struct HarmIndex {
  std::size_t base = 0;
  std::vector<IndexPoint> points;  // By period.
  std::vector<HarmLink> links;     // One fewer.
};

// Errors: "base_is_zero" and "link_is_zero" where a value to be divided by is zero; "nothing_matched" where two periods
// that follow each other have no harm in common. REQUIRES: base is a period. Cost: a look at each cell.
[[nodiscard]] base::Result<HarmIndex> drug_harm_index(const HarmTable& table, std::size_t base);

}  // namespace throughline::evidence
