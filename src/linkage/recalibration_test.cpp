#include "linkage/recalibration.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/random.h"
#include "linkage/review_queue.h"

namespace throughline::linkage {
namespace {

// The truth: log-odds that are a line of the model's.
struct Truth {
  double offset_bits = 0;
  double slope = 1;
  [[nodiscard]] double at(double bits) const { return probability_of_bits(offset_bits + slope * bits); }
};

std::vector<LabelledWeight> drawn(std::int64_t labels, std::uint64_t seed, const Truth& truth) {
  base::Random chance({.seed = seed, .stream = base::stream_of("labels")});
  std::vector<LabelledWeight> all;
  for (std::int64_t i = 0; i < labels; ++i) {
    const double bits = chance.uniform01() * 16 - 8;
    all.push_back({.of = {.weight_bits = bits}, .is_match = chance.bernoulli(truth.at(bits))});
  }
  return all;
}

// The log posterior written out again, for a search by brute force.
double posterior(const std::vector<LabelledWeight>& labels, double offset, double slope) {
  double sum = -offset * offset / 8 - (slope - 1) * (slope - 1) / 0.5;
  for (const LabelledWeight& label : labels) {
    const double p = 1 / (1 + std::pow(2, -(label.of.weight_bits * slope + offset)));
    sum += std::log(label.is_match ? p : 1 - p);
  }
  return sum;
}

TEST(Recalibrate, is_the_likeliest_line_that_a_search_by_brute_force_finds) {
  const std::vector<LabelledWeight> labels = drawn(80, 11, {.offset_bits = -1.5, .slope = 0.6});
  const Recalibration found = recalibrate(labels).value();
  double best = -1e300;
  double offset = 0;
  double slope = 0;
  for (double a = -4; a <= 4; a += 0.02) {
    for (double b = 0.1; b <= 2; b += 0.01) {
      if (posterior(labels, a, b) <= best) continue;
      best = posterior(labels, a, b);
      offset = a;
      slope = b;
    }
  }
  EXPECT_NEAR(found.offset_bits, offset, 0.02);
  EXPECT_NEAR(found.slope, slope, 0.01);
  EXPECT_GE(posterior(labels, found.offset_bits, found.slope), best);
}

TEST(Recalibrate, its_interval_holds_the_truth_as_often_as_it_says) {
  const Truth truth{.offset_bits = -1, .slope = 0.7};
  int held = 0;
  int asked = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const Recalibration found = recalibrate(drawn(400, seed, truth)).value();
    for (const double bits : {-6.0, -2.0, 0.0, 3.0, 6.0}) {
      const CalibratedProbability at = found.at({.weight_bits = bits});
      EXPECT_LE(at.low, at.probability);
      EXPECT_GE(at.high, at.probability);
      held += at.low <= truth.at(bits) && truth.at(bits) <= at.high ? 1 : 0;
      ++asked;
    }
  }
  EXPECT_GE(held, asked * 90 / 100);
}

TEST(Recalibrate, comes_nearer_to_the_truth_than_a_model_that_overstates) {
  const Truth truth{.offset_bits = -2, .slope = 0.5};
  const Recalibration found = recalibrate(drawn(200, 3, truth)).value();
  for (const double bits : {0.0, 2.0, 4.0, 8.0}) {
    EXPECT_LT(std::abs(found.at({.weight_bits = bits}).probability - truth.at(bits)),
              std::abs(probability_of_bits(bits) - truth.at(bits)));
  }
}

TEST(Recalibrate, few_labels_move_the_model_less_than_many) {
  const Truth truth{.offset_bits = -3, .slope = 1};
  const auto moved = [&](std::int64_t labels, std::uint64_t seed) {
    return probability_of_bits(1) - recalibrate(drawn(labels, seed, truth)).value().at({.weight_bits = 1}).probability;
  };
  double few = 0;
  double many = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    few += moved(k_labels_min, seed);
    many += moved(3000, seed);
  }
  EXPECT_GT(few, 0);
  EXPECT_LT(few, many);
  const double width_few = recalibrate(drawn(60, 6, truth)).value().at({.weight_bits = 1}).high;
  EXPECT_GT(width_few, recalibrate(drawn(3000, 6, truth)).value().at({.weight_bits = 1}).high);
}

// Pairs of a made-up run. How often a pair of such a weight is together, and how often one that is together or apart is
// of one person, are known: the model's weight is right, but for what being together says besides.
struct QueuedRun {
  Recalibration truth;
  std::vector<StandingWeight> pairs{};
  std::vector<bool> is_match{};
  std::vector<Reviewable> reviewable{};
};

QueuedRun queued_run(std::uint64_t seed, double together_bits) {
  base::Random chance({.seed = seed, .stream = base::stream_of("made-up run")});
  QueuedRun run{.truth = {.offset_bits = -together_bits / 2, .together_bits = together_bits}};
  for (int i = 0; i < 2000; ++i) {
    const double bits = chance.uniform01() * 16 - 8;
    const bool is_together = chance.bernoulli(probability_of_bits(bits));
    const StandingWeight pair{.weight_bits = bits, .together = is_together ? 1.0 : 0.0};
    run.pairs.push_back(pair);
    run.is_match.push_back(chance.bernoulli(run.truth.at(pair).probability));
    run.reviewable.push_back({.probability = probability_of_bits(bits),
                              .is_together = is_together,
                              .pairs_changed = static_cast<std::int64_t>(1 + chance.below(4))});
  }
  return run;
}

