#include "evidence/claims/forbidden_uses.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "evidence/claims/plain_words.h"
#include "evidence/claims/reading.h"

namespace throughline::evidence {

namespace {

constexpr std::array<std::pair<std::string_view, Use>, 4> k_named_uses{
    {{"call_incidence", Use::call_incidence},
     {"rank_areas", Use::rank_areas},
     {"report_fall_as_improvement", Use::report_fall_as_improvement},
     {"compare_levels", Use::compare_levels}}};

Use use_named(std::string_view name) {
  const auto* const found = std::ranges::find(k_named_uses, name, &std::pair<std::string_view, Use>::first);
  CHECK(found != k_named_uses.end());
  return found->second;
}

// The claim that these concepts would make. A change in per cent, which a line of any unit can have.
Matches lines_meant(const std::vector<std::string>& concepts, const Catalogue& catalogue) {
  Claim claim;
  claim.kind = ClaimKind::change_percent;
  claim.concepts = concepts;
  return match_series(claim, catalogue);
}

// A rise is never sold as an improvement by these words.
bool is_meant_so(Use use, Direction direction) {
  return use != Use::report_fall_as_improvement || direction != Direction::up;
}

// Two areas, held against one another: "higher in one than in the other".
bool is_comparison(const StatedUse& stated, const Vocabulary& vocabulary) {
  if (stated.words.areas.size() < 2) return false;
  const std::string plain = joined(plain_words(stated.text));
  return std::ranges::any_of(vocabulary.uses, [&](const auto& phrase) {
    return use_named(phrase.second) == Use::compare_levels && plain.find(phrase.first) != std::string::npos;
  });
}

std::optional<ForbiddenUse> forbidden_comparison(const StatedUse& stated, const Catalogue& catalogue) {
  if (!is_comparison(stated, catalogue.vocabulary)) return std::nullopt;
  for (const MatchedLine& match : lines_meant(stated.words.concepts, catalogue).lines) {
    if (auto refusal = refuse(Use::compare_levels, match.card->caveats)) {
      return ForbiddenUse{.series = title_of(match), .refusal = *std::move(refusal)};
    }
  }
  return std::nullopt;
}

std::optional<ForbiddenUse> forbidden_by_words(const MeasureWords& words, Direction direction,
                                               const Catalogue& catalogue) {
  std::vector<Use> uses;
  for (const std::string& word : words.unknown) {
    const auto found = catalogue.vocabulary.uses.find(word);
    if (found == catalogue.vocabulary.uses.end()) return std::nullopt;
    uses.push_back(use_named(found->second));
  }
  if (uses.empty()) return std::nullopt;
  for (const MatchedLine& match : lines_meant(words.concepts, catalogue).lines) {
    for (const Use use : uses) {
      if (!is_meant_so(use, direction)) continue;
      if (auto refusal = refuse(use, match.card->caveats)) {
        return ForbiddenUse{.series = title_of(match), .refusal = *std::move(refusal)};
      }
    }
  }
  return std::nullopt;
}

// Each concept left out in turn: two that lead to different lines of overlapping substances are a sum.
std::optional<ForbiddenUse> forbidden_sum(const MeasureWords& words, const Catalogue& catalogue) {
  if (!words.unknown.empty() || !lines_meant(words.concepts, catalogue).lines.empty()) return std::nullopt;
  std::vector<MatchedLine> summed;
  for (const std::string& left_out : words.concepts) {
    std::vector<std::string> rest = words.concepts;
    std::erase(rest, left_out);
    for (const MatchedLine& match : lines_meant(rest, catalogue).lines) {
      const bool is_new = std::ranges::none_of(summed, [&](const MatchedLine& one) { return one.line == match.line; });
      if (is_new && match.card->caveats.has(Caveat::polydrug)) summed.push_back(match);
    }
  }
  if (summed.size() < 2) return std::nullopt;
  auto refusal = refuse(Use::sum_substances, summed.front().card->caveats);
  if (!refusal) return std::nullopt;
  return ForbiddenUse{.series = title_of(summed.front()) + "; " + title_of(summed.back()),
                      .refusal = *std::move(refusal)};
}

}  // namespace

std::optional<ForbiddenUse> forbidden_use(const StatedUse& stated, const Catalogue& catalogue) {
  if (auto forbidden = forbidden_comparison(stated, catalogue)) return forbidden;
  if (auto forbidden = forbidden_by_words(stated.words, stated.direction, catalogue)) return forbidden;
  return forbidden_sum(stated.words, catalogue);
}

}  // namespace throughline::evidence
