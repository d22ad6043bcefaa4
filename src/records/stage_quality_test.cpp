#include "records/stage_quality.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "records/gss.h"
#include "records/tables.h"
#include "store/duck_writer.h"
#include "store/permit_for_tests.h"
#include "store/testing_folder.h"

namespace throughline::records {
namespace {

base::Month month(int year, int number) {
  return base::Month(year * 12 + number - 1);
}

// A record store in a folder of its own, with the tables of the model and rows put in by hand.
class MadeUpStore {
 public:
  MadeUpStore() {
    store::DuckOptions options;
    options.threads = 2;
    options.temp_directory = folder_.path();
    duck_ = std::make_unique<store::Duck>(store::Duck::open(folder_.path() / "records.duckdb", options).value());
    connection_ = std::make_unique<store::DuckConnection>(duck_->connect().value());
    for (const store::Migration& step : records_migrations()) pending_ += step.sql;
  }

  void add(const std::string& sql) { pending_ += sql; }
  void run(const std::string& sql) {
    store::DuckWriter writer(permit_.write(), *connection_);
    const auto done = writer.run_script(sql);
    ASSERT_TRUE(done.ok()) << done.error().message();
  }

  // One event of Kent Police; `more` are further columns, `values` what stands in them.
  void event(std::int32_t extract, base::Month when, const std::string& more, const std::string& values) {
    rows_["INSERT INTO event (extract_no, place, item, force, month, " + more + ") VALUES "].push_back(
        fmt::format("({}, {}, 0, 'Kent Police', {}, {})", extract, places_ += 10, when.index(), values));
  }
  void person(std::int32_t extract, std::int64_t place, const std::string& sex) {
    rows_["INSERT INTO person (extract_no, place, item, sex) VALUES "].push_back(
        fmt::format("({}, {}, 1, '{}')", extract, place, sex));
  }

  [[nodiscard]] std::int64_t last_place() const { return places_; }

  SourceQuality assessed(const QualityOrder& order) {
    for (const auto& [insert, rows] : rows_) pending_ += fmt::format("{}{};", insert, fmt::join(rows, ", "));
    run(pending_);
    auto quality = assess(*connection_, order);
    EXPECT_TRUE(quality.ok()) << quality.error().message();
    return std::move(quality).value();
  }

