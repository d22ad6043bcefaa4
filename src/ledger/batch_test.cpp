#include "ledger/batch.h"

#include <gtest/gtest.h>

#include "base/sha256.h"
#include "ledger/made_up_ledger.h"
#include "store/permit_for_tests.h"

namespace throughline::ledger {
namespace {

struct BatchTest : testing::Test, MadeUpLedger {
  store::PermitForTests permits;

  [[nodiscard]] Transaction begun() const {
    return ledger
        ->begin(analyst,
                {.operation = Operation::collection, .rule = 307, .object = "extract", .reason = {}, .recipients = {}})
        .value();
  }
  static Announcement of_content(std::int64_t extract, const std::string& content) {
    return {.extract = ExtractNo(extract),
            .content_hash = base::hash_text(content),
            .received_hash = base::hash_text(content + ".gz"),
            .source = "police-uk-street",
            .mapping = "police-uk-street/1",
            .mapping_hash = base::hash_text("mapping"),
            .coverage = "Essex 2025-03",
            .file_name = "2025-03-essex-street.csv.gz",
            .data_class = DataClass::published,
            .content_bytes = 1000,
            .rows_read = 100,
            .rows_rejected = 3,
            .received_at = {17}};
  }
  static PresentBatch in_the_store(const Announcement& announced) {
    return {.extract = announced.extract,
            .content_hash = announced.content_hash,
            .rows_read = announced.rows_read,
            .rows_rejected = announced.rows_rejected,
            .supersedes = std::nullopt};
  }
  Announcement announce_one(std::int64_t extract, const std::string& content) const {
    const Announcement announced = of_content(extract, content);
    Transaction transaction = begun();
    announce(transaction, announced).value();
    static_cast<void>(transaction.commit().value());
    return announced;
  }
  void confirm_one(std::int64_t extract, std::optional<ExtractNo> supersedes = std::nullopt) const {
    Transaction transaction = begun();
    confirm(transaction, ExtractNo(extract), supersedes).value();
    static_cast<void>(transaction.commit().value());
  }
  Announcement take_in(std::int64_t extract, const std::string& content,
                       std::optional<ExtractNo> supersedes = std::nullopt) const {
    const Announcement announced = announce_one(extract, content);
    confirm_one(extract, supersedes);
    return announced;
  }
  [[nodiscard]] BatchState state_of(std::int64_t extract) const {
    return registry(*ledger).value().at(static_cast<std::size_t>(extract) - 1).state;
  }
  [[nodiscard]] base::Result<Recovered> recover_with(const std::vector<PresentBatch>& present) const {
    return recover(*ledger, analyst, present);
  }
  void expect_damage(const std::vector<PresentBatch>& present, const std::string& message) const {
    const auto recovered = recover_with(present);
    ASSERT_FALSE(recovered.ok());
    EXPECT_EQ(recovered.error().code, "batch_damage");
    EXPECT_EQ(recovered.error().kind, base::ErrorKind::damaged);
    EXPECT_EQ(recovered.error().what, message);
  }
  [[nodiscard]] std::vector<std::int64_t> seen(const char* as_of = nullptr) const {
    std::vector<std::int64_t> numbers;
    for (const auto& extract :
         visible(*ledger, as_of == nullptr ? std::nullopt : base::parse_iso_date(as_of)).value()) {
      numbers.push_back(extract.announced.extract.number());
    }
    return numbers;
  }
};

using Numbers = std::vector<std::int64_t>;

TEST_F(BatchTest, what_is_announced_is_kept_as_it_was_said) {
  const Announcement said = announce_one(1, "content");
  const RegisteredExtract kept = registry(*ledger).value().at(0);
  EXPECT_EQ(kept.announced.content_hash, said.content_hash);
  EXPECT_EQ(kept.announced.received_hash, said.received_hash);
  EXPECT_EQ(kept.announced.source, said.source);
  EXPECT_EQ(kept.announced.mapping, said.mapping);
  EXPECT_EQ(kept.announced.mapping_hash, said.mapping_hash);
  EXPECT_EQ(kept.announced.coverage, said.coverage);
  EXPECT_EQ(kept.announced.file_name, said.file_name);
  EXPECT_EQ(kept.announced.data_class, said.data_class);
  EXPECT_EQ(kept.announced.content_bytes, 1000);
  EXPECT_EQ(kept.announced.rows_read, 100);
  EXPECT_EQ(kept.announced.rows_rejected, 3);
  EXPECT_EQ(kept.announced.received_at, said.received_at);
  EXPECT_EQ(kept.state, BatchState::announced);
  EXPECT_EQ(kept.entry, 1);
  EXPECT_FALSE(kept.confirmed_at.has_value());
}

TEST_F(BatchTest, extracts_are_numbered_in_the_order_of_their_announcement) {
  EXPECT_EQ(next_extract(*ledger).value(), ExtractNo(1));
  take_in(1, "one");
  EXPECT_EQ(next_extract(*ledger).value(), ExtractNo(2));
}

TEST_F(BatchTest, nobody_sees_an_extract_before_it_is_confirmed) {
  announce_one(1, "one");
  EXPECT_EQ(seen(), Numbers());
  EXPECT_FALSE(find_content(*ledger, base::hash_text("one")).value().has_value());
  EXPECT_FALSE(standing_for(*ledger, {"police-uk-street", "Essex 2025-03"}).value().has_value());
  confirm_one(1);
  EXPECT_EQ(seen(), Numbers{1});
  EXPECT_TRUE(find_content(*ledger, base::hash_text("one")).value().has_value());
  EXPECT_TRUE(standing_for(*ledger, {"police-uk-street", "Essex 2025-03"}).value().has_value());
  EXPECT_FALSE(standing_for(*ledger, {"police-uk-street", "Kent 2025-03"}).value().has_value());
}

TEST_F(BatchTest, an_extract_is_confirmed_or_abandoned_once) {
  take_in(1, "one");
  for (const bool is_confirmation : {true, false}) {
    Transaction transaction = begun();
    const auto done =
        is_confirmation ? confirm(transaction, ExtractNo(1), std::nullopt) : abandon(transaction, ExtractNo(1));
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().code, "batch_state");
    EXPECT_EQ(done.error().kind, base::ErrorKind::damaged);
  }
  Transaction transaction = begun();
  EXPECT_EQ(confirm(transaction, ExtractNo(9), std::nullopt).error().code, "batch_state");
}

TEST_F(BatchTest, the_same_content_read_by_the_same_mapping_is_held_once) {
  take_in(1, "one");
  {
    Transaction transaction = begun();
    const auto again = announce(transaction, of_content(2, "one"));
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().code, "content_known");
    EXPECT_EQ(again.error().what, "This content, read by this mapping, is extract 1 already");
  }
  EXPECT_FALSE(workspace->ledger_store()
                   .run_script(permits.write(),
                               "INSERT INTO batch SELECT 2, state, content_hash, received_hash, source, mapping, "
                               "mapping_hash, coverage, file_name, data_class, content_bytes, rows_read, "
                               "rows_rejected, received_at, announced_at, confirmed_at, superseded_at, superseded_by, "
                               "entry FROM batch")
                   .ok());
}

