#include "records/stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "base/sha256.h"
#include "base/source_folder.h"
#include "ledger/erasure.h"
#include "records/record_id.h"
#include "records/stage_made_up_world.h"

namespace throughline::records {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::string_view k_header =
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n";

std::string hex_id(int number) {
  return fmt::format("{:064x}", number * 7919 + 11);
}

std::string street_row(int number, std::string_view month = "2025-01", std::string_view type = "Drugs") {
  return fmt::format(
      "{},{},Made-up Police,Made-up Police,0.7{:05},51.5{:05},On or near Sample Road,E0199{:04},Marsh 001A,"
      "{},Under investigation,\n",
      hex_id(number), month, number, number, number % 50, type);
}

std::string street_file(int rows) {
  std::string text(k_header);
  for (int row = 0; row < rows; ++row) text += street_row(row);
  return text;
}

TEST(ingest, every_row_of_a_file_is_a_record_or_a_rejection) {
  MadeUpWorld world;
  const std::string text = street_file(5) + street_row(5, "2025-02-30") + "too,short\n" + street_row(7);
  const auto done = world.ingest_text("2025-01-made-up-street.csv", text);
  ASSERT_TRUE(done.ok()) << done.error().message();
  const ledger::Announcement& said = done.value().extract.announced;
  EXPECT_EQ(said.rows_read, 8);
  EXPECT_EQ(said.rows_rejected, 2);
  EXPECT_EQ(said.mapping, "police-uk-street 1");
  EXPECT_EQ(said.coverage, "Made-up Police 2025-01");
  EXPECT_EQ(world.number("SELECT count(*) FROM event"), 6);
  EXPECT_EQ(world.number("SELECT count(DISTINCT place) FROM rejection"), 2);
  EXPECT_EQ(world.number("SELECT sum(events)::BIGINT FROM derived.event_cube"), 6);
}

TEST(ingest, a_rejection_names_line_column_class_and_rule_but_not_the_value) {
  MadeUpWorld world;
  const auto done = world.ingest_text("2025-01-made-up-street.csv", street_file(1) + street_row(5, "2025-02-30"));
  ASSERT_TRUE(done.ok()) << done.error().message();
  store::DuckConnection connection = world.workspace().records_store().connect().value();
  const auto found = read_rejections(connection, done.value().extract.announced.extract, 10).value();
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].line, 3);
  EXPECT_EQ(found[0].column, "Month");
  EXPECT_EQ(found[0].rule, RejectionRule::not_a_date);
  EXPECT_EQ(found[0].value_class, "digits and marks");
  EXPECT_EQ(found[0].place, static_cast<std::int64_t>(k_header.size() + street_row(0).size()));
}

TEST(ingest, a_row_is_typed_with_its_precision_and_read_back) {
  MadeUpWorld world;
  const auto done = world.ingest_text("2025-01-made-up-street.csv", street_file(2));
  ASSERT_TRUE(done.ok()) << done.error().message();
  store::DuckConnection connection = world.workspace().records_store().connect().value();
  const ledger::ExtractNo extract = done.value().extract.announced.extract;
  const auto places = first_places(connection, extract, 10).value();
  ASSERT_THAT(places, SizeIs(2));
  const TypedRow row = read_typed_row(connection, extract, places[1]).value();
  ASSERT_THAT(row.items, SizeIs(1));
  std::map<std::string, std::string> fields;
  for (const TypedField& field : row.items[0].fields) fields[field.field] = field.value;
  EXPECT_EQ(row.items[0].kind, "crime");
  EXPECT_EQ(fields["reference"], hex_id(1));
  EXPECT_EQ(fields["start"], "2025-01");
  EXPECT_EQ(fields["longitude"], "0.700001");
  EXPECT_EQ(fields["lsoa"], "E01990001");
  EXPECT_EQ(fields["category"], "Drugs");
  EXPECT_FALSE(fields.contains("text"));
}

TEST(ingest, the_same_content_again_changes_nothing_whatever_its_name) {
  MadeUpWorld world;
  ASSERT_TRUE(world.ingest_text("2025-01-made-up-street.csv", street_file(3)).ok());
  const std::int64_t entries = world.ledger().log().size().value();
  const auto again = world.ingest_text("another.csv", street_file(3));
  ASSERT_TRUE(again.ok()) << again.error().message();
  EXPECT_TRUE(again.value().is_known);
  EXPECT_EQ(world.number("SELECT count(*) FROM event"), 3);
  EXPECT_EQ(world.ledger().log().size().value(), entries);
}

