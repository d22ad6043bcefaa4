// Whole names as one text: which words are the family name, and what else the person is called.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "linkage/normal/name_words.h"
#include "linkage/normal/names.h"

namespace throughline::linkage {

namespace {

using Words = std::vector<std::string_view>;

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

std::string capitals_of(std::string_view text) {
  std::string capitals;
  for (const char c : text) {
    if (is_lower(c)) capitals += static_cast<char>(c - 'a' + 'A');
    if (is_upper(c)) capitals += c;
  }
  return capitals;
}

Words cut(std::string_view text, char at) {
  Words pieces;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(at, begin), text.size());
    if (end > begin) pieces.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return pieces;
}

std::string joined(const Words& words, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) {
    if (!text.empty()) text += ' ';
    text += words[i];
  }
  return text;
}

// What announces another name, as its letters alone: A.K.A. is AKA.
enum class Announces : std::uint8_t { nothing, alias, former_family_name };

Announces announced_by(std::string_view word) {
  static constexpr std::array<std::string_view, 5> k_alias = {"AKA", "ALIAS", "FKA", "KNOWN", "PKA"};
  static constexpr std::array<std::string_view, 4> k_former = {"NEE", "FORMERLY", "PREVIOUSLY", "MAIDEN"};
  const std::string letters = capitals_of(word);
  if (std::ranges::find(k_alias, letters) != k_alias.end()) return Announces::alias;
  return std::ranges::find(k_former, letters) != k_former.end() ? Announces::former_family_name : Announces::nothing;
}

// ALSO KNOWN AS, FORMERLY KNOWN AS, NEE: words that belong to the announcement.
bool is_part_of_announcement(std::string_view word) {
  static constexpr std::array<std::string_view, 6> k_words = {"ALSO", "AS", "NAME", "OTHERWISE", "CALLED", "NOW"};
  return announced_by(word) != Announces::nothing || std::ranges::find(k_words, capitals_of(word)) != k_words.end();
}

struct OtherName {
  std::string text;
  Announces announced = Announces::alias;
};

// A text with its other names taken out.
struct Parted {
  std::string main;
  std::vector<OtherName> others;
};

// Words in brackets are often no name but what became of someone or the part they played.
bool is_a_remark(std::string_view text) {
  static constexpr std::array<std::string_view, 9> k_remarks = {"DECEASED", "DECD",   "VICTIM", "SUSPECT", "WITNESS",
                                                                "MALE",     "FEMALE", "CHILD",  "ADULT"};
  return std::ranges::find(k_remarks, capitals_of(text)) != k_remarks.end();
}

char closing(char open) {
  return open == '(' ? ')' : (open == '[' ? ']' : open);
}

// The contents of brackets and quotation marks, apart from the rest. A mark that is never closed is left where it is.
Parted without_brackets(std::string_view text) {
  Parted parted;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool opens = c == '(' || c == '[' || c == '"';
    const std::size_t end = opens ? text.find(closing(c), at + 1) : std::string_view::npos;
    if (end == std::string_view::npos) {
      parted.main += c;
      continue;
    }
    const std::string_view inside = text.substr(at + 1, end - at - 1);
    if (!is_a_remark(inside)) parted.others.push_back({.text = std::string(inside)});
    parted.main += ' ';
    at = end;
  }
  return parted;
}

// Cuts at every announcement; what stands before the first stays `main`. The announcement itself is dropped.
class Announcements {
 public:
  Parted part(std::string_view text) {
    for (const std::string_view word : cut(text, ' ')) read(word);
    finish();
    return std::move(parted_);
  }

 private:
  void read(std::string_view word) {
    const Announces found = announced_by(word);
    const bool begins = !is_announcing_ && (found != Announces::nothing || capitals_of(word) == "ALSO");
    if (begins) {
      finish();
      announced_ = found == Announces::nothing ? Announces::alias : found;
      is_announcing_ = true;
      return;
    }
    if (is_announcing_ && is_part_of_announcement(word)) return;
    is_announcing_ = false;
    piece_ += piece_.empty() ? "" : " ";
    piece_ += word;
  }

  void finish() {
    if (is_main_) {
      parted_.main = std::exchange(piece_, {});
    } else if (!piece_.empty()) {
      parted_.others.push_back({.text = std::exchange(piece_, {}), .announced = announced_});
    }
    is_main_ = false;
  }

  Parted parted_;
  std::string piece_;  // The words since the last announcement.
  Announces announced_ = Announces::alias;
  bool is_main_ = true;
  bool is_announcing_ = false;
};

// The main name, and every other name, of a text.
Parted parted_names(std::string_view plain) {
  Parted in_brackets = without_brackets(plain);
  Parted parted = Announcements().part(in_brackets.main);
  for (const OtherName& other : in_brackets.others) {
    Parted inner = Announcements().part(other.text);
    if (!inner.main.empty()) parted.others.push_back({.text = std::move(inner.main)});
    for (OtherName& announced : inner.others) parted.others.push_back(std::move(announced));
  }
  return parted;
}

