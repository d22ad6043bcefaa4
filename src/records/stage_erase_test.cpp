#include "records/stage_erase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "records/record_id.h"
#include "records/stage_made_up_world.h"
#include "records/stage_original.h"
#include "records/tables_erased.h"
#include "store/fault_points.h"

namespace throughline::records {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view k_header =
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n";
constexpr std::string_view k_secret = "Zyxwvut Quarter 7731";

std::string street_row(int number, std::string_view location) {
  return fmt::format(
      "{:064x},2025-01,Made-up Police,Made-up Police,0.7{:05},51.5{:05},{},E0199{:04},Marsh 001A,Drugs,"
      "Under investigation,\n",
      number * 7919 + 11, number, number, location, number % 50);
}

// A world with one extract of 40 rows, of which the 20th names the secret, and a log entry that names that row.
class ErasureTest : public testing::Test {
 protected:
  ErasureTest() {
    std::string text(k_header);
    for (int row = 0; row < 40; ++row) {
      if (row == 20) place_ = static_cast<std::int64_t>(text.size());
      text += street_row(row, row == 20 ? k_secret : "On or near Sample Road");
    }
    const auto done = world_.ingest_text("2025-01-made-up-street.csv", text);
    EXPECT_TRUE(done.ok()) << done.error().message();
    content_hash_ = done.value().extract.announced.content_hash;
    extract_ = done.value().extract.announced.extract;
    std::filesystem::remove(world_.folder() / "2025-01-made-up-street.csv");
    id_ = RecordId{.extract = extract_name(content_hash_), .place = place_}.text();
    note("record " + id_);
    note("record " + id_ + "5");
  }

  void note(const std::string& object) {
    ledger::Act act;
    act.object = object;
    act.reason = std::string(k_secret);
    EXPECT_TRUE(world_.ledger().note(MadeUpWorld::actor(), act).ok());
  }

  void order(const std::vector<ledger::ErasureTarget>& targets) {
    ledger::Act act;
    act.operation = ledger::Operation::erasure;
    act.object = "an order";
    ledger::Transaction ordering = world_.ledger().begin(MadeUpWorld::actor(), act).value();
    ASSERT_TRUE(ledger::order_erasure(ordering, ledger::Gateway::ukgdpr_art17, targets).ok());
    ASSERT_TRUE(ordering.commit().ok());
  }

  std::int64_t carry_out() {
    const auto done = carry_out_erasures(world_.ledger(), MadeUpWorld::actor());
    EXPECT_TRUE(done.ok()) << done.error().message();
    return done.ok() ? done.value() : -1;
  }

  // The files of the workspace and of the keys in which the text stands, originals unpacked.
  std::vector<std::string> files_with(std::string_view text) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(world_.folder())) {
      if (!entry.is_regular_file()) continue;
      if (store::bytes_of(entry.path()).find(text) != std::string::npos) names.push_back(entry.path().filename());
    }
    for (const base::Hash& hash : world_.workspace().archive().list().value()) {
      const std::int64_t bytes = world_.workspace().archive().describe(hash).value().plain_bytes;
      if (world_.workspace().archive().read_at(hash, {0, bytes}).value().find(text) != std::string::npos) {
        names.emplace_back("an original");
      }
    }
    std::ranges::sort(names);
    return names;
  }

  OriginalRow original(std::int64_t place) {
    store::DuckConnection connection = world_.workspace().records_store().connect().value();
    const ArchivedExtract extract{.content_hash = content_hash_,
                                  .layout = read_layout(connection, extract_).value(),
                                  .erased = read_erased_rows(connection, extract_).value()};
    const auto row = read_original(world_.workspace(), extract, place);
    EXPECT_TRUE(row.ok()) << row.error().message();
    return row.ok() ? row.value() : OriginalRow();
  }

  ledger::PayloadState payload_of(const std::string& object) {
    for (std::int64_t number = 0; number < world_.ledger().log().size().value(); ++number) {
      const auto entry = world_.ledger().log().entry(number).value();
      if (entry.payload.object == object) return entry.payload_state;
    }
    return ledger::PayloadState::destroyed;
  }

  void expect_gone() {
    EXPECT_THAT(files_with(k_secret), IsEmpty());
    EXPECT_EQ(world_.number("SELECT count(*) FROM event"), 39);
    EXPECT_EQ(world_.number("SELECT sum(events)::BIGINT FROM derived.event_cube"), 39);
    EXPECT_TRUE(original(place_).is_erased);
    EXPECT_EQ(payload_of("record " + id_), ledger::PayloadState::destroyed);
    EXPECT_EQ(payload_of("record " + id_ + "5"), ledger::PayloadState::sealed_open);
    const auto verdict = world_.ledger().log().verify([](std::int64_t) { return base::Result<void>(); }).value();
    EXPECT_TRUE(verdict.is_sound) << verdict.what;
    EXPECT_EQ(verdict.destroyed_payloads, 1);
    for (const ledger::ErasureOrder& order : ledger::erasure_orders(world_.ledger()).value()) {
      EXPECT_TRUE(order.executed_at.has_value());
    }
  }

  MadeUpWorld world_;
  base::Hash content_hash_;
  ledger::ExtractNo extract_;
  std::int64_t place_ = 0;
  std::string id_;
};

