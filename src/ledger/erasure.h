// Erasure orders: what must be removed for good, when it was ordered, when it was done.
//
// An order is written first (an entry), then carried out by the layers above, then marked as executed (an entry).
// Opening a workspace finds orders that were interrupted; restoring a backup replays those given since.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/ledger.h"

namespace throughline::ledger {

// A row by what it is, not by where a workspace keeps it: so that an order can be replayed on another copy.
struct ErasureTarget {
  base::Hash content_hash;
  std::int64_t place = 0;
  friend auto operator<=>(const ErasureTarget&, const ErasureTarget&) = default;
};

struct ErasureOrder {
  std::int64_t id = 0;
  Gateway basis = Gateway::none;
  base::Instant ordered_at;
  std::optional<base::Instant> executed_at;
  std::vector<ErasureTarget> targets;
};

// Gives the order's id.
[[nodiscard]] base::Result<std::int64_t> order_erasure(Transaction& transaction, Gateway basis,
                                                       const std::vector<ErasureTarget>& targets);
[[nodiscard]] base::Result<void> mark_executed(Transaction& transaction, std::int64_t order);
// Every order, by id.
[[nodiscard]] base::Result<std::vector<ErasureOrder>> erasure_orders(Ledger& ledger);

}  // namespace throughline::ledger