 private:
  store::TestingFolder folder_;
  store::PermitForTests permit_;
  std::unique_ptr<store::Duck> duck_;
  std::unique_ptr<store::DuckConnection> connection_;
  std::int64_t places_ = 0;
  std::string pending_;
  std::map<std::string, std::vector<std::string>> rows_;  // By the statement that puts them in.
};

AskedField event_field(const std::string& name) {
  return {.table = Table::event, .item = 0, .item_name = "event", .field = name, .column = name};
}

QualityOrder order_of(std::vector<AskedField> fields, std::int32_t extracts = 1) {
  QualityOrder order{.source = "street", .extracts = {}, .fields = std::move(fields), .rejections = {}};
  for (std::int32_t i = 1; i <= extracts; ++i) {
    order.extracts.push_back(
        {.number = i, .rows_read = 10, .rows_rejected = 1, .received = month(2025, 5).first_day(), .coverage = ""});
  }
  return order;
}

TEST(StageQuality, adds_up_extracts_and_rows_and_says_how_late_they_came) {
  MadeUpStore store;
  store.event(1, month(2025, 1), "category", "'Drugs'");
  store.event(2, month(2025, 3), "category", "NULL");
  const SourceQuality quality = store.assessed(order_of({event_field("category")}, 2));
  EXPECT_EQ(quality.extracts, 2);
  EXPECT_EQ(quality.rows_read, 20);
  EXPECT_EQ(quality.rows_rejected, 2);
  EXPECT_EQ(quality.first_month, month(2025, 1));
  EXPECT_EQ(quality.last_month, month(2025, 3));
  ASSERT_EQ(quality.fields.size(), 1U);
  EXPECT_EQ(quality.fields[0].rows, 2);
  EXPECT_EQ(quality.fields[0].filled, 1);
  const DayStatistics received = quality.timeliness.received.value_or(DayStatistics());
  EXPECT_EQ(received.median, 31);     // From 31 March to 1 May.
  EXPECT_EQ(received.ninetieth, 90);  // From 31 January.
  ASSERT_EQ(quality.holders.size(), 1U);
  EXPECT_EQ(base::to_string(quality.holders[0].absent), "2025-02");
}

TEST(StageQuality, extracts_that_are_not_asked_for_are_not_seen) {
  MadeUpStore store;
  store.event(1, month(2025, 1), "category", "'Drugs'");
  store.event(2, month(2025, 1), "category", "'Drugs'");
  const SourceQuality quality = store.assessed(order_of({event_field("category")}));
  EXPECT_EQ(quality.fields[0].rows, 1);
  EXPECT_EQ(quality.duplicates.repeats, 0);
}

TEST(StageQuality, a_declared_month_without_rows_was_received) {
  MadeUpStore store;
  store.event(1, month(2025, 1), "category", "'Drugs'");
  store.event(3, month(2025, 3), "category", "'Drugs'");
  QualityOrder order = order_of({event_field("category")}, 3);
  order.extracts[1].coverage = "Kent Police 2025-02";
  EXPECT_TRUE(store.assessed(order).holders[0].absent.empty());
}

TEST(StageQuality, counts_rows_that_repeat_another_and_references_that_stand_twice) {
  MadeUpStore store;
  const auto referenced = [&](int number, const char* category) {
    store.event(1, month(2025, 1), "reference_hex_1, reference_hex_2, category",
                fmt::format("{}, 7, '{}'", number, category));
  };
  referenced(1, "Drugs");
  referenced(1, "Drugs");  // The same again.
  referenced(2, "Drugs");
  referenced(2, "Robbery");  // The same reference for something else.
  referenced(3, "Drugs");
  for (int i = 0; i < 3; ++i) store.event(1, month(2025, 1), "category", "'Anti-social behaviour'");
  const Duplicates twice = store.assessed(order_of({event_field("reference"), event_field("category")})).duplicates;
  EXPECT_EQ(twice.rows, 8);
  EXPECT_EQ(twice.repeats, 3);
  EXPECT_EQ(twice.repeats_referenced, 1);
  EXPECT_EQ(twice.references, 3);
  EXPECT_EQ(twice.references_repeated, 2);
  EXPECT_EQ(twice.rows_of_repeated, 4);
}

TEST(StageQuality, two_searches_alike_but_for_the_person_are_not_the_same) {
  MadeUpStore store;
  for (const char* sex : {"Female", "Male", "Male"}) {
    store.event(1, month(2020, 1), "category", "'Controlled drugs'");
    store.person(1, store.last_place(), sex);
  }
  const AskedField sex{.table = Table::person, .item = 1, .item_name = "searched", .field = "sex", .column = "Gender"};
  const SourceQuality quality = store.assessed(order_of({event_field("category"), sex}));
  EXPECT_EQ(quality.duplicates.rows, 3);
  EXPECT_EQ(quality.duplicates.repeats, 1);
  EXPECT_EQ(quality.fields[1].rows, 3);
  EXPECT_EQ(quality.fields[1].filled, 3);
}

TEST(StageQuality, victims_and_suspects_are_judged_apart) {
  MadeUpStore store;
  store.event(1, month(2025, 1), "category", "'Robbery'");
  store.add(fmt::format("INSERT INTO person (extract_no, place, item, sex) VALUES (1, {0}, 1, 'F'), (1, {0}, 2, NULL);",
                        store.last_place()));
  const AskedField victim{.table = Table::person, .item = 1, .item_name = "victim", .field = "sex", .column = "Victim"};
  const AskedField suspect{
      .table = Table::person, .item = 2, .item_name = "suspect", .field = "sex", .column = "Suspect"};
  const SourceQuality quality = store.assessed(order_of({event_field("category"), victim, suspect}));
  ASSERT_EQ(quality.fields.size(), 3U);
  EXPECT_EQ(quality.fields[1].rows, 1);
  EXPECT_EQ(quality.fields[1].filled, 1);
  EXPECT_EQ(quality.fields[2].rows, 1);
  EXPECT_EQ(quality.fields[2].filled, 0);
}

TEST(StageQuality, words_of_people_are_dated_by_their_extract) {
  MadeUpStore store;
  for (int extract = 1; extract <= 4; ++extract) {
    for (int i = 0; i < 12; ++i) {
      store.event(extract, month(2020, extract), "category", "'Controlled drugs'");
      store.person(extract, store.last_place(), extract <= 2 ? "M" : "Male");
    }
  }
  const AskedField sex{.table = Table::person, .item = 1, .item_name = "searched", .field = "sex", .column = "Gender"};
  const SourceQuality quality = store.assessed(order_of({event_field("category"), sex}, 4));
  ASSERT_EQ(quality.drift.size(), 2U);
  EXPECT_EQ(quality.drift[0].word, "M");
  EXPECT_EQ(quality.drift[0].last, month(2020, 2));
  EXPECT_TRUE(quality.drift[0].ends);
  EXPECT_EQ(quality.drift[1].word, "Male");
  EXPECT_TRUE(quality.drift[1].begins);
  EXPECT_EQ(quality.drift[1].holder, "Kent Police");
}

TEST(StageQuality, a_field_of_more_than_a_hundred_words_is_no_vocabulary) {
  MadeUpStore store;
  for (int i = 0; i < 120 * 12; ++i) {
    store.event(1, month(2020, 1 + i % 2), "outcome", fmt::format("'word {}'", i % 120));
  }
  EXPECT_TRUE(store.assessed(order_of({event_field("outcome")})).drift.empty());
}

TEST(StageQuality, days_until_reported_are_counted_where_both_days_are_known) {
  MadeUpStore store;
  const auto reported = [&](const char* start, int start_precision, const char* end) {
    store.event(1, month(2025, 1), "\"start\", start_precision, reported, reported_precision",
                fmt::format("TIMESTAMP '{}', {}, TIMESTAMP '{}', 4", start, start_precision, end));
  };
  reported("2025-01-01 23:50:00", 4, "2025-01-02 00:10:00");
  reported("2025-01-01 00:00:00", 3, "2025-01-31 00:00:00");
  reported("2025-01-01 00:00:00", 2, "2025-03-31 00:00:00");  // Only the month is known.
  const SourceQuality quality = store.assessed(order_of({event_field("start"), event_field("reported")}));
  const DayStatistics days = quality.timeliness.reported.value_or(DayStatistics());
  EXPECT_EQ(days.count, 2);
  EXPECT_EQ(days.median, 1);
  EXPECT_EQ(days.ninetieth, 30);
}

TEST(StageQuality, a_published_series_is_held_by_its_areas) {
  MadeUpStore store;
  const GssCode borough = GssCode::parse("E09000001").value_or(GssCode());
  for (const int number : {1, 2, 4}) {
    store.add(
        fmt::format("INSERT INTO observation (extract_no, place, item, area, month, category, value) "
                    "VALUES (1, {}, 0, {}, {}, 'DRUG OFFENCES', 5);",
                    number, borough.packed(), month(2020, number).index()));
  }
  const AskedField value{
      .table = Table::observation, .item = 0, .item_name = "figure", .field = "value", .column = "count"};
  const SourceQuality quality = store.assessed(order_of({value}));
  ASSERT_EQ(quality.holders.size(), 1U);
  EXPECT_EQ(quality.holders[0].holder, "E09000001");
  EXPECT_EQ(base::to_string(quality.holders[0].absent), "2020-03");
}

TEST(StageQuality, published_figures_of_no_area_do_not_repeat_one_another) {
  MadeUpStore store;
  for (int i = 0; i < 2; ++i) {
    store.add(
        fmt::format("INSERT INTO observation (extract_no, place, item, area, month, category, value) "
                    "VALUES (1, {}, 0, NULL, {}, 'HOMICIDE', 0);",
                    i, month(2020, 1).index()));
  }
  const AskedField value{
      .table = Table::observation, .item = 0, .item_name = "figure", .field = "value", .column = "count"};
  EXPECT_EQ(store.assessed(order_of({value})).duplicates.repeats, 0);
}

TEST(Quality, is_asked_of_each_agency_where_a_source_names_no_force) {
  MadeUpStore store;
  for (int i = 0; i < 12; ++i) {
    const std::string agency = i < 8 ? "Harbour Project" : "Specimen Council";
    store.add(
        fmt::format("INSERT INTO event (extract_no, place, item, month, category) VALUES (1, {}, 0, {}, 'Mentoring');",
                    i, month(2025, 1 + i % 2).index()));
    store.add(
        fmt::format("INSERT INTO event_detail (extract_no, place, item, agency) VALUES (1, {}, 0, '{}');", i, agency));
  }
  std::vector<AskedField> fields = {event_field("agency"), event_field("category")};
  for (AskedField& field : fields) field.holder = holder_among({"agency", "category"});
  const SourceQuality quality = store.assessed(order_of(fields));
  ASSERT_EQ(quality.holders.size(), 2U);
  EXPECT_EQ(quality.holders[0].holder, "Harbour Project");
  EXPECT_EQ(quality.holders[1].holder, "Specimen Council");
  EXPECT_EQ(holder_among({"agency", "force"}), "force");
}

}  // namespace
}  // namespace throughline::records
