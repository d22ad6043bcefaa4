#include "app/watch_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "app/bad_command.h"
#include "app/table_columns.h"
#include "base/number.h"
#include "base/text.h"
#include "evidence/series/catalogue.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::SeriesSpan;
using evidence::SpanKind;
using evidence::WatchedSeries;

std::int32_t months_in(SpanKind kind) {
  return kind == SpanKind::month ? 1 : 12;
}

struct CountRow {
  std::string area;
  std::string category;
  SeriesSpan span;
  std::optional<std::int64_t> count;
  std::optional<double> people;
  bool is_police_activity = false;
  std::size_t row = 0;
};

Result<SeriesSpan> span_in(const TableColumns& columns, std::size_t row) {
  const std::string text = TRY(columns.name(row, "period"));
  const std::optional<SeriesSpan> span = evidence::parse_span(text);
  if (span.has_value() && span->kind != SpanKind::pooled_years) return *span;
  return bad_command("period_malformed", fmt::format("“{}” is no period that can be watched", text),
                     columns.table().place(row), "Write 2025-03, 2025 or 2024/25");
}

Result<std::optional<std::int64_t>> count_in(const TableColumns& columns, std::size_t row) {
  const std::string text = columns.text(row, "count");
  if (text.empty()) return std::optional<std::int64_t>();
  const std::optional<std::int64_t> count = base::parse_integer(text);
  if (count.has_value() && *count >= 0 && *count <= 1'000'000'000) return count;
  return bad_command("count_not_whole", fmt::format("“{}” is no whole number from 0 to 1,000,000,000", text),
                     columns.table().place(row), "Give counts, not rates; leave a count that is not known blank");
}

Result<bool> police_in(const TableColumns& columns, std::size_t row) {
  const std::string text = columns.text(row, "police_activity");
  if (text.empty() || text == "no") return false;
  if (text == "yes") return true;
  return bad_command("police_activity_unknown", fmt::format("“{}” is neither yes nor no", text),
                     columns.table().place(row), "Write yes where the police's own work makes the count, else no");
}

Result<std::optional<double>> people_in(const TableColumns& columns, std::size_t row) {
  if (!columns.table().column("population").has_value()) return std::optional<double>();
  const std::optional<double> people = TRY(columns.number_or_blank(row, "population"));
  if (!people.has_value() || *people > 0) return people;
  return bad_command("people_none", "An area of nobody has no rate", columns.table().place(row),
                     "Give the residents, or leave blank where they are not known");
}

Result<CountRow> row_in(const TableColumns& columns, std::size_t row) {
  return CountRow{.area = columns.text(row, "area"),
                  .category = columns.text(row, "category"),
                  .span = TRY(span_in(columns, row)),
                  .count = TRY(count_in(columns, row)),
                  .people = TRY(people_in(columns, row)),
                  .is_police_activity = TRY(police_in(columns, row)),
                  .row = row};
}

using SeriesKey = std::pair<std::string, std::string>;  // Category, then area.

// Rows that are read, put into one frame of time.
struct Frame {
  WatchBatch batch;
  std::size_t periods = 0;
  std::map<SeriesKey, std::size_t> places;

  WatchedSeries& series_of(const std::string& area, const std::string& category, bool is_police_activity) {
    const auto [place, is_new] = places.emplace(SeriesKey{category, area}, batch.series.size());
    if (is_new) {
      batch.series.push_back({.area = area, .category = category, .counts = evidence::CountHistory(periods)});
      batch.is_police_activity.push_back(is_police_activity);
    }
    return batch.series[place->second];
  }
  // REQUIRES that series_of() was asked for it.
  std::vector<std::optional<double>>& people_of(const std::string& area, const std::string& category) {
    batch.people.resize(batch.series.size());
    std::vector<std::optional<double>>& people = batch.people[places.at(SeriesKey{category, area})];
    people.resize(periods);
    return people;
  }
};

Frame frame_of(const std::vector<SeriesSpan>& spans) {
  Frame frame;
  frame.batch.first = *std::ranges::min_element(spans, {}, &SeriesSpan::first);
  const base::Month last = std::ranges::max_element(spans, {}, &SeriesSpan::first)->first;
  frame.periods = static_cast<std::size_t>((last - frame.batch.first.first) / months_in(frame.batch.first.kind)) + 1;
  return frame;
}

// Where an area has a row for a period, every category of it was received then.
void fill_noughts(WatchBatch& batch) {
  std::map<std::string, std::set<std::size_t>> received;
  for (const WatchedSeries& series : batch.series) {
    for (std::size_t period = 0; period < series.counts.size(); ++period) {
      if (series.counts[period].has_value()) received[series.area].insert(period);
    }
  }
  for (WatchedSeries& series : batch.series) {
    for (const std::size_t period : received[series.area]) {
      if (!series.counts[period].has_value()) series.counts[period] = 0;
    }
  }
}

Result<void> check_kinds(const SmallTable& table, const std::vector<CountRow>& rows) {
  for (const CountRow& row : rows) {
    if (row.span.kind == rows.front().span.kind) continue;
    return bad_command("period_kinds_mixed",
                       fmt::format("The period {} is not of the kind of {}", evidence::code_of(row.span),
                                   evidence::code_of(rows.front().span)),
                       table.place(row.row), "Watch months, calendar years and financial years in tables of their own");
  }
  return {};
}

}  // namespace

std::string WatchBatch::period_text(std::size_t period) const {
  const std::int32_t months = static_cast<std::int32_t>(period) * months_in(first.kind);
  return evidence::code_of({.kind = first.kind, .first = first.first + months, .last = first.last + months});
}

