#include "linkage/judgement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace throughline::linkage {

namespace {

constexpr double k_nearly_sure = 0.95;
constexpr double k_z_95 = 1.959963984540054;
constexpr std::size_t k_verdicts = 3;

using PairJudgements = std::map<MentionPair, std::vector<const Judgement*>>;

PairJudgements standing(std::span<const Judgement> judgements) {
  PairJudgements by_pair;
  for (const Judgement& judgement : judgements) {
    if (!judgement.superseded_by) by_pair[judgement.pair].push_back(&judgement);
  }
  for (auto& [pair, all] : by_pair) std::ranges::sort(all, {}, &Judgement::number);
  return by_pair;
}

ReviewedPair reviewed_pair(const MentionPair& pair, const std::vector<const Judgement*>& all) {
  ReviewedPair answer{.pair = pair};
  std::set<Verdict> verdicts;
  std::set<ledger::AccountId> people;
  bool wants_second = false;
  for (const Judgement* judgement : all) {
    answer.judgements.push_back(judgement->number);
    if (judgement->verdict == Verdict::cannot_tell) continue;
    verdicts.insert(judgement->verdict);
    people.insert(judgement->account);
    wants_second = wants_second || judgement->wants_second;
  }
  if (verdicts.size() > 1) {
    answer.state = ReviewState::disputed;
  } else if (wants_second && people.size() < 2) {
    answer.state = ReviewState::second_wanted;
  } else {
    answer.verdict = verdicts.empty() ? Verdict::cannot_tell : *verdicts.begin();
  }
  return answer;
}

// How often the first of two people said one thing and the second another.
using Crossing = std::array<std::array<double, k_verdicts>, k_verdicts>;

struct Chance {
  double observed = 0;
  double expected = 0;
  std::array<double, k_verdicts> first{};
  std::array<double, k_verdicts> second{};
};

Chance chance_of(const Crossing& shares) {
  Chance chance;
  for (std::size_t i = 0; i < k_verdicts; ++i) {
    chance.observed += shares.at(i).at(i);
    for (std::size_t j = 0; j < k_verdicts; ++j) {
      chance.first.at(i) += shares.at(i).at(j);
      chance.second.at(j) += shares.at(i).at(j);
    }
  }
  for (std::size_t i = 0; i < k_verdicts; ++i) chance.expected += chance.first.at(i) * chance.second.at(i);
  return chance;
}

// Fleiss, Cohen and Everitt (1969), equation 13.
double kappa_error(const Crossing& shares, const Chance& chance, double pairs) {
  const double kappa = (chance.observed - chance.expected) / (1 - chance.expected);
  double same = 0;
  double crossed = 0;
  for (std::size_t i = 0; i < k_verdicts; ++i) {
    const double margin = 1 - (chance.first.at(i) + chance.second.at(i)) * (1 - kappa);
    same += shares.at(i).at(i) * margin * margin;
    for (std::size_t j = 0; j < k_verdicts; ++j) {
      const double both = chance.second.at(i) + chance.first.at(j);
      if (i != j) crossed += shares.at(i).at(j) * both * both;
    }
  }
  const double shift = kappa - chance.expected * (1 - kappa);
  const double variance = same + (1 - kappa) * (1 - kappa) * crossed - shift * shift;
  return std::sqrt(std::max(variance, 0.0) / pairs) / (1 - chance.expected);
}

std::size_t place_of(Verdict verdict) {
  return static_cast<std::size_t>(verdict) - 1;
}

}  // namespace

bool wants_second_person(Verdict verdict, const JudgedPair& pair) {
  if (verdict == Verdict::cannot_tell) return false;
  if (pair.is_sealed) return true;
  return verdict == Verdict::same ? pair.probability < 1 - k_nearly_sure : pair.probability > k_nearly_sure;
}

std::string_view words_of(ReviewState state) {
  switch (state) {
    case ReviewState::settled: return "settled";
    case ReviewState::second_wanted: return "a second person is wanted";
    case ReviewState::disputed: return "two people disagree";
  }
  return "unknown";
}

std::vector<ReviewedPair> reviewed(std::span<const Judgement> judgements) {
  std::vector<ReviewedPair> answer;
  for (const auto& [pair, all] : standing(judgements)) answer.push_back(reviewed_pair(pair, all));
  return answer;
}

namespace {

// The latest verdicts of the first two people.
std::map<ledger::AccountId, Verdict> verdicts_of_two(const std::vector<const Judgement*>& all) {
  std::map<ledger::AccountId, Verdict> by_person;
  for (const Judgement* judgement : all) {
    const bool is_counted = by_person.size() < 2 || by_person.contains(judgement->account);
    if (is_counted) by_person[judgement->account] = judgement->verdict;
  }
  return by_person;
}

}  // namespace

Agreement agreement(std::span<const Judgement> judgements) {
  Agreement answer;
  Crossing counts{};
  for (const auto& [pair, all] : standing(judgements)) {
    const std::map<ledger::AccountId, Verdict> by_person = verdicts_of_two(all);
    if (by_person.size() < 2) continue;
    const Verdict first = by_person.begin()->second;
    const Verdict second = by_person.rbegin()->second;
    ++answer.pairs;
    answer.agreed += first == second ? 1 : 0;
    counts.at(place_of(first)).at(place_of(second)) += 1;
  }
  if (answer.pairs == 0) return answer;
  const auto pairs = static_cast<double>(answer.pairs);
  for (auto& row : counts) {
    for (double& cell : row) cell /= pairs;
  }
  const Chance chance = chance_of(counts);
  if (chance.expected >= 1) return answer;
  answer.kappa = (chance.observed - chance.expected) / (1 - chance.expected);
  const double half = k_z_95 * kappa_error(counts, chance, pairs);
  answer.low = std::max(*answer.kappa - half, -1.0);
  answer.high = std::min(*answer.kappa + half, 1.0);
  return answer;
}

}  // namespace throughline::linkage
