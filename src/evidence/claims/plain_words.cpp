#include "evidence/claims/plain_words.h"

#include <cstddef>

namespace throughline::evidence {

namespace {

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

bool is_word_letter(char letter) {
  return is_digit(letter) || (letter >= 'a' && letter <= 'z') || letter == '&' || static_cast<signed char>(letter) < 0;
}

std::string singular(std::string word) {
  const auto ends = [&](std::string_view ending) { return word.size() > ending.size() + 2 && word.ends_with(ending); };
  if (ends("ches") || ends("shes") || ends("sses") || ends("xes")) {
    word.resize(word.size() - 2);
  } else if (ends("ies")) {
    word.replace(word.size() - 3, 3, "y");
  } else if (ends("s") && !ends("ss") && !ends("us") && !ends("is")) {
    word.pop_back();
  }
  return word;
}

// A dash or stroke between digits belongs to a number: 16-24, 2012/13.
bool is_joint(const std::string& text, std::size_t at) {
  return (text[at] == '-' || text[at] == '/' || text[at] == '.' || text[at] == ',') && at > 0 && at + 1 < text.size() &&
         is_digit(text[at - 1]) && is_digit(text[at + 1]);
}

}  // namespace

std::string plain_letters(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("–") || rest.starts_with("—") || rest.starts_with("−")) {
      plain += '-';
      at += 2;
    } else if (rest.starts_with("’") || rest.starts_with("‘")) {
      plain += '\'';
      at += 2;
    } else {
      plain += text[at] >= 'A' && text[at] <= 'Z' ? static_cast<char>(text[at] - 'A' + 'a') : text[at];
    }
  }
  return plain;
}

std::vector<std::string> plain_words(std::string_view text) {
  const std::string plain = plain_letters(text);
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) words.push_back(singular(std::move(word)));
    word.clear();
  };
  for (std::size_t at = 0; at < plain.size(); ++at) {
    if (plain[at] == '\'') {
      if (at + 1 < plain.size() && plain[at + 1] == 's') ++at;  // A possessive.
    } else if (is_word_letter(plain[at]) || is_joint(plain, at)) {
      word += plain[at];
    } else {
      finish();
    }
  }
  finish();
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace throughline::evidence