TEST_F(BatchTest, the_same_content_read_by_another_mapping_is_another_extract) {
  take_in(1, "one");
  Announcement again = of_content(2, "one");
  again.mapping_hash = base::hash_text("a corrected mapping");
  Transaction transaction = begun();
  EXPECT_TRUE(announce(transaction, again).ok());
}

TEST_F(BatchTest, a_registration_that_was_altered_is_found_though_the_log_itself_is_sound) {
  take_in(1, "one");
  take_in(2, "two");
  EXPECT_EQ(check_registrations(*ledger).value(), std::nullopt);
  ASSERT_TRUE(workspace->ledger_store()
                  .run_script(permits.write(), "UPDATE batch SET data_class = 2 WHERE extract_no = 2")
                  .ok());
  EXPECT_EQ(check_registrations(*ledger).value(), ExtractNo(2));
}

TEST_F(BatchTest, a_content_that_was_superseded_may_take_its_place_again) {
  take_in(1, "one");
  take_in(2, "two", ExtractNo(1));
  take_in(3, "one", ExtractNo(2));
  EXPECT_EQ(seen(), Numbers{3});
}

TEST_F(BatchTest, a_content_that_was_abandoned_may_come_again) {
  announce_one(1, "one");
  static_cast<void>(recover_with({}).value());
  take_in(2, "one");
  EXPECT_EQ(seen(), Numbers{2});
}

