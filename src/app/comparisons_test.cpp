#include "app/comparisons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "app/made_up_world.h"
#include "app/simulate_model.h"

namespace throughline::app {
namespace {

using testing::HasSubstr;

constexpr const char* k_scenario =
    "name = \"Fewer arrests\"\n\n[[change]]\nlever = \"carrier_arrests\"\nmultiply = 0.5\nareas = [\"Essex\"]\n";

ComparisonAsked asked(std::string scenario = k_scenario) {
  return {.days = 28, .replicates = 5, .scenario = std::move(scenario)};
}

JobShown ended(const Jobs& jobs, const ledger::Account& account, const std::string& job) {
  JobShown shown = jobs.find(account, job).value();
  while (!shown.ended_at) shown = jobs.wait(account, job, shown.version).value();
  return shown;
}

// Made without a job and with a short warm-up.
KeptComparison kept_quickly(const ComparisonAsked& wanted) {
  ComparisonOrder order = read_comparison(wanted).value();
  order.input.baseline.warm_up_days = 7;
  const base::Interrupt interrupt;
  simulate::Comparison comparison = simulate::compare(order.input, interrupt).value();
  return {.order = std::move(order), .comparison = std::move(comparison)};
}

TEST(Comparisons, gives_what_the_job_came_to_to_its_account_alone_until_five_newer_ones_are_there) {
  const MadeUpWorld world;
  Comparisons comparisons;
  Jobs jobs(world.outside);
  const JobShown begun = comparisons.start(jobs, k_ann.id, asked()).value();
  EXPECT_EQ(begun.kind, "comparison");
  EXPECT_EQ(ended(jobs, k_ann, begun.job).state, JobState::done);
  EXPECT_EQ(shown_comparison(*comparisons.find(jobs, k_ann, begun.job).value()).name, "Fewer arrests");
  EXPECT_EQ(comparisons.find(jobs, k_bob, begun.job).error().code, "job_unknown");
  EXPECT_EQ(comparisons.find(jobs, k_ann, "none").error().code, "job_unknown");
  for (int i = 0; i < 5; ++i) {
    const std::string job = comparisons.start(jobs, k_ann.id, asked()).value().job;
    static_cast<void>(jobs.stop(k_ann, job));
    static_cast<void>(ended(jobs, k_ann, job));
  }
  EXPECT_EQ(comparisons.find(jobs, k_ann, begun.job).error().message(),
            "Newer comparisons took the place of this one. Run it again: the same scenario and seed give the same "
            "bytes.");
}

TEST(ShownComparison, holds_totals_courses_and_areas) {
  const ComparisonShown shown = shown_comparison(kept_quickly(asked()));
  EXPECT_EQ(shown.name, "Fewer arrests");
  EXPECT_EQ(shown.periods.size(), 1U);
  EXPECT_EQ(shown.acted_on.size(), 3U) << "the towns of Essex";
  EXPECT_EQ(shown.totals.size(), 3 * (simulate::k_outcomes + 1));
  EXPECT_EQ(shown.courses.size(), simulate::k_outcomes);
  EXPECT_EQ(shown.areas.size(), 8 * mapped_outcomes().size());
  EXPECT_EQ(shown.area_totals.size(), shown.areas.size());
  EXPECT_EQ(shown.areas.front().difference.size(), 1U);
}

TEST(Comparisons, says_why_there_is_no_answer) {
  const MadeUpWorld world;
  Comparisons comparisons;
  Jobs jobs(world.outside);
  const auto nothing = [](const Outside&) -> base::Result<Report> { return Report{.verb = "v", .sections = {}}; };
  const JobShown other = jobs.start({.maker = k_ann.id, .kind = "verify", .title = "A job", .work = nothing}).value();
  static_cast<void>(ended(jobs, k_ann, other.job));
  EXPECT_EQ(comparisons.find(jobs, k_ann, other.job).error().message(),
            "This job is no comparison. The list of jobs shows of which kind each is.");
  ComparisonAsked longer = asked();
  longer.days = 3650;
  longer.replicates = 100;
  const JobShown stopped = comparisons.start(jobs, k_ann.id, longer).value();
  EXPECT_EQ(comparisons.find(jobs, k_ann, stopped.job).error().message(),
            "This comparison has no answer. Wait until its job is done.");
  static_cast<void>(jobs.stop(k_ann, stopped.job));
  EXPECT_EQ(ended(jobs, k_ann, stopped.job).state, JobState::failed);
  EXPECT_EQ(comparisons.find(jobs, k_ann, stopped.job).error().message(),
            "This comparison has no answer. Run it again: it was stopped or failed.");
}

TEST(ComparisonText, is_what_was_asked_and_what_came_out) {
  ComparisonAsked with = asked();
  with.parameters = "line.revenue_per_year = 800000\n";
  const KeptComparison kept = kept_quickly(with);
  EXPECT_EQ(comparison_text(kept, "scenario.toml").value(), k_scenario);
  EXPECT_EQ(comparison_text(kept, "parameters.toml").value(), with.parameters);
  EXPECT_THAT(comparison_text(kept, "places.csv").value(), HasSubstr("\nFewer arrests,lines_open,E09000025,Newham,"));
  EXPECT_THAT(comparison_text(kept, "manifest.json").value(), HasSubstr("\"places.csv\""));
  EXPECT_THAT(comparison_text(kept, "description.md").value(), HasSubstr("| `line.revenue_per_year` | 800000 |"));
  EXPECT_EQ(comparison_text(kept, "place.csv").error().message(),
            "A comparison has no such file (file). Did you mean places.csv?");
  EXPECT_EQ(shown_comparison(kept).changed.size(), 1U);
  for (const char* name : {"differences", "periods", "places"}) {
    const Table table = comparison_table(kept, name);
    ASSERT_FALSE(table.rows.empty()) << name;
    EXPECT_EQ(table.rows.front().size(), table.columns.size()) << name;
    const std::string text = comparison_text(kept, std::string(name) + ".csv").value();
    EXPECT_EQ(std::ranges::count(text, '\n'), static_cast<std::ptrdiff_t>(table.rows.size()) + 1) << name;
  }
}

std::string refusal(const ComparisonAsked& wanted) {
  return read_comparison(wanted).error().message();
}

TEST(ReadComparison, refuses_with_what_where_and_what_to_do) {
  ComparisonAsked wrong = asked();
  wrong.days = 27;
  EXPECT_EQ(refusal(wrong),
            "days is 27; it may be 28 to 3650 here (days). Choose one within, or run it on the command line.");
  wrong = asked();
  wrong.replicates = 201;
  EXPECT_THAT(refusal(wrong), HasSubstr("replicates is 201; it may be 5 to 200 here (replicates)"));
  wrong = asked();
  wrong.world = "smal";
  EXPECT_THAT(refusal(wrong), HasSubstr("(world). Did you mean small?"));
  wrong.world = "/etc/passwd.toml";
  EXPECT_EQ(read_comparison(wrong).error().code, "name_unknown") << "no name of a request is the name of a file";
  wrong = asked();
  wrong.every = "mont";
  EXPECT_THAT(refusal(wrong), HasSubstr("(every). Did you mean month?"));
  EXPECT_EQ(refusal(asked("name = \"x\"\n")),
            "The scenario changes nothing (scenario.toml). Give it at least one [[change]] or [[strike]].");
  EXPECT_THAT(refusal(asked("[[change]]\nlever = \"imports\"\nmultiply = 0.5\nareas = [\"Norwhich\"]\n")),
              HasSubstr("scenario.toml line 4). Did you mean Norwich?"));
  std::string many;
  for (int i = 0; i < 41; ++i) many.append("[[change]]\nlever = \"imports\"\nmultiply = 0.5\n");
  EXPECT_THAT(refusal(asked(many)), HasSubstr("the number of changes is 41; it may be 1 to 40 here"));
  wrong = asked();
  wrong.parameters = "line.revenue_per_yea = 1\n";
  EXPECT_THAT(refusal(wrong), HasSubstr("parameters.toml line 1"));
  wrong = asked();
  wrong.world = "england-and-wales";
  wrong.days = 3650;
  wrong.replicates = 100;
  EXPECT_EQ(read_comparison(wrong).error().code, "too_much");
  wrong.replicates = 5;
  wrong.days = 730;
  wrong.every = "week";
  EXPECT_EQ(read_comparison(wrong).error().code, "too_much") << "too many rows";
  wrong.every = "month";
  EXPECT_TRUE(read_comparison(wrong).ok());
}

TEST(ShowScenario, says_what_a_file_changes_with_a_force_by_its_name) {
  const MadeUpWorld world;
  static_cast<void>(world.founded());
  const auto show = [&](const std::string& text) {
    return show_scenario(world.outside, world.settings, {.world = "small", .days = 365, .scenario = text});
  };
  const ScenarioShown shown =
      show(std::string(k_scenario) +
           "from = 2024-02-01\n[[strike]]\ntarget = \"stock\"\nshare = 0.25\ndate = 2024-03-01\n")
          .value();
  ASSERT_EQ(shown.changes.size(), 1U);
  EXPECT_EQ(shown.changes.front().lever, "carrier_arrests");
  EXPECT_EQ(shown.changes.front().areas, std::vector<std::string>{"Essex"});
  EXPECT_EQ(base::to_string(*shown.changes.front().from), "2024-02-01");
  EXPECT_FALSE(shown.changes.front().until.has_value());
  ASSERT_EQ(shown.strikes.size(), 1U);
  EXPECT_EQ(shown.strikes.front().target, "stock");
  EXPECT_TRUE(shown.strikes.front().areas.empty());
  EXPECT_THAT(show("[[change]]\nlever = \"import\"\nmultiply = 1\n").error().message(),
              HasSubstr("scenario.toml line 2). Did you mean imports?"));
}

TEST(ShowModel, holds_what_the_page_offers) {
  const MadeUpWorld world;
  static_cast<void>(world.founded());
  const ModelShown model = show_model(world.outside, world.settings, "small").value();
  EXPECT_EQ(model.areas.size(), 8U);
  EXPECT_EQ(model.worlds.size(), 2U);
  EXPECT_EQ(model.levers.size(), simulate::k_levers);
  EXPECT_EQ(model.outcomes.size(), simulate::k_outcomes + 1);
  EXPECT_EQ(std::ranges::count(model.outcomes, true, &ModelOutcome::is_mapped),
            static_cast<std::ptrdiff_t>(mapped_outcomes().size()));
  EXPECT_EQ(std::ranges::count(model.parameters, true, &ModelParameter::is_assumption), model.assumptions);
  EXPECT_EQ(model.cannot_tell.size(), 6U);
  EXPECT_EQ(show_model(world.outside, world.settings, "smal").error().code, "name_unknown");
  EXPECT_THAT(describe_model(world.outside, world.settings, "small").value(), HasSubstr("## What it cannot tell"));
}

}  // namespace
}  // namespace throughline::app
