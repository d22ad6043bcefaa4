// A record store filled by hand, over the county that does not exist. Only *_test.cpp includes this.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "evidence/made_up_county.h"
#include "evidence/stage.h"
#include "store/duck_writer.h"

namespace throughline::evidence {

template <class... Parts>
std::string joined(const Parts&... parts) {
  std::ostringstream text;
  (text << ... << parts);
  return text.str();
}

// One made-up event.
struct Event {
  std::int32_t extract = 1;
  std::string category = "Drugs";
  base::Month month = base::Month(2025 * 12);
  std::string force = "Otherford Constabulary";
  std::optional<AreaCode> lsoa = k_lsoa_1;
};

// A record store in a folder of its own, filled by hand.
class StoreFilledByHand {
 public:
  // The permit must outlive it.
  explicit StoreFilledByHand(const store::WritePermit& permit) : permit_(permit) {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(testing::TempDir()) / joined("evidence_", test->name(), "_", ++made_);
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    store::DuckOptions options;
    options.threads = 1;
    options.temp_directory = folder_;
    duck_ = std::make_unique<store::Duck>(store::Duck::open(folder_ / "records.duckdb", options).value());
    connection_ = std::make_unique<store::DuckConnection>(duck_->connect().value());
    run(k_schema + area_rows());
  }
  StoreFilledByHand(const StoreFilledByHand&) = delete;
  StoreFilledByHand& operator=(const StoreFilledByHand&) = delete;
  ~StoreFilledByHand() {
    connection_.reset();
    duck_.reset();
    std::filesystem::remove_all(folder_);
  }

  void add(const Event& event, int times = 1) {
    for (int i = 0; i < times; ++i) {
      pending_ += joined(pending_.empty() ? "" : ", ", "(", event.extract, ", ", places_++ * 100, ", 0, ",
                         event.category.empty() ? "NULL" : "'" + event.category + "'", ", ", event.month.index(), ", '",
                         event.force, "', ", event.lsoa ? std::to_string(event.lsoa->packed()) : "NULL", ")");
    }
  }

  void run(const std::string& sql) {
    store::DuckWriter writer(permit_, *connection_);
    const auto done = writer.run_script(sql);
    ASSERT_TRUE(done.ok()) << done.error().message();
  }

  std::string mapping = "police-uk-street";  // What read the extracts.

  // The world as seen through these extracts, counted along one path.
  World world(const std::vector<std::int32_t>& extracts, CountPath path = CountPath::cube,
              const std::string& coverage = "") {
    if (!pending_.empty()) {
      run("INSERT INTO event (extract_no, place, item, category, month, force, lsoa) VALUES " + pending_);
      pending_.clear();
    }
    run(k_cube);
    View view{.connection = connection_.get(), .extracts = {}, .as_of = std::nullopt, .path = path};
    for (const std::int32_t number : extracts) {
      view.extracts.push_back(extract(number, mapping));
      view.extracts.back().coverage = coverage;
    }
    view.extracts.push_back(extract(9, "areas"));
    auto loaded = World::load(view);
    EXPECT_TRUE(loaded.ok()) << loaded.error().message();
    return std::move(loaded).value();
  }

 private:
  // The made-up county, as one script.
  static std::string area_rows() {
    std::string sql;
    for (const Area& area : made_up_tables().areas) {
      sql += joined("INSERT INTO area (extract_no, place, item, code, name, kind, vintage) VALUES (9, 0, 0, ",
                    area.code.packed(), ", '", area.name, "', '", name_of(area.kind), "', ", area.vintage, ");");
    }
    for (const AreaPart& part : made_up_tables().parts) {
      sql += joined("INSERT INTO area_part (extract_no, place, item, child, parent, vintage) VALUES (9, 0, 0, ",
                    part.child.packed(), ", ", part.parent.packed(), ", ", part.vintage, ");");
    }
    for (const Population& population : made_up_tables().populations) {
      sql += joined("INSERT INTO population (extract_no, place, item, area, year, persons) VALUES (9, 0, 0, ",
                    population.area.packed(), ", ", population.year, ", ", population.persons, ");");
    }
    return sql;
  }

  static VisibleExtract extract(std::int32_t number, const std::string& mapping) {
    VisibleExtract made;
    made.number = number;
    made.name = std::string(15, '0') + std::to_string(number);  // Of extracts 1 to 9.
    made.mapping = mapping;
    made.file_name = joined(number, ".csv");
    made.received = base::Date(20'000 + number);
    return made;
  }

  static inline const std::string k_schema =
      "CREATE SCHEMA derived;"
      "CREATE TABLE event(extract_no INTEGER, place BIGINT, item SMALLINT, category VARCHAR, month INTEGER, force "
      "VARCHAR,"
      " lsoa UINTEGER);"
      "CREATE TABLE observation(extract_no INTEGER, place BIGINT, item SMALLINT, area UINTEGER, month INTEGER,"
      " category VARCHAR, value BIGINT);"
      "CREATE TABLE area(extract_no INTEGER, place BIGINT, item SMALLINT, code UINTEGER, name VARCHAR, kind VARCHAR,"
      " vintage SMALLINT);"
      "CREATE TABLE area_part(extract_no INTEGER, place BIGINT, item SMALLINT, child UINTEGER, parent UINTEGER,"
      " vintage SMALLINT);"
      "CREATE TABLE population(extract_no INTEGER, place BIGINT, item SMALLINT, area UINTEGER, year SMALLINT,"
      " persons BIGINT);";
  static constexpr const char* k_cube =
      "CREATE OR REPLACE TABLE derived.event_cube AS SELECT extract_no, category, force, month, lsoa, count(*) AS "
      "events "
      "FROM event GROUP BY ALL;";

  static inline int made_ = 0;
  std::filesystem::path folder_;
  const store::WritePermit& permit_;
  std::unique_ptr<store::Duck> duck_;
  std::unique_ptr<store::DuckConnection> connection_;
  std::int64_t places_ = 0;
  std::string pending_;
};

}  // namespace throughline::evidence