TEST_F(BatchTest, a_transaction_that_is_not_committed_announces_nothing) {
  {
    Transaction transaction = begun();
    announce(transaction, of_content(1, "one")).value();
  }
  EXPECT_TRUE(registry(*ledger).value().empty());
  EXPECT_EQ(ledger->log().size().value(), 1);
}

// Opening after a kill: each state of the design.

TEST_F(BatchTest, announced_and_present_is_confirmed_with_an_entry) {
  const Announcement announced = announce_one(1, "one");
  const Recovered recovered = recover_with({in_the_store(announced)}).value();
  EXPECT_EQ(recovered.confirmed, std::vector{ExtractNo(1)});
  EXPECT_TRUE(recovered.abandoned.empty());
  EXPECT_EQ(seen(), Numbers{1});
  EXPECT_EQ(ledger->log().size().value(), 3);
  EXPECT_EQ(ledger->log().entry(2).value().payload.object, "extract 1 confirmed on opening");
}

TEST_F(BatchTest, announced_and_absent_is_abandoned_with_an_entry) {
  announce_one(1, "one");
  const Recovered recovered = recover_with({}).value();
  EXPECT_EQ(recovered.abandoned, std::vector{ExtractNo(1)});
  EXPECT_EQ(state_of(1), BatchState::abandoned);
  EXPECT_EQ(seen(), Numbers());
  EXPECT_EQ(ledger->log().entry(2).value().payload.object, "extract 1 abandoned on opening");
}

TEST_F(BatchTest, confirmed_and_present_needs_nothing) {
  const Announcement announced = take_in(1, "one");
  const std::int64_t before = ledger->log().size().value();
  const Recovered recovered = recover_with({in_the_store(announced)}).value();
  EXPECT_TRUE(recovered.confirmed.empty());
  EXPECT_TRUE(recovered.abandoned.empty());
  EXPECT_EQ(ledger->log().size().value(), before);
}

TEST_F(BatchTest, recovering_twice_changes_nothing_more) {
  const Announcement announced = announce_one(1, "one");
  announce_one(2, "two");
  static_cast<void>(recover_with({in_the_store(announced)}).value());
  const std::int64_t before = ledger->log().size().value();
  static_cast<void>(recover_with({in_the_store(announced)}).value());
  EXPECT_EQ(ledger->log().size().value(), before);
}

TEST_F(BatchTest, a_correction_that_was_interrupted_still_supersedes) {
  const Announcement first = take_in(1, "one");
  const Announcement second = announce_one(2, "two");
  PresentBatch corrected = in_the_store(second);
  corrected.supersedes = ExtractNo(1);
  static_cast<void>(recover_with({in_the_store(first), corrected}).value());
  EXPECT_EQ(seen(), Numbers{2});
}

TEST_F(BatchTest, confirmed_and_absent_is_damage) {
  take_in(1, "one");
  expect_damage({}, "Extract 1 was confirmed, but its rows are not there");
}

TEST_F(BatchTest, present_and_never_announced_is_damage) {
  expect_damage({in_the_store(of_content(4, "four"))}, "Extract 4 is in the record store, but nobody announced it");
}

TEST_F(BatchTest, abandoned_and_present_is_damage) {
  const Announcement announced = announce_one(1, "one");
  static_cast<void>(recover_with({}).value());
  expect_damage({in_the_store(announced)}, "Extract 1 was abandoned, but its rows are there");
}

TEST_F(BatchTest, present_twice_is_damage) {
  const PresentBatch batch = in_the_store(take_in(1, "one"));
  expect_damage({batch, batch}, "Extract 1 is there twice");
}

TEST_F(BatchTest, counts_that_differ_are_damage_whether_confirmed_or_not) {
  const Announcement announced = announce_one(1, "one");
  for (const bool is_confirmed : {false, true}) {
    if (is_confirmed) confirm_one(1);
    PresentBatch batch = in_the_store(announced);
    batch.rows_read = 99;
    expect_damage({batch},
                  "Extract 1 holds 99 rows read and 3 rejected, but 100 rows read and 3 rejected were announced");
    batch = in_the_store(announced);
    batch.rows_rejected = 4;
    expect_damage({batch},
                  "Extract 1 holds 100 rows read and 4 rejected, but 100 rows read and 3 rejected were announced");
    batch = in_the_store(announced);
    batch.content_hash = base::hash_text("another");
    expect_damage({batch}, "Extract 1 holds the rows of another content than was announced");
  }
}

