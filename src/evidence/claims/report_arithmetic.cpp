#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "base/number.h"
#include "evidence/claims/plain_words.h"
#include "evidence/claims/report_findings.h"

namespace throughline::evidence {

namespace {

struct FiguredRow {
  const ReportRow* row = nullptr;
  std::size_t at = 0;
  ReportFigure figure;
  std::vector<std::string> words;
};

bool is_part(const ReportRow& row) {
  const std::string label = plain_letters(row.label);
  return label.starts_with("of whom") || label.starts_with("of which");
}

bool is_total(const ReportRow& row) {
  return plain_letters(row.label).find("total") != std::string::npos;
}

bool is_plain_count(const FiguredRow& row) {
  return !row.figure.is_percentage && !row.figure.is_change && !row.figure.is_ratio && row.figure.share_of == 0;
}

bool is_same_place(const FiguredRow& one, const FiguredRow& other) {
  return one.row->source == other.row->source && one.row->place == other.row->place;
}

std::size_t shared_words(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  std::vector<std::string> both;
  std::ranges::set_intersection(one, other, std::back_inserter(both));
  return both.size();
}

std::string amount_words(double amount) {
  if (amount >= 1e9) return base::format_fixed(amount / 1e9, 2) + " billion";
  if (amount == std::floor(amount)) return base::format_integer(std::llround(amount));
  return base::format_fixed(amount, 2);
}

class ArithmeticFinder {
 public:
  ArithmeticFinder(const std::vector<ReportRow>& rows, const Vocabulary& vocabulary) : vocabulary_(vocabulary) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (auto figure = report_figure(rows[i]))
        rows_.push_back({&rows[i], i, *figure, label_words(rows[i].label, vocabulary)});
    }
  }

