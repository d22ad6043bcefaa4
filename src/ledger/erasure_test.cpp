#include "ledger/erasure.h"

#include <gtest/gtest.h>

#include "base/sha256.h"
#include "ledger/made_up_ledger.h"
#include "store/permit_for_tests.h"

namespace throughline::ledger {
namespace {

struct ErasureTest : testing::Test, MadeUpLedger {
  ErasureTarget one{.content_hash = base::hash_text("one"), .place = 10};
  ErasureTarget two{.content_hash = base::hash_text("one"), .place = 20};
  ErasureTarget three{.content_hash = base::hash_text("three"), .place = 10};

  [[nodiscard]] Transaction begun() const {
    return ledger
        ->begin(analyst, {.operation = Operation::erasure,
                          .purpose = Purpose::govern,
                          .rule = 308,
                          .object = "rows",
                          .reason = {},
                          .recipients = {}})
        .value();
  }
  std::int64_t order(const std::vector<ErasureTarget>& targets) const {
    Transaction transaction = begun();
    const std::int64_t id = order_erasure(transaction, Gateway::ukgdpr_art17, targets).value();
    static_cast<void>(transaction.commit().value());
    return id;
  }
};

TEST_F(ErasureTest, an_order_waits_until_it_is_marked_as_executed) {
  const std::int64_t id = order({three, two, one, one});
  auto orders = erasure_orders(*ledger).value();
  ASSERT_EQ(orders.size(), 1U);
  EXPECT_EQ(orders[0].id, id);
  EXPECT_EQ(orders[0].basis, Gateway::ukgdpr_art17);
  EXPECT_EQ(orders[0].targets.size(), 3U);
  EXPECT_FALSE(orders[0].executed_at.has_value());
  Transaction transaction = begun();
  mark_executed(transaction, id).value();
  const EntryRef entry = transaction.commit().value();
  EXPECT_EQ(erasure_orders(*ledger).value()[0].executed_at, entry.at);
}

TEST_F(ErasureTest, an_order_is_executed_once) {
  const std::int64_t id = order({one});
  Transaction transaction = begun();
  EXPECT_EQ(mark_executed(transaction, id + 1).error().code, "order_state");
  mark_executed(transaction, id).value();
  const auto again = mark_executed(transaction, id);
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().kind, base::ErrorKind::damaged);
}

TEST_F(ErasureTest, an_order_without_a_commit_was_never_given) {
  {
    Transaction transaction = begun();
    static_cast<void>(order_erasure(transaction, Gateway::none, {one}).value());
  }
  EXPECT_TRUE(erasure_orders(*ledger).value().empty());
}

TEST_F(ErasureTest, orders_that_a_restored_ledger_lacks_are_found_and_found_only_once) {
  order({one});
  const std::vector<ErasureOrder> elsewhere = {
      {.id = 1, .basis = Gateway::ukgdpr_art17, .ordered_at = {}, .executed_at = {}, .targets = {one}},
      {.id = 2, .basis = Gateway::dpa18_part3, .ordered_at = {}, .executed_at = {}, .targets = {one, two}},
      {.id = 3, .basis = Gateway::dpa18_part3, .ordered_at = {}, .executed_at = {}, .targets = {two, three}}};
  const auto missing = orders_not_known(*ledger, elsewhere).value();
  ASSERT_EQ(missing.size(), 2U);
  EXPECT_EQ(missing[0].targets, std::vector{two});
  EXPECT_EQ(missing[0].basis, Gateway::dpa18_part3);
  EXPECT_EQ(missing[1].targets, std::vector{three});
  for (const ErasureOrder& again : missing) order(again.targets);
  EXPECT_TRUE(orders_not_known(*ledger, elsewhere).value().empty());
}

TEST_F(ErasureTest, a_basis_that_the_program_never_wrote_is_damage) {
  order({one});
  const store::PermitForTests permits;
  workspace->ledger_store().run_script(permits.write(), "UPDATE erasure_order SET basis = 99").value();
  EXPECT_EQ(erasure_orders(*ledger).error().code, "damaged_ledger");
}

}  // namespace
}  // namespace throughline::ledger
