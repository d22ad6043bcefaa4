#include "app/hidden_links.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/linkage_verbs.h"
#include "app/made_up_world.h"
#include "base/source_folder.h"

namespace throughline::app {
namespace {

using testing::HasSubstr;

// Three forces' records of the made-up people, linked. Made once: linking is the slow part.
struct LinkedForces : MadeUpWorld {
  LinkedForces() {
    static_cast<void>(founded());
    for (const char* force : {"otherford", "mockbridge", "sampleham"}) {
      const std::string file = std::string(base::k_source_folder) + "/examples/people/" + force + "_crimes.csv";
      static_cast<void>(
          ingest(outside, settings, {.files = {file}, .mapping = {}, .supersedes = {}, .received = {}}).value());
    }
    static_cast<void>(link(outside, asking("PROTECT"), {.act = "run"}).value());
  }
  [[nodiscard]] Settings asking(const std::string& purpose) const {
    Settings how = settings;
    how.purpose = purpose;
    how.reason = "a made-up reason";
    return how;
  }
};

struct HiddenFromLinks : testing::Test {
  static void SetUpTestSuite() { world = new LinkedForces; }
  static void TearDownTestSuite() {
    delete world;
    world = nullptr;
  }
  [[nodiscard]] Answer ask(const std::string& purpose = "COUNT") const {
    return hidden(world->outside, world->asking(purpose), request);
  }

  static inline LinkedForces* world = nullptr;
  HiddenRequest request{.resamples = 0, .simulations = 0, .is_from_links = true, .capacity = "suspected", .draws = 20};
};

TEST_F(HiddenFromLinks, takes_each_agency_for_a_list_and_carries_the_error_of_linkage) {
  const Report report = ask().value();
  const Table& lists = section_of(report, "lists").tables.front();
  ASSERT_EQ(lists.rows.size(), 3U);
  EXPECT_EQ(cell_of(lists, 0, "list"), Value(std::string("Mockbridge Constabulary")));
  const Table& estimates = section_of(report, "estimate").tables.front();
  EXPECT_EQ(cell_of(estimates, estimates.rows.size() - 1, "method"), Value(std::string("stepwise, links drawn again")));
  const double people = static_cast<double>(std::get<std::int64_t>(fact_of(report, "lists", "cases")));
  EXPECT_GT(std::get<Decimal>(cell_of(estimates, estimates.rows.size() - 1, "low")).value, people * 0.9);
  EXPECT_EQ(ask().value().sections[1].tables.front().rows, estimates.rows);
}

// Of people no count is told that would point at somebody, nor what such a count could be reckoned from.
TEST_F(HiddenFromLinks, tells_no_count_under_ten) {
  const Report report = ask().value();
  const std::vector<Table>& lists = section_of(report, "lists").tables;
  for (std::size_t row = 0; row < 3; ++row) {
    EXPECT_EQ(cell_of(lists.front(), row, "only_here"), Value());
    EXPECT_GE(std::get<std::int64_t>(cell_of(lists.back(), row, "cases")), 10);
    EXPECT_EQ(cell_of(section_of(report, "dependence").tables.front(), row, "fitted"), Value());
  }
}

// In a shorter time the lists share nine people or fewer. The total beside each list's own count would tell how many.
TEST_F(HiddenFromLinks, gives_no_estimate_and_no_lists_where_they_share_fewer_than_ten) {
  request.to = "2025-03";
  const Report report = ask().value();
  EXPECT_EQ(fact_of(report, "refused", "rule"), Value(std::string("overlap_too_small")));
  EXPECT_EQ(fact_of(report, "refused", "reason"),
            Value(std::string("Fewer than 10 people are on two lists or more; the lists say too little about whom they "
                              "miss.")));
  EXPECT_EQ(fact_of(report, "lists", "on_several"), Value());
  EXPECT_TRUE(section_of(report, "lists").tables.empty());
  EXPECT_EQ(report.outcome, Outcome::done_with_findings);
}

TEST_F(HiddenFromLinks, asks_for_the_purpose_and_leaves_an_entry) {
  EXPECT_EQ(ask("").error().kind, base::ErrorKind::refused);
  static_cast<void>(ask().value());
  const Report log = audit(world->outside, world->settings, {.act = "show", .rows_max = 3}).value();
  std::string words;
  for (const Table& table : log.sections.front().tables) {
    for (const std::vector<Value>& row : table.rows) {
      for (const Value& value : row) {
        if (const auto* text = std::get_if<std::string>(&value)) words += *text + " ";
      }
    }
  }
  EXPECT_THAT(words, HasSubstr("an estimate of people on no list"));
}

TEST_F(HiddenFromLinks, gives_the_reason_where_there_are_too_few_lists_or_people) {
  request.capacity = "in care";
  EXPECT_EQ(ask().error().code, "lists_too_small");
  request.capacity = "suspect";
  EXPECT_THAT(ask().error().remedy, HasSubstr("'suspected'"));
  request.capacity = "suspected";
  request.from = "March";
  EXPECT_EQ(ask().error().code, "month_malformed");
}

TEST_F(HiddenFromLinks, takes_a_file_or_the_links_and_not_both) {
  request.file = "lists.csv";
  EXPECT_EQ(ask().error().message(),
            "The lists are a file or the links, one of them (lists, --from-links). Name a file, or say --from-links.");
  request = {};
  EXPECT_EQ(ask().error().code, "lists_not_said");
}

}  // namespace
}  // namespace throughline::app
