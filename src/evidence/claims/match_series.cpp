#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "base/text.h"

#include "evidence/claims/reading.h"

namespace throughline::evidence {

namespace {

bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

bool has_right_unit(const SeriesCard& card, const Claim& claim) {
  if (claim.kind == ClaimKind::change_points) return card.is_percentage;
  if (claim.kind == ClaimKind::change_percent) return true;
  return card.is_percentage == claim.is_percentage && (card.per > 0) == (claim.per > 0);
}

bool is_meant(const SeriesLine& line, const Claim& claim) {
  if (!claim.unknown.empty() || claim.concepts.empty()) return false;
  const bool has_all =
      std::ranges::all_of(line.is, [&](const std::string& word) { return contains(claim.concepts, word); });
  if (!has_all) return false;
  const auto is_said = [&](const std::string& word) { return contains(claim.concepts, word); };
  if (!line.one_of.empty() && std::ranges::none_of(line.one_of, is_said)) return false;
  return std::ranges::all_of(claim.concepts, [&](const std::string& word) {
    return contains(line.is, word) || contains(line.one_of, word) || contains(line.may, word);
  });
}

// How much of what the claim says a line speaks of, in shared words over all words.
double nearness(const SeriesLine& line, const Claim& claim) {
  std::vector<std::string> words = line.is;
  words.insert(words.end(), line.one_of.begin(), line.one_of.end());
  const auto shared = static_cast<std::size_t>(
      std::ranges::count_if(words, [&](const std::string& word) { return contains(claim.concepts, word); }));
  const std::size_t all = words.size() + claim.concepts.size() + claim.unknown.size() - shared;
  return all == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(all);
}

std::vector<std::string> nearest_titles(const Claim& claim, const Catalogue& catalogue) {
  constexpr std::size_t k_offered = 3;
  std::vector<std::pair<double, std::string>> near;
  for (const SeriesCard& card : catalogue.cards) {
    for (const SeriesLine& line : card.lines) {
      const double score = nearness(line, claim);
      if (score > 0) near.emplace_back(score, title_of({&card, &line}));
    }
  }
  std::ranges::stable_sort(near, std::ranges::greater(), [](const auto& entry) { return entry.first; });
  std::vector<std::string> titles;
  for (const auto& [score, title] : near) {
    if (titles.size() < k_offered) titles.push_back(title);
  }
  return titles;
}

// Known words for the unknown ones, where one is close.
std::vector<std::string> near_words(const Claim& claim, const Vocabulary& vocabulary) {
  std::vector<std::string> known = vocabulary.neutral;
  for (const auto& [phrase, meaning] : vocabulary.concepts) {
    if (phrase.find(' ') == std::string::npos) known.push_back(phrase);
  }
  std::vector<std::string> meant;
  for (const std::string& word : claim.unknown) {
    if (const auto near = base::nearest_name(word, known)) meant.push_back(*near);
  }
  return meant;
}

}  // namespace

std::string title_of(const MatchedLine& match) {
  return fmt::format("{}: {}", match.card->title, match.line->title);
}

Matches match_series(const Claim& claim, const Catalogue& catalogue) {
  Matches matches;
  for (const SeriesCard& card : catalogue.cards) {
    for (const SeriesLine& line : card.lines) {
      if (is_meant(line, claim) && has_right_unit(card, claim)) matches.lines.push_back({&card, &line});
    }
  }
  if (matches.lines.empty()) {
    matches.nearest = nearest_titles(claim, catalogue);
    matches.meant = near_words(claim, catalogue.vocabulary);
  }
  return matches;
}

}  // namespace throughline::evidence
