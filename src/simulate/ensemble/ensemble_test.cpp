// Priors, draws from them, members on paper, and comparisons over members.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "simulate/ensemble/compare_members.h"
#include "simulate/ensemble/judge.h"
#include "simulate/parameter_names.h"
#include "simulate/testing_patterns.h"

namespace throughline::simulate {
namespace {

using testing::HasSubstr;

const Prior& prior_of(const std::vector<Prior>& priors, std::string_view name) {
  const auto at =
      std::ranges::find_if(priors, [&](const Prior& prior) { return parameter_names()[prior.parameter].name == name; });
  CHECK(at != priors.end());
  return *at;
}

TEST(Priors, lie_within_the_ranges_of_their_cards) {
  const std::vector<ParameterCard> cards = built_in_cards();
  for (const Prior& prior : built_in_priors(cards)) {
    const ParameterCard& card = cards[prior.parameter];
    double weights = 0;
    for (const PriorPart& part : prior.parts) {
      EXPECT_LE(card.low, part.low) << card.name;
      EXPECT_LE(part.low, part.high) << card.name;
      EXPECT_LE(part.high, card.high) << card.name;
      weights += part.weight;
    }
    EXPECT_DOUBLE_EQ(weights, 1) << card.name;
  }
}

TEST(Priors, keep_rivals_apart_by_their_weights) {
  const Prior prior = prior_of(built_in_priors(built_in_cards()), "line.revenue_per_year");
  ASSERT_EQ(prior.parts.size(), 2U);
  int lower = 0;
  for (int i = 0; i < 1000; ++i) {
    const double value = value_at(prior, (i + 0.5) / 1000);
    const std::size_t part = part_of(prior, value);
    EXPECT_TRUE(value >= prior.parts[part].low && value <= prior.parts[part].high) << value;
    lower += part == 0 ? 1 : 0;
  }
  EXPECT_EQ(lower, 500);
}

TEST(Priors, are_even_in_the_logarithm_above_nought) {
  const Prior prior{.parameter = 0, .parts = {{.low = 1, .high = 100}}};
  EXPECT_NEAR(value_at(prior, 0.5), 10, 1e-9);
  EXPECT_EQ(value_at(prior, 0), 1);
  EXPECT_EQ(value_at(prior, 1), 100);
  EXPECT_NEAR(value_at({.parameter = 0, .parts = {{.low = -3, .high = 1}}}, 0.5), -1, 1e-12);
}

TEST(Priors, leave_what_somebody_has_set) {
  std::vector<ParameterCard> cards =
      with_values(built_in_cards(), "line.revenue_per_year = 800000", "mine.toml").value();
  const std::vector<Prior> priors = built_in_priors(cards);
  EXPECT_EQ(priors.size() + 1, built_in_priors(built_in_cards()).size());
  const Parameters drawn = parameters_at(values_of(cards), priors, Point(priors.size(), 0.3));
  EXPECT_EQ(drawn.line_revenue_per_year, 800'000);
}

TEST(Priors, say_what_is_wrong_and_in_which_line) {
  const auto message = [](const std::string& text) {
    return read_priors("[factor]\nassumption = 1.5\nsource = 1.1\n[[prior]]\n" + text, "p.toml", built_in_cards())
        .error()
        .message();
  };
  EXPECT_EQ(message("name = \"line.contestant\"\nfixed = true\n"),
            "There is no parameter line.contestant (p.toml line 4). Did you mean line.contestants?");
  EXPECT_THAT(message("name = \"line.contestants\"\nlow = 1\nhigh = 9\n"), HasSubstr("high is 9, outside 1 to 6"));
  EXPECT_THAT(message("name = \"line.revenue_per_year\"\nweights = [0.5, 0.4]\n"), HasSubstr("p.toml line 4"));
  EXPECT_THAT(message("name = \"line.contestants\"\nweights = [1]\n"), HasSubstr("weights are not 0 numbers"));
  EXPECT_THAT(message("name = \"line.contestants\"\n"), HasSubstr("Nothing is said of line.contestants"));
}

TEST(Members, come_back_from_their_file_to_the_last_bit) {
  const std::vector<ParameterCard> cards = built_in_cards();
  const std::vector<Prior> priors = built_in_priors(cards);
  std::vector<Member> members;
  for (const Point& point : latin_hypercube({.points = 3, .inputs = priors.size(), .seed = 8})) {
    members.push_back({.draw = std::ssize(members), .parameters = parameters_at(values_of(cards), priors, point)});
  }
  const std::string text = members_csv(members, priors);
  const std::vector<Member> read = read_members(text, "e.csv", cards).value();
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(members_csv(read, priors), text);
  EXPECT_EQ(read[2].parameters.violence_learning, members[2].parameters.violence_learning);
}

TEST(Members, of_another_version_or_shape_are_refused_with_the_line) {
  const std::vector<ParameterCard> cards = built_in_cards();
  const auto error = [&](const std::string& text) { return read_members(text, "e.csv", cards).error(); };
  const std::string head = "draw,model_version,line.contestants\n";
  EXPECT_EQ(error(head + "0,1,2\n").code, "ensemble_version");
  EXPECT_EQ(error(head).code, "ensemble_empty");
  EXPECT_EQ(error("").code, "ensemble_malformed");
  EXPECT_THAT(error(head + "0,4,2\n1,4,x\n").message(), HasSubstr("e.csv line 3"));
  EXPECT_THAT(error(head + "0,4,200\n").message(), HasSubstr("line.contestants is 200, outside 0 to 6"));
  EXPECT_THAT(error("draw,model_version,line.contestant\n0,4,2\n").message(),
              HasSubstr("Did you mean line.contestants?"));
}

TEST(Members, do_not_take_the_place_of_a_value_that_somebody_has_set) {
  const auto with = [](const std::string& text) { return with_values(built_in_cards(), text, "mine.toml").value(); };
  const std::string text = "draw,model_version,line.contestants\n0,4,2\n";
  const base::Error error = read_members(text, "e.csv", with("line.contestants = 3\n")).error();
  EXPECT_EQ(error.code, "option_unused");
  EXPECT_THAT(error.message(), HasSubstr("line.contestants is set to 3, but every member has a value of its own"));
  EXPECT_EQ(built_in_members(with("line.contestants = 3\n")).error().code, "option_unused");
  const auto kept = read_members(text, "e.csv", with("line.revenue_per_year = 800000\n")).value();
  EXPECT_EQ(kept[0].parameters.line_revenue_per_year, 800'000) << "none of theirs";
}

// Two means ten apart, spread by chance of one pair's deviation 2 over 4 pairs: 50 less 2 * 2 / 4.
TEST(Members, part_the_variance_between_them_from_that_of_pairs) {
  const VarianceParts parts = variance_parts({{.mean = 0, .spread = 2}, {.mean = 10, .spread = 2}}, 4);
  EXPECT_DOUBLE_EQ(parts.within, 4);
  EXPECT_DOUBLE_EQ(parts.between, 49);
  EXPECT_EQ(variance_parts({{.mean = 1, .spread = 9}, {.mean = 2, .spread = 9}}, 2).between, 0);
}

// Four members, two and two alike: with twenty times the searches, and with the other of the rival revenues.
EnsembleInput four_members() {
  EnsembleInput input;
  input.pairs.baseline = small_input(0.2);
  input.pairs.baseline.warm_up_days = 20;
  input.pairs.days = 50;
  input.pairs.replicates = 5;
  input.pairs.scenarios.resize(1);
  input.pairs.scenarios[0].actions = {turned(Lever::recording, 2)};
  for (const double searches : {20.0, 400.0}) {
    Member member{.draw = std::ssize(input.members), .parameters = input.pairs.baseline.parameters};
    member.parameters.police_searches_per_1000_users = searches;
    member.parameters.line_revenue_per_year = searches > 100 ? 800'000 : 80'000;
    input.members.insert(input.members.end(), {member, member});
  }
  input.priors = {prior_of(built_in_priors(built_in_cards()), "line.revenue_per_year")};
  return input;
}

TEST(Members, compared_show_what_the_parameters_do_to_an_effect) {
  const EnsembleInput input = four_members();
  const base::Interrupt never;
  const EnsembleComparison found = compare_members(input, never).value();
  const auto offences = static_cast<std::size_t>(Outcome::drug_offences_recorded);
  const EnsembleDifference& row = found.totals[offences];
  ASSERT_EQ(row.outcome, offences);
  EXPECT_GT(row.difference, 0);
  EXPECT_GT(row.share_between, 0.9) << "twenty times the searches";
  EXPECT_GT(row.high, 5 * row.low);
  EXPECT_NEAR((row.low + row.high) / 2, row.difference, 1e-9) << "of so few the outermost";
  EXPECT_EQ(row.share_up, 1);
  EXPECT_EQ(row.higher, 4);
  EXPECT_EQ(row.lower, 0);
  const auto lines = static_cast<std::size_t>(Outcome::lines_open);
  EXPECT_EQ(found.totals[lines].difference, 0);
  EXPECT_EQ(found.totals[lines].share_between, 0);
  EXPECT_EQ(found.totals[lines].higher + found.totals[lines].lower, 0);
  std::vector<double> by_rival;
  for (const RivalDifference& rival : found.rivals) {
    EXPECT_EQ(rival.members, 2);
    if (rival.difference.outcome == offences) by_rival.push_back(rival.difference.difference);
  }
  ASSERT_EQ(by_rival.size(), 2U);
  EXPECT_GT(by_rival[1], 10 * by_rival[0]);
  EXPECT_NEAR((by_rival[0] + by_rival[1]) / 2, row.difference, 1e-9);
}

// Each row is held against the members compared one by one.
TEST(Members, compared_give_every_period_and_place_from_the_lowest_member_to_the_highest) {
  EnsembleInput input = four_members();
  input.pairs.scenarios[0].actions.push_back(turned(Lever::carrier_arrests, 0.5));
  input.pairs.mapped = {Outcome::drug_offences_recorded, Outcome::fights};
  const base::Interrupt never;
  const EnsembleComparison found = compare_members(input, never).value();
  std::vector<Comparison> own;
  for (const std::size_t member : {0U, 2U}) {  // Of each two that are alike.
    CompareInput pairs = input.pairs;
    pairs.baseline.parameters = input.members[member].parameters;
    own.push_back(compare(pairs, never).value());
  }
  std::int64_t cancelled = 0;
  const auto agree = [&](const PeriodDifference& row, const PeriodDifference& first, const PeriodDifference& second) {
    EXPECT_EQ(row.outcome, first.outcome);
    EXPECT_EQ(row.from_day, first.from_day);
    EXPECT_EQ(row.days, first.days);
    EXPECT_NEAR(row.baseline, (first.baseline + second.baseline) / 2, 1e-9 * (1 + first.baseline + second.baseline));
    EXPECT_NEAR(row.difference, (first.difference + second.difference) / 2, 1e-9);
    EXPECT_EQ(row.low, std::min(first.difference, second.difference));
    EXPECT_EQ(row.high, std::max(first.difference, second.difference));
    EXPECT_EQ(row.is_any_different, first.is_any_different || second.is_any_different);
    cancelled += row.is_any_different && row.low == 0 && row.high == 0 ? 1 : 0;
  };
  ASSERT_EQ(found.periods.size(), own[0].periods.size());
  ASSERT_EQ(found.places.size(), own[0].places.size());
  for (std::size_t i = 0; i < found.periods.size(); ++i) {
    agree(found.periods[i], own[0].periods[i], own[1].periods[i]);
  }
  double whole = 0;
  for (std::size_t i = 0; i < found.places.size(); ++i) {
    EXPECT_EQ(found.places[i].place, own[0].places[i].place);
    agree(found.places[i].of, own[0].places[i].of, own[1].places[i].of);
    const PeriodDifference& row = found.places[i].of;
    if (row.days == input.pairs.days && row.outcome == static_cast<std::size_t>(Outcome::drug_offences_recorded)) {
      whole += row.difference;
    }
  }
  EXPECT_NEAR(whole, found.totals[static_cast<std::size_t>(Outcome::drug_offences_recorded)].difference, 1e-9);
  EXPECT_GT(whole, 0);
  EXPECT_GT(cancelled, 0) << "where pairs of every member come to nought together";
}

TEST(Members, whose_pairs_come_to_nought_together_are_different_all_the_same) {
  OutcomeDifference cancels{.outcome = 3, .baseline = 7, .higher = 2, .lower = 2};
  cancels.spread = 1.2;
  cancels.is_any_different = true;
  const OutcomeDifference same{.outcome = 3, .baseline = 7};
  const EnsembleDifference found = over_members(std::vector{same, cancels, same}, 5);
  EXPECT_TRUE(found.is_any_different);
  EXPECT_EQ(found.difference, 0);
  EXPECT_EQ(found.low, 0);
  EXPECT_EQ(found.high, 0);
  EXPECT_FALSE(over_members(std::vector{same, same, same}, 5).is_any_different);
}

TEST(Members, compared_hold_what_many_of_them_need_and_no_more_are_under_way_at_once) {
  EnsembleInput input = four_members();
  const std::int64_t of_four = numbers_held(input);
  input.members.resize(8, input.members.front());
  EXPECT_GT(numbers_held(input), 3 * of_four / 2) << "twice as many are under way";
  input.members.resize(160, input.members.front());
  const std::int64_t of_many = numbers_held(input);
  EXPECT_LT(of_many, k_members_at_once * of_four);
  input.members.resize(320, input.members.front());
  EXPECT_EQ(numbers_held(input) - of_many, 160 * 3 * rows_by_period(input.pairs));
  input.pairs.days = 18'250;
  input.pairs.replicates = 1000;
  input.pairs.baseline.every = Every::day;
  const base::Interrupt never;
  const base::Error error = compare_members(input, never).error();
  EXPECT_EQ(error.code, "too_much");
  EXPECT_THAT(error.message(), HasSubstr("1000 pairs of each of 320 sets of parameters"));
}

TEST(Members, say_which_parameters_they_hold) {
  const auto held =
      member_parameters("draw,model_version,line.contestants,line.revenue_per_year\n0,4,2,80000\n", "e.csv");
  ASSERT_EQ(held.value().size(), 2U);
  EXPECT_EQ(parameter_names()[held.value()[0]].name, "line.contestants");
  EXPECT_EQ(member_parameters("what,is,this\n", "e.csv").error().code, "ensemble_malformed");
}

// A cheap design that fails is the last that is run.
TEST(Judgement, stops_after_the_first_design_that_fails) {
  const Acceptance acceptance =
      read_acceptance(
          "world = \"small\"\n[[design]]\nname = \"sum\"\n[[design]]\nname = \"run\"\ndays = 14\nscale = 0.1\n"
          "[[criterion]]\nname = \"a\"\nwhat = \"w\"\nsource = \"s\"\ndesign = \"sum\"\nlow = 2\n"
          "top = [{ parameter = \"line.contestants\" }]\n"
          "[[criterion]]\nname = \"b\"\nwhat = \"w\"\nsource = \"s\"\ndesign = \"run\"\nlow = 0\n"
          "top = [{ outcome = \"fights\" }]\n",
          "a.toml")
          .value();
  const base::Interrupt never;
  JudgeInput input{.parameters = small_input().parameters};
  const Verdict passed = judge(input, acceptance, never).value();
  EXPECT_TRUE(passed.is_accepted(acceptance));
  EXPECT_EQ(passed.judged, 2U);
  input.parameters.line_contestants = 1;
  const Verdict failed = judge(input, acceptance, never).value();
  EXPECT_FALSE(failed.is_accepted(acceptance));
  EXPECT_EQ(failed.judged, 1U);
  EXPECT_THAT(failed.failed(acceptance), testing::ElementsAre(0U));
  EXPECT_TRUE(std::isnan(failed.values[1]));
}

}  // namespace
}  // namespace throughline::simulate
