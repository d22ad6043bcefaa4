#include "app/records_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <map>

#include "app/erase_report.h"
#include "app/trace_report.h"
#include "records/gss.h"
#include "records/record_id.h"
#include "records/stage_made_up_world.h"
#include "store/duck_writer.h"

namespace throughline::app {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view k_header =
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n";

std::string street_row(int number, std::string_view month = "2025-01") {
  return fmt::format(
      "{:064x},{},Made-up Police,Made-up Police,0.7{:05},51.5{:05},On or near Sample Road,E0199{:04},Marsh 001A,Drugs,"
      "Under investigation,\n",
      number * 7919 + 11, month, number, number, number);
}

std::string street_file(int rows) {
  std::string text(k_header);
  for (int row = 0; row < rows; ++row) text += street_row(row);
  return text + street_row(rows, "2025-02-30") + "too,short\n";
}

class ReportTest : public testing::Test {
 protected:
  ledger::RegisteredExtract ingest(int rows) {
    const auto done = world_.ingest_text("2025-01-made-up-street.csv", street_file(rows));
    EXPECT_TRUE(done.ok()) << done.error().message();
    for (ledger::RegisteredExtract& extract : ledger::registry(world_.ledger()).value()) {
      if (extract.announced.extract == done.value().extract.announced.extract) return extract;
    }
    return {};
  }

  ledger::RegisteredExtract again(const ledger::RegisteredExtract& extract) {
    return ledger::registry(world_.ledger())
        .value()
        .at(static_cast<std::size_t>(extract.announced.extract.number() - 1));
  }

  // What trace says of a figure.
  base::Result<TracedFigure> figure(const std::string& name) {
    const evidence::CellId cell = TRY(evidence::parse_cell(name));
    store::DuckConnection connection = TRY(world_.workspace().records_store().connect());
    evidence::View view{.connection = &connection, .extracts = {}, .as_of = {}, .path = evidence::CountPath::cube};
    for (const ledger::RegisteredExtract& extract : TRY(ledger::visible(world_.ledger(), {}))) {
      view.extracts.push_back(evidence::seen(extract));
    }
    const evidence::World world = TRY(evidence::World::load(std::move(view)));
    return trace_figure(world, cell, 5);
  }

  records::MadeUpWorld world_;
};

std::map<std::string, Value> facts_of(const Section& section) {
  std::map<std::string, Value> facts;
  for (const Fact& fact : section.facts) facts[fact.name] = fact.value;
  return facts;
}

TEST_F(ReportTest, extracts_are_listed_with_what_stands_and_what_was_superseded) {
  const auto first = ingest(3);
  const auto second = ingest(4);
  const Section section = extracts_section(ledger::registry(world_.ledger()).value(), {}, {});
  ASSERT_THAT(section.tables, SizeIs(1));
  EXPECT_EQ(section.name, "extracts");
  const auto& rows = section.tables[0].rows;
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0][0], Value(records::extract_name(first.announced.content_hash)));
  EXPECT_EQ(rows[0][1], Value(std::int64_t{5}));
  EXPECT_EQ(rows[0][2], Value(std::int64_t{2}));
  EXPECT_EQ(rows[0][3], Value("superseded"));
  EXPECT_EQ(rows[1][0], Value(records::extract_name(second.announced.content_hash)));
  EXPECT_EQ(rows[1][3], Value("stands"));
  EXPECT_EQ(facts_of(section)["rows"], Value(std::int64_t{6}));
}

TEST_F(ReportTest, the_state_of_an_extract_is_that_of_the_day_asked_about) {
  ledger::RegisteredExtract extract;
  EXPECT_EQ(state_of(extract, {}), std::nullopt);
  const base::Date day = base::parse_iso_date("2026-03-02").value_or(base::Date());
  extract.state = ledger::BatchState::confirmed;
  extract.confirmed_at = base::Instant::start_of(day);
  extract.superseded_at = base::Instant::start_of(day + 2);
  EXPECT_EQ(state_of(extract, {}), "superseded");
  EXPECT_EQ(state_of(extract, day + 2), "superseded");
  EXPECT_EQ(state_of(extract, day + 1), "stands");
  EXPECT_EQ(state_of(extract, day), "stands");
  EXPECT_EQ(state_of(extract, day - 1), std::nullopt);
}

TEST_F(ReportTest, a_record_is_shown_as_it_came_beside_how_it_was_typed) {
  const auto extract = ingest(3);
  const auto place = static_cast<std::int64_t>(k_header.size() + street_row(0).size());
  const FoundRecord record = find_record(world_.ledger(), extract, place).value();
  const Section section = record_section(record);
  EXPECT_THAT(section.tables[0].rows, Contains(ElementsAre(Value("Longitude"), Value("0.700001"),
                                                           Value("event.longitude"), Value("0.700001"), Value())));
  EXPECT_THAT(section.tables[0].rows, Contains(ElementsAre(Value("Crime type"), Value("Drugs"), Value("event.category"),
                                                           Value("Drugs"), Value())));
  EXPECT_THAT(section.tables[0].rows,
              Contains(ElementsAre(Value("Context"), Value(""), testing::_, testing::_, testing::_)));
  EXPECT_EQ(section.tables[1].rows.at(0).at(0), Value("event"));
}

