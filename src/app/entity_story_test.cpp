// What happened to one made-up person and what people judged of their records, as two agencies see it.

#include "app/entity_story.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "app/demo_people.h"
#include "app/linkage_verbs.h"
#include "app/made_up_world.h"
#include "base/source_folder.h"

namespace throughline::app {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const std::string k_people = std::string(base::k_source_folder) + "/examples/people";

// The example's people, brought in and linked once for all: that takes longer than a test should.
struct World : MadeUpWorld {
  World() {
    static_cast<void>(founded());
    people = demo_people(outside, settings, k_people).value();
  }
  [[nodiscard]] Settings asking(const std::string& account) const {
    Settings how = as(account);
    how.purpose = "PROTECT";
    how.reason = "a made-up reason";
    return how;
  }
  Section people;
};

World& world() {
  static World k_world;
  return k_world;
}

const WhoRequest k_girl{.forename = "Quillia", .surname = "Vexworthy", .birth = "2009-04-20"};

// Her tables, by name, as that account sees them.
Table table_of(const std::string& account, const std::string& name) {
  const Settings how = world().asking(account);
  const Report found = who(world().outside, how, k_girl).value();
  const auto person = std::get<std::string>(cell_of(section_of(found, "who").tables.at(0), 0, "person"));
  const Report report = link(world().outside, how, {.act = "entity", .names = {person}}).value();
  for (const Table& table : section_of(report, "entity").tables) {
    if (table.name == name) return table;
  }
  return {};
}

std::vector<std::string> column(const Table& table, const std::string& name) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const Value value = cell_of(table, i, name);
    const auto* text = std::get_if<std::string>(&value);
    values.push_back(text == nullptr ? "" : *text);
  }
  return values;
}

TEST(EntityStory, has_a_row_for_each_capacity_and_merges_none) {
  const std::vector<std::string> capacities = column(table_of("", "story"), "capacity");
  for (const char* capacity : {"harmed", "suspected", "missing", "in care"}) {
    EXPECT_THAT(capacities, Contains(capacity));
  }
  EXPECT_THAT(capacities, Not(Contains(HasSubstr(","))));
}

TEST(EntityStory, tells_days_of_ones_own_records_alone_and_those_in_their_order) {
  const Table story = table_of("council", "story");
  const std::vector<std::string> agencies = column(story, "agency");
  const std::vector<std::string> days = column(story, "at");
  const std::vector<std::string> what = column(story, "what");
  std::vector<std::string> dated;
  for (std::size_t i = 0; i < days.size(); ++i) {
    EXPECT_EQ(days[i].empty(), agencies[i] != "Specimen County Council") << agencies[i];
    EXPECT_EQ(what[i].empty(), days[i].empty());
    if (!days[i].empty()) dated.push_back(days[i]);
  }
  EXPECT_FALSE(dated.empty());
  EXPECT_TRUE(std::ranges::is_sorted(dated));
}

TEST(EntityStory, shows_judgements_with_their_account_to_its_own_agency_alone) {
  const Table links = table_of("", "links");
  ASSERT_FALSE(links.rows.empty());
  const std::vector<std::string> pair = {column(links, "one").front(), column(links, "other").front()};
  const Settings how = world().asking("mockbridge");
  ASSERT_TRUE(review(world().outside, how, {.act = "judge", .names = pair, .verdict = "same"}).ok());
  const Table own = table_of("mockbridge", "judgements");
  ASSERT_EQ(own.rows.size(), 1U);
  EXPECT_EQ(cell_of(own, 0, "verdict"), Value(std::string("same")));
  EXPECT_EQ(cell_of(own, 0, "account"), Value(std::string("mockbridge")));
  const Table others = table_of("council", "judgements");
  ASSERT_EQ(others.rows.size(), 1U);
  EXPECT_EQ(cell_of(others, 0, "agency"), Value(std::string("Mockbridge Constabulary")));
  EXPECT_EQ(cell_of(others, 0, "account"), Value());
}

TEST(DemoPeople, are_brought_in_once_and_the_sealed_one_is_found_by_her_own_agency_alone) {
  EXPECT_EQ(world().people.facts.at(0).value, Value(std::int64_t{7}));
  const Section again = demo_people(world().outside, world().settings, k_people).value();
  EXPECT_EQ(again.facts.at(1).value, Value(std::int64_t{7})) << "all are known by now";
  const WhoRequest sealed{.forename = "Sealda", .surname = "Hiddenham", .birth = "1990-03-03"};
  const auto found = [&](const std::string& account) {
    return section_of(who(world().outside, world().asking(account), sealed).value(), "who").tables.at(0).rows.size();
  };
  EXPECT_EQ(found(""), 0U);
  EXPECT_EQ(found("mockbridge"), 0U);
  EXPECT_EQ(found("council"), 1U);
}

TEST(DemoPeople, that_are_not_in_the_folder_are_asked_for_by_name) {
  const auto missing = demo_people(world().outside, world().settings, world().folder.path().string());
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, "people_missing");
  EXPECT_THAT(missing.error().what, HasSubstr("otherford_crimes.csv"));
  EXPECT_EQ(missing.error().remedy, "Give --people examples/people, from the root of the clone");
}

}  // namespace
}  // namespace throughline::app
