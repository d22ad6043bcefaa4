#include "evidence/series/read_lines.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "base/number.h"

namespace throughline::evidence {

namespace {

// When a word of a column that chooses is in use.
struct WordUse {
  base::Month first;
  base::Month last;
};

struct Held {
  double value = 0;
  std::string place;
  std::string table;
  std::string words;  // Of the columns that choose.
};

class LineReader {
 public:
  explicit LineReader(const SeriesColumns& columns) : columns_(columns) {}

  void take(const TextTable& table) {
    if (!has_columns(table)) return;
    for (const TextRow& row : table.rows) take_row(table, row);
  }

  ReadLine finish() {
    tell_of_renaming();
    for (const auto& [key, held] : values_) {
      const auto& [area, first, last] = key;
      line_.points.push_back({area, spans_.at({first, last}), held.value});
    }
    if (line_.points.empty() && line_.faults.empty()) fault("", "no row of the file belongs to this line");
    return std::move(line_);
  }

 private:
  void fault(std::string where, std::string what) { line_.faults.push_back({std::move(where), std::move(what)}); }

  bool has_columns(const TextTable& table) {
    std::vector<std::string> wanted = {columns_.period, columns_.value};
    if (columns_.area.empty()) wanted.push_back(columns_.area_column);
    for (const auto& [column, words] : columns_.where) wanted.push_back(column);
    for (const std::string& name : wanted) {
      if (table.column(name)) continue;
      fault(table.name, fmt::format("there is no column “{}”; there are {}", name, fmt::join(table.columns, ", ")));
      return false;
    }
    return true;
  }

  static const std::string& cell(const TextTable& table, const TextRow& row, const std::string& column) {
    return row.cells[*table.column(column)];
  }

  std::optional<SeriesSpan> span_of(const std::string& text) const {
    auto span = parse_span(text);
    if (!span || !columns_.is_march_year) return span;
    if (span->kind != SpanKind::calendar_year) return std::nullopt;
    return march_year(span->first.year());
  }

  // Whether the row is one of this line's. Notes when each word of the choosing columns is in use.
  bool belongs(const TextTable& table, const TextRow& row, const SeriesSpan& span) {
    bool is_ours = true;
    for (const auto& [column, words] : columns_.where) {
      const std::string& word = cell(table, row, column);
      const bool is_wanted = std::ranges::find(words, word) != words.end();
      is_ours = is_ours && is_wanted;
      auto [at, is_new] = uses_[column].try_emplace(word, WordUse{span.first, span.last});
      at->second.first = std::min(at->second.first, span.first);
      at->second.last = std::max(at->second.last, span.last);
    }
    return is_ours;
  }

  void take_row(const TextTable& table, const TextRow& row) {
    const std::string place = fmt::format("{}:{}", table.name, row.line);
    const std::string& period = cell(table, row, columns_.period);
    const auto span = span_of(period);
    if (!span) return fault(place, fmt::format("“{}” is no period", period));
    if (!belongs(table, row, *span)) return;
    const std::string& area = columns_.area.empty() ? cell(table, row, columns_.area_column) : columns_.area;
    if (std::ranges::find(columns_.area_skip, area) != columns_.area_skip.end()) return;
    const std::string& text = cell(table, row, columns_.value);
    if (text.empty()) return;  // Absent; not nought.
    const auto value = base::parse_double(text);
    if (!value) return fault(place, fmt::format("“{}” is no number", text));
    if (*value < 0) return fault(place, fmt::format("{} is below nought; nothing can be counted so", text));
    if (columns_.is_positive && *value == 0) {
      return fault(place, fmt::format("nobody lives in {} in {}: a rate cannot be worked out", area, period));
    }
    keep(area, *span, {*value * columns_.scale, place, table.name, words_of_row(table, row)});
  }

  [[nodiscard]] std::string words_of_row(const TextTable& table, const TextRow& row) const {
    std::string words;
    for (const auto& [column, wanted] : columns_.where) words += cell(table, row, column) + "\n";
    return words;
  }

  void keep(const std::string& area, const SeriesSpan& span, Held held) {
    spans_.insert({{span.first, span.last}, span});
    const auto [at, is_new] = values_.try_emplace({area, span.first, span.last}, held);
    if (is_new) return;
    // Two names of one category, side by side while the one gives way to the other.
    if (at->second.words != held.words && at->second.table == held.table) {
      at->second.value += held.value;
      at->second.words = held.words;
      return;
    }
    if (at->second.value == held.value && at->second.table != held.table) return;
    const std::string name = fmt::format("{}, {}", area, words_of(span));
    if (at->second.value == held.value) {
      return fault(held.place, fmt::format("{} stands twice, here and at {}", name, at->second.place));
    }
    fault(held.place,
          fmt::format("{} has two values, {} here and {} at {}: a series is of one release, so the other is "
                      "a series of its own",
                      name, base::format_double(held.value), base::format_double(at->second.value), at->second.place));
  }

  void tell_of_renaming() {
    for (const auto& [column, words] : columns_.where) {
      const auto& uses = uses_[column];
      std::optional<base::Month> ends;
      std::optional<base::Month> ours_ends;
      std::optional<base::Month> ours_begins;
      for (const auto& [word, use] : uses) {
        ends = std::max(ends.value_or(use.last), use.last);
        if (std::ranges::find(words, word) == words.end()) continue;
        ours_ends = std::max(ours_ends.value_or(use.last), use.last);
        ours_begins = std::max(ours_begins.value_or(use.first), use.first);
      }
      if (words.size() > 1 && ours_begins) {
        line_.notes.push_back(fmt::format("{} is “{}” in turn", column, fmt::join(words, "” and “")));
      }
      if (ours_ends && *ours_ends < *ends) tell_of_end(column, words, *ours_ends);
    }
  }

  // A word that ends while the file goes on may have been renamed: one that begins just then is offered.
  void tell_of_end(const std::string& column, const std::vector<std::string>& words, base::Month end) {
    std::string successor;
    for (const auto& [word, use] : uses_[column]) {
      if (use.first > end) successor = word;
    }
    fault("", fmt::format("{} “{}” ends in {} while the file goes on{}", column, fmt::join(words, "”, “"),
                          base::to_words(end),
                          successor.empty() ? "" : fmt::format(": was it renamed “{}”? List both", successor)));
  }

  const SeriesColumns& columns_;
  ReadLine line_;
  std::map<std::tuple<std::string, base::Month, base::Month>, Held> values_;
  std::map<std::pair<base::Month, base::Month>, SeriesSpan> spans_;
  std::map<std::string, std::map<std::string, WordUse>> uses_;
};

}  // namespace

ReadLine read_line(const std::vector<TextTable>& tables, const SeriesColumns& columns) {
  LineReader reader(columns);
  for (const TextTable& table : tables) reader.take(table);
  return reader.finish();
}

}  // namespace throughline::evidence