TEST_F(ReportTest, a_rejected_record_says_which_column_and_why) {
  const auto extract = ingest(1);
  const auto place = static_cast<std::int64_t>(k_header.size() + street_row(0).size());
  const Section section = record_section(find_record(world_.ledger(), extract, place).value());
  EXPECT_THAT(section.tables[0].rows, Contains(ElementsAre(Value("Month"), Value("2025-02-30"), Value("event.start"),
                                                           Value(), Value("is not a date that exists"))));
  EXPECT_THAT(section.notes, Contains("Rejected: Month is not a date that exists."));
  const std::int64_t ragged = place + static_cast<std::int64_t>(street_row(1, "2025-02-30").size());
  const Section short_row = record_section(find_record(world_.ledger(), extract, ragged).value());
  EXPECT_THAT(short_row.notes, Contains("As a record it is a fault: has 2 fields where the header has 12."));
  EXPECT_EQ(short_row.tables[0].rows.at(1).at(1), Value("short"));
}

TEST_F(ReportTest, a_place_between_records_is_no_record) {
  const auto extract = ingest(1);
  const auto none = find_record(world_.ledger(), extract, 5);
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().code, "no_record_here");
}

TEST_F(ReportTest, rows_and_rejections_of_an_extract_are_counted_and_listed) {
  const auto extract = ingest(3);
  const Section rows = rows_section(world_.ledger(), extract, 2).value();
  ASSERT_THAT(rows.tables[0].rows, SizeIs(2));
  EXPECT_THAT(std::get<std::string>(rows.tables[0].rows[0][4]), HasSubstr("category: Drugs"));
  const Section rejections = rejections_section(world_.ledger(), extract, 10).value();
  EXPECT_THAT(rejections.tables[0].rows, SizeIs(2));
  EXPECT_THAT(rejections.tables[1].rows, SizeIs(2));
  const Section whole = extract_section(world_.ledger(), extract).value();
  EXPECT_EQ(facts_of(whole)["rejected"], Value(std::int64_t{2}));
}

TEST_F(ReportTest, the_way_back_names_hashes_mapping_dates_and_successor) {
  auto first = ingest(2);
  const auto second = ingest(3);
  first = again(first);
  auto facts = facts_of(provenance_section(world_.ledger(), first).value());
  EXPECT_EQ(facts["content_hash"], Value(first.announced.content_hash.hex()));
  EXPECT_EQ(facts["mapping_hash"], Value(first.announced.mapping_hash.hex()));
  EXPECT_EQ(facts["mapping"], Value("police-uk-street 1"));
  EXPECT_EQ(facts["publisher"], Value("data.police.uk"));
  EXPECT_EQ(facts["gateway"], Value("PUBLIC_RECORD"));
  EXPECT_EQ(facts["superseded_by"], Value(records::extract_name(second.announced.content_hash)));
  EXPECT_NE(facts["superseded"], Value());
}

TEST_F(ReportTest, the_entry_that_let_an_extract_in_is_proved) {
  const auto extract = ingest(2);
  auto facts = facts_of(entry_section(world_.ledger(), extract.entry).value());
  EXPECT_EQ(facts["proof"], Value("verified"));
  EXPECT_EQ(facts["entry"], Value(extract.entry));
  EXPECT_EQ(facts["operation"], Value("collection"));
}

TEST_F(ReportTest, an_entry_that_was_altered_is_not_called_verified) {
  const auto extract = ingest(2);
  ledger::Transaction transaction = world_.ledger().begin(records::MadeUpWorld::actor(), {}).value();
  // Another entry's bytes in its place.
  auto alter = world_.ledger()
                   .sqlite()
                   .write(transaction.permit(),
                          "UPDATE entry SET leaf = (SELECT leaf FROM entry WHERE number = 0) WHERE number = ?1")
                   .value();
  ASSERT_TRUE(alter.bind(1, extract.entry).run().ok());
  const auto section = entry_section(world_.ledger(), extract.entry);
  ASSERT_FALSE(section.ok());
  EXPECT_EQ(section.error().kind, base::ErrorKind::damaged);
}

TEST_F(ReportTest, a_figure_of_an_unknown_area_is_answered_by_evidence) {
  ingest(2);
  const auto traced = figure("crimes/all/E10000012/2025-01");
  ASSERT_FALSE(traced.ok());
  EXPECT_EQ(traced.error().code, "area_unknown");
  EXPECT_EQ(figure("crime/drugs/E10000012/2025-01").error().code, "measure_unknown");
}

