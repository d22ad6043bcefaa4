// That columns which an agency fills by habit do not tell records of the market from those of others.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "simulate/observe/recipe.h"
#include "simulate/observe/testing_observed.h"

namespace throughline::simulate {

namespace {

// How often each value stands in records of the market, and in those of others.
struct Split {
  std::map<std::string, double> market{};
  std::map<std::string, double> others{};
};

double sum_of(const std::map<std::string, double>& counts) {
  double sum = 0;
  for (const auto& [value, count] : counts) sum += count;
  return sum;
}

// Of records in one, the share whose value some record in the other has, too.
double share_shared(const std::map<std::string, double>& one, const std::map<std::string, double>& other) {
  double shared = 0;
  for (const auto& [value, count] : one) shared += other.contains(value) ? count : 0;
  return shared / sum_of(one);
}

struct Leaks : testing::Test {
  Leaks() {
    RunInput input = observed_input();
    input.parameters.police_controller_arrest_per_year *= 6;
    constexpr std::string_view k_more =
        "[anpr-reads]\nbackground_per_1000 = 2\n[intelligence-3x5x2]\ndetection = 1\n"
        "background_per_1000 = 2.5\n[police]\neffort = 8\n";
    Observed observed(with_practices(observed_practices(), k_more, "more.toml").value(), input);
    for (std::int32_t line = 0; line < static_cast<std::int32_t>(observed.scene.lines.size()); ++line) {
      for (const std::int32_t day : observed.scene.lines[index_of(line)].controller_days) {
        marks.insert(registration_of(observed.scene, observed.scene.controller(line, day)));
      }
    }
    lines = observed.scene.lines.size();
    extracts = observed.extracts();
  }

  // By a column, over all forces; of_market says which rows are of it.
  template <typename OfMarket>
  [[nodiscard]] Split split(Kind kind, std::string_view name, const OfMarket& of_market) const {
    Split made;
    for (const auto& [file, extract] : extracts) {
      if (extract.kind != kind) continue;
      const auto table = table_of(extract.text);
      const auto column = static_cast<std::size_t>(std::ranges::find(table.front(), name) - table.front().begin());
      for (std::size_t i = 1; i < table.size(); ++i) {
        ++(of_market(table[i]) ? made.market : made.others)[table[i].at(column)];
      }
    }
    return made;
  }

  std::set<std::string> marks;  // Of those who run lines.
  std::size_t lines = 0;
  std::map<std::string, Extract> extracts;
};

}  // namespace

TEST_F(Leaks, an_operation_is_of_reads_for_lines_and_of_others) {
  const Split split = this->split(Kind::plates, "Authority reference",
                                  [&](const std::vector<std::string>& row) { return marks.contains(row[11]); });
  EXPECT_GT(sum_of(split.market), 20);
  EXPECT_GT(sum_of(split.others), 100);
  EXPECT_GT(share_shared(split.market, split.others), 0.9);
  EXPECT_GT(share_shared(split.others, split.market), 0.1);
  for (const auto& [reference, count] : split.market) {
    EXPECT_EQ(reference.rfind('-') + 5, reference.size()) << reference;
  }
  // Nor is it the line's place in the truth: hardly a number is as low as theirs.
  std::int64_t low = 0;
  for (const auto& [reference, count] : split.market) {
    low += std::stoull(reference.substr(reference.rfind('-') + 1)) <= lines ? 1 : 0;
  }
  EXPECT_LE(low, 1);
}

TEST_F(Leaks, a_retention_group_is_as_likely_for_the_market_as_for_others) {
  const Split split = this->split(Kind::intelligence, "MoPI group", [](const std::vector<std::string>& row) {
    return !row.back().starts_with("Subject 1 argues") && !row.back().starts_with("Subject 1 was seen to pass");
  });
  const double market = sum_of(split.market);
  const double others = sum_of(split.others);
  EXPECT_GT(market, 50);
  EXPECT_GT(others, 50);
  for (const char* group : {"2", "3"}) {
    const double of_market = split.market.at(group) / market;
    const double of_others = split.others.at(group) / others;
    const double both = (split.market.at(group) + split.others.at(group)) / (market + others);
    EXPECT_LT(std::abs(of_market - of_others), 4 * std::sqrt(both * (1 - both) * (1 / market + 1 / others))) << group;
  }
}

}  // namespace throughline::simulate
