#include "app/sentinel_input.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/bad_command.h"
#include "app/count_cell.h"
#include "app/table_columns.h"
#include "base/text.h"
#include "evidence/series/series_span.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::MonthSpan;

struct ReadRow {
  std::string area;
  RecordedCount count;
};

Result<std::optional<ReadRow>> row_in(const TableColumns& columns, std::size_t row) {
  const std::string place = columns.table().place(row);
  const std::string period = TRY(columns.name(row, "period"));
  ReadRow read;
  read.area = columns.text(row, "area");
  read.count.category = TRY(columns.name(row, "category"));
  const auto span = period_span(period);
  if (!span) {
    return bad_command("period_malformed", "The column period holds something that is not a period", place,
                       "Write 2025, 2017/18, 2025-Q1 or 2025-03");
  }
  read.count.span = *span;
  const auto count = TRY(count_or_blank(columns.table(), row, "count"));
  if (!count) return std::optional<ReadRow>();
  read.count.count = *count;
  return std::optional(std::move(read));
}

// Whether both are of one length, and whole lengths apart.
bool is_in_step(const MonthSpan& one, const MonthSpan& other) {
  return one.months() == other.months() && (other.begin - one.begin) % one.months() == 0;
}

Result<std::vector<ReadRow>> rows_in(const SmallTable& rows, const TableColumns& columns) {
  std::vector<ReadRow> all;
  std::set<std::tuple<std::string, MonthSpan, std::string>> seen;
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    std::optional<ReadRow> read = TRY(row_in(columns, row));
    if (!read) continue;
    if (!all.empty() && !is_in_step(all.front().count.span, read->count.span)) {
      return bad_command("periods_mixed",
                         fmt::format("The period {} does not fit among others such as {}", to_text(read->count.span),
                                     to_text(all.front().count.span)),
                         rows.place(row), "Give all of them one length and one beginning of the year");
    }
    if (!seen.emplace(read->area, read->count.span, read->count.category).second) {
      return bad_command("row_twice", "A second row has the same area, period and category", rows.place(row),
                         "Keep one row for each");
    }
    all.push_back(std::move(*read));
  }
  if (!all.empty()) return all;
  return bad_command("table_empty", "No row has a count", rows.path, "Give it its counts");
}

Result<std::string> area_asked(const std::vector<ReadRow>& rows, const std::string& area, const std::string& path) {
  std::vector<std::string> areas;
  for (const ReadRow& row : rows) {
    if (std::ranges::find(areas, row.area) == areas.end()) areas.push_back(row.area);
  }
  if (area.empty() && areas.size() == 1) return areas.front();
  if (std::ranges::find(areas, area) != areas.end()) return area;
  if (areas.size() == 1 && areas.front().empty()) return std::string();
  const auto nearest = base::nearest_name(area, areas);
  return bad_command("area_needed",
                     area.empty() ? fmt::format("The table has {} areas, and one is watched at a time", areas.size())
                                  : fmt::format("There is no area '{}' in {}", area, path),
                     "--area",
                     nearest && !area.empty() ? fmt::format("Did you mean {}?", *nearest)
                                              : fmt::format("The first of them is {}", areas.front()));
}

using CountsBySpan = std::map<MonthSpan, std::int64_t>;

// From the first received to the last, those that were not received among them.
std::vector<MonthSpan> all_spans(const std::set<MonthSpan>& received) {
  std::vector<MonthSpan> spans;
  if (received.empty()) return spans;
  const std::int32_t length = received.begin()->months();
  for (base::Month begin = received.begin()->begin; begin < received.rbegin()->end; begin = begin + length) {
    spans.push_back({.begin = begin, .end = begin + length});
  }
  return spans;
}

std::optional<std::int64_t> count_at(const CountsBySpan& by_span, const MonthSpan& span, bool is_nought) {
  const auto found = by_span.find(span);
  if (found != by_span.end()) return found->second;
  return is_nought ? std::optional<std::int64_t>(0) : std::nullopt;
}

}  // namespace

std::optional<MonthSpan> period_span(const std::string& text) {
  if (const auto span = evidence::parse_month_span(text)) return span;
  const auto span = evidence::parse_span(text);
  if (!span) return std::nullopt;
  return MonthSpan{.begin = span->first, .end = span->last + 1};
}

RecordedInput recorded_input(const std::vector<RecordedCount>& counts, bool is_whole) {
  RecordedInput input;
  std::set<MonthSpan> received;
  std::map<std::string, CountsBySpan> by_category;
  for (const RecordedCount& each : counts) {
    received.insert(each.span);
    by_category[each.category][each.span] = each.count;
  }
  std::vector<std::string> missing;
  for (const MonthSpan& span : all_spans(received)) {
    input.spans.push_back(span);
    input.table.periods.push_back(to_text(span));
    if (!received.contains(span)) missing.push_back(to_text(span));
  }
  input.table.absent = fmt::format("{}", fmt::join(missing, ", "));
  for (const auto& [category, by_span] : by_category) {
    evidence::RecordedSeries& series = input.table.series.emplace_back();
    series.category = category;
    for (const MonthSpan& span : input.spans) {
      series.counts.push_back(count_at(by_span, span, is_whole && received.contains(span)));
    }
  }
  return input;
}

Result<RecordedInput> read_recorded(const std::string& path, const std::string& area) {
  const SmallTable rows = TRY(read_small_table(path));
  const TableColumns columns = TRY(TableColumns::of(rows, {"period", "category", "count"}, {"area"}));
  const std::vector<ReadRow> all = TRY(rows_in(rows, columns));
  const std::string chosen = TRY(area_asked(all, area, path));
  std::vector<RecordedCount> counts;
  for (const ReadRow& row : all) {
    if (row.area == chosen) counts.push_back(row.count);
  }
  RecordedInput input = recorded_input(counts, false);
  input.table.area = chosen.empty() ? area : chosen;
  input.facts = {{"file", "File", path}};
  return input;
}

}  // namespace throughline::app