TEST_F(ReportTest, a_figure_is_followed_to_its_extracts_and_its_first_records) {
  const auto done = world_.ingest_text("2025-01-made-up-street.csv", street_file(4));
  ASSERT_TRUE(done.ok()) << done.error().message();
  {
    ledger::Transaction writing = world_.ledger().begin(records::MadeUpWorld::actor(), {}).value();
    store::DuckConnection connection = world_.workspace().records_store().connect().value();
    const auto code = [](const char* text) {
      return records::GssCode::parse(text).value_or(records::GssCode()).packed();
    };
    ASSERT_TRUE(store::DuckWriter(writing.permit(), connection)
                    .run_script(fmt::format(
                        "INSERT INTO area (extract_no, place, item, kind, vintage, code, name) VALUES "
                        "(1, 0, 0, 'lsoa', 2021, {}, 'Marsh 001A'), (1, 1, 0, 'force', 2021, {}, 'Made-up Police'); "
                        "INSERT INTO area_part (extract_no, place, item, vintage, child, parent) VALUES "
                        "(1, 0, 0, 2021, {}, {})",
                        code("E01990002"), code("E23000099"), code("E01990002"), code("E23000099")))
                    .ok());
  }
  const auto traced = figure("crimes/drugs/E01990002/2025-01");
  ASSERT_TRUE(traced.ok()) << traced.error().message();
  EXPECT_THAT(traced.value().extracts, ElementsAre(1));
  ASSERT_THAT(traced.value().sections, SizeIs(2));
  EXPECT_EQ(facts_of(traced.value().sections[0])["count"], Value(std::int64_t{1}));
  EXPECT_EQ(facts_of(traced.value().sections[0])["area"], Value("Marsh 001A (E01990002)"));
  EXPECT_THAT(traced.value().sections[0].tables[0].rows, Contains(Contains(Value("POLICE_ACTIVITY"))));
  const std::string record = std::get<std::string>(traced.value().sections[1].tables[1].rows.at(0).at(0));
  const auto place = records::RecordId::parse(record).value_or(records::RecordId()).place;
  EXPECT_EQ(place, static_cast<std::int64_t>(k_header.size() + 2 * street_row(0).size()));
}

TEST_F(ReportTest, an_erased_record_shows_nothing_of_what_it_said) {
  const auto extract = ingest(3);
  const auto place = static_cast<std::int64_t>(k_header.size() + street_row(0).size());
  {
    ledger::Transaction ordering = world_.ledger().begin(records::MadeUpWorld::actor(), {}).value();
    ASSERT_TRUE(
        ledger::order_erasure(ordering, ledger::Gateway::ukgdpr_art17, {{extract.announced.content_hash, place}}).ok());
    ASSERT_TRUE(ordering.commit().ok());
  }
  ASSERT_EQ(records::carry_out_erasures(world_.ledger(), records::MadeUpWorld::actor()).value(), 1);
  const Section section = record_section(find_record(world_.ledger(), extract, place).value());
  EXPECT_THAT(section.tables, IsEmpty());
  EXPECT_THAT(section.notes, ElementsAre("This record was erased under an order. Nothing of what it said is kept."));
  EXPECT_EQ(facts_of(extract_section(world_.ledger(), extract).value())["erased"], Value(std::int64_t{1}));
}

TEST(erase, a_record_must_look_like_one) {
  EXPECT_EQ(read_record_ids({"3f9a0c12ab345678:10482"}).value().at(0).place, 10482);
  const auto wrong = read_record_ids({"3f9a0c12ab345678"});
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().message(),
            "\"3f9a0c12ab345678\" is no record. A record is an extract, a colon and a place, as in "
            "3f9a0c12ab345678:10482.");
}

TEST(erase, a_misspelt_basis_is_answered_with_the_nearest) {
  EXPECT_EQ(read_basis("UKGDPR_ART17").value(), ledger::Gateway::ukgdpr_art17);
  EXPECT_THAT(read_basis("UKGDPR_ART7").error().remedy, testing::StartsWith("Did you mean UKGDPR_ART17? They are "));
  EXPECT_EQ(read_basis("NONE").error().code, "basis_unknown");
}

TEST(erase, the_answer_says_what_cannot_be_removed) {
  ErasureDone done;
  done.outlook.records = {"3f9a0c12ab345678:3"};
  done.outlook.whole_files = {"list.xlsx"};
  const Section section = erasure_section(done);
  EXPECT_EQ(section.tables[0].rows, (std::vector<std::vector<Value>>{{Value("3f9a0c12ab345678:3"), Value("erased")}}));
  EXPECT_THAT(section.notes, Contains(HasSubstr("The whole original list.xlsx was removed")));
  EXPECT_THAT(section.notes, Contains(HasSubstr("Beyond reach: exports")));
}

}  // namespace
}  // namespace throughline::app
