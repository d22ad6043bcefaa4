#include "linkage/normal/names.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "linkage/normal/name_words.h"

namespace throughline::linkage {

namespace {

enum class Field : std::uint8_t { given, family };

bool is_letter_or_digit(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_apostrophe(char c) {
  return c == '\'' || c == '`';
}

std::vector<std::string> words_of(std::string_view plain) {
  std::vector<std::string> words;
  words.reserve(2);
  bool is_in_word = false;
  for (const char c : plain) {
    if (is_apostrophe(c)) continue;
    if (!is_letter_or_digit(c)) {
      is_in_word = false;
      continue;
    }
    if (!is_in_word) words.emplace_back();
    is_in_word = true;
    words.back() += c;
  }
  return words;
}

// Whether the word at `at` is a title: MAJOR is one before TOM, but a name alone and before SINGH.
bool is_title(const std::vector<std::string>& words, std::size_t at) {
  const NameRole role = role_of(words[at]);
  const bool is_followed = at + 1 < words.size() && role_of(words[at + 1]) != NameRole::sikh;
  return role == NameRole::title || (role == NameRole::title_or_name && is_followed);
}

// MR, MRS and their like also stand at the end: "SMITH (MRS)".
void take_titles(std::vector<std::string>& words, std::vector<std::string>& titles) {
  std::size_t begin = 0;
  while (begin < words.size() && is_title(words, begin)) {
    titles.push_back(std::move(words[begin++]));
  }
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(begin));
  while (words.size() > 1 && role_of(words.back()) == NameRole::title) {
    titles.push_back(std::move(words.back()));
    words.pop_back();
  }
}

// Degrees and honours follow family names only: among given names MP or KC are initials.
void take_suffixes(std::vector<std::string>& words, std::vector<std::string>& suffixes, Field field) {
  const auto is_suffix = [&](const std::string& word) {
    const NameRole role = role_of(word);
    return role == NameRole::generation || (role == NameRole::post_nominal && field == Field::family);
  };
  while (words.size() > 1 && is_suffix(words.back())) {
    suffixes.push_back(std::move(words.back()));
    words.pop_back();
  }
  std::ranges::reverse(suffixes);
}

// The prefixes that stand alone join the words after them.
void join_prefixes(std::vector<std::string>& words, Field field) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const NameRole role = role_of(words[i]);
    const bool joins = role == NameRole::prefix || (role == NameRole::family_prefix && field == Field::family);
    if (!joins) continue;
    const std::string prefix = role == NameRole::prefix ? "ST" : words[i];
    words[i] = prefix + words[i + 1];
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

bool is_patronymic(std::string_view word, Field field) {
  static constexpr std::array<std::string_view, 6> k_endings = {"OVICH", "EVICH", "OVYCH", "OVNA", "EVNA", "IVNA"};
  if (field == Field::family) return word.size() > 8 && word.ends_with("DOTTIR");
  return word.size() > 6 && std::ranges::any_of(k_endings, [&](std::string_view end) { return word.ends_with(end); });
}

struct Position {
  bool is_first = false;
  bool is_last = false;
};

NameElement element_of(std::string_view word, Position at, Field field) {
  const bool may_lead = !at.is_last && (field == Field::family || !at.is_first);
  switch (role_of(word)) {
    case NameRole::particle:
      if (may_lead) return NameElement::particle;
      break;
    case NameRole::descent:
      if (may_lead) return NameElement::descent;
      break;
    case NameRole::family_descent:
      if (may_lead && field == Field::family) return NameElement::descent;
      break;
    case NameRole::sikh: return NameElement::sikh;
    case NameRole::courtesy: return NameElement::courtesy;
    case NameRole::honour: return NameElement::honour;
    case NameRole::muhammad: return NameElement::muhammad;
    default: break;
  }
  if (word.size() == 1) return NameElement::initial;
  return is_patronymic(word, field) ? NameElement::patronymic : NameElement::plain;
}

void add_core(std::string& core, const NameWord& word, Field field) {
  constexpr std::size_t k_letters_after_mac_min = 4;
  if (word.element == NameElement::muhammad) {
    core += "MUHAMMAD";
  } else if (field == Field::family && word.text.starts_with("MAC") &&
             word.text.size() >= 3 + k_letters_after_mac_min) {
    core += "MC";
    core.append(word.text, 3);
  } else {
    core += word.text;
  }
}

bool is_left_out_of_core(NameElement element) {
  return element == NameElement::particle || element == NameElement::descent;
}

NamePart read_part(std::string_view text, Field field) {
  const std::string plain = plain_upper(text);
  NamePart part{.presence = presence_of(plain)};
  if (part.presence != Presence::present) return part;
  std::vector<std::string> words = words_of(plain);
  take_titles(words, part.titles);
  take_suffixes(words, part.suffixes, field);
  join_prefixes(words, field);
  if (words.empty()) part.presence = Presence::blank;
  part.words.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Position at{.is_first = i == 0, .is_last = i + 1 == words.size()};
    const NameElement element = element_of(words[i], at, field);
    part.words.push_back({.text = std::move(words[i]), .element = element});
    const NameWord& word = part.words.back();
    part.joined += word.text;
    if (!is_left_out_of_core(element)) add_core(part.core, word, field);
  }
  return part;
}

}  // namespace

NamePart read_given_name(std::string_view text) {
  return read_part(text, Field::given);
}

NamePart read_family_name(std::string_view text) {
  return read_part(text, Field::family);
}

}  // namespace throughline::linkage
