#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/flat_report.h"
#include "app/made_up_trend.h"

namespace throughline::app {
namespace {

using testing::Contains;
using testing::HasSubstr;

struct TrendSimilar : MadeUpTrend {};

TEST_F(TrendSimilar, shows_the_areas_most_alike_with_their_distance) {
  counts("area,period,count,population\nA,2023,50,1000\nB,2023,60,1000\nC,2023,90,1000\nD,2023,20,1000\n");
  request.similar = "A";
  request.likes = 2;
  EXPECT_EQ(refused().code, "traits_missing");
  request.traits = put("traits.csv", "area,density,share_16_24\nA,10,0.1\nB,11,0.1\nC,90,0.3\nD,12,0.12\n");
  const Table similar = section_of(done(), "similar").tables.front();
  ASSERT_EQ(similar.rows.size(), 3U);
  EXPECT_EQ(cell_of(similar, 0, "area"), Value("A"));
  EXPECT_EQ(cell_of(similar, 1, "area"), Value("B"));
  EXPECT_EQ(cell_of(similar, 2, "area"), Value("D"));
  EXPECT_NEAR(std::get<Decimal>(cell_of(similar, 2, "ratio")).value, 2.5, 1e-9);
  counts("area,period,count,population\nA,2023,50,1000\nB,2023,0,1000\n");
  const Table beside_none = section_of(done(), "similar").tables.front();
  EXPECT_EQ(cell_of(beside_none, 1, "ratio"), Value());
  EXPECT_GT(std::get<Decimal>(cell_of(beside_none, 1, "ratio_low")).value, 1);
  EXPECT_EQ(cell_of(beside_none, 1, "ratio_high"), Value());
  request.similar = "AA";
  EXPECT_EQ(refused().code, "similar_unknown");
  request.similar.clear();
  EXPECT_EQ(refused().code, "similar_missing");
}

TEST_F(TrendSimilar, likes_are_sought_among_areas_with_a_rate_and_by_logarithms_where_the_column_says_so) {
  counts("area,period,count,population\nA’s,2023,50,1000\nC,2023,90,1000\nD,2023,20,1000\n");
  request.similar = "A's";
  request.likes = 2;
  // B is the nearest and has no rate. C is 45 apart and D 40, but of the logarithms C is nearer.
  request.traits = put("traits.csv", "area,density:log\nA's,100\nB,101\nC,145\nD,60\n");
  const Section section = section_of(done(), "similar");
  const Table& similar = section.tables.front();
  ASSERT_EQ(similar.rows.size(), 3U);
  EXPECT_EQ(cell_of(similar, 0, "count"), Value(std::int64_t{50}));
  EXPECT_EQ(cell_of(similar, 1, "area"), Value("C"));
  EXPECT_EQ(cell_of(similar, 2, "area"), Value("D"));
  EXPECT_THAT(section.notes, Contains(HasSubstr("without a rate here: B.")));
  EXPECT_THAT(flat(section.tables.back()), HasSubstr("D | 60"));
  request.traits = put("plain.csv", "area,density\nA's,100\nB,101\nC,145\nD,60\n");
  EXPECT_EQ(cell_of(section_of(done(), "similar").tables.front(), 1, "area"), Value("D"));
  request.traits = put("nought.csv", "area,density:log\nA's,100\nC,0\nD,60\n");
  EXPECT_EQ(refused().code, "trait_not_positive");
}

TEST_F(TrendSimilar, the_program_carries_what_local_authorities_are_like) {
  request.published = "drug_deaths_by_authority.poisoning";
  request.similar = "Hartlepool";
  request.traits = "carried:local_authority_traits.csv";
  const Section without_residents = section_of(done(), "similar");
  ASSERT_EQ(without_residents.tables.front().rows.size(), 1U);
  EXPECT_EQ(cell_of(without_residents.tables.front(), 0, "missing"), Value("no rate for it here"));
  EXPECT_THAT(without_residents.notes.front(), HasSubstr("nothing of age, income or deprivation"));
  request.to = "2020";
  EXPECT_EQ(refused().code, "latest_period_is_incomplete");
}

}  // namespace
}  // namespace throughline::app
