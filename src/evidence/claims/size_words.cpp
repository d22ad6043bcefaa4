#include "evidence/claims/size_words.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/number.h"

namespace throughline::evidence {

namespace {

struct QualifierWords {
  std::string_view words;
  FigureQualifier qualifier;
};

constexpr std::array<QualifierWords, 24> k_qualifiers{{{"more than", FigureQualifier::more_than},
                                                       {"over", FigureQualifier::more_than},
                                                       {"in excess of", FigureQualifier::more_than},
                                                       {"above", FigureQualifier::more_than},
                                                       {"upwards of", FigureQualifier::more_than},
                                                       {"less than", FigureQualifier::less_than},
                                                       {"fewer than", FigureQualifier::less_than},
                                                       {"under", FigureQualifier::less_than},
                                                       {"below", FigureQualifier::less_than},
                                                       {"at least", FigureQualifier::at_least},
                                                       {"no fewer than", FigureQualifier::at_least},
                                                       {"at most", FigureQualifier::at_most},
                                                       {"up to", FigureQualifier::at_most},
                                                       {"about", FigureQualifier::about},
                                                       {"around", FigureQualifier::about},
                                                       {"roughly", FigureQualifier::about},
                                                       {"approximately", FigureQualifier::about},
                                                       {"approx", FigureQualifier::about},
                                                       {"some", FigureQualifier::about},
                                                       {"estimated", FigureQualifier::about},
                                                       {"almost", FigureQualifier::almost},
                                                       {"nearly", FigureQualifier::almost},
                                                       {"just under", FigureQualifier::almost},
                                                       {"close to", FigureQualifier::about}}};

constexpr std::array<std::string_view, 18> k_down{
    "fell",     "fall", "fallen",  "falling", "dropped", "drop",   "declined",  "decline",  "decreased",
    "decrease", "down", "reduced", "cut",     "lower",   "shrank", "declining", "dropping", "plunged"};
constexpr std::array<std::string_view, 17> k_up{"rose",   "rise",   "risen",   "rising",     "increased", "increase",
                                                "grew",   "grown",  "growth",  "up",         "higher",    "climbed",
                                                "soared", "surged", "growing", "increasing", "jumped"};

const std::map<std::string_view, double>& ratio_words() {
  static const std::map<std::string_view, double> words{
      {"doubled", 2},   {"doubling", 2}, {"trebled", 3},   {"tripled", 3},  {"quadrupled", 4}, {"halved", 0.5},
      {"halving", 0.5}, {"twofold", 2},  {"threefold", 3}, {"fourfold", 4}, {"tenfold", 10}};
  return words;
}

const std::map<std::string_view, double>& number_words() {
  static const std::map<std::string_view, double> words{
      {"a", 1},   {"an", 1},    {"one", 1},   {"two", 2},  {"three", 3}, {"four", 4},    {"five", 5},
      {"six", 6}, {"seven", 7}, {"eight", 8}, {"nine", 9}, {"ten", 10},  {"twenty", 20}, {"hundred", 100}};
  return words;
}

double fraction_of(std::string_view word) {
  if (word == "half") return 50;
  if (word == "third" || word == "thirds") return 100.0 / 3;
  if (word == "quarter" || word == "quarters") return 25;
  if (word == "fifth" || word == "fifths") return 20;
  return word == "tenth" ? 10 : 0;
}

double multiplier_of(std::string_view word) {
  if (word == "thousand") return 1e3;
  if (word == "million" || word == "m") return 1e6;
  return word == "billion" || word == "bn" ? 1e9 : 0;
}

struct Number {
  double value = 0;
  int decimals = 0;
  std::optional<double> range_end;
  std::string unit;  // What is stuck to it: "%", "pp", "m".
};

std::optional<double> plain_number(std::string text) {
  std::erase(text, ',');
  if (text.empty() || text.front() == '-' || text.find_first_not_of("0123456789.") != std::string::npos) {
    return std::nullopt;
  }
  return base::parse_double(text);
}

std::optional<Number> number_of(const std::string& token) {
  const std::size_t begin = token.find_first_of("0123456789");
  if (begin == std::string::npos || token.find_first_not_of("£$+", 0) < begin) {
    if (begin != 1 || token[0] != '-') return std::nullopt;
  }
  const std::size_t end = token.find_first_not_of("0123456789.,-", begin);
  const std::string digits = token.substr(begin, end == std::string::npos ? end : end - begin);
  const std::size_t dash = digits.find('-');
  Number number;
  const auto value = plain_number(digits.substr(0, dash));
  if (!value) return std::nullopt;
  number.value = token[0] == '-' ? -*value : *value;
  if (dash != std::string::npos) number.range_end = plain_number(digits.substr(dash + 1));
  const std::size_t point = digits.find('.');
  if (point != std::string::npos) number.decimals = static_cast<int>(std::min(digits.size(), dash) - point) - 1;
  if (end != std::string::npos) number.unit = token.substr(end);
  // Two small numbers with a dash are ages: 16-24.
  if (number.range_end && *number.range_end < 100 && number.unit.empty()) return std::nullopt;
  if (dash != std::string::npos && !number.range_end) return std::nullopt;
  return number;
}

class SizeFinder {
 public:
  explicit SizeFinder(std::string_view text) { split(text); }

  FoundSizes finish() {
    find_rate();
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (!used_[i]) look_at(i);
    }
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (!used_[i]) found_.rest += (found_.rest.empty() ? "" : " ") + tokens_[i];
    }
    return std::move(found_);
  }

