#include "evidence/claims/measure_words.h"

#include <algorithm>
#include <optional>

#include "evidence/claims/plain_words.h"

namespace throughline::evidence {

namespace {

constexpr std::size_t k_phrase_words_max = 7;

bool is_two_digits(const std::string& word) {
  return word.size() == 2 && word.find_first_not_of("0123456789") == std::string::npos;
}

bool is_age_range(const std::string& word) {
  return word.size() == 5 && word[2] == '-' && is_two_digits(word.substr(0, 2)) && is_two_digits(word.substr(3)) &&
         word.substr(0, 2) < word.substr(3);
}

// "aged 16 to 24" → "aged 16-24".
std::vector<std::string> with_ages(std::vector<std::string> words) {
  for (std::size_t i = 0; i + 2 < words.size(); ++i) {
    const bool is_join = words[i + 1] == "to" || words[i + 1] == "and";
    if (!is_join || !is_two_digits(words[i]) || !is_two_digits(words[i + 2])) continue;
    words[i] += "-" + words[i + 2];
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.begin() + static_cast<std::ptrdiff_t>(i) + 3);
  }
  return words;
}

struct PhraseMatch {
  std::size_t words = 0;
  std::string meaning;
};

PhraseMatch longest(const std::vector<std::string>& words, std::size_t at,
                    const std::map<std::string, std::string>& phrases) {
  PhraseMatch best;
  std::string phrase;
  for (std::size_t count = 1; count <= k_phrase_words_max && at + count <= words.size(); ++count) {
    phrase += (count == 1 ? "" : " ") + words[at + count - 1];
    if (const auto found = phrases.find(phrase); found != phrases.end()) best = {count, found->second};
  }
  return best;
}

}  // namespace

MeasureWords measure_words(std::string_view text, const Vocabulary& vocabulary) {
  const std::vector<std::string> words = with_ages(plain_words(text));
  MeasureWords found;
  for (std::size_t at = 0; at < words.size();) {
    const PhraseMatch area = longest(words, at, vocabulary.areas);
    const PhraseMatch meaning = longest(words, at, vocabulary.concepts);
    if (area.words > meaning.words) {
      if (found.area.empty()) found.area = area.meaning;
      if (std::ranges::find(found.areas, area.meaning) == found.areas.end()) found.areas.push_back(area.meaning);
      at += area.words;
      continue;
    }
    if (meaning.words > 0) {
      found.concepts.push_back(meaning.meaning);
      at += meaning.words;
      continue;
    }
    if (is_age_range(words[at])) {
      found.concepts.push_back("age " + words[at]);
    } else if (!std::ranges::binary_search(vocabulary.neutral, words[at])) {
      found.unknown.push_back(words[at]);
    }
    ++at;
  }
  std::ranges::sort(found.concepts);
  const auto repeated = std::ranges::unique(found.concepts);
  found.concepts.erase(repeated.begin(), repeated.end());
  return found;
}

}  // namespace throughline::evidence
