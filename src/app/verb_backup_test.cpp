#include <gtest/gtest.h>

#include "app/made_up_world.h"
#include "app/session.h"
#include "base/sha256.h"
#include "ledger/erasure.h"

namespace throughline::app {
namespace {

struct BackupVerbTest : testing::Test, MadeUpWorld {
  BackupVerbTest() { static_cast<void>(founded()); }
  [[nodiscard]] Report back_up(bool with_keys) const {
    return backup(outside, settings, {.target = path("copy"), .keys_target = with_keys ? path("copy_keys") : ""})
        .value();
  }
  [[nodiscard]] Settings elsewhere() const {
    Settings other = settings;
    other.workspace = path("back");
    return other;
  }
  void order_erasure_of(std::int64_t place) const {
    Settings governing = settings;
    governing.purpose = "GOVERN";
    const auto session = Session::open(outside, governing, "test").value();
    const Permitted permitted = session
                                    ->may({.operation = ledger::Operation::erasure,
                                           .data_class = ledger::DataClass::personal,
                                           .owner = session->account().agency})
                                    .value();
    ledger::Transaction transaction = session->ledger().begin(permitted.actor, permitted.act).value();
    static_cast<void>(ledger::order_erasure(transaction, ledger::Gateway::ukgdpr_art17,
                                            {{.content_hash = base::hash_text("never ingested"), .place = place}})
                          .value());
    static_cast<void>(transaction.commit().value());
  }
};

TEST_F(BackupVerbTest, a_backup_says_what_it_holds_and_that_the_keys_were_not_copied) {
  const Report report = back_up(false);
  EXPECT_EQ(fact_of(report, "backup", "target"), Value(path("copy")));
  EXPECT_EQ(fact_of(report, "backup", "files"), Value(std::int64_t{3}));
  EXPECT_EQ(fact_of(report, "backup", "keys"), Value("not copied"));
  EXPECT_NE(section_of(report, "backup").notes.at(0).find("The keys were not copied"), std::string::npos);
}

TEST_F(BackupVerbTest, with_its_keys_it_comes_back_whole_and_goes_on) {
  add_account("acole", "analyst");
  static_cast<void>(back_up(true));
  const Report report =
      restore(outside, elsewhere(), {.source = path("copy"), .keys_source = path("copy_keys")}).value();
  EXPECT_EQ(fact_of(report, "restore", "log_verdict"), Value("sound"));
  EXPECT_EQ(fact_of(report, "restore", "orders_replayed"), Value(std::int64_t{0}));
  EXPECT_NE(section_of(report, "restore").notes.back().find("--orders-from"), std::string::npos);
  const auto session = Session::open(outside, elsewhere(), "test").value();
  EXPECT_EQ(session->ledger().accounts().value().size(), 2U);
  const auto log = session->ledger().log().newest({.count = 2}).value();
  EXPECT_EQ(log[0].payload.object, "workspace restored from a backup");
  EXPECT_EQ(log[1].payload.object, "backup of the workspace and of its keys");
}

TEST_F(BackupVerbTest, without_keys_it_comes_back_closed) {
  static_cast<void>(back_up(false));
  const Report report = restore(outside, elsewhere(), {.source = path("copy")}).value();
  EXPECT_EQ(fact_of(report, "restore", "keys"), Value("not there"));
  EXPECT_EQ(Session::open(outside, elsewhere(), "test").error().code, "keys_missing");
}

TEST_F(BackupVerbTest, a_backup_older_than_the_keys_puts_their_head_aside_and_says_so) {
  static_cast<void>(back_up(false));
  add_account("acole", "analyst");
  Settings other = elsewhere();
  other.keys = path("w.keys");
  const Report report = restore(outside, other, {.source = path("copy")}).value();
  EXPECT_EQ(fact_of(report, "restore", "log_verdict"), Value("sound"));
  EXPECT_NE(section_of(report, "restore").notes.at(0).find("head.set_aside_1.txt"), std::string::npos);
  EXPECT_TRUE(std::filesystem::exists(path("w.keys") + "/head.set_aside_1.txt"));
  const Report verified = audit(outside, other, {.act = "verify"}).value();
  EXPECT_EQ(fact_of(verified, "log", "verdict"), Value("sound"));
}

TEST_F(BackupVerbTest, orders_given_since_are_carried_out_again) {
  order_erasure_of(10);
  static_cast<void>(back_up(true));
  order_erasure_of(20);
  order_erasure_of(30);
  const Report report =
      restore(outside, elsewhere(),
              {.source = path("copy"), .keys_source = path("copy_keys"), .orders_from = settings.workspace})
          .value();
  EXPECT_EQ(fact_of(report, "restore", "orders_replayed"), Value(std::int64_t{2}));
  const auto session = Session::open(outside, elsewhere(), "test").value();
  const auto orders = ledger::erasure_orders(session->ledger()).value();
  ASSERT_EQ(orders.size(), 3U);
  for (const auto& order : orders) {
    EXPECT_TRUE(order.executed_at.has_value()) << order.id;
    EXPECT_EQ(order.basis, ledger::Gateway::ukgdpr_art17);
  }
  EXPECT_EQ(orders[2].targets.at(0).place, 30);
}

TEST_F(BackupVerbTest, orders_cannot_be_carried_out_without_keys) {
  static_cast<void>(back_up(false));
  const auto done = restore(outside, elsewhere(), {.source = path("copy"), .orders_from = settings.workspace});
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, "keys_needed");
  EXPECT_FALSE(std::filesystem::exists(path("back"))) << "nothing is restored by half";
  const auto nowhere =
      restore(outside, elsewhere(), {.source = path("copy"), .keys_source = path("k"), .orders_from = path("nowhere")});
  EXPECT_EQ(nowhere.error().code, "workspace_missing");
}

TEST_F(BackupVerbTest, a_damaged_backup_is_not_restored) {
  static_cast<void>(back_up(true));
  store::flip_byte(path("copy") + "/ledger.sqlite", 5000);
  const auto done = restore(outside, elsewhere(), {.source = path("copy"), .keys_source = path("copy_keys")});
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, "damaged_backup");
  EXPECT_EQ(done.error().kind, base::ErrorKind::damaged);
}

TEST_F(BackupVerbTest, neither_goes_where_something_is) {
  static_cast<void>(back_up(false));
  EXPECT_EQ(backup(outside, settings, {.target = path("copy")}).error().code, "not_empty");
  EXPECT_EQ(restore(outside, settings, {.source = path("copy")}).error().code, "not_empty");
  EXPECT_EQ(backup(outside, settings, {.target = path("c2"), .keys_target = path("c2") + "/keys"}).error().code,
            "keys_beside_data");
}

TEST_F(BackupVerbTest, only_an_administrator_makes_one) {
  add_account("acole", "analyst");
  const auto refused = backup(outside, as("acole"), {.target = path("copy")});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, base::ErrorKind::refused);
  EXPECT_FALSE(std::filesystem::exists(path("copy")));
}

TEST_F(BackupVerbTest, the_record_store_is_compacted_with_an_entry) {
  const Report report = compact(outside, settings).value();
  EXPECT_GT(std::get<std::int64_t>(fact_of(report, "store", "bytes_after")), 0);
  const auto number = std::get<std::int64_t>(fact_of(report, "store", "entry"));
  const auto session = Session::open(outside, settings, "test").value();
  EXPECT_EQ(session->ledger().log().entry(number).value().payload.object, "record store compacted");
}

}  // namespace
}  // namespace throughline::app
