// Against published tables of disproportionality: each authority's risk and odds ratio with their limits, and the
// national ratio of 2018/19. Skipped where the public files do not lie beside the repository.
//
// Tolerances. Risk ratios and their limits are arithmetic: to 1e-9 of themselves. The published odds ratios were found
// by R's fisher.test, whose root finder stops within eps^(1/4) = 1.22e-4 of the odds, or above one of their inverse:
// the test allows half a unit of the third figure or that much, whichever is more.

#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "base/number.h"
#include "evidence/disparity/disparity.h"
#include "evidence/disparity/made_up_searches.h"
#include "evidence/disparity/residents.h"

namespace throughline::evidence {
namespace {

constexpr double k_three_figures = 5e-4;
constexpr double k_root_finder = 1.23e-4;

struct Published {
  std::string area;
  GroupPair pair;
  std::map<std::string, std::string> cells;
  [[nodiscard]] double number(const std::string& column) const {
    const std::string& text = cells.at(column);
    return text == "Inf" ? std::numeric_limits<double>::infinity() : base::parse_double(text).value();
  }
};

std::vector<Published> published_in(const std::filesystem::path& path, const std::string& group) {
  std::vector<Published> rows;
  const TextTable table = table_in(path);
  for (const TextRow& row : table.rows) {
    Published made;
    for (std::size_t i = 0; i < table.columns.size(); ++i) made.cells[table.columns[i]] = row.cells[i];
    const auto whole = [&](const std::string& column) { return base::parse_integer(made.cells.at(column)).value(); };
    made.area = made.cells.at("la");
    made.pair = {.group = {.events = whole(group + "_stopped"), .people = whole(group + "_population")},
                 .reference = {.events = whole("White_stopped"), .people = whole("White_population")}};
    rows.push_back(std::move(made));
  }
  return rows;
}

bool agrees_on_odds(double own, double printed) {
  if (own == printed) return true;
  if (std::abs(own / printed - 1) <= k_three_figures) return true;
  return own > 1 ? std::abs(1 / own - 1 / printed) <= k_root_finder : std::abs(own - printed) <= k_root_finder;
}

struct Agreement {
  int risks = 0;
  int risk_limits = 0;
  int of_ten_or_more = 0;  // Rows of which both groups have ten events.
  int odds = 0;
  std::set<std::string> refused;
};

void hold_against(const Published& row, Agreement& agreement) {
  const auto risk = risk_ratio(row.pair);
  const auto odds = odds_ratio(row.pair);
  ASSERT_TRUE(std::holds_alternative<RatioEstimate>(risk)) << row.area;
  if (std::holds_alternative<Refusal>(odds)) {
    agreement.refused.insert(row.area);
    EXPECT_EQ(row.cells.at("stats_altered_flag"), "1") << row.area;
    return;
  }
  EXPECT_EQ(row.cells.at("stats_altered_flag"), "0") << row.area;
  const auto& ratio = std::get<RatioEstimate>(risk);
  EXPECT_NEAR(ratio.value, row.number("rr"), 1e-9 * ratio.value) << row.area;
  ++agreement.risks;
  if (std::min(row.pair.group.events, row.pair.reference.events) >= 10) ++agreement.of_ten_or_more;
  if (ratio.method == RatioMethod::logarithmic) {
    EXPECT_NEAR(ratio.interval.low, row.number("rr_ci_low"), 1e-9 * ratio.value) << row.area;
    EXPECT_NEAR(ratio.interval.high, row.number("rr_ci_upp"), 1e-9 * ratio.interval.high) << row.area;
    ++agreement.risk_limits;
  } else {
    // Fewer than ten events: the printed interval is approximate, which is never given here.
    EXPECT_LT(std::min(row.pair.group.events, row.pair.reference.events), k_change_count_min) << row.area;
  }
  const auto& exact = std::get<RatioEstimate>(odds);
  EXPECT_TRUE(agrees_on_odds(exact.value, row.number("or")))
      << row.area << ' ' << exact.value << ' ' << row.number("or");
  EXPECT_TRUE(agrees_on_odds(exact.interval.low, row.number("or_ci_low"))) << row.area << ' ' << exact.interval.low;
  EXPECT_TRUE(agrees_on_odds(exact.interval.high, row.number("or_ci_upp"))) << row.area << ' ' << exact.interval.high;
  ++agreement.odds;
}

TEST(PublishedDisproportionality, of_every_authority_and_group_is_reproduced_but_for_the_three_rows_that_it_flags) {
  const std::filesystem::path folder = public_files();
  if (folder.empty()) GTEST_SKIP() << "the public files are not here";
  const std::map<std::string, std::string> groups{{"asian", "Asian"},
                                                  {"black", "Black"},
                                                  {"mixed_asian", "Mixed_Asian"},
                                                  {"mixed_black", "Mixed_Black"},
                                                  {"mixed_other", "Mixed_Other"},
                                                  {"other", "Other"}};
  Agreement all;
  for (const auto& [file, group] : groups) {
    const auto path = folder / "stop_search" / ("oracle_lad_" + file + "_vs_white_rr_or_ci.csv");
    for (const Published& row : published_in(path, group)) hold_against(row, all);
  }
  EXPECT_EQ(all.odds, 1965 - 3);
  EXPECT_EQ(all.risks, 1965 - 3);
  EXPECT_EQ(all.risk_limits, all.of_ten_or_more);
  EXPECT_GT(all.risk_limits, 0);
  EXPECT_EQ(all.refused, (std::set<std::string>{"City of London", "Eden"}));
}

// Section 1 searches of the year to March 2019 by the 43 forces, over the Census of 2011; vehicles alone and groups not
// stated left out.
TEST(PublishedDisproportionality, of_the_nation_in_2018_19_is_nine_point_two_one) {
  const std::filesystem::path folder = public_files();
  if (folder.empty()) GTEST_SKIP() << "the public files are not here";
  const TextTable table = table_in(folder / "police_powers" / "stop_search_s1_force_reason_ethnicgroup_2006_2019.csv");
  std::map<std::string, std::int64_t> events;
  std::int64_t vehicles = 0;
  for (const TextRow& row : table.rows) {
    if (row.cells[0] != "2019-03-31" || row.cells[1].find("ransport") != std::string::npos || row.cells[4].empty())
      continue;
    const auto count = static_cast<std::int64_t>(base::parse_double(row.cells[4]).value());
    const auto group = broad_group(row.cells[3]);
    if (group) {
      events[*group] += count;
    } else {
      vehicles += count;
    }
  }
  EXPECT_EQ(vehicles, 7938);
  EXPECT_EQ(events[""], 51824);
  GroupTable nation{.area = "England and Wales", .period = {}, .groups = {}, .caveats = {}, .absent = {}};
  const GroupPopulation& population = carried_populations().back();
  ASSERT_EQ(population.name, "census-2011");
  const GroupPeople& people = *population.find(nation.area);
  for (const auto& [group, count] : events) {
    GroupTally& tally = nation.groups.emplace_back();
    tally.group = group;
    tally.events = count;
    if (people.contains(group)) tally.people = people.at(group);
  }
  const DisparityFigures figures = disparity_figures(nation, "White");
  std::map<std::string, const GroupDisparity*> by_group;
  for (const GroupDisparity& each : figures.groups) by_group[each.group] = &each;
  EXPECT_NEAR(std::get<Rate>(by_group["Black"]->rate).value, 34.86, 0.005);
  EXPECT_NEAR(std::get<Rate>(by_group["White"]->rate).value, 3.79, 0.005);
  EXPECT_NEAR(std::get<RatioEstimate>(by_group["Black"]->risk_ratio).value, 9.21, 0.005);
  // The Home Office counted Chinese people with the others; the Census has no such group, so no rate is given.
  EXPECT_EQ(std::get<Refusal>(by_group["Chinese or other"]->rate).rule, Rule::rate_needs_denominator);
}

}  // namespace
}  // namespace throughline::evidence