TEST_F(BatchTest, codes_and_hashes_that_the_program_never_wrote_are_damage) {
  take_in(1, "one");
  for (const char* alteration :
       {"state = 9", "state = 0", "data_class = 6", "content_hash = x'00'", "confirmed_at = NULL", "state = 1"}) {
    auto& sqlite = workspace->ledger_store();
    sqlite.begin(permits.write()).value();
    sqlite.run_script(permits.write(), std::string("UPDATE batch SET ") + alteration).value();
    const auto all = registry(*ledger);
    ASSERT_FALSE(all.ok()) << alteration;
    EXPECT_EQ(all.error().code, "damaged_ledger");
    EXPECT_FALSE(visible(*ledger, std::nullopt).ok()) << alteration;
    sqlite.rollback(permits.write());
  }
}

// What was known when.

TEST_F(BatchTest, as_of_a_day_shows_what_was_confirmed_by_its_end) {
  take_in(1, "one");
  clock.advance_days(2);
  take_in(2, "two");
  EXPECT_EQ(seen("2026-11-21"), Numbers());
  EXPECT_EQ(seen("2026-11-22"), Numbers{1});
  EXPECT_EQ(seen("2026-11-23"), Numbers{1});
  EXPECT_EQ(seen("2026-11-24"), (Numbers{1, 2}));
  EXPECT_EQ(seen(), (Numbers{1, 2}));
}

TEST_F(BatchTest, an_extract_confirmed_at_midnight_belongs_to_the_day_that_begins) {
  announce_one(1, "one");
  base::Instant midnight = base::Instant::start_of(base::parse_iso_date("2026-11-25").value());
  midnight.microseconds -= 1'000'000;
  clock.set(midnight);
  confirm_one(1);
  EXPECT_EQ(seen("2026-11-24"), Numbers());
  EXPECT_EQ(seen("2026-11-25"), Numbers{1});
}

TEST_F(BatchTest, what_was_superseded_is_seen_as_of_before_and_not_lost) {
  take_in(1, "one");
  clock.advance_days(5);
  take_in(2, "two", ExtractNo(1));
  clock.advance_days(5);
  take_in(3, "three", ExtractNo(2));
  EXPECT_EQ(seen("2026-11-22"), Numbers{1});
  EXPECT_EQ(seen("2026-11-26"), Numbers{1});
  EXPECT_EQ(seen("2026-11-27"), Numbers{2});
  EXPECT_EQ(seen("2026-12-01"), Numbers{2});
  EXPECT_EQ(seen("2026-12-02"), Numbers{3});
  const auto all = registry(*ledger).value();
  EXPECT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].superseded_by, ExtractNo(2));
  EXPECT_EQ(all[0].superseded_at, all[1].confirmed_at);
  EXPECT_EQ(standing_for(*ledger, {"police-uk-street", "Essex 2025-03"}).value()->announced.extract, ExtractNo(3));
}

TEST_F(BatchTest, only_what_stands_can_be_superseded) {
  take_in(1, "one");
  take_in(2, "two", ExtractNo(1));
  announce_one(3, "three");
  announce_one(4, "four");
  for (const std::int64_t predecessor : {1, 3, 4, 77}) {
    Transaction transaction = begun();
    const auto done = confirm(transaction, ExtractNo(4), ExtractNo(predecessor));
    ASSERT_FALSE(done.ok()) << predecessor;
    EXPECT_EQ(done.error().code, "not_standing");
    EXPECT_EQ(done.error().kind, base::ErrorKind::bad_command);
  }
  EXPECT_EQ(seen(), Numbers{2});
}

TEST_F(BatchTest, a_clock_that_jumps_back_does_not_reorder_what_was_known) {
  take_in(1, "one");
  clock.set_back_days(400);
  take_in(2, "two", ExtractNo(1));
  const auto all = registry(*ledger).value();
  EXPECT_LE(*all[0].confirmed_at, *all[1].confirmed_at);
  EXPECT_EQ(seen("2026-11-22"), Numbers{2});
  EXPECT_EQ(seen("2026-11-21"), Numbers());
}

}  // namespace
}  // namespace throughline::ledger