std::vector<LabelledWeight> judged_first(const QueuedRun& run, double probability_min) {
  std::vector<LabelledWeight> labels;
  for (const std::size_t place : review_order(run.reviewable, probability_min, 300)) {
    labels.push_back({.of = run.pairs[place], .is_match = run.is_match[place]});
  }
  return labels;
}

bool holds(double truth, double found, double variance) {
  return std::abs(found - truth) <= 1.96 * std::sqrt(variance);
}

// Of so many runs, those whose intervals hold the true offset and the true slope.
struct Held {
  int offset = 0;
  int slope = 0;
  int by_weight_alone = 0;  // Likewise both, where it is not heeded what is together.
};

constexpr std::uint64_t k_runs = 20;

Held held_at(double probability_min, double together_bits) {
  Held held;
  for (std::uint64_t seed = 1; seed <= k_runs; ++seed) {
    const QueuedRun run = queued_run(seed, together_bits);
    std::vector<LabelledWeight> labels = judged_first(run, probability_min);
    const Recalibration found = recalibrate(labels).value();
    held.offset += holds(run.truth.offset_bits, found.offset_bits, found.offset_variance) ? 1 : 0;
    held.slope += holds(1, found.slope, found.slope_variance) ? 1 : 0;
    for (LabelledWeight& label : labels) label.of.together = 0;
    const Recalibration alone = recalibrate(labels).value();
    held.by_weight_alone +=
        holds(0, alone.offset_bits, alone.offset_variance) && holds(1, alone.slope, alone.slope_variance) ? 1 : 0;
  }
  return held;
}

TEST(Recalibrate, gives_back_the_truth_from_what_the_queue_has_judged_at_each_threshold) {
  for (const double probability_min : {0.2, 0.5, 0.95}) {
    for (const double together_bits : {0.0, 3.0}) {
      const Held held = held_at(probability_min, together_bits);
      EXPECT_GE(held.offset, k_runs * 0.85) << probability_min << " " << together_bits;
      EXPECT_GE(held.slope, k_runs * 0.85) << probability_min << " " << together_bits;
    }
  }
}

// So that the test above could fail.
TEST(Recalibrate, by_the_weight_alone_the_queue_would_mislead_it) {
  EXPECT_LT(held_at(0.5, 3).by_weight_alone, k_runs * 0.5);
}

TEST(Recalibrate, is_the_likeliest_in_each_of_its_three_terms) {
  const QueuedRun run = queued_run(5, 2);
  const std::vector<LabelledWeight> labels = judged_first(run, 0.5);
  const auto likelihood = [&](const Recalibration& line) {
    double sum = -line.offset_bits * line.offset_bits / 8 - (line.slope - 1) * (line.slope - 1) / 0.5 -
                 line.together_bits * line.together_bits / 8;
    for (const LabelledWeight& label : labels) {
      const double p = line.at(label.of).probability;
      sum += std::log(label.is_match ? p : 1 - p);
    }
    return sum;
  };
  const Recalibration found = recalibrate(labels).value();
  EXPECT_NE(found.together_bits, 0);
  for (double Recalibration::* term :
       {&Recalibration::offset_bits, &Recalibration::slope, &Recalibration::together_bits}) {
    for (const double move : {-0.01, 0.01}) {
      Recalibration moved = found;
      moved.*term += move;
      EXPECT_LT(likelihood(moved), likelihood(found));
    }
  }
}

TEST(Recalibrate, too_few_labels_or_of_one_kind_leave_the_model_as_it_is) {
  const std::vector<LabelledWeight> enough = drawn(200, 4, {});
  EXPECT_TRUE(recalibrate(enough).has_value());
  EXPECT_FALSE(recalibrate(std::span(enough).first(k_labels_min - 1)).has_value());
  EXPECT_FALSE(recalibrate(std::vector<LabelledWeight>(100, {.of = {.weight_bits = 3}, .is_match = true})).has_value());
  EXPECT_FALSE(recalibrate({}).has_value());
}

// Whoever judges the contrary of the model throughout does not turn its order round.
TEST(Recalibrate, labels_against_the_model_flatten_it_and_do_not_turn_it_round) {
  std::vector<LabelledWeight> labels;
  for (int i = 0; i < 100; ++i)
    labels.push_back({.of = {.weight_bits = i % 2 == 0 ? 6.0 : -6.0}, .is_match = i % 2 != 0});
  const Recalibration found = recalibrate(labels).value();
  EXPECT_DOUBLE_EQ(found.slope, 0.1);
  EXPECT_GT(found.slope_variance, 0) << "held, it is no surer than the labels make it";
  EXPECT_NEAR(found.at({.weight_bits = 0}).probability, 0.5, 0.05);
  EXPECT_LT(found.at({.weight_bits = -6}).probability, found.at({.weight_bits = 6}).probability);
}

RC_GTEST_PROP(Recalibrate, rises_and_does_not_see_the_order, (std::uint64_t seed)) {
  std::vector<LabelledWeight> labels =
      drawn(*rc::gen::inRange(60, 120), seed, {.offset_bits = *rc::gen::inRange(-3, 4) * 1.0, .slope = 0.8});
  const auto found = recalibrate(labels);
  base::Random chance({.seed = seed, .stream = 5});
  chance.shuffle(std::span(labels));
  RC_ASSERT(recalibrate(labels) == found);
  RC_PRE(found.has_value());
  double before = 0;
  for (double bits = -40; bits <= 40; bits += 0.5) {
    const CalibratedProbability at = found->at({.weight_bits = bits});
    RC_ASSERT(at.probability >= before && at.probability <= 1);
    RC_ASSERT(at.low <= at.probability && at.probability <= at.high);
    before = at.probability;
  }
}

}  // namespace
}  // namespace throughline::linkage
