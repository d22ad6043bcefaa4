#include "linkage/reliability.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/check.h"
#include "base/random.h"

namespace throughline::linkage {
namespace {

constexpr double k_normal_95 = 1.959963984540054;

double distance(const CalibrationBin& bin) {
  return std::abs(bin.probability_mean - bin.matched.value);
}

std::vector<LabelledPair> in_order(std::span<const LabelledPair> pairs) {
  std::vector<LabelledPair> ordered(pairs.begin(), pairs.end());
  std::ranges::sort(ordered, {}, [](const LabelledPair& pair) { return std::pair(pair.probability, pair.is_match); });
  return ordered;
}

CalibrationBin bin_of(std::span<const LabelledPair> pairs) {
  std::int64_t matched = 0;
  double sum = 0;
  for (const LabelledPair& pair : pairs) {
    matched += pair.is_match ? 1 : 0;
    sum += pair.probability;
  }
  return {.probability_low = pairs.front().probability,
          .probability_high = pairs.back().probability,
          .probability_mean = sum / static_cast<double>(pairs.size()),
          .matched = share_of(matched, std::ssize(pairs))};
}

// So many pairs of one probability, so many of them matches.
struct Level {
  double probability = 0;
  double pairs = 0;
  double matched = 0;
};

std::vector<Level> levels_of(std::span<const LabelledPair> ordered) {
  std::vector<Level> levels;
  for (const LabelledPair& pair : ordered) {
    if (levels.empty() || levels.back().probability != pair.probability)
      levels.push_back({.probability = pair.probability});
    ++levels.back().pairs;
    levels.back().matched += pair.is_match ? 1 : 0;
  }
  return levels;
}

// For each level the value of the closest rising function (pool adjacent violators). Levels without pairs take the
// value of the block beside them.
std::vector<double> rising(std::span<const Level> levels) {
  struct Block {
    double pairs = 0;
    double matched = 0;
    std::size_t levels = 0;
  };
  std::vector<Block> blocks;
  for (const Level& level : levels) {
    blocks.push_back({.pairs = level.pairs, .matched = level.matched, .levels = 1});
    while (blocks.size() > 1) {
      const Block last = blocks.back();
      Block& before = blocks[blocks.size() - 2];
      if (last.pairs > 0 && before.matched * last.pairs < last.matched * before.pairs) break;
      before = {.pairs = before.pairs + last.pairs,
                .matched = before.matched + last.matched,
                .levels = before.levels + last.levels};
      blocks.pop_back();
    }
  }
  std::vector<double> values;
  for (const Block& block : blocks) {
    values.insert(values.end(), block.levels, block.pairs > 0 ? block.matched / block.pairs : 0);
  }
  return values;
}

// The levels as often as a draw with replacement gives each.
std::vector<Level> drawn_again(std::span<const LabelledPair> ordered, std::span<const Level> levels,
                               base::Random chance) {
  std::vector<Level> drawn(levels.begin(), levels.end());
  for (Level& level : drawn) level.pairs = level.matched = 0;
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    const LabelledPair& pair = ordered[static_cast<std::size_t>(chance.below(ordered.size()))];
    Level& level = *std::ranges::lower_bound(drawn, pair.probability, {}, &Level::probability);
    ++level.pairs;
    level.matched += pair.is_match ? 1 : 0;
  }
  return drawn;
}

// The value that a share `at` of the sorted values lies below.
double quantile(std::span<const double> sorted, double at) {
  const double place = at * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

// How often each reviewer gave each answer, as shares, and how often both gave the same.
struct Answers {
  std::vector<double> first;
  std::vector<double> second;
  std::int64_t pairs = 0;
  std::int64_t equal = 0;
};

Answers answers_of(const AgreementTable& table) {
  Answers answers{.first = std::vector<double>(table.size()), .second = std::vector<double>(table.size())};
  for (std::size_t i = 0; i < table.size(); ++i) {
    CHECK(table[i].size() == table.size());
    for (std::size_t j = 0; j < table.size(); ++j) {
      CHECK(table[i][j] >= 0);
      answers.first[i] += static_cast<double>(table[i][j]);
      answers.second[j] += static_cast<double>(table[i][j]);
      answers.pairs += table[i][j];
    }
    answers.equal += table[i][i];
  }
  const auto pairs = static_cast<double>(std::max<std::int64_t>(answers.pairs, 1));
  for (double& share : answers.first) share /= pairs;
  for (double& share : answers.second) share /= pairs;
  return answers;
}

// The two sums in the large-sample variance of kappa (Fleiss, Cohen and Everitt, 1969).
double kappa_spread(const AgreementTable& table, const Answers& answers, double kappa) {
  double spread = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t j = 0; j < table.size(); ++j) {
      const double share = static_cast<double>(table[i][j]) / static_cast<double>(answers.pairs);
      const double both = i == j ? answers.first[i] + answers.second[i] : answers.second[i] + answers.first[j];
      const double part = i == j ? 1 - both * (1 - kappa) : both * (1 - kappa);
      spread += share * part * part;
    }
  }
  return spread;
}

}  // namespace

