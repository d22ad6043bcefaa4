#include "evidence/claims/claim_periods.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/number.h"
#include "evidence/claims/plain_words.h"

namespace throughline::evidence {

namespace {

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

constexpr std::array<std::string_view, 12> k_months{"jan", "feb", "mar", "apr", "may", "jun",
                                                    "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 20> k_leads{
    "in",  "since", "from", "to", "between", "and",   "until",    "till",      "during", "of",
    "for", "or",    "year", "by", "-",       "after", "calendar", "financial", "c.",     "("};
constexpr std::array<std::string_view, 3> k_pooled{"combined", "together", "pooled"};
constexpr std::array<std::string_view, 6> k_march{"year ending march", "years ending march",  "ye march", "ye mar",
                                                  "year to march",     "year ending in march"};

class PeriodFinder {
 public:
  PeriodFinder(std::string_view text, PeriodPlace place) : text_(plain_letters(text)), place_(place) {}

  FoundPeriods finish() {
    rest_ = text_;
    for (std::size_t at = 0; at < text_.size(); ++at) {
      if (at < taken_ || !starts_number(at)) continue;
      const auto year = year_at(at);
      if (year) take(at, *year);
      while (at + 1 < text_.size() && is_digit(text_[at + 1])) ++at;
    }
    found_.is_pooled =
        std::ranges::any_of(k_pooled, [&](std::string_view word) { return text_.find(word) != std::string::npos; });
    found_.is_since = found_.is_since && !found_.periods.empty();
    found_.rest = std::move(rest_);
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool starts_number(std::size_t at) const {
    if (!is_digit(text_[at])) return false;
    return at == 0 || (!is_digit(text_[at - 1]) && text_[at - 1] != ',' && text_[at - 1] != '.') ||
           (at > 1 && text_[at - 1] == '.' && text_[at - 2] == 'c');
  }

  [[nodiscard]] std::optional<int> digits_at(std::size_t at, std::size_t count) const {
    if (at + count > text_.size()) return std::nullopt;
    for (std::size_t i = 0; i < count; ++i) {
      if (!is_digit(text_[at + i])) return std::nullopt;
    }
    if (at + count < text_.size() && is_digit(text_[at + count])) return std::nullopt;
    return static_cast<int>(*base::parse_integer(text_.substr(at, count)));
  }

  [[nodiscard]] std::optional<int> year_at(std::size_t at) const {
    const auto year = digits_at(at, 4);
    if (!year || *year < 1890 || *year > 2100) return std::nullopt;
    const std::size_t end = at + 4;
    if (end < text_.size() && (text_[end] == '%' || (text_[end] == ',' && digits_at(end + 1, 3)))) return std::nullopt;
    if (end + 1 < text_.size() && text_[end] == '.' && is_digit(text_[end + 1])) return std::nullopt;
    return year;
  }

  [[nodiscard]] std::string before(std::size_t at) const {
    const std::size_t end = text_.find_last_not_of(" (", at == 0 ? std::string::npos : at - 1);
    return at == 0 || end == std::string::npos ? std::string() : text_.substr(0, end + 1);
  }

  [[nodiscard]] bool is_led(std::size_t at) const {
    if (place_ == PeriodPlace::column) return true;
    const std::string head = before(at);
    if (head.empty()) return true;
    return std::ranges::any_of(k_leads, [&](std::string_view lead) {
      if (!head.ends_with(lead)) return false;
      const std::size_t begin = head.size() - lead.size();
      return begin == 0 || head[begin - 1] == ' ' || lead == "-" || lead == "(";
    });
  }

  [[nodiscard]] int month_before(const std::string& head) const {
    const std::size_t begin = head.find_last_of(' ');
    const std::string word = head.substr(begin == std::string::npos ? 0 : begin + 1);
    for (std::size_t i = 0; i < k_months.size(); ++i) {
      if (word.starts_with(k_months.at(i)) && word != "mark") return static_cast<int>(i) + 1;
    }
    return 0;
  }

  void add(SeriesSpan span, bool is_bare) { found_.periods.push_back({span, is_bare}); }

  void blank(std::size_t begin, std::size_t end) {
    taken_ = end;
    std::fill(rest_.begin() + static_cast<std::ptrdiff_t>(begin), rest_.begin() + static_cast<std::ptrdiff_t>(end),
              ' ');
  }

  void take(std::size_t at, int year) {
    const std::string lead = before(at);
    if (lead == "since" || lead.ends_with(" since")) found_.is_since = true;
    const std::size_t end = at + 4;
    const bool has_joint = end < text_.size() && (text_[end] == '/' || text_[end] == '-');
    const auto two = has_joint ? digits_at(end + 1, 2) : std::nullopt;
    if (two && *two == (year + 1) % 100) {
      add(march_year(year + 1), false);
      return blank(at, end + 3);
    }
    if (two && text_[end] == '-' && *two > year % 100) {
      add(calendar_year(year), true);
      add(calendar_year(year / 100 * 100 + *two), true);
      return blank(at, end + 3);
    }
    const auto four = has_joint && text_[end] == '-' ? year_at(end + 1) : std::nullopt;
    if (four && *four > year) {
      add(calendar_year(year), true);
      add(calendar_year(*four), true);
      return blank(at, end + 5);
    }
    take_single(at, year);
  }

  void take_single(std::size_t at, int year) {
    const std::string head = before(at);
    const auto march = std::ranges::find_if(k_march, [&](std::string_view words) { return head.ends_with(words); });
    if (march != k_march.end()) {
      add(march_year(year), false);
      return blank(head.size() - march->size(), at + 4);
    }
    if (const int month = month_before(head); month != 0) {
      const base::Month named = *base::Month::from_civil({.year = year, .month = month, .day = 1});
      add({SpanKind::month, named, named}, false);
      return blank(std::min(head.find_last_of(' ') + 1, head.size()), at + 4);
    }
    if (!is_led(at)) return;
    if (head.ends_with("calendar year")) {
      add(calendar_year(year), false);
      return blank(head.size() - 13, at + 4);
    }
    add(calendar_year(year), true);
    blank(at, at + 4);
  }

  std::string text_;
  PeriodPlace place_;
  std::string rest_;
  std::size_t taken_ = 0;  // Up to where the text was read as a period.
  FoundPeriods found_;
};

}  // namespace

FoundPeriods find_periods(std::string_view text, PeriodPlace place) {
  return PeriodFinder(text, place).finish();
}

}  // namespace throughline::evidence