// One call is an event, numbers, a handset, a SIM and a cell: a record in three tables.
TEST_F(ErasureTest, takes_everything_that_a_row_of_many_things_became) {
  const std::string header =
      "Record number,Force,Authority reference,How obtained,Service,Started at,Seconds,Calling number,Calling IMEI,"
      "Calling IMSI,Called number,Called IMEI,Called IMSI,First cell,First cell address,First cell postcode,First cell "
      "latitude,First cell longitude,First cell bearing,Last cell\n";
  const std::string begin = ",Made-up Police,AUTH-1,Seized handset,Voice,01/02/2025 10:00:00,60,07700 900001,";
  const std::string text = header + "C-1" + begin + "001010009910070,001010090000100,07700 900002,,,,,,,,,\n" + "C-2" +
                           begin +
                           "001010009910999,001010090000999,07700 900003,,,001-01-7-1,Quellthorpe Mast 4471,,,,,\n";
  const auto done = world_.ingest_text("calls.csv", text);
  ASSERT_TRUE(done.ok()) << done.error().message();
  std::filesystem::remove(world_.folder() / "calls.csv");
  EXPECT_EQ(world_.number("SELECT count(*) FROM object"), 8);
  EXPECT_EQ(world_.number("SELECT count(*) FROM location"), 1);
  order({{done.value().extract.announced.content_hash, static_cast<std::int64_t>(text.find("C-2"))}});
  EXPECT_EQ(carry_out(), 1);
  EXPECT_EQ(world_.number("SELECT count(*) FROM object"), 4);
  EXPECT_EQ(world_.number("SELECT count(*) FROM location"), 0);
  EXPECT_EQ(world_.number("SELECT count(*) FROM event_detail WHERE authority = 'AUTH-1'"), 1);
  for (const std::string_view gone : {"001010009910999", "001010090000999", "Quellthorpe Mast"}) {
    EXPECT_THAT(files_with(gone), IsEmpty()) << gone;
  }
}

TEST_F(ErasureTest, an_erased_value_is_in_no_file_of_the_workspace_or_the_keys) {
  ASSERT_TRUE(world_.workspace().settle().ok());
  // Only what the test can see beforehand is worth looking for afterwards.
  EXPECT_THAT(files_with(k_secret), ElementsAre("an original", "records.duckdb"));
  order({{content_hash_, place_}});
  EXPECT_EQ(carry_out(), 1);
  expect_gone();
}

TEST_F(ErasureTest, the_other_rows_keep_their_places_and_the_batch_its_counts) {
  order({{content_hash_, place_}});
  carry_out();
  const std::int64_t next = place_ + static_cast<std::int64_t>(street_row(20, k_secret).size());
  EXPECT_EQ(original(next).fields.at(6).value, "On or near Sample Road");
  store::DuckConnection connection = world_.workspace().records_store().connect().value();
  const auto present = present_batches(connection).value();
  EXPECT_EQ(present.at(0).rows_read, 40);
  const auto recovered = ledger::recover(world_.ledger(), MadeUpWorld::actor(), present);
  EXPECT_TRUE(recovered.ok()) << recovered.error().message();
}

class KilledErasureTest : public ErasureTest, public testing::WithParamInterface<const char*> {};