TEST(ingest, a_corrected_extract_supersedes_its_predecessor_which_is_kept) {
  MadeUpWorld world;
  const auto first = world.ingest_text("2025-01-made-up-street.csv", street_file(3));
  const auto second = world.ingest_text("2025-01-made-up-street.csv", street_file(4));
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(second.value().superseded, first.value().extract.announced.extract);
  EXPECT_EQ(world.number("SELECT count(*) FROM event"), 7);
  const auto standing = ledger::visible(world.ledger(), {}).value();
  ASSERT_THAT(standing, SizeIs(1));
  EXPECT_EQ(standing[0].announced.rows_read, 4);
}

TEST(ingest, the_original_is_archived_byte_for_byte) {
  MadeUpWorld world;
  const std::string text = street_file(3);
  const auto done = world.ingest_text("2025-01-made-up-street.csv", text);
  ASSERT_TRUE(done.ok());
  const auto read = world.workspace().archive().read_at(done.value().extract.announced.content_hash,
                                                        {0, static_cast<std::int64_t>(text.size())});
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value(), text);
}

TEST(ingest, a_file_that_fails_leaves_nothing_behind) {
  MadeUpWorld world;
  const auto refused = world.ingest_text("unknown.csv", "a,b,c\n1,2,3\n");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "mapping_not_detected");
  world.interrupt().request();
  const auto stopped = world.ingest_text("2025-01-made-up-street.csv", street_file(2000), "police-uk-street");
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.error().code, "interrupted");
  EXPECT_EQ(world.number("SELECT count(*) FROM event"), 0);
  EXPECT_EQ(world.number("SELECT count(*) FROM batch"), 0);
  EXPECT_THAT(world.workspace().archive().list().value(), SizeIs(0));
  EXPECT_THAT(ledger::registry(world.ledger()).value(), SizeIs(0));
}

TEST(ingest, what_was_ingested_is_there_and_agreed_after_opening_again) {
  MadeUpWorld world;
  ASSERT_TRUE(world.ingest_text("2025-01-made-up-street.csv", street_file(3)).ok());
  world.reopen();
  std::vector<ledger::PresentBatch> present;
  {
    store::DuckConnection connection = world.workspace().records_store().connect().value();
    present = present_batches(connection).value();
  }
  ASSERT_THAT(present, SizeIs(1));
  const auto recovered = ledger::recover(world.ledger(), MadeUpWorld::actor(), present);
  ASSERT_TRUE(recovered.ok()) << recovered.error().message();
  EXPECT_TRUE(recovered.value().confirmed.empty() && recovered.value().abandoned.empty());
}

TEST(ingest, a_file_without_rows_is_an_extract_without_rows) {
  MadeUpWorld world;
  const auto done = world.ingest_text("2025-01-made-up-street.csv", k_header);
  ASSERT_TRUE(done.ok()) << done.error().message();
  EXPECT_EQ(done.value().extract.announced.rows_read, 0);
  EXPECT_EQ(done.value().extract.announced.coverage, "");
}

TEST(ingest, a_word_outside_an_open_vocabulary_is_kept_and_told_without_being_quoted) {
  MadeUpWorld world;
  const auto done =
      world.ingest_text("2025-01-made-up-street.csv", street_file(1) + street_row(2, "2025-01", "Teleport fraud"));
  ASSERT_TRUE(done.ok()) << done.error().message();
  EXPECT_EQ(world.number("SELECT count(*) FROM event WHERE category = 'Teleport fraud'"), 1);
  const auto& findings = done.value().findings;
  const auto at = std::ranges::find(findings, "new_words", &Finding::code);
  ASSERT_NE(at, findings.end());
  EXPECT_THAT(at->text, HasSubstr("Crime type"));
  EXPECT_EQ(at->text.find("Teleport"), std::string::npos);
}

TEST(ingest, the_same_content_read_by_another_mapping_takes_the_first_readings_place) {
  MadeUpWorld world;
  // A mapping of one's own bears a name of its own; what it reads anew is of the same source.
  const std::string name = "name = \"police-uk-street\"";
  std::string toml = find_mapping("police-uk-street").value().toml;
  ASSERT_NE(toml.find(name), std::string::npos);
  toml.replace(toml.find(name), name.size(), "name = \"own-street\"");
  const std::filesystem::path own = world.folder() / "own.toml";
  store::put_bytes(own, toml);
  ASSERT_TRUE(world.ingest_text("2025-01-made-up-street.csv", street_file(3), own.string()).ok());
  store::put_bytes(own, toml + "# Changed.\n");
  const auto again = world.ingest_text("2025-01-made-up-street.csv", street_file(3), own.string());
  ASSERT_TRUE(again.ok()) << again.error().message();
  EXPECT_FALSE(again.value().is_known);
  EXPECT_EQ(again.value().superseded, ledger::ExtractNo(1));
  EXPECT_THAT(ledger::visible(world.ledger(), {}).value(), SizeIs(1));
}