std::size_t WatchBatch::place_of(const SeriesSpan& span) const {
  return static_cast<std::size_t>((span.first - first.first) / months_in(first.kind));
}

std::size_t WatchBatch::place_after(base::Month month) const {
  const std::int32_t past = month - first.last;  // Months from the end of the first period.
  if (past <= 0) return 0;
  const auto periods_past = static_cast<std::size_t>((past + months_in(first.kind) - 1) / months_in(first.kind));
  return std::min(periods_past, periods());
}

Result<WatchBatch> read_watch_table(const std::string& path, bool has_noughts_left_out, PeopleRead people) {
  const SmallTable table = TRY(read_small_table(path));
  std::vector<std::string> allowed{"area", "category", "police_activity"};
  if (people == PeopleRead::yes) allowed.emplace_back("population");
  const TableColumns columns = TRY(TableColumns::of(table, {"period", "count"}, allowed));
  std::vector<CountRow> rows;
  std::vector<SeriesSpan> spans;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    rows.push_back(TRY(row_in(columns, row)));
    spans.push_back(rows.back().span);
  }
  TRY(check_kinds(table, rows));
  Frame frame = frame_of(spans);
  std::set<std::pair<SeriesKey, std::size_t>> seen;
  for (const CountRow& row : rows) {
    const std::size_t period = frame.batch.place_of(row.span);
    if (!seen.insert({{row.category, row.area}, period}).second) {
      return bad_command(
          "row_twice",
          fmt::format("There is a second row for {} {} in {}", row.area, row.category, evidence::code_of(row.span)),
          table.place(row.row), "Keep one: a month that two files hold is not counted twice");
    }
    frame.series_of(row.area, row.category, row.is_police_activity).counts[period] = row.count;
    if (people == PeopleRead::yes) frame.people_of(row.area, row.category)[period] = row.people;
  }
  frame.batch.source = path;
  if (has_noughts_left_out) fill_noughts(frame.batch);
  if (!table.column("police_activity").has_value()) {
    frame.batch.notes.emplace_back(
        "The table does not say which counts the police's own work makes (a column police_activity: yes or no), so "
        "nothing is marked as hot in those alone.");
  }
  return std::move(frame.batch);
}

namespace {

// Residents and points of severity are no events.
bool is_counts(const evidence::SeriesCard& card, const evidence::SeriesLine& line) {
  const bool is_of_events = card.unit != "person" && card.unit != "severity point";
  return is_of_events && !card.is_percentage && card.per == 0 && card.pooled_years == 1 && !line.points.empty() &&
         std::ranges::all_of(line.points, [](const evidence::SeriesPoint& point) {
           return point.span.kind != SpanKind::pooled_years && point.value >= 0 && point.value < 1e9 &&
                  std::floor(point.value) == point.value;
         });
}

}  // namespace

std::vector<const evidence::SeriesLine*> watched_lines(const evidence::SeriesCard& card) {
  std::vector<const evidence::SeriesLine*> lines;
  std::set<SpanKind> kinds;
  for (const evidence::SeriesLine& line : card.lines) {
    if (!is_counts(card, line)) continue;
    lines.push_back(&line);
    for (const evidence::SeriesPoint& point : line.points) kinds.insert(point.span.kind);
  }
  if (kinds.size() > 1) lines.clear();
  return lines;
}

namespace {

std::optional<WatchBatch> batch_of(const evidence::SeriesCard& card) {
  const std::vector<const evidence::SeriesLine*> lines = watched_lines(card);
  if (lines.empty()) return std::nullopt;
  std::vector<SeriesSpan> spans;
  for (const evidence::SeriesLine* line : lines) {
    for (const evidence::SeriesPoint& point : line->points) spans.push_back(point.span);
  }
  Frame frame = frame_of(spans);
  const bool is_police_activity = card.caveats.has(evidence::Caveat::police_activity);
  for (const evidence::SeriesLine* line : lines) {
    for (const evidence::SeriesPoint& point : line->points) {
      frame.series_of(point.area, card.title + ", " + line->title, is_police_activity)
          .counts[frame.batch.place_of(point.span)] = std::llround(point.value);
    }
  }
  frame.batch.source = card.title;
  frame.batch.caveats = card.caveats;
  frame.batch.notes.push_back(
      fmt::format("{}: {}, up to {}.", card.title, card.release, frame.batch.period_text(frame.batch.periods() - 1)));
  return std::move(frame.batch);
}

}  // namespace

Result<std::vector<WatchBatch>> published_batches(const std::string& name) {
  const evidence::Catalogue& catalogue = evidence::built_in_catalogue();
  std::vector<WatchBatch> batches;
  std::vector<std::string> names{"all"};
  for (const evidence::SeriesCard& card : catalogue.cards) {
    names.push_back(card.name);
    if (name != "all" && name != card.name) continue;
    if (std::optional<WatchBatch> batch = batch_of(card)) batches.push_back(std::move(*batch));
  }
  if (!batches.empty()) return batches;
  if (catalogue.find(name) != nullptr) {
    return base::Error{base::ErrorKind::bad_command, "series_not_counts",
                       fmt::format("The series {} holds no counts: rates and shares are not watched", name),
                       "--published", "throughline claim --list shows every series with its unit"};
  }
  const auto nearest = base::nearest_name(name, names);
  return base::Error{base::ErrorKind::bad_command, "series_unknown",
                     fmt::format("There is no published series “{}”", name), "--published",
                     nearest ? fmt::format("Did you mean “{}”?", *nearest)
                             : std::string("throughline claim --list shows every series")};
}

}  // namespace throughline::app
