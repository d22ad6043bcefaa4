#include "linkage/reliability.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/check.h"

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