  std::vector<RowFinding> finish() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      look_at_parts(i);
      look_at_total(i);
    }
    look_at_whole_counts();
    for (const FiguredRow& row : rows_) look_at_range(row);
    for (const FiguredRow& row : rows_) look_at_product(row);
    for (std::size_t i = 0; i + 1 < rows_.size(); ++i) look_at_share(i);
    return std::move(findings_);
  }

 private:
  void find(const std::vector<const FiguredRow*>& rows, Verdict verdict, const std::string& rule,
            const std::string& why) {
    for (const FiguredRow* row : rows) findings_.push_back({row->at, verdict, rule, why});
  }

  [[nodiscard]] std::vector<const FiguredRow*> parts_after(std::size_t whole) const {
    std::vector<const FiguredRow*> parts;
    for (std::size_t i = whole + 1; i < rows_.size(); ++i) {
      if (!is_part(*rows_[i].row) || !is_same_place(rows_[i], rows_[whole])) break;
      parts.push_back(&rows_[i]);
    }
    return parts;
  }

  static std::string sum_words(const std::vector<const FiguredRow*>& parts, double sum) {
    std::string text;
    for (const FiguredRow* part : parts) text += (text.empty() ? "" : " + ") + amount_words(part->figure.amount);
    return fmt::format("{} = {}", text, amount_words(sum));
  }

  // "27,000, of whom girls 12,200, of whom boys 14,800".
  void look_at_parts(std::size_t i) {
    if (is_part(*rows_[i].row) || !is_plain_count(rows_[i])) return;
    std::vector<const FiguredRow*> parts = parts_after(i);
    if (parts.size() < 2 || !std::ranges::all_of(parts, [](const FiguredRow* part) { return is_plain_count(*part); }))
      return;
    double sum = 0;
    for (const FiguredRow* part : parts) sum += part->figure.amount;
    const bool is_whole = rows_[i].figure.printed.allows(sum);
    const std::string why =
        fmt::format("Its parts as printed: {}, of {}.", sum_words(parts, sum), amount_words(rows_[i].figure.amount));
    parts.insert(parts.begin(), &rows_[i]);
    // Parts may leave some of the whole out; they cannot be more than it.
    if (is_whole) find(parts, Verdict::holds, "parts", why);
    if (sum > rows_[i].figure.printed.high) find(parts, Verdict::does_not_hold, "parts", why);
  }

  void look_at_total(std::size_t i) {
    if (!is_total(*rows_[i].row) || !is_plain_count(rows_[i])) return;
    std::vector<const FiguredRow*> parts;
    double sum = 0;
    for (std::size_t j = 0; j < i; ++j) {
      const bool is_term = is_same_place(rows_[j], rows_[i]) && is_plain_count(rows_[j]) && !is_part(*rows_[j].row) &&
                           rows_[j].figure.noun == rows_[i].figure.noun;
      if (!is_term) continue;
      parts.push_back(&rows_[j]);
      sum += rows_[j].figure.amount;
    }
    if (parts.size() < 2) return;
    const bool is_sum = rows_[i].figure.printed.allows(sum);
    find({&rows_[i]}, is_sum ? Verdict::holds : Verdict::does_not_hold, "total",
         fmt::format("The figures beside it add up to {}; printed: {}.", sum_words(parts, sum),
                     amount_words(rows_[i].figure.amount)));
  }

  // A share of a small whole is a whole count of it; counts and shares of one whole that add up to it hold together.
  void look_at_whole_counts() {
    std::set<std::tuple<std::string, std::string, double>> groups;
    for (const FiguredRow& row : rows_) {
      if (row.figure.is_share && row.figure.share_of >= 2 && row.figure.share_of < 200) {
        groups.insert({row.row->source, row.row->area, row.figure.share_of});
      }
    }
    for (const auto& [source, area, whole] : groups) look_at_group(source, area, whole);
  }

  // The row that states the whole itself stands for another area than its parts: "29 forces" of the respondents.
  [[nodiscard]] const FiguredRow* stated_whole(const std::string& source, const std::string& area, double whole) const {
    const FiguredRow* stated = nullptr;
    for (const FiguredRow& row : rows_) {
      const bool is_it =
          row.row->source == source && row.row->area != area && is_plain_count(row) && row.figure.amount == whole;
      if (is_it) stated = &row;
    }
    return stated;
  }

  // The count that a share of the whole stands for, or the count itself. Nothing for a figure of another kind.
  static std::optional<double> count_of(const FiguredRow& row, double whole) {
    if (row.figure.is_share && row.figure.share_of == whole) return std::round(row.figure.amount * whole / 100);
    if (is_plain_count(row)) return row.figure.amount;
    return std::nullopt;
  }

  void look_at_group(const std::string& source, const std::string& area, double whole) {
    std::vector<const FiguredRow*> parts;
    double sum = 0;
    std::string terms;
    for (const FiguredRow& row : rows_) {
      if (row.row->source != source || row.row->area != area) continue;
      const auto count = count_of(row, whole);
      if (!count) continue;
      if (row.figure.is_share && !row.figure.printed.allows(*count * 100 / whole)) {
        return find({&row}, Verdict::does_not_hold, "whole_counts",
                    fmt::format("No whole count of {} is {}.", amount_words(whole), row.figure.printed.words));
      }
      sum += *count;
      terms += (terms.empty() ? "" : " + ") + amount_words(*count);
      parts.push_back(&row);
    }
    const FiguredRow* stated = stated_whole(source, area, whole);
    if (parts.size() < 3 || sum != whole || stated == nullptr) return;
    parts.push_back(stated);
    find(parts, Verdict::holds, "whole_counts",
         fmt::format("As counts of the same {}: {} = {}.", amount_words(whole), terms, amount_words(sum)));
  }

  // A figure and the ends of its range, printed in one place.
  void look_at_range(const FiguredRow& low) {
    if (!plain_letters(low.row->label).ends_with("range low")) return;
    const auto high = std::ranges::find_if(rows_, [&](const FiguredRow& row) {
      return is_same_place(row, low) && plain_letters(row.row->label).ends_with("range high") &&
             row.row->period == low.row->period;
    });
    if (high == rows_.end()) return;
    for (const FiguredRow& row : rows_) {
      const bool is_other = &row != &low && &row != &*high && is_same_place(row, low) && row.row->unit == low.row->unit;
      if (!is_other || row.row->period != low.row->period || shared_words(row.words, low.words) == 0) continue;
      const bool is_inside = row.figure.amount >= low.figure.amount && row.figure.amount <= high->figure.amount;
      find({&row, &low, &*high}, is_inside ? Verdict::holds : Verdict::does_not_hold, "range",
           fmt::format("{} and the range from {} to {} are printed together.", amount_words(row.figure.amount),
                       amount_words(low.figure.amount), amount_words(high->figure.amount)));
    }
  }

  // "Cost per user" times "users" is "cost of users", as far as the last is printed.
  void look_at_product(const FiguredRow& each) {
    const std::string label = plain_letters(each.row->label);
    const std::size_t per = label.find(" per ");
    if (per == std::string::npos || each.figure.is_percentage || each.figure.noun != "gbp") return;
    const auto kind = label_words(label.substr(0, per), vocabulary_);
    const auto of = label_words(label.substr(per + 5), vocabulary_);
    for (const FiguredRow& count : rows_) {
      const bool is_count = count.row->source == each.row->source && is_plain_count(count) &&
                            count.figure.noun == "people" &&
                            stem_shared(count.words, of) >= std::max<std::size_t>(2, of.size());
      if (!is_count) continue;
      for (const FiguredRow& all : rows_) {
        const bool is_all = all.row->source == each.row->source && all.row->area == count.row->area &&
                            all.figure.noun == "gbp" && &all != &each && shared_words(all.words, kind) > 0 &&
                            stem_shared(all.words, of) > 0;
        if (!is_all) continue;
        const double product = each.figure.amount * count.figure.amount;
        const bool is_equal = all.figure.printed.allows(product);
        find({&count, &each, &all}, is_equal ? Verdict::holds : Verdict::does_not_hold, "product",
             fmt::format("{} × {} = {}; printed: {}.", amount_words(count.figure.amount),
                         amount_words(each.figure.amount), amount_words(product), all.figure.printed.words));
      }
    }
  }

  // Words that begin alike are one here: "problem" and "problematic", "user" and "use".
  static std::size_t stem_shared(const std::vector<std::string>& one, const std::vector<std::string>& other) {
    std::size_t shared = 0;
    for (const std::string& word : other) {
      const bool is_found = std::ranges::any_of(one, [&](const std::string& mine) {
        const std::size_t length = std::min({mine.size(), word.size(), std::size_t{7}});
        return length >= 3 && mine.substr(0, length) == word.substr(0, length);
      });
      shared += is_found ? std::size_t{1} : std::size_t{0};
    }
    return shared;
  }

  // "172 networks, of which 66 in drugs": 38 per cent; held against a percentage of the same elsewhere in the report.
  void look_at_share(std::size_t i) {
    const FiguredRow& whole = rows_[i];
    const std::vector<const FiguredRow*> parts = parts_after(i);
    if (is_part(*whole.row) || parts.size() != 1 || !is_plain_count(whole) || whole.figure.amount <= 0) return;
    const FiguredRow& part = *parts.front();
    const double share = part.figure.amount * 100 / whole.figure.amount;
    std::vector<std::string> words = whole.words;
    words.insert(words.end(), part.words.begin(), part.words.end());
    std::ranges::sort(words);
    for (const FiguredRow& row : rows_) {
      const bool is_share = row.figure.is_percentage && !row.figure.is_change && row.row->source == whole.row->source &&
                            row.row->area == whole.row->area;
      if (!is_share || row.words.size() < 2 || shared_words(words, row.words) != row.words.size()) continue;
      const bool is_equal = row.figure.printed.allows(share);
      find({&whole, &part, &row}, is_equal ? Verdict::holds : Verdict::conflicts, "share",
           fmt::format("{} of {} is {:.0f} %; {} is printed elsewhere in the report, perhaps of another whole.",
                       amount_words(part.figure.amount), amount_words(whole.figure.amount), share,
                       row.figure.printed.words));
    }
  }

  const Vocabulary& vocabulary_;
  std::vector<FiguredRow> rows_;
  std::vector<RowFinding> findings_;
};

}  // namespace

std::vector<RowFinding> arithmetic_findings(const std::vector<ReportRow>& rows, const Vocabulary& vocabulary) {
  return ArithmeticFinder(rows, vocabulary).finish();
}

}  // namespace throughline::evidence
