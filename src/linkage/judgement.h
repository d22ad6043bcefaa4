// What people decided of pairs, and what of it binds a run.
//
// A judgement is never overwritten: the same person's next one of that pair supersedes it, another person's stands
// beside it. Where policy asks for two people, a judgement binds nothing until a second person has said the same; while
// two disagree, neither binds. "Cannot tell" never binds.
//
// - Agreement between reviewers: Cohen 1960; its standard error: Fleiss, Cohen and Everitt 1969.
// - Cannot tell: whether people who agree are right.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "linkage/model.h"

namespace throughline::linkage {

struct Judgement {
  std::int64_t number = 0;  // From 1, in the order in which they were given.
  MentionPair pair;
  Verdict verdict = Verdict::cannot_tell;
  ledger::AccountId account{};
  base::Instant at{};
  bool wants_second = false;                    // Policy asked for a second person when it was given.
  std::int64_t entry = 0;                       // Of the log; its sealed part holds the reason.
  std::optional<std::int64_t> superseded_by{};  // The number of the judgement that did.
};

// What is known of a pair when somebody judges it.
struct JudgedPair {
  double probability = 0;  // By the model, before anybody judged it.
  bool is_sealed = false;  // One of the two stands under seal.
};
// Policy: a second person is asked for where a record stands under seal, and where a verdict overturns what the model
// is nearly sure of (same below 0.05, different above 0.95).
[[nodiscard]] bool wants_second_person(Verdict verdict, const JudgedPair& pair);

enum class ReviewState : std::uint8_t { settled, second_wanted, disputed };
[[nodiscard]] std::string_view words_of(ReviewState state);

// A pair as its standing judgements leave it.
struct ReviewedPair {
  MentionPair pair;
  ReviewState state = ReviewState::settled;
  std::optional<Verdict> verdict{};        // What was settled.
  std::vector<std::int64_t> judgements{};  // Numbers of those that stand.
};
// By pair. Superseded judgements are passed over.
[[nodiscard]] std::vector<ReviewedPair> reviewed(std::span<const Judgement> judgements);

// Cohen's kappa over pairs that two people judged, with its interval at 95 per cent. Each pair counts once: its first
// two people's latest verdicts, in the order of their account numbers.
struct Agreement {
  std::int64_t pairs = 0;
  std::int64_t agreed = 0;
  std::optional<double> kappa{};  // Nothing where all verdicts are of one kind: chance alone would agree as well.
  double low = 0;
  double high = 0;
};
[[nodiscard]] Agreement agreement(std::span<const Judgement> judgements);

}  // namespace throughline::linkage
