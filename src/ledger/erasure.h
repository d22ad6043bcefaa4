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

// Gives the order's id. REQUIRES: there is a target.
[[nodiscard]] base::Result<std::int64_t> order_erasure(Transaction& transaction, Gateway basis,
                                                       const std::vector<ErasureTarget>& targets);
// Error "order_state" (damaged) when there is no such order or it was executed already.
[[nodiscard]] base::Result<void> mark_executed(Transaction& transaction, std::int64_t order);
// Every order, by id.
[[nodiscard]] base::Result<std::vector<ErasureOrder>> erasure_orders(store::Sqlite& ledger_store);
[[nodiscard]] inline base::Result<std::vector<ErasureOrder>> erasure_orders(Ledger& ledger) {
  return erasure_orders(ledger.sqlite());
}

// Those of `orders` with a target that no order of this ledger names, reduced to such targets: what must be ordered
// again after an older backup was restored. Asking again after ordering them gives nothing.
[[nodiscard]] base::Result<std::vector<ErasureOrder>> orders_not_known(Ledger& ledger,
                                                                       const std::vector<ErasureOrder>& orders);

}  // namespace throughline::ledger
