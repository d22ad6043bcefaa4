// Series for the sentinel: out of a table, or out of a workspace.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/report.h"
#include "app/sentinel_verb.h"
#include "base/result.h"
#include "evidence/month_span.h"
#include "evidence/sentinel/recorded.h"

namespace throughline::app {

struct RecordedInput {
  evidence::RecordedTable table;
  std::vector<evidence::MonthSpan> spans;  // Of the periods, in their order.
  // The part and the whole where they are worked out of outcomes and are no codes of the table.
  std::vector<evidence::RecordedSeries> derived;
  std::vector<Fact> facts;
  std::vector<std::string> notes;
};

// Errors, with the line: those of read_small_table; "column_missing", "column_unknown", "value_missing",
// "period_malformed", "periods_mixed" (months among years, or years that begin in different months), "not_a_count",
// "count_negative", "count_too_large", "row_twice", "area_needed". A blank count is one that was not received.
[[nodiscard]] base::Result<RecordedInput> read_recorded(const std::string& path, const std::string& area);

// Errors: those of the session; "of_unknown", "nothing_received"; evidence's "area_unknown", "month_malformed".
[[nodiscard]] base::Result<RecordedInput> recorded_in_workspace(const Outside& outside, const Settings& settings,
                                                                const SentinelRequest& request);

// "2025", "2025-03", "2025-Q1", "2017/18" or "2021-01..2021-06".
[[nodiscard]] std::optional<evidence::MonthSpan> period_span(const std::string& text);

// What takes the counts of both: sorts periods, fills in those that are missing and names them.
struct RecordedCount {
  evidence::MonthSpan span;
  std::string category;
  std::int64_t count = 0;
};
// REQUIRES: spans of one length; no category twice in one span. `is_whole`: a category without a count in a period of
// which others have one has nought there.
[[nodiscard]] RecordedInput recorded_input(const std::vector<RecordedCount>& counts, bool is_whole);

}  // namespace throughline::app
