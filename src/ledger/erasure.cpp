#include "ledger/erasure.h"

#include <set>

#include "base/check.h"
#include "ledger/stored.h"

namespace throughline::ledger {

namespace {

using base::Result;

enum class OrderState : std::uint8_t { ordered = 1, executed = 2 };

Result<std::vector<ErasureTarget>> targets_of(store::Sqlite& store, std::int64_t order) {
  auto select = TRY(
      store.read("SELECT content_hash, place FROM erasure_target WHERE order_id = ?1 ORDER BY content_hash, place"));
  select.bind(1, order);
  std::vector<ErasureTarget> targets;
  while (TRY(select.step_row())) {
    ErasureTarget& target = targets.emplace_back();
    target.content_hash = TRY(stored_hash(select.bytes(0)));
    target.place = select.integer(1);
  }
  return targets;
}

}  // namespace

Result<std::int64_t> order_erasure(Transaction& transaction, Gateway basis, const std::vector<ErasureTarget>& targets) {
  CHECK(!targets.empty());
  store::Sqlite& sqlite = transaction.sqlite();
  auto insert = TRY(sqlite.write(
      transaction.permit(), "INSERT INTO erasure_order (state, ordered_at, basis, entry) VALUES (?1, ?2, ?3, ?4)"));
  insert.bind(1, static_cast<std::int64_t>(OrderState::ordered)).bind(2, transaction.entry().at.microseconds);
  insert.bind(3, static_cast<std::int64_t>(basis)).bind(4, transaction.entry().number);
  TRY(insert.run());
  const std::int64_t order = sqlite.last_insert_id();
  auto add =
      TRY(sqlite.write(transaction.permit(),
                       "INSERT OR IGNORE INTO erasure_target (order_id, content_hash, place) VALUES (?1, ?2, ?3)"));
  for (const ErasureTarget& target : targets) {
    add.bind(1, order).bind(2, std::span<const std::byte>(target.content_hash.bytes)).bind(3, target.place);
    TRY(add.run());
  }
  return order;
}

Result<void> mark_executed(Transaction& transaction, std::int64_t order) {
  auto update = TRY(transaction.sqlite().write(
      transaction.permit(), "UPDATE erasure_order SET state = ?2, executed_at = ?3 WHERE order_id = ?1 AND state = 1"));
  update.bind(1, order)
      .bind(2, static_cast<std::int64_t>(OrderState::executed))
      .bind(3, transaction.entry().at.microseconds);
  TRY(update.run());
  if (transaction.sqlite().changed_rows() == 1) return {};
  return base::Error{base::ErrorKind::damaged, "order_state",
                     "Erasure order " + std::to_string(order) + " is not waiting to be carried out", "ledger.sqlite",
                     "Run throughline audit verify"};
}

Result<std::vector<ErasureOrder>> erasure_orders(store::Sqlite& store) {
  auto select = TRY(store.read("SELECT order_id, basis, ordered_at, executed_at FROM erasure_order ORDER BY order_id"));
  std::vector<ErasureOrder> orders;
  while (TRY(select.step_row())) {
    ErasureOrder& order = orders.emplace_back();
    order.id = select.integer(0);
    order.basis = TRY(stored_code(select.integer(1), Gateway::none, Gateway::common_law));
    order.ordered_at = {select.integer(2)};
    if (!select.is_null(3)) order.executed_at = base::Instant{select.integer(3)};
    order.targets = TRY(targets_of(store, order.id));
  }
  return orders;
}

Result<std::vector<ErasureOrder>> orders_not_known(Ledger& ledger, const std::vector<ErasureOrder>& orders) {
  std::set<ErasureTarget> known;
  for (const ErasureOrder& order : TRY(erasure_orders(ledger)))
    known.insert(order.targets.begin(), order.targets.end());
  std::vector<ErasureOrder> missing;
  for (ErasureOrder order : orders) {
    std::erase_if(order.targets, [&](const ErasureTarget& target) { return known.contains(target); });
    known.insert(order.targets.begin(), order.targets.end());
    if (!order.targets.empty()) missing.push_back(std::move(order));
  }
  return missing;
}

}  // namespace throughline::ledger
