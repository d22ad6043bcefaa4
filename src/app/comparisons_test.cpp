#include "app/comparisons.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "app/made_up_world.h"
#include "app/simulate_model.h"
#include "base/sha256.h"
#include "simulate/built_in.h"

namespace throughline::app {
namespace {

using testing::HasSubstr;

constexpr const char* k_scenario =
    "name = \"Fewer arrests\"\n\n[[change]]\nlever = \"carrier_arrests\"\nmultiply = 0.5\nareas = [\"Essex\"]\n";

// Over one set of parameters.
ComparisonAsked asked(std::string scenario = k_scenario) {
  return {.over = Over::one, .days = 28, .replicates = 5, .scenario = std::move(scenario)};
}

JobShown ended(const Jobs& jobs, const ledger::Account& account, const std::string& job) {
  JobShown shown = jobs.find(account, job).value();
  while (!shown.ended_at) shown = jobs.wait(account, job, shown.version).value();
  return shown;
}

// Made without a job, with a short warm-up, and of an ensemble with the first four sets alone.
KeptComparison kept_quickly(const ComparisonAsked& wanted) {
  const MadeUpWorld world;
  ComparisonOrder order = read_comparison(wanted).value();
  order.runs.input.pairs.baseline.warm_up_days = 7;
  if (order.runs.is_over_ensemble()) order.runs.input.members.resize(4);
  Compared compared = run_compared(order.runs, world.outside).value();
  return {.order = std::move(order), .compared = std::move(compared)};
}

ComparisonAsked asked_over_ensemble() {
  ComparisonAsked wanted = asked();
  wanted.over = Over::ensemble;
  return wanted;
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

TEST(ShownComparison, over_the_ensemble_says_what_limits_are_and_tells_rival_figures_apart) {
  const KeptComparison kept = kept_quickly(asked_over_ensemble());
  const ComparisonShown shown = shown_comparison(kept);
  EXPECT_EQ(shown.members, 4);
  EXPECT_EQ(shown.replicates, 5);
  EXPECT_EQ(shown.limits, "outermost");
  EXPECT_THAT(shown.limits_words, HasSubstr("the outermost of the 4 accepted sets of parameters"));
  EXPECT_EQ(shown.totals.size(), 3 * (simulate::k_outcomes + 1));
  EXPECT_EQ(shown.courses.size(), simulate::k_outcomes);
  EXPECT_EQ(shown.areas.size(), 8 * mapped_outcomes().size());
  const auto arrested = std::ranges::find(shown.totals, "children_arrested", &TotalShown::outcome);
  EXPECT_TRUE(arrested->share_between.has_value());
  EXPECT_LT(*arrested->mean_low, arrested->difference);
  EXPECT_LT(arrested->difference, *arrested->mean_high);
  EXPECT_LE(arrested->higher_in + arrested->lower_in, 4);
  EXPECT_LE(*arrested->low, arrested->difference);
  EXPECT_LE(arrested->difference, *arrested->high);
  ASSERT_FALSE(shown.rivals.empty());
  std::int64_t members = 0;
  for (const RivalShown& rival : shown.rivals) {
    EXPECT_EQ(rival.totals.size(), simulate::k_outcomes + 1);
    EXPECT_GE(rival.members, 2) << "one set alone says nothing of a figure";
    members += rival.parameter == "line.revenue_per_year" ? rival.members : 0;
  }
  EXPECT_LE(members, 4);
  for (const char* name : {"differences", "rivals", "periods", "places"}) {
    const Table table = comparison_table(kept, name).value();
    ASSERT_FALSE(table.rows.empty()) << name;
    EXPECT_EQ(table.rows.front().size(), table.columns.size()) << name;
    const std::string text = comparison_text(kept, std::string(name) + ".csv").value();
    EXPECT_EQ(std::ranges::count(text, '\n'), static_cast<std::ptrdiff_t>(table.rows.size()) + 1) << name;
  }
  EXPECT_THAT(comparison_text(kept, "manifest.json").value(), HasSubstr("\"members\": 4"));
  EXPECT_THAT(comparison_text(kept, "manifest.json").value(),
              HasSubstr("\"priors_hash\": \"" + base::hash_text(simulate::built_in_file("priors.toml")).hex() + "\""));
}

TEST(ShownComparison, over_one_set_has_no_rivals_and_no_share_of_the_parameters) {
  const KeptComparison kept = kept_quickly(asked());
  const ComparisonShown shown = shown_comparison(kept);
  EXPECT_EQ(shown.members, 1);
  EXPECT_EQ(shown.limits, "chance");
  EXPECT_TRUE(shown.rivals.empty());
  EXPECT_FALSE(shown.totals.front().share_between.has_value());
  EXPECT_FALSE(shown.totals.front().mean_low.has_value());
  EXPECT_THAT(comparison_text(kept, "manifest.json").value(), testing::Not(HasSubstr("priors_hash")));
  EXPECT_EQ(comparison_text(kept, "rivals.csv").error().code, "file_unknown");
  EXPECT_EQ(comparison_table(kept, "rivals").error().code, "file_unknown");
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
    const Table table = comparison_table(kept, name).value();
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
  wrong.replicates = 401;
  EXPECT_THAT(refusal(wrong), HasSubstr("replicates is 401; it may be 5 to 400 here (replicates)"));
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

TEST(ReadComparison, of_the_large_world_over_the_ensemble_says_what_can_be_run_instead) {
  ComparisonAsked wanted = asked_over_ensemble();
  wanted.world = "england-and-wales";
  wanted.days = 365;
  const ComparisonBounds bounds = bounds_of_page();
  const std::int64_t runs = 2 * read_comparison(asked_over_ensemble()).value().runs.pairs();
  const std::int64_t place_days = 331 * (365 + bounds.warm_up_days) * runs;
  EXPECT_EQ(refusal(wanted),
            fmt::format("{} pairs over 365 days in 331 places are {} days of places, more than {} (over, replicates, "
                        "days, world). Choose one set of parameters or a smaller world, or run it on the command line.",
                        runs / 2, place_days, bounds.place_days_most));
  wanted.over = Over::one;
  EXPECT_TRUE(read_comparison(wanted).ok());
}

TEST(ReadComparison, over_the_ensemble_takes_five_pairs_of_each_set_and_bounds_all_of_them_together) {
  ComparisonAsked wanted = asked_over_ensemble();
  wanted.replicates.reset();
  const ComparisonOrder order = read_comparison(wanted).value();
  EXPECT_EQ(order.runs.input.pairs.replicates, 5);
  EXPECT_EQ(order.runs.pairs(), 5 * order.runs.sets());
  EXPECT_GE(order.runs.sets(), 2);
  wanted.over = Over::one;
  EXPECT_EQ(read_comparison(wanted).value().runs.input.pairs.replicates, 20);
  wanted.over = Over::ensemble;
  wanted.replicates = 400 / order.runs.sets();
  EXPECT_TRUE(read_comparison(wanted).ok());
  wanted.replicates = 400 / order.runs.sets() + 1;
  EXPECT_EQ(read_comparison(wanted).error().code, "out_of_bounds");
  EXPECT_THAT(refusal(wanted), HasSubstr("sets of parameters; it may be 5 to"));
  wanted.replicates = 4;
  EXPECT_EQ(read_comparison(wanted).error().code, "out_of_bounds");
}

TEST(ReadComparison, over_the_ensemble_refuses_a_parameter_that_every_set_holds_and_keeps_others) {
  ComparisonAsked wanted = asked_over_ensemble();
  wanted.parameters = "line.revenue_per_year = 800000\n";
  EXPECT_EQ(read_comparison(wanted).error().code, "option_unused");
  EXPECT_EQ(refusal(wanted),
            "line.revenue_per_year is set to 800000, but every member has a value of its own (parameters.toml). "
            "Choose one set of parameters to set it, or leave it out.");
  wanted.parameters = "line.minutes_fixed = 30\n";
  const ComparisonOrder order = read_comparison(wanted).value();
  for (const simulate::Member& member : order.runs.input.members) {
    EXPECT_EQ(member.parameters.line_minutes_fixed, 30);
  }
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
  EXPECT_GE(model.ensemble.members, 2);
  EXPECT_THAT(model.ensemble.parameters, testing::Contains("line.revenue_per_year"));
  EXPECT_LT(model.ensemble.parameters.size(), model.parameters.size());
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