TEST_P(KilledErasureTest, is_finished_by_the_next_run) {
  order({{content_hash_, place_}});
  world_.close();
  const pid_t child = ::fork();
  if (child == 0) {
    world_.reopen();
    store::arm_fault_point(GetParam(), 1);
    static_cast<void>(carry_out_erasures(world_.ledger(), MadeUpWorld::actor()));
    ::_exit(1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  world_.reopen();
  EXPECT_EQ(carry_out(), 1);
  expect_gone();
  EXPECT_EQ(carry_out(), 0);
}

INSTANTIATE_TEST_SUITE_P(anywhere, KilledErasureTest,
                         testing::Values("erase.before_commit", "erase.rows_removed", "records.rebuilding",
                                         "workspace.before_compact_rename", "erase.store_rebuilt",
                                         "archive.before_rebuilt_rename", "erase.one_original_blanked",
                                         "erase.before_payloads_go", "erase.payloads_gone",
                                         "erase.one_payload_forgotten", "erase.before_mark"),
                         [](const auto& point) {
                           std::string name = point.param;
                           std::ranges::replace(name, '.', '_');
                           return name;
                         });

TEST_F(ErasureTest, a_rejected_row_is_erased_like_any_other) {
  const std::string text =
      std::string(k_header) + street_row(50, "x") + "too,short,secret 4711\n" + street_row(51, "x");
  const auto done = world_.ingest_text("2025-02-made-up-street.csv", text);
  ASSERT_TRUE(done.ok());
  std::filesystem::remove(world_.folder() / "2025-02-made-up-street.csv");
  const auto place = static_cast<std::int64_t>(text.find("too,"));
  EXPECT_EQ(world_.number("SELECT count(*) FROM rejection"), 1);
  order({{done.value().extract.announced.content_hash, place}});
  EXPECT_EQ(carry_out(), 1);
  EXPECT_EQ(world_.number("SELECT count(*) FROM rejection"), 0);
  EXPECT_THAT(files_with("secret 4711"), IsEmpty());
}

TEST_F(ErasureTest, an_order_for_a_file_that_is_not_here_is_done_at_once) {
  order({{base::Hash(), 17}});
  EXPECT_EQ(carry_out(), 0);
  EXPECT_TRUE(ledger::erasure_orders(world_.ledger()).value().at(0).executed_at.has_value());
  EXPECT_EQ(world_.number("SELECT count(*) FROM event"), 40);
}

TEST_F(ErasureTest, what_an_order_will_do_is_known_before) {
  const ErasureOutlook outlook = look_ahead(world_.ledger(), {{content_hash_, place_}}).value();
  EXPECT_THAT(outlook.records, ElementsAre(id_));
  EXPECT_THAT(outlook.whole_files, IsEmpty());
  const auto none = look_ahead(world_.ledger(), {{content_hash_, place_ + 1}});
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().message(), fmt::format("No record begins at place {} of this extract ({}). List its records "
                                                "with throughline records {}.",
                                                place_ + 1, extract_name(content_hash_), extract_name(content_hash_)));
  order({{content_hash_, place_}});
  carry_out();
  const ErasureOutlook after = look_ahead(world_.ledger(), {{content_hash_, place_}}).value();
  EXPECT_THAT(after.records, IsEmpty());
  EXPECT_THAT(after.erased_before, ElementsAre(id_));
}

TEST_F(ErasureTest, erasing_twice_changes_nothing_more) {
  order({{content_hash_, place_}});
  carry_out();
  order({{content_hash_, place_}});
  EXPECT_EQ(carry_out(), 1);
  expect_gone();
}

TEST(names_record, a_longer_number_is_another_record) {
  EXPECT_TRUE(names_record("record 3f9a0c12ab345678:104", "3f9a0c12ab345678:104"));
  EXPECT_TRUE(names_record("3f9a0c12ab345678:104, 3f9a0c12ab345678:2", "3f9a0c12ab345678:104"));
  EXPECT_FALSE(names_record("record 3f9a0c12ab345678:1048", "3f9a0c12ab345678:104"));
  EXPECT_TRUE(names_record("3f9a0c12ab345678:1048 and 3f9a0c12ab345678:104", "3f9a0c12ab345678:104"));
}

}  // namespace
}  // namespace throughline::records
