#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/check.h"
#include "base/number.h"
#include "records/quality.h"

namespace throughline::records {

namespace {

std::int64_t millionths(std::int64_t part, std::int64_t whole) {
  return whole <= 0 ? 0 : part * 1'000'000 / whole;
}

std::string counted(std::int64_t count, std::string_view one, std::string_view several) {
  return fmt::format("{} {}", base::format_integer(count), count == 1 ? one : several);
}

// "Object of search", or the field where the column is not known.
std::string column_of(const AskedField& asked) {
  return asked.column.empty() ? fmt::format("{}.{}", asked.item_name, asked.field) : asked.column;
}

std::string_view is_or_are(std::int64_t count) {
  return count == 1 ? "is" : "are";
}

std::int64_t records_of(const SourceQuality& quality) {
  return quality.rows_read - quality.rows_rejected;
}

void find_rejections(const SourceQuality& quality, std::vector<QualityFinding>& found) {
  if (quality.rows_rejected == 0) return;
  std::string why;
  for (std::size_t i = 0; i < std::min<std::size_t>(quality.rejections.size(), 2); ++i) {
    const RejectionCount& broken = quality.rejections[i];
    why += fmt::format("{}{}{} {}", why.empty() ? ": " : ", ", broken.column, broken.column.empty() ? "row" : "",
                       sentence_of(broken.rule));
    why += fmt::format(" ({})", base::format_integer(broken.faults));
  }
  found.push_back({.millionths = millionths(quality.rows_rejected, quality.rows_read),
                   .text = fmt::format("{} of {} ({}) {} rejected{}.", base::format_integer(quality.rows_rejected),
                                       counted(quality.rows_read, "row", "rows"),
                                       share_text(quality.rows_rejected, quality.rows_read),
                                       is_or_are(quality.rows_rejected), why)});
}

// Columns that one change empties or fills together (a latitude and its longitude) make one finding.
void find_changes(const SourceQuality& quality, std::vector<QualityFinding>& found) {
  std::map<std::string, std::pair<std::vector<std::string>, std::int64_t>> columns_by_change;
  for (const FieldFill& fill : quality.fields) {
    for (const FillChange& change : fill.changes) {
      const std::string text =
          fmt::format("{}filled in {} of records before {} and in {} from then on.",
                      change.holder.empty() ? "" : fmt::format("of {}: ", change.holder),
                      share_text(change.filled_before, change.rows_before), base::to_string(change.month),
                      share_text(change.filled_after, change.rows_after));
      auto& [columns, largest] = columns_by_change[text];
      columns.push_back(column_of(fill.asked));
      largest = std::max(largest, millionths(change.blank_rows, fill.rows));
    }
  }
  for (const auto& [text, held] : columns_by_change) {
    found.push_back({.millionths = held.second, .text = fmt::format("“{}” {}", fmt::join(held.first, "”, “"), text)});
  }
}

void find_empty(const SourceQuality& quality, std::vector<QualityFinding>& found) {
  std::vector<std::string> empty;
  for (const FieldFill& fill : quality.fields) {
    if (fill.rows > 0 && fill.filled == 0) empty.push_back(column_of(fill.asked));
  }
  if (empty.empty()) return;
  found.push_back({.millionths = 0, .text = fmt::format("Never filled: “{}”.", fmt::join(empty, "”, “"))});
}

void find_absences(const SourceQuality& quality, std::vector<QualityFinding>& found) {
  std::map<std::string, std::vector<std::string>> holders_by_months;
  std::int64_t absent = 0;
  std::int64_t all = 0;
  for (const HolderMonths& holder : quality.holders) {
    absent += static_cast<std::int64_t>(holder.absent.size());
    all += static_cast<std::int64_t>(holder.absent.size() + holder.received.size());
    if (!holder.absent.empty()) holders_by_months[base::to_string(holder.absent)].push_back(holder.holder);
  }
  if (absent == 0) return;
  std::vector<std::string> texts;
  for (const auto& [months, holders] : holders_by_months) {
    texts.push_back(fmt::format("{} of {}", months, fmt::join(holders, ", ")));
  }
  constexpr std::size_t k_named_max = 4;
  const std::size_t more = texts.size() > k_named_max ? texts.size() - k_named_max : 0;
  texts.resize(texts.size() - more);
  found.push_back({.millionths = millionths(absent, all),
                   .text = fmt::format("{} of {} {} absent, which is not nought: {}{}.", base::format_integer(absent),
                                       counted(all, "month", "months"), is_or_are(absent), fmt::join(texts, "; "),
                                       more == 0 ? "" : fmt::format("; and {} more", more))});
}

void find_duplicates(const SourceQuality& quality, std::vector<QualityFinding>& found) {
  const Duplicates& twice = quality.duplicates;
  if (twice.repeats > 0) {
    const std::string referenced = twice.references == 0 ? ""
                                                         : fmt::format(", {} of them with a reference",
                                                                       base::format_integer(twice.repeats_referenced));
    found.push_back(
        {.millionths = millionths(twice.repeats, twice.rows),
         .text = fmt::format("{} of {} ({}) {} another in every field{}.", base::format_integer(twice.repeats),
                             counted(twice.rows, "record", "records"), share_text(twice.repeats, twice.rows),
                             twice.repeats == 1 ? "repeats" : "repeat", referenced)});
  }
  if (twice.references_repeated > 0) {
    found.push_back(
        {.millionths = millionths(twice.rows_of_repeated, twice.rows),
         .text = fmt::format("{} of {} references {} on several records ({}).",
                             base::format_integer(twice.references_repeated), base::format_integer(twice.references),
                             is_or_are(twice.references_repeated), base::format_integer(twice.rows_of_repeated))});
  }
}

void find_drift(const SourceQuality& quality, std::vector<QualityFinding>& found) {
  struct Words {
    std::vector<std::string> begun, ended;
    std::int64_t rows = 0;
  };
  std::map<std::pair<std::string, std::string>, Words> by_place;
  for (const WordDrift& drift : quality.drift) {
    Words& words = by_place[{column_of(drift.asked), drift.holder}];
    words.rows += drift.rows;
    if (drift.begins) words.begun.push_back(fmt::format("“{}” {}", drift.word, base::to_string(drift.first)));
    if (drift.ends) words.ended.push_back(fmt::format("“{}” {}", drift.word, base::to_string(drift.last)));
  }
  for (const auto& [place, words] : by_place) {
    std::vector<std::string> parts;
    if (!words.ended.empty()) parts.push_back(fmt::format("ended: {}", fmt::join(words.ended, ", ")));
    if (!words.begun.empty()) parts.push_back(fmt::format("begun: {}", fmt::join(words.begun, ", ")));
    const std::string holder = place.second.empty() ? "" : fmt::format(" of {}", place.second);
    found.push_back({.millionths = millionths(words.rows, records_of(quality)),
                     .text = fmt::format("Words under “{}”{}, {}.", place.first, holder, fmt::join(parts, "; "))});
  }
}

void find_backward_dates(const SourceQuality& quality, std::vector<QualityFinding>& found) {
  const auto& reported = quality.timeliness.reported;
  if (!reported || reported->negative == 0) return;
  found.push_back({.millionths = millionths(reported->negative, reported->count),
                   .text = fmt::format("{} of {} {} dated as reported before they happened.",
                                       base::format_integer(reported->negative),
                                       counted(reported->count, "record", "records"), is_or_are(reported->negative))});
}

}  // namespace

std::string share_text(std::int64_t part, std::int64_t whole) {
  CHECK(whole > 0 && part >= 0 && part <= whole);
  const std::int64_t tenths = (part * 2'000 + whole) / (whole * 2);  // Of a per cent, rounded half up.
  if (tenths == 0 && part > 0) return "less than 0.1 %";
  if (tenths == 1'000 && part < whole) return "more than 99.9 %";
  return fmt::format("{}.{} %", tenths / 10, tenths % 10);
}

std::vector<QualityFinding> findings_of(const SourceQuality& quality) {
  std::vector<QualityFinding> found;
  find_rejections(quality, found);
  find_changes(quality, found);
  find_absences(quality, found);
  find_duplicates(quality, found);
  find_drift(quality, found);
  find_backward_dates(quality, found);
  find_empty(quality, found);
  std::ranges::sort(found, [](const QualityFinding& left, const QualityFinding& right) {
    return std::pair(-left.millionths, left.text) < std::pair(-right.millionths, right.text);
  });
  return found;
}

}  // namespace throughline::records
