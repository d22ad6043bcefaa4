#include "ledger/erasure.h"

#include <algorithm>

namespace throughline::ledger {

namespace {

using base::Result;

enum class OrderState : std::uint8_t { ordered = 1, executed = 2 };

Result<std::vector<ErasureTarget>> targets_of(Ledger& ledger, std::int64_t order) {
  auto select = TRY(ledger.sqlite().read(
      "SELECT content_hash, place FROM erasure_target WHERE order_id = ?1 ORDER BY content_hash, place"));
  select.bind(1, order);
  std::vector<ErasureTarget> targets;
  while (TRY(select.step_row())) {
    ErasureTarget& target = targets.emplace_back();
    const auto bytes = select.bytes(0);
    if (bytes.size() == target.content_hash.bytes.size()) std::ranges::copy(bytes, target.content_hash.bytes.begin());
    target.place = select.integer(1);
  }
  return targets;
}

}  // namespace

Result<std::int64_t> order_erasure(Transaction& transaction, Gateway basis, const std::vector<ErasureTarget>& targets) {
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
      transaction.permit(), "UPDATE erasure_order SET state = ?2, executed_at = ?3 WHERE order_id = ?1"));
  update.bind(1, order)
      .bind(2, static_cast<std::int64_t>(OrderState::executed))
      .bind(3, transaction.entry().at.microseconds);
  return update.run();
}

Result<std::vector<ErasureOrder>> erasure_orders(Ledger& ledger) {
  auto select =
      TRY(ledger.sqlite().read("SELECT order_id, basis, ordered_at, executed_at FROM erasure_order ORDER BY order_id"));
  std::vector<ErasureOrder> orders;
  while (TRY(select.step_row())) {
    ErasureOrder& order = orders.emplace_back();
    order.id = select.integer(0);
    order.basis = static_cast<Gateway>(select.integer(1));
    order.ordered_at = {select.integer(2)};
    if (!select.is_null(3)) order.executed_at = base::Instant{select.integer(3)};
    order.targets = TRY(targets_of(ledger, order.id));
  }
  return orders;
}

}  // namespace throughline::ledger