// "SMITH", "O'BRIEN", "McDONALD", "SMITH-JONES": the last letters tell.
bool is_in_capitals(std::string_view word) {
  const auto is_letter = [](char c) { return is_upper(c) || is_lower(c); };
  const std::ptrdiff_t letters = std::ranges::count_if(word, is_letter);
  const bool ends_lower =
      std::ranges::any_of(word.substr(word.size() - std::min<std::size_t>(word.size(), 2)), is_lower);
  return letters >= 2 && !ends_lower;
}

bool leads_a_family_name(std::string_view word) {
  switch (role_of(capitals_of(word))) {
    case NameRole::particle:
    case NameRole::descent:
    case NameRole::family_descent:
    case NameRole::prefix:
    case NameRole::family_prefix: return word.size() > 1 || capitals_of(word) == "O";
    default: return false;
  }
}

bool is_beside_the_name(std::string_view word) {
  const NameRole role = role_of(capitals_of(word));
  return role == NameRole::title || role == NameRole::generation || role == NameRole::post_nominal;
}

// Where the family name begins and ends among the words; certain where capitals say so.
struct FamilyAt {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_certain = false;
};

// The one run of capitals among words in small letters, at either end.
std::optional<FamilyAt> family_in_capitals(const Words& words) {
  const auto counts = [](std::string_view word) { return word.size() > 1 && !is_beside_the_name(word); };
  const auto is_small = [&](std::string_view word) { return counts(word) && !is_in_capitals(word); };
  const auto is_capital = [&](std::string_view word) { return counts(word) && is_in_capitals(word); };
  const auto first = static_cast<std::size_t>(std::ranges::find_if(words, is_capital) - words.begin());
  std::size_t end = first;
  while (end < words.size() && !is_small(words[end])) ++end;
  const auto after = words.begin() + static_cast<std::ptrdiff_t>(end);
  if (first == words.size() || std::any_of(after, words.end(), is_capital)) return std::nullopt;
  const auto before = words.begin() + static_cast<std::ptrdiff_t>(first);
  const bool small_before = std::any_of(words.begin(), before, is_small);
  const bool small_after = after != words.end();
  if (small_before == small_after) return std::nullopt;
  return FamilyAt{.begin = first, .end = end, .is_certain = true};
}

// The last word that is not a suffix.
FamilyAt family_at_end(const Words& words) {
  std::size_t last = words.size() - 1;
  while (last > 0 && is_beside_the_name(words[last])) --last;
  return {.begin = last, .end = words.size()};
}

PersonName read_words(const Words& words, const FamilyAt& at) {
  const std::string given = joined(words, 0, at.begin) + " " + joined(words, at.end, words.size());
  return {.given = read_given_name(given), .family = read_family_name(joined(words, at.begin, at.end))};
}

// "John Smith, OBE" has its comma before a suffix, not after the family name.
bool is_only_suffixes(std::string_view text) {
  const Words words = cut(text, ' ');
  return std::ranges::all_of(words, is_beside_the_name);
}

// A name without its other names.
FullName read_main(std::string_view text) {
  FullName full;
  const std::size_t comma = text.find(',');
  if (comma != std::string_view::npos && !is_only_suffixes(text.substr(comma + 1))) {
    full.name = {.given = read_given_name(text.substr(comma + 1)), .family = read_family_name(text.substr(0, comma))};
    full.order_is_certain = true;
    return full;
  }
  std::string without_comma(text);
  std::ranges::replace(without_comma, ',', ' ');
  const Words words = cut(without_comma, ' ');
  if (words.empty()) return full;
  FamilyAt at = family_in_capitals(words).value_or(family_at_end(words));
  while (at.begin > 0 && leads_a_family_name(words[at.begin - 1])) --at.begin;
  full.name = read_words(words, at);
  full.order_is_certain = at.is_certain;
  return full;
}

PersonName read_other(const OtherName& other, const PersonName& main) {
  const bool is_one_word = other.text.find(' ') == std::string::npos;
  if (!is_one_word) return read_main(other.text).name;
  if (other.announced == Announces::former_family_name) {
    return {.given = main.given, .family = read_family_name(other.text)};
  }
  return {.given = read_given_name(other.text)};
}

bool says_something(const PersonName& name) {
  return name.given.presence == Presence::present || name.family.presence == Presence::present;
}

}  // namespace

FullName read_full_name(std::string_view text) {
  const std::string plain = plain_latin(text);
  const Presence presence = presence_of(plain_upper(plain));
  if (presence != Presence::present) {
    return {.name = {.given = {.presence = presence}, .family = {.presence = presence}}};
  }
  const Parted parted = parted_names(plain);
  FullName full = read_main(parted.main);
  for (const OtherName& other : parted.others) {
    PersonName alias = read_other(other, full.name);
    if (says_something(alias)) full.aliases.push_back(std::move(alias));
  }
  return full;
}

std::vector<FullName> read_full_names(std::string_view text) {
  std::string marked = plain_latin(text);
  for (std::size_t at = marked.find(" / "); at != std::string::npos; at = marked.find(" / ", at)) marked[at + 1] = ';';
  std::ranges::replace(marked, '|', ';');
  std::vector<FullName> names;
  for (const std::string_view piece : cut(marked, ';')) {
    FullName name = read_full_name(piece);
    if (says_something(name.name)) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace throughline::linkage
