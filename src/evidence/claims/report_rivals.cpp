#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "evidence/claims/claim_periods.h"
#include "evidence/claims/plain_words.h"
#include "evidence/claims/report_findings.h"

namespace throughline::evidence {

namespace {

constexpr std::array<std::string_view, 20> k_little_words{"of",  "the",  "a",    "an",    "in",   "on",      "to",
                                                          "for", "and",  "or",   "as",    "by",   "is",      "at",
                                                          "who", "with", "that", "those", "from", "estimate"};
constexpr std::array<std::string_view, 6> k_people_words{"children", "child",      "people",
                                                         "person",   "individual", "teenager"};

struct RivalRow {
  std::size_t at = 0;
  ReportFigure figure;
  std::vector<std::string> words;
  FoundPeriods periods;
  bool is_circa = false;
};

bool is_subset(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  return std::ranges::includes(other, one) || std::ranges::includes(one, other);
}

bool has_same_unit(const ReportFigure& one, const ReportFigure& other) {
  return one.noun == other.noun && one.is_change == other.is_change && one.is_points == other.is_points &&
         one.is_ratio == other.is_ratio && one.is_share == other.is_share && one.per == other.per &&
         one.share_of == other.share_of;
}

// How far a period reaches; "circa" reaches two years further either way.
struct Reach {
  base::Month first;
  base::Month last;
};

std::optional<Reach> reach_of(const RivalRow& row) {
  if (row.periods.periods.empty()) return std::nullopt;
  const int more = row.is_circa ? 24 : 0;
  return Reach{row.periods.periods.front().span.first - more, row.periods.periods.back().span.last + more};
}

// A period that is not named may be any.
bool may_be_same_period(const RivalRow& one, const RivalRow& other) {
  const auto here = reach_of(one);
  const auto there = reach_of(other);
  if (!here || !there) return true;
  if (one.figure.is_change || other.figure.is_change) return here->first == there->first && here->last == there->last;
  return here->first <= there->last && there->first <= here->last;
}

bool is_rounded_copy(const ReportFigure& one, const ReportFigure& other) {
  if (one.amount < 1000 || other.amount < 1000) return false;
  const double unit = std::pow(10, std::floor(std::log10(std::min(one.amount, other.amount))) - 1);
  return std::abs(one.amount - other.amount) < unit / 2;
}

bool is_about_people(const std::string& word) {
  return std::ranges::find(k_people_words, word) != k_people_words.end();
}

struct SamePhrase {
  std::size_t words = 0;
  std::string meaning;
};

// The longest phrase of the vocabulary that begins there.
SamePhrase phrase_at(const std::vector<std::string>& words, std::size_t at, const Vocabulary& vocabulary) {
  constexpr std::size_t k_phrase_words_max = 6;
  SamePhrase longest;
  std::string phrase;
  for (std::size_t count = 1; count <= k_phrase_words_max && at + count <= words.size(); ++count) {
    phrase += (count == 1 ? "" : " ") + words[at + count - 1];
    if (const auto same = vocabulary.same.find(phrase); same != vocabulary.same.end()) longest = {count, same->second};
  }
  return longest;
}

// Words that tell nothing apart, and "10-17", which is what "children" says already.
bool is_little(const std::string& word) {
  return word == "10-17" || std::ranges::find(k_little_words, word) != k_little_words.end();
}

class RivalFinder {
 public:
  RivalFinder(const std::vector<ReportRow>& rows, const Vocabulary& vocabulary) : rows_(rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      auto figure = report_figure(rows[i]);
      if (!figure) continue;
      const std::string period = plain_letters(rows[i].period);
      figured_.push_back({i, *figure, label_words(rows[i].label, vocabulary),
                          find_periods(rows[i].period, PeriodPlace::column),
                          period.starts_with("c.") || period.starts_with("about")});
    }
  }

  std::vector<RivalFigures> finish() {
    find_rivals();
    find_copies();
    return std::move(found_);
  }

 private:
  [[nodiscard]] const ReportRow& row(const RivalRow& of) const { return rows_[of.at]; }

  [[nodiscard]] bool is_comparable(const RivalRow& one, const RivalRow& other) const {
    return row(one).area == row(other).area && has_same_unit(one.figure, other.figure) &&
           may_be_same_period(one, other);
  }

  [[nodiscard]] bool are_rivals(const RivalRow& one, const RivalRow& other) const {
    if (!is_comparable(one, other) || std::min(one.words.size(), other.words.size()) < 2) return false;
    if (!is_subset(one.words, other.words)) return false;
    return !one.figure.printed.allows(other.figure.amount) || !other.figure.printed.allows(one.figure.amount);
  }

  // Rows that are rivals of one and the same row stand in one group.
  void find_rivals() {
    std::vector<bool> is_taken(figured_.size(), false);
    for (std::size_t i = 0; i < figured_.size(); ++i) {
      if (is_taken[i]) continue;
      RivalFigures group{{figured_[i].at}, "Different figures for the same words", {}};
      for (std::size_t j = i + 1; j < figured_.size(); ++j) {
        if (is_taken[j] || !are_rivals(figured_[i], figured_[j])) continue;
        group.rows.push_back(figured_[j].at);
        is_taken[j] = true;
      }
      if (group.rows.size() < 2) continue;
      group.scope = scope_of(group.rows);
      found_.push_back(std::move(group));
    }
  }

  // One number that two reports print for different things.
  void find_copies() {
    for (std::size_t i = 0; i < figured_.size(); ++i) {
      for (std::size_t j = i + 1; j < figured_.size(); ++j) {
        if (!is_copy(figured_[i], figured_[j])) continue;
        RivalFigures group{{figured_[i].at, figured_[j].at}, "The same figure for different words", {}};
        group.scope = scope_of(group.rows);
        found_.push_back(std::move(group));
      }
    }
  }

  [[nodiscard]] bool is_copy(const RivalRow& one, const RivalRow& other) const {
    if (row(one).source == row(other).source || row(one).area != row(other).area) return false;
    if (one.words == other.words || one.figure.noun != other.figure.noun || !is_rounded_copy(one.figure, other.figure))
      return false;
    return std::ranges::any_of(one.words, [&](const std::string& word) {
      return !is_about_people(word) && std::ranges::binary_search(other.words, word);
    });
  }

  [[nodiscard]] std::string scope_of(const std::vector<std::size_t>& group) const {
    std::string scope;
    for (const std::size_t at : group) {
      const ReportRow& of = rows_[at];
      scope += fmt::format("{}{} {}: {} ({}, {}; {}, {})", scope.empty() ? "" : "; ", of.value, of.unit, of.label,
                           of.area, of.period, of.source, of.place);
    }
    return scope;
  }

  const std::vector<ReportRow>& rows_;
  std::vector<RivalRow> figured_;
  std::vector<RivalFigures> found_;
};

}  // namespace

std::vector<std::string> label_words(const std::string& label, const Vocabulary& vocabulary) {
  const std::vector<std::string> words = plain_words(label);
  std::vector<std::string> found;
  for (std::size_t at = 0; at < words.size();) {
    const SamePhrase phrase = phrase_at(words, at, vocabulary);
    if (phrase.words > 0) {
      found.push_back(phrase.meaning);
    } else if (!is_little(words[at])) {
      found.push_back(words[at]);
    }
    at += std::max<std::size_t>(phrase.words, 1);
  }
  std::ranges::sort(found);
  const auto repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
  return found;
}

std::vector<RivalFigures> rival_figures(const std::vector<ReportRow>& rows, const Vocabulary& vocabulary) {
  return RivalFinder(rows, vocabulary).finish();
}

}  // namespace throughline::evidence
