// From counted rows to figures: which months were received, what travels with a figure, what is refused.
//
// - Assumptions: a force-month is received whole or not at all; that it was received is known from the coverage of its
//   extract, not from its rows: an area without events in a received month is a nought, any other an absence.
// - Bias: see the caveats of each figure; intervals assume that events are independent (see intervals.h).
// - Undecidable: a period with a missing month has no total, only one for the months that were received; an area whose
//   force is unknown has no figure, since nobody can say whether its files came.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "evidence/areas.h"
#include "evidence/model.h"

namespace throughline::evidence {

// One count as the record store gives it.
struct CountRow {
  AreaCode area;
  base::Month month;
  std::int64_t count = 0;
  friend bool operator==(const CountRow&, const CountRow&) = default;
};

// Which areas' months were received: by force for records, by published area for observations.
class Coverage {
 public:
  void add(AreaCode area, base::Month month) { months_[area].insert(month); }
  [[nodiscard]] bool has(AreaCode area, base::Month month) const;
  // Whether any month of it was received at all.
  [[nodiscard]] bool knows(AreaCode area) const { return months_.contains(area); }
  // From the first month received of anybody to the last.
  [[nodiscard]] std::optional<MonthSpan> span() const;
  [[nodiscard]] std::vector<AreaCode> areas() const;

 private:
  std::map<AreaCode, std::set<base::Month>> months_;
};

// When a word of a source's vocabulary is in use, over all that was received of it.
struct CategoryUse {
  std::string slug;
  std::string words;  // The publisher's own.
  base::Month first;
  base::Month last;
};

// What was read from the store for one series.
struct Evidence {
  std::vector<CountRow> counts;    // Of the category, by area of the wanted kind.
  std::vector<CountRow> blanks;    // Rows of which the field that counts by area or category is empty, by force.
  std::vector<CountRow> unplaced;  // Published figures of the category that are of no area, by month.
  // Months that were received, in which no record of the force fills the field that this counts by: nothing can be said
  // of a category there.
  std::set<std::pair<AreaCode, base::Month>> unfilled;
  std::vector<CategoryUse> categories;
  Coverage coverage;
  std::string release;  // Which editions of the sources: "45 extracts, received 2025-10-01 to 2025-11-20".
};

struct SeriesRequest {
  const Measure* measure = nullptr;
  std::string category;         // A slug, or "all".
  std::vector<AreaCode> areas;  // In the order in which they are to stand.
  MonthSpan span;
  PeriodLength length = PeriodLength::month;
  std::optional<base::Date> as_of;
  bool is_rate = false;
};

// One figure with everything that must be shown beside it.
struct Figure {
  CellId cell;
  OrRefusal<std::int64_t> count;        // Refused when months are missing.
  std::int64_t received_count = 0;      // Over the months that were received alone.
  std::vector<base::Month> missing;     // Not received, or received without the field that this counts by.
  std::vector<base::Month> unfilled;    // Of these, the latter.
  Interval interval;                    // Of the mean behind the count; meaningless where it is refused.
  std::optional<OrRefusal<Rate>> rate;  // Only when asked for.
  std::optional<Denominator> denominator;
  std::string method;
  Caveats caveats;
};

struct Series {
  const Measure* measure = nullptr;
  std::string category;
  std::string category_words;
  std::string geography;  // The editions of areas used.
  std::string release;
  Caveats caveats;              // The union of those of its figures.
  std::vector<Figure> figures;  // By area in the order asked for, then by period.
};

// REQUIRES measure, areas known to `areas`.
[[nodiscard]] Series build_series(const SeriesRequest& request, const Evidence& evidence, const Areas& areas);

// One series out of two. Refused unless they are of one measure: different universes are never joined.
[[nodiscard]] OrRefusal<Series> join(const Series& left, const Series& right);

// From one period to another of the same length.
struct Change {
  double percent = 0;
  Interval percent_interval;
  double p_value = 1;
  Caveats caveats;
};

// Refused under ten events, over missing months, and for periods of different length.
[[nodiscard]] OrRefusal<Change> change_between(const Figure& before, const Figure& after);

// Categories that begin or end while the source goes on, and so may have changed their name: slug to what is seen.
[[nodiscard]] std::map<std::string, std::string> drifting_categories(const std::vector<CategoryUse>& uses,
                                                                     MonthSpan received);

// The slug that must be counted for a category in the publisher's words or as a slug; error category_unknown offers the
// nearest.
[[nodiscard]] base::Result<std::string> resolve_category(std::string_view text, const std::vector<CategoryUse>& uses);

}  // namespace throughline::evidence
