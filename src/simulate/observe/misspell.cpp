#include "simulate/observe/misspell.h"

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace throughline::simulate {

namespace {

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_letter(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// What lies beside each letter in its row of a British keyboard, a to z.
constexpr std::array<std::string_view, 26> k_beside{"s",  "vn", "xv", "sf", "wr", "dg", "fh", "gj", "uo",
                                                    "hk", "jl", "k",  "n",  "bm", "ip", "o",  "w",  "et",
                                                    "ad", "ry", "yi", "cb", "qe", "zc", "tu", "x"};

std::vector<std::size_t> places_of(std::string_view text, bool (*wanted)(char), std::size_t from) {
  std::vector<std::size_t> places;
  for (std::size_t i = from; i < text.size(); ++i) {
    if (wanted(text[i])) places.push_back(i);
  }
  return places;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 22> k_sounds{
    {{"ph", "f"},  {"f", "ph"},  {"ie", "y"}, {"y", "ie"}, {"ck", "k"},  {"c", "k"},  {"k", "c"},  {"ee", "ea"},
     {"ea", "ee"}, {"ei", "ie"}, {"ou", "u"}, {"oo", "u"}, {"ll", "l"},  {"nn", "n"}, {"tt", "t"}, {"ss", "s"},
     {"z", "s"},   {"s", "z"},   {"w", "v"},  {"th", "t"}, {"ai", "ay"}, {"er", "ar"}}};

// The second byte of the capital of a letter of two bytes; of any other bytes, the second as it is.
char capital_of(unsigned char first, unsigned char second) {
  // U+00E0 to U+00FE but U+00F7: 32 below.
  const bool is_latin_1 = first == 0xC3 && second >= 0xA0 && second <= 0xBE && second != 0xB7;
  // Latin Extended-A: pairs of which the even one is the capital up to U+0137 and from U+014A to U+0177, the odd one
  // between and behind; the dotless letter has none.
  const bool is_even_pair =
      (first == 0xC4 && second <= 0xB7 && second != 0xB1) || (first == 0xC5 && second >= 0x8A && second <= 0xB7);
  const bool is_odd_pair = (first == 0xC4 && second >= 0xB9) || (first == 0xC5 && second > 0x80 && second <= 0x88) ||
                           (first == 0xC5 && second >= 0xB9 && second <= 0xBE);
  const bool is_small = (is_even_pair && second % 2 == 1) || (is_odd_pair && second % 2 == 0);
  if (is_latin_1) return static_cast<char>(second - 0x20);
  return static_cast<char>(is_small ? second - 1 : second);
}

}  // namespace

std::string with_slip(std::string_view text, base::Random& random) {
  std::string slipped(text);
  const std::vector<std::size_t> places = places_of(text, is_letter, 1);
  const std::uint64_t kind = random.below(4);
  const std::uint64_t drawn = random.bits32();
  if (places.size() < 2) return slipped;
  const std::size_t at = places[drawn % places.size()];
  const std::string_view beside = k_beside[static_cast<std::size_t>(lower(text[at]) - 'a')];
  if (kind == 1 && at + 1 < text.size() && is_letter(text[at + 1]) && text[at] != text[at + 1]) {
    std::swap(slipped[at], slipped[at + 1]);
  } else if (kind == 2) {
    slipped.erase(at, 1);
  } else if (kind == 3) {
    slipped.insert(at, 1, text[at]);
  } else {
    slipped[at] = beside[random.below(beside.size())];
  }
  return slipped;
}

std::string by_sound(std::string_view text, base::Random& random) {
  std::vector<std::pair<std::size_t, std::size_t>> found;  // Place and rule.
  for (std::size_t rule = 0; rule < k_sounds.size(); ++rule) {
    const std::size_t at = text.find(k_sounds[rule].first, 1);
    if (at != std::string_view::npos) found.emplace_back(at, rule);
  }
  const std::uint64_t drawn = random.bits32();
  std::string heard(text);
  if (found.empty()) return heard;
  const auto& [at, rule] = found[drawn % found.size()];
  heard.replace(at, k_sounds[rule].first.size(), k_sounds[rule].second);
  return heard;
}

std::string with_wrong_digit(std::string_view text, base::Random& random) {
  std::string wrong(text);
  const std::vector<std::size_t> places = places_of(text, is_digit, 0);
  const std::uint64_t drawn = random.bits32();
  const auto other = static_cast<int>(1 + random.below(9));
  if (places.empty()) return wrong;
  char& digit = wrong[places[drawn % places.size()]];
  digit = static_cast<char>('0' + (digit - '0' + other) % 10);
  return wrong;
}

std::string one_part(std::string_view text, base::Random& random) {
  const std::size_t between = text.find_first_of("- ");
  const bool keeps_first = random.bernoulli(0.5);
  if (between == std::string_view::npos) return std::string(text);
  return std::string(keeps_first ? text.substr(0, between) : text.substr(between + 1));
}

std::string in_capitals(std::string_view text) {
  std::string capitals(text);
  for (std::size_t i = 0; i < capitals.size(); ++i) {
    if (is_lower(capitals[i])) capitals[i] = static_cast<char>(capitals[i] - 'a' + 'A');
    if (i + 1 < capitals.size()) {
      capitals[i + 1] =
          capital_of(static_cast<unsigned char>(capitals[i]), static_cast<unsigned char>(capitals[i + 1]));
    }
  }
  return capitals;
}

std::string initial_of(std::string_view text) {
  std::size_t bytes = text.empty() ? 0 : 1;
  while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) ++bytes;
  return std::string(text.substr(0, bytes));
}

}  // namespace throughline::simulate
