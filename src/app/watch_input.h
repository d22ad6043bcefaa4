// Counts to be watched: from a table, from the published series, from a workspace.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/outside.h"
#include "app/watch_verb.h"
#include "base/date.h"
#include "base/result.h"
#include "evidence/caveats.h"
#include "evidence/series/series_card.h"
#include "evidence/series/series_span.h"
#include "evidence/watch/alert.h"

namespace throughline::app {

// Series of one source with one division of time.
struct WatchBatch {
  std::string source;
  evidence::SeriesSpan first;  // The first period; the others follow.
  std::vector<evidence::WatchedSeries> series;
  std::vector<bool> is_police_activity;                         // By series.
  std::vector<std::vector<std::optional<double>>> people = {};  // By series and period, where they were asked for.
  evidence::Caveats caveats;
  std::vector<std::string> notes;

  [[nodiscard]] bool is_monthly() const { return first.kind == evidence::SpanKind::month; }
  [[nodiscard]] std::size_t periods() const { return series.empty() ? 0 : series.front().counts.size(); }
  // "2025-03", "2018", "2017/18".
  [[nodiscard]] std::string period_text(std::size_t period) const;
  // Where a period of the same kind, no earlier than the first, stands. May lie behind the last.
  [[nodiscard]] std::size_t place_of(const evidence::SeriesSpan& span) const;
  // The first period that ends in the month or after it; behind the last where none does.
  [[nodiscard]] std::size_t place_after(base::Month month) const;
};

// Whether the people of each area and period are read too: the column population, residents of the workspace.
enum class PeopleRead { no, yes };

// Rows in any order. A row that is not there is absent, unless noughts were left out: then it is a nought where the
// area has a row for the period. Errors, with the line: "period_malformed", "period_kinds_mixed", "count_not_whole",
// "row_twice", "value_missing", "police_activity_unknown", "people_none"; those of read_small_table.
[[nodiscard]] base::Result<WatchBatch> read_watch_table(const std::string& path, bool has_noughts_left_out,
                                                        PeopleRead people = PeopleRead::no);

// A note where something published is asked for as of a date.
inline constexpr std::string_view k_published_as_carried =
    "Published series are shown as the program carries them, whatever the date as of which all else is seen.";

// The lines of whole counts of events; none where their periods are of several kinds.
[[nodiscard]] std::vector<const evidence::SeriesLine*> watched_lines(const evidence::SeriesCard& card);

// One batch a series: its lines of counts; percentages, rates and pooled years are passed over. Errors:
// "series_unknown" with the nearest name, "series_not_counts".
[[nodiscard]] base::Result<std::vector<WatchBatch>> published_batches(const std::string& name);

// Month by month, each category of the measure in each area. Errors: those of opening a session and of
// evidence::resolve; "lines_too_many".
[[nodiscard]] base::Result<WatchBatch> workspace_batch(const Outside& outside, const Settings& settings,
                                                       const WatchRequest& request, PeopleRead people = PeopleRead::no);

}  // namespace throughline::app
