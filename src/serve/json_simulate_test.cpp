// What the contract's JSON says of a comparison, over the ensemble and over one set of parameters.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "serve/json_answer.h"

namespace throughline::serve {
namespace {

using nlohmann::json;

app::ComparisonShown shown(app::Over over) {
  app::ComparisonShown shown;
  shown.asked.over = over;
  shown.members = over == app::Over::ensemble ? 15 : 1;
  shown.replicates = 5;
  shown.limits = over == app::Over::ensemble ? "outermost" : "chance";
  shown.limits_words = "What they are.";
  app::TotalShown total;
  total.where = "everywhere";
  total.outcome = "fights";
  total.higher_in = 14;
  total.lower_in = 1;
  if (over == app::Over::ensemble) {
    total.share_between = 0.25;
    total.mean_low = -2;
    total.mean_high = 6;
  }
  shown.totals = {total};
  if (over == app::Over::ensemble) {
    shown.rivals = {{.parameter = "line.revenue_per_year",
                     .figure = 80'000,
                     .unit = "GBP per line and year",
                     .source = "A source",
                     .members = 8,
                     .totals = {total}}};
  }
  return shown;
}

TEST(ComparisonJson, over_the_ensemble_holds_sets_what_limits_are_and_rival_figures) {
  const json read = json::parse(json_of(shown(app::Over::ensemble)));
  EXPECT_EQ(read["over"], "ensemble");
  EXPECT_EQ(read["members"], 15);
  EXPECT_EQ(read["replicates"], 5);
  EXPECT_EQ(read["limits"], "outermost");
  EXPECT_EQ(read["limits_words"], "What they are.");
  EXPECT_EQ(read["totals"][0]["share_between"], 0.25);
  EXPECT_EQ(read["totals"][0]["mean_low"], -2);
  EXPECT_EQ(read["totals"][0]["mean_high"], 6);
  EXPECT_EQ(read["totals"][0]["higher_in"], 14);
  EXPECT_EQ(read["totals"][0]["lower_in"], 1);
  EXPECT_EQ(read["rivals"][0]["figure"], 80'000);
  EXPECT_EQ(read["rivals"][0]["totals"][0]["outcome"], "fights");
}

TEST(ComparisonJson, over_one_set_has_null_for_what_the_parameters_make) {
  const json read = json::parse(json_of(shown(app::Over::one)));
  EXPECT_EQ(read["over"], "one");
  EXPECT_EQ(read["members"], 1);
  EXPECT_TRUE(read["totals"][0]["share_between"].is_null());
  EXPECT_TRUE(read["totals"][0]["mean_low"].is_null());
  EXPECT_TRUE(read["totals"][0]["mean_high"].is_null());
  EXPECT_TRUE(read["rivals"].empty());
}

}  // namespace
}  // namespace throughline::serve
