// What agencies would hold of a made-up market goes the whole way: written, and read in by the mappings that the
// product brings, every row of it or all but those made bad on purpose.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <vector>

#include "app/made_up_world.h"
#include "app/session.h"
#include "app/simulate_verb.h"
#include "simulate/observe/kinds.h"

namespace throughline::app {
namespace {

using std::filesystem::path;

std::string text_of(const path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

// A hub and two towns at a third of their size, for six weeks, with one row in seven made bad.
struct ObservedWorld : MadeUpWorld {
  ObservedWorld() {
    static_cast<void>(founded());
    std::ofstream(path_of("world.toml"))
        << "name = \"three\"\ntitle = \"A hub and two towns\"\nstarts = 2024-01-01\nscale = 0.35\n[[area]]\nname = "
           "\"Newham\"\nhub = true\n[[area]]\nname = \"Southend-on-Sea\"\n[[area]]\nname = \"Norwich\"\n";
    std::ofstream(path_of("more.toml")) << "[police]\ncarrier_arrest_per_year = 5\ncontroller_arrest_per_year = 4\n";
    std::ofstream agencies(path_of("agencies.toml"));
    for (const simulate::KindWords& kind : simulate::kind_words()) {
      agencies << "[" << kind.name << "]\nfaulty = 0.15\n";
      if (kind.name == "premises-closures") agencies << "background_per_1000 = 0.5\n";
    }
    agencies << "[general]\ncalls_per_day = 2\n[police]\neffort = 5\n";
  }
  [[nodiscard]] std::string path_of(const std::string& name) const { return path(name); }
  [[nodiscard]] SimulateRequest asked(const std::string& output) const {
    SimulateRequest request;
    request.act = "observe";
    request.world = path_of("world.toml");
    request.parameters = path_of("more.toml");
    request.agencies = path_of("agencies.toml");
    request.days = 42;
    request.output = path_of(output);
    return request;
  }
};

ObservedWorld& world() {
  static ObservedWorld k_world;
  return k_world;
}

const Table& observed() {
  static const Table k_table = [] {
    const Report report = simulate(world().outside, world().settings, world().asked("county")).value();
    return section_of(report, "observed").tables.at(0);
  }();
  return k_table;
}

// Line and rule of each fault, by extract.
std::map<std::string, std::set<std::pair<std::int64_t, std::string>>> faults_listed() {
  std::map<std::string, std::set<std::pair<std::int64_t, std::string>>> faults;
  std::ifstream listed(world().path_of("county/faults.csv"));
  std::string row;
  std::getline(listed, row);
  while (std::getline(listed, row)) {
    const std::size_t comma = row.find(',');
    faults[row.substr(0, comma)].emplace(std::stoll(row.substr(comma + 1)), row.substr(row.rfind(',') + 1));
  }
  return faults;
}

TEST(SimulateObserve, writes_extracts_that_are_read_in_but_for_the_rows_that_are_listed) {
  const Table& table = observed();
  const auto faults = faults_listed();
  std::set<std::string> kinds;
  std::vector<std::string> files;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto file = std::get<std::string>(cell_of(table, i, "file"));
    kinds.insert(path(file).stem().string());
    files.push_back(world().path_of("county/" + file));
  }
  const Answer answer =
      ingest(world().outside, world().settings, {.files = files, .mapping = {}, .supersedes = {}, .received = {}});
  ASSERT_TRUE(answer.ok()) << answer.error().message();
  const Table extracts = section_of(records(world().outside, world().settings, {}).value(), "extracts").tables.at(0);
  ASSERT_EQ(extracts.rows.size(), table.rows.size());
  std::multiset<std::pair<std::int64_t, std::string>> refused;
  for (std::size_t i = 0; i < extracts.rows.size(); ++i) {
    const auto name = std::get<std::string>(cell_of(extracts, i, "extract"));
    if (std::get<std::int64_t>(cell_of(extracts, i, "rejected")) == 0) continue;
    const Report report =
        records(world().outside, world().settings, {.name = name, .is_rejections = true, .rows_max = 10'000}).value();
    const Table rejections = section_of(report, "rejections").tables.at(1);
    for (std::size_t row = 0; row < rejections.rows.size(); ++row) {
      refused.emplace(std::get<std::int64_t>(cell_of(rejections, row, "line")),
                      std::get<std::string>(cell_of(rejections, row, "rule")));
    }
  }
  std::multiset<std::pair<std::int64_t, std::string>> meant;
  for (const auto& [file, rows] : faults) meant.insert(rows.begin(), rows.end());
  EXPECT_EQ(refused, meant);
  EXPECT_GT(meant.size(), 60U);
  for (const simulate::KindWords& kind : simulate::kind_words()) {
    if (kind.name == "police-uk-stop-and-search") continue;  // A file a month, called after the month.
    EXPECT_TRUE(kinds.contains(std::string(kind.name))) << kind.name;
  }
}

TEST(SimulateObserve, seals_the_truth_and_says_what_made_it_there_alone) {
  static_cast<void>(observed());
  const path folder = world().path_of("county");
  const auto mode = std::filesystem::status(folder / "truth").permissions();
  EXPECT_EQ(mode & std::filesystem::perms::mask, std::filesystem::perms::owner_all);
  for (const char* name : {"records.csv", "people.csv", "lines.csv", "numbers.csv", "carrying.csv", "homes.csv",
                           "interventions.csv", "manifest.json"}) {
    EXPECT_TRUE(std::filesystem::exists(folder / "truth" / name)) << name;
  }
  EXPECT_THAT(text_of(folder / "truth/manifest.json"), testing::HasSubstr("\"seed\": 1"));
  EXPECT_THAT(text_of(folder / "manifest.json"), testing::Not(testing::HasSubstr("seed")));
  EXPECT_FALSE(std::filesystem::exists(world().path_of("county.part")));
}

TEST(SimulateObserve, refuses_a_folder_that_is_taken_and_none_at_all) {
  static_cast<void>(observed());
  EXPECT_EQ(simulate(world().outside, world().settings, world().asked("county")).error().code, "output_taken");
  SimulateRequest nowhere = world().asked("county");
  nowhere.output.clear();
  EXPECT_EQ(simulate(world().outside, world().settings, nowhere).error().code, "output_missing");
}

TEST(SimulateObserve, refuses_a_world_with_more_people_than_there_are_numbers) {
  ObservedWorld other;
  std::ofstream(other.path_of("world.toml"))
      << "name = \"crowd\"\ntitle = \"Three towns, ten times\"\nstarts = 2024-01-01\nscale = 10\n[[area]]\nname = "
         "\"Newham\"\nhub = true\n[[area]]\nname = \"Southend-on-Sea\"\n[[area]]\nname = \"Norwich\"\n";
  const Answer answer = simulate(other.outside, other.settings, other.asked("crowded"));
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, "world_too_large");
  EXPECT_THAT(answer.error().message(), testing::HasSubstr("there are telephone numbers for 400000"));
  EXPECT_THAT(answer.error().message(), testing::HasSubstr("crowd"));
  EXPECT_THAT(answer.error().message(), testing::ContainsRegex("a scale of [0-9.]+ or less"));
  EXPECT_FALSE(std::filesystem::exists(other.path_of("crowded.part")));
}

TEST(SimulateObserve, leaves_nothing_behind_where_it_is_interrupted) {
  ObservedWorld other;
  other.interrupt.request();
  const Answer answer = simulate(other.outside, other.settings, other.asked("stopped"));
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, "interrupted");
  EXPECT_FALSE(std::filesystem::exists(other.path_of("stopped")));
  EXPECT_FALSE(std::filesystem::exists(other.path_of("stopped.part")));
}

}  // namespace
}  // namespace throughline::app
