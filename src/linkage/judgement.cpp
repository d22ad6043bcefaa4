#include "linkage/judgement.h"

#include <algorithm>
#include <map>
#include <set>

#include "linkage/reliability.h"

namespace throughline::linkage {

namespace {

constexpr double k_nearly_sure = 0.95;
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
  AgreementTable table(k_verdicts, std::vector<std::int64_t>(k_verdicts, 0));
  Agreement answer;
  for (const auto& [pair, all] : standing(judgements)) {
    const std::map<ledger::AccountId, Verdict> by_person = verdicts_of_two(all);
    if (by_person.size() < 2) continue;
    const Verdict first = by_person.begin()->second;
    const Verdict second = by_person.rbegin()->second;
    ++answer.pairs;
    answer.agreed += first == second ? 1 : 0;
    ++table.at(place_of(first)).at(place_of(second));
  }
  const RaterAgreement raters = agreement_of(table);
  if (!raters.is_known) return answer;
  answer.kappa = raters.kappa;
  answer.low = raters.low;
  answer.high = raters.high;
  return answer;
}

}  // namespace throughline::linkage