TEST(ingest, an_archived_content_that_no_extract_owns_is_swept_away) {
  MadeUpWorld world;
  ASSERT_TRUE(world.ingest_text("2025-01-made-up-street.csv", street_file(3)).ok());
  EXPECT_EQ(sweep_archive(world.ledger(), MadeUpWorld::actor()).value(), 0);
  {
    auto stray = world.ledger().begin(MadeUpWorld::actor(), {}).value();
    auto writer = world.workspace().archive().begin(stray.permit()).value();
    ASSERT_TRUE(writer.append(std::string_view("left by a process that was killed")).ok());
    ASSERT_TRUE(writer.finish().ok());
  }
  EXPECT_EQ(sweep_archive(world.ledger(), MadeUpWorld::actor()).value(), 1);
  EXPECT_THAT(world.workspace().archive().list().value(), SizeIs(1));
}

TEST(ingest, a_retention_group_in_the_row_goes_before_the_mappings_class) {
  MadeUpWorld world;
  const std::string example = std::string(base::k_source_folder) + "/examples/agencies/intelligence_reports.csv";
  ASSERT_TRUE(world.ingest_file(example).ok());
  EXPECT_EQ(world.number("SELECT count(*) FROM event WHERE retention IS NULL"), 0);
  EXPECT_GT(world.number("SELECT count(*) FROM event WHERE retention LIKE 'mopi-%'"), 0);
  EXPECT_EQ(
      world.number("SELECT count(*) FROM event WHERE retention NOT LIKE 'mopi-_' AND retention <> 'intelligence'"), 0);
}

TEST(ingest, a_content_with_erased_rows_is_not_read_in_again) {
  MadeUpWorld world;
  const std::string text = street_file(3);
  {
    auto ordering = world.ledger().begin(MadeUpWorld::actor(), {}).value();
    const ledger::ErasureTarget target{base::hash_text(text), static_cast<std::int64_t>(k_header.size())};
    ASSERT_TRUE(ledger::order_erasure(ordering, ledger::Gateway::ukgdpr_art17, {target}).ok());
    ASSERT_TRUE(ordering.commit().ok());
  }
  const auto refused = world.ingest_text("2025-01-made-up-street.csv", text);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "rows_erased");
  EXPECT_EQ(refused.error().kind, base::ErrorKind::refused);
  EXPECT_EQ(world.number("SELECT count(*) FROM event"), 0);
}

TEST(ingest, the_earlier_file_read_again_takes_its_place_back) {
  MadeUpWorld world;
  ASSERT_TRUE(world.ingest_text("2025-01-made-up-street.csv", street_file(3)).ok());
  ASSERT_TRUE(world.ingest_text("2025-01-made-up-street.csv", street_file(2)).ok());
  const auto back = world.ingest_text("2025-01-made-up-street.csv", street_file(3));
  ASSERT_TRUE(back.ok()) << back.error().message();
  EXPECT_FALSE(back.value().is_known);
  EXPECT_EQ(back.value().superseded, ledger::ExtractNo(2));
  const auto standing = ledger::visible(world.ledger(), {}).value();
  ASSERT_THAT(standing, SizeIs(1));
  EXPECT_EQ(standing[0].announced.rows_read, 3);
}

TEST(ingest, a_correction_that_leaves_less_than_half_is_told) {
  MadeUpWorld world;
  ASSERT_TRUE(world.ingest_text("2025-01-made-up-street.csv", street_file(9)).ok());
  const auto smaller = world.ingest_text("2025-01-made-up-street.csv", street_file(4));
  ASSERT_TRUE(smaller.ok());
  const auto& findings = smaller.value().findings;
  EXPECT_NE(std::ranges::find(findings, "smaller_correction", &Finding::code), findings.end());
}

TEST(ingest, an_extract_of_one_source_cannot_correct_one_of_another) {
  MadeUpWorld world;
  ASSERT_TRUE(world.ingest_text("2025-01-made-up-street.csv", street_file(3)).ok());
  IngestOrder order;
  order.path = std::string(base::k_source_folder) + "/examples/agencies/crime_reports.csv";
  order.supersedes = ledger::ExtractNo(1);
  order.actor = MadeUpWorld::actor();
  const auto refused = world.ingest_order(order);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "other_source");
  EXPECT_THAT(ledger::visible(world.ledger(), {}).value(), SizeIs(1));
}

}  // namespace
}  // namespace throughline::records