 private:
  void split(std::string_view text) {
    std::string token;
    for (const char letter : std::string(text) + " ") {
      if (letter != ' ' && letter != '\t' && letter != '\n' && letter != '(' && letter != ')') {
        token += letter;
        continue;
      }
      while (!token.empty() && std::string_view(".,;:!?\"'").find(token.back()) != std::string_view::npos)
        token.pop_back();
      while (!token.empty() && std::string_view("\"'").find(token.front()) != std::string_view::npos) token.erase(0, 1);
      if (!token.empty()) tokens_.push_back(token);
      token.clear();
    }
    used_.assign(tokens_.size(), false);
  }

  [[nodiscard]] std::string_view at(std::size_t i) const {
    return i < tokens_.size() ? std::string_view(tokens_[i]) : "";
  }

  // "per million", "for each 100,000": the unit of a rate, not a size.
  void find_rate() {
    for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
      if (at(i) != "per" && at(i) != "each") continue;
      const double times = multiplier_of(at(i + 1));
      const auto number = number_of(tokens_[i + 1]);
      if (times == 0 && (!number || number->value < 100)) continue;
      found_.per = times != 0 ? times : number->value;
      used_[i] = used_[i + 1] = true;
      if (at(i + 2) == "people" || at(i + 2) == "residents" || at(i + 2) == "population") used_[i + 2] = true;
    }
  }

  void look_at(std::size_t i) {
    const std::string_view token = at(i);
    if (std::ranges::find(k_down, token) != k_down.end()) found_.direction = Direction::down;
    if (std::ranges::find(k_up, token) != k_up.end()) found_.direction = Direction::up;
    if (const auto ratio = ratio_words().find(token); ratio != ratio_words().end()) {
      return add({.value = ratio->second, .unit = SizeUnit::ratio, .words = std::string(token)}, i, i + 1);
    }
    if (take_share(i)) return;
    if (const auto number = number_of(tokens_[i])) take_number(i, *number);
  }

  // "one in ten", "two thirds", "a quarter", "half".
  bool take_share(std::size_t i) {
    const auto count = number_words().find(at(i));
    if (count != number_words().end() && at(i + 1) == "in") {
      const auto of = number_words().find(at(i + 2));
      const auto digits = i + 2 < tokens_.size() ? number_of(tokens_[i + 2]) : std::nullopt;
      const double base = of != number_words().end() ? of->second : digits ? digits->value : 0;
      if (base > 1) return add_share(count->second * 100 / base, i, i + 3);
    }
    if (count != number_words().end() && fraction_of(at(i + 1)) > 0) {
      return add_share(count->second * fraction_of(at(i + 1)), i, i + 2);
    }
    if (at(i) == "half") return add_share(50, i, i + 1);
    return false;
  }

  bool add_share(double percent, std::size_t begin, std::size_t end) {
    add({.value = percent, .unit = SizeUnit::percent, .words = {}}, begin, end);
    return true;
  }

  // What the words behind a number make of it, and how many of them.
  struct Unit {
    SizeUnit unit = SizeUnit::plain;
    std::size_t words = 0;
  };

  [[nodiscard]] Unit unit_at(const Number& number, std::size_t end) const {
    if (number.unit == "%") return {SizeUnit::percent, 0};
    if (number.unit == "pp") return {SizeUnit::points, 0};
    if (at(end) == "%" || at(end) == "percent") return {SizeUnit::percent, 1};
    if (at(end) == "per" && at(end + 1) == "cent") return {SizeUnit::percent, 2};
    if (at(end) == "pp" || at(end).starts_with("point")) return {SizeUnit::points, 1};
    if (at(end) == "percentage" && at(end + 1).starts_with("point")) return {SizeUnit::points, 2};
    if (at(end) == "times" || at(end) == "fold") return {SizeUnit::ratio, 1};
    return {};
  }

  void take_number(std::size_t i, const Number& number) {
    const Unit unit = unit_at(number, i + 1);
    FoundSize size{
        .value = number.value, .decimals = number.decimals, .unit = unit.unit, .range_end = number.range_end};
    std::size_t end = i + 1 + unit.words;
    const double times = multiplier_of(number.unit.empty() ? at(end) : std::string_view(number.unit));
    if (times > 0) {
      size.value *= times;
      if (size.range_end) *size.range_end *= times;
      if (number.unit.empty()) ++end;
    }
    add(size, i, end);
  }

  void add(FoundSize size, std::size_t begin, std::size_t end) {
    std::string before;
    for (std::size_t i = begin < 3 ? 0 : begin - 3; i < begin; ++i) before += (before.empty() ? "" : " ") + tokens_[i];
    size.qualifier = qualifier_in(before);
    size.is_after_from = before == "from" || before.ends_with(" from");
    size.is_after_to = before == "to" || before.ends_with(" to");
    size.words.clear();
    end = std::min(end, tokens_.size());
    for (std::size_t i = begin; i < end; ++i) {
      size.words += (size.words.empty() ? "" : " ") + tokens_[i];
      used_[i] = true;
    }
    found_.sizes.push_back(std::move(size));
  }

  std::vector<std::string> tokens_;
  std::vector<bool> used_;
  FoundSizes found_;
};

}  // namespace

FigureQualifier qualifier_in(std::string_view words) {
  for (const QualifierWords& entry : k_qualifiers) {
    if (words == entry.words) return entry.qualifier;
    if (words.ends_with(entry.words) && words[words.size() - entry.words.size() - 1] == ' ') return entry.qualifier;
  }
  return FigureQualifier::none;
}

FoundSizes find_sizes(std::string_view text) {
  return SizeFinder(text).finish();
}

}  // namespace throughline::evidence
