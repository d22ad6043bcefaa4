#include "linkage/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "linkage/made_up_mentions.h"

namespace throughline::linkage {
namespace {

struct World {
  World()
      : people(encoded(made_up_mentions(120, 400, 11))),
        limits({.all_pairs_max = 0, .pairs_max = 6'000, .pairs_a_record_max = 10, .block_members_max = 40}),
        blocking(block(people, PairScope::all, limits, base::Interrupt()).value()),
        mixture(linked(people).model->mixture) {}

  [[nodiscard]] PlanInputs inputs() const { return {.people = people, .limits = limits}; }
  People people;
  BlockingLimits limits;
  Blocking blocking;
  Mixture mixture;
};

const World& world() {
  static const World shared;
  return shared;
}

TEST(Plan, new_pairs_of_all_rules_are_the_pairs_that_blocking_makes) {
  const LinkPlan plan = plan_links(world().inputs(), world().blocking, world().mixture);
  std::int64_t pairs = 0;
  for (const PlannedRule& rule : plan.rules) {
    pairs += rule.pairs_new;
    EXPECT_LE(rule.pairs_new, rule.plan.pairs);
  }
  EXPECT_EQ(pairs, std::ssize(world().blocking.pairs));
  EXPECT_EQ(plan.pairs, pairs);
}

TEST(Plan, estimates_new_pairs_from_a_draw_where_there_are_many) {
  const LinkPlan counted = plan_links(world().inputs(), world().blocking, world().mixture);
  const LinkPlan drawn = plan_links(world().inputs(), world().blocking, world().mixture, {.pairs_counted_max = 300});
  bool has_estimate = false;
  for (std::size_t i = 0; i < counted.rules.size(); ++i) {
    const PlannedRule& rule = drawn.rules[i];
    has_estimate = has_estimate || rule.is_estimated;
    const auto pairs = static_cast<double>(rule.plan.pairs - rule.plan.pairs_left_out);
    const double error = static_cast<double>(rule.pairs_new - counted.rules[i].pairs_new);
    EXPECT_LE(std::abs(error), rule.is_estimated ? 4 * pairs * 0.5 / std::sqrt(300.0) : 0) << rule.plan.rule;
  }
  EXPECT_TRUE(has_estimate);
}

TEST(Plan, counts_what_is_left_out_and_who_is_to_blame_for_a_refusal) {
  const LinkPlan plan = plan_links(world().inputs(), world().blocking, world().mixture);
  const auto refused = std::ranges::find_if(plan.rules, [](const PlannedRule& rule) { return !rule.plan.is_used; });
  ASSERT_NE(refused, plan.rules.end());
  EXPECT_EQ(refused->pairs_new, 0);
  EXPECT_GE(2 * refused->common.pairs, refused->plan.pairs);
  EXPECT_LT(refused->common.values, refused->plan.blocks);
  const auto cut =
      std::ranges::find_if(plan.rules, [](const PlannedRule& rule) { return rule.plan.blocks_left_out > 0; });
  ASSERT_NE(cut, plan.rules.end());
  EXPECT_GT(cut->members_left_out, 40 * cut->plan.blocks_left_out);
}

TEST(Plan, a_refusal_counts_the_values_and_shows_none) {
  PlannedRule rule{.plan = {.rule = "phone", .pairs = 1'200'000},
                   .common = {.values = 3, .records = 2'600, .pairs = 1'126'000}};
  EXPECT_EQ(refusal_words(rule),
            "phone is refused: it would make 1,200,000 pairs. 3 values shared by 2,600 records make 1,126,000 of them; "
            "where those are placeholders, map them as missing.");
}

TEST(Plan, of_few_records_compares_them_all) {
  const Blocking every = block(world().people, PairScope::all, {}, base::Interrupt()).value();
  const LinkPlan plan = plan_links(world().inputs(), every, world().mixture);
  EXPECT_TRUE(plan.is_every_pair);
  EXPECT_EQ(plan.recall.value, 1);
}

// The share of pairs of one person that a rule really catches, beside what the model expects.
TEST(ExpectedRecall, is_near_what_the_rules_catch) {
  const auto mentions = made_up_mentions(120, 400, 11);
  const People& people = world().people;
  using enum Atom;
  const std::vector<BlockingRule> rules = {{{family, birth}}, {{given, postcode}}, {{phone}}, {{family}}};
  const ExpectedRecall recall = expected_recall(rules, people.records, world().mixture);
  std::vector<double> caught(rules.size());
  double pairs = 0;
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    for (std::size_t j = i + 1; j < mentions.size(); ++j) {
      if (mentions[i].person != mentions[j].person) continue;
      ++pairs;
      const MadeUpMention& a = mentions[i];
      const MadeUpMention& b = mentions[j];
      caught[0] += !a.birth.empty() && a.birth == b.birth && a.family == b.family ? 1 : 0;
      caught[1] += a.given == b.given && a.postcode == b.postcode ? 1 : 0;
      caught[2] += !a.phone.empty() && a.phone == b.phone ? 1 : 0;
      caught[3] += a.family == b.family ? 1 : 0;
    }
  }
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    EXPECT_NEAR(recall.rules[rule].caught.value, caught[rule] / pairs, 0.1) << rules[rule].name();
  }
  EXPECT_GE(recall.together.value, recall.rules[3].caught.value);
  double first = 0;
  for (const RuleRecall& rule : recall.rules) first += rule.caught_first.value;
  EXPECT_NEAR(first, recall.together.value, 1e-9);
}

TEST(ExpectedRecall, of_no_records_is_unknown) {
  const std::vector<BlockingRule> rules = {{{Atom::phone}}};
  const ExpectedRecall recall = expected_recall(rules, {}, world().mixture);
  EXPECT_EQ(recall.together.of, 0);
  EXPECT_EQ(recall.together.high, 1);
}

}  // namespace
}  // namespace throughline::linkage