SharePart share_of(std::int64_t part, std::int64_t of) {
  CHECK(part >= 0 && part <= of);
  if (of == 0) return {};
  const auto n = static_cast<double>(of);
  const double share = static_cast<double>(part) / n;
  const double z2 = k_normal_95 * k_normal_95;
  const double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const double half = k_normal_95 / (1 + z2 / n) * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
  return {.value = share,
          .low = part == 0 ? 0 : std::max(middle - half, 0.0),
          .high = part == of ? 1 : std::min(middle + half, 1.0),
          .of = of};
}

Reliability reliability(std::span<const LabelledPair> pairs, std::int64_t bins) {
  CHECK(bins > 0);
  Reliability answer;
  const std::vector<LabelledPair> ordered = in_order(pairs);
  const std::int64_t count = std::min(bins, std::ssize(ordered));
  for (std::int64_t i = 0; i < count; ++i) {
    const auto begin = static_cast<std::size_t>(i * std::ssize(ordered) / count);
    const auto end = static_cast<std::size_t>((i + 1) * std::ssize(ordered) / count);
    answer.bins.push_back(bin_of(std::span(ordered).subspan(begin, end - begin)));
    const double weight = static_cast<double>(end - begin) / static_cast<double>(ordered.size());
    answer.calibration_error += weight * distance(answer.bins.back());
  }
  return answer;
}

Recalibration::Step Recalibration::at(double probability) const {
  if (steps.empty()) return {.probability = probability, .calibrated = probability};
  const auto above = std::ranges::lower_bound(steps, probability, {}, &Step::probability);
  if (above == steps.begin() || above == steps.end()) {
    Step step = above == steps.end() ? steps.back() : *above;
    step.probability = probability;
    return step;
  }
  const Step& low = *(above - 1);
  const double part = (probability - low.probability) / (above->probability - low.probability);
  const auto between = [&](double from, double to) { return from + part * (to - from); };
  return {.probability = probability,
          .calibrated = between(low.calibrated, above->calibrated),
          .low = between(low.low, above->low),
          .high = between(low.high, above->high)};
}

Recalibration recalibrate(std::span<const LabelledPair> pairs, const BootstrapOptions& options) {
  CHECK(options.replicates > 0);
  const std::vector<LabelledPair> ordered = in_order(pairs);
  const std::vector<Level> levels = levels_of(ordered);
  const std::vector<double> values = rising(levels);
  std::vector<std::vector<double>> replicates(levels.size());
  const std::uint64_t stream = base::stream_of("linkage recalibration");
  for (std::int64_t i = 0; i < options.replicates && !levels.empty(); ++i) {
    const base::Random chance({.seed = options.seed, .stream = stream, .step = static_cast<std::uint32_t>(i)});
    const std::vector<double> again = rising(drawn_again(ordered, levels, chance));
    for (std::size_t level = 0; level < again.size(); ++level) replicates[level].push_back(again[level]);
  }
  Recalibration answer;
  for (std::size_t level = 0; level < levels.size(); ++level) {
    std::ranges::sort(replicates[level]);
    answer.steps.push_back({.probability = levels[level].probability,
                            .calibrated = values[level],
                            .low = quantile(replicates[level], 0.025),
                            .high = quantile(replicates[level], 0.975)});
  }
  return answer;
}

Accuracy accuracy_of(const AccuracyCounts& counts) {
  const std::int64_t compared = counts.true_links + counts.missed;
  Accuracy accuracy{.precision = share_of(counts.true_links, counts.true_links + counts.false_links),
                    .recall = share_of(counts.true_links, compared + counts.missed_by_blocking),
                    .recall_among_compared = share_of(counts.true_links, compared)};
  const std::int64_t either = 2 * counts.true_links + counts.false_links + counts.missed + counts.missed_by_blocking;
  if (either > 0) accuracy.f1 = 2 * static_cast<double>(counts.true_links) / static_cast<double>(either);
  return accuracy;
}

RaterAgreement agreement_of(const AgreementTable& table) {
  const Answers answers = answers_of(table);
  RaterAgreement agreement{.observed = share_of(answers.equal, answers.pairs)};
  if (answers.pairs == 0) return agreement;
  for (std::size_t i = 0; i < table.size(); ++i) agreement.expected += answers.first[i] * answers.second[i];
  if (agreement.expected >= 1) return agreement;
  const double beyond = 1 - agreement.expected;
  const double kappa = (agreement.observed.value - agreement.expected) / beyond;
  const double spread = kappa_spread(table, answers, kappa) - std::pow(kappa - agreement.expected * (1 - kappa), 2);
  const double half = k_normal_95 * std::sqrt(std::max(spread, 0.0) / static_cast<double>(answers.pairs)) / beyond;
  agreement.kappa = kappa;
  agreement.low = std::max(kappa - half, -1.0);
  agreement.high = std::min(kappa + half, 1.0);
  agreement.is_known = true;
  return agreement;
}

}  // namespace throughline::linkage
