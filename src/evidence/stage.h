// From a question to figures: loads what a workspace knows at one moment, answers measures, cells and the summary.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "evidence/areas.h"
#include "evidence/measures.h"
#include "evidence/model.h"
#include "evidence/tables.h"
#include "store/duck.h"

namespace throughline::evidence {

// What can be seen, and how to count it. REQUIRES that the connection outlives every World loaded from it.
struct View {
  store::DuckConnection* connection = nullptr;
  std::vector<VisibleExtract> extracts;  // Those of the as-of date, by number.
  std::optional<base::Date> as_of;       // Only for naming cells: the extracts were chosen by it already.
  CountPath path = CountPath::cube;
};

// What is known of one source of rows before anything is counted.
struct SourceFacts {
  std::vector<std::int32_t> extracts;
  std::vector<CategoryUse> categories;                       // By words.
  Coverage coverage;                                         // By force, or by published area.
  std::map<AreaCode, std::vector<std::string>> force_words;  // What the source calls each force.
  std::vector<std::string> unknown_forces;                   // Words that are no force of the geography, sorted.
  std::vector<ObservedCount> observed;                       // For observations alone.
  std::int64_t records = 0;
  std::int64_t rejections = 0;
  std::string release;  // "45 extracts, received 2026-11-20 to 2026-11-22".
};

// What is known of a set of extracts before anything is counted. Does not change; several threads may read it at once.
struct Known {
  Areas areas;
  std::map<RowSource, SourceFacts> facts;

  // The area of that kind in which each LSOA of any edition lies. Worked out when it is first asked for.
  [[nodiscard]] const std::map<AreaCode, AreaCode>& lsoas_in(AreaKind kind) const;

 private:
  mutable std::mutex mutex_;
  mutable std::map<AreaKind, std::map<AreaCode, AreaCode>> lsoas_;  // Its maps stay where they are once they are made.
};

// Everything that questions at one moment share, seen over one connection: a thread's own.
class World {
 public:
  // Cost: reads the reference tables once (a tenth of a second for England and Wales) and the categories of each
  // source.
  [[nodiscard]] static base::Result<World> load(View view);
  // The same over another connection, at no cost. REQUIRES that the view shows the extracts that were learnt of.
  World(View view, std::shared_ptr<const Known> known) : view_(std::move(view)), known_(std::move(known)) {}

  [[nodiscard]] const Areas& areas() const { return known_->areas; }
  [[nodiscard]] const View& view() const { return view_; }
  [[nodiscard]] const SourceFacts& facts(RowSource source) const { return known_->facts.at(source); }
  [[nodiscard]] const std::map<AreaCode, AreaCode>& lsoas_in(AreaKind kind) const { return known_->lsoas_in(kind); }
  [[nodiscard]] const std::shared_ptr<const Known>& known() const { return known_; }

 private:
  View view_;
  std::shared_ptr<const Known> known_;
};

// A question in words, as a person or a page puts it.
struct Question {
  std::string measure = {};
  std::string category = {};   // Empty: all.
  std::string area = {};       // Code or name. Empty: every area of the kind of which something was received.
  std::string area_kind = {};  // Empty: the kind of `area`, or the largest that the measure has.
  std::string from = {};       // "2025-01". Empty: the first month received.
  std::string to = {};         // Included. Empty: the last month received.
  PeriodLength length = PeriodLength::month;
  bool is_rate = false;
};

// Errors, each with the nearest names: measure_unknown, category_unknown, area_unknown, area_ambiguous,
// area_kind_unknown, month_malformed, nothing_received.
[[nodiscard]] base::Result<SeriesRequest> resolve(const World& world, const Question& question);

// Months as a question has them, "2025-01", both included; empty: from the first, to the last.
struct MonthsAsked {
  std::string from = {};
  std::string to = {};
};
// Every word of the measure's categories with the records received under it, whatever their area; records without a
// word stand under the empty one. By words. Error month_malformed.
[[nodiscard]] base::Result<std::vector<CategoryCount>> vocabulary(const World& world, const Measure& measure,
                                                                  const MonthsAsked& months);

[[nodiscard]] base::Result<Series> measure(const World& world, const SeriesRequest& request);

// An extract behind a figure.
struct CellSource {
  VisibleExtract extract;
  std::int64_t rows = 0;
};

// A cell computed again, and what it rests on.
struct CellAnswer {
  Series series;                    // Of one figure.
  std::vector<CellSource> sources;  // By extract number.
  std::vector<std::string> rows;    // The first record ids, `<extract>:<place>`.
  std::int64_t rows_total = 0;      // Of records, or of published figures: then not the count itself.
};

// REQUIRES that the world shows the extracts of the cell's as-of date. Errors as for resolve.
[[nodiscard]] base::Result<CellAnswer> recompute(const World& world, const CellId& cell, std::int64_t rows_max);

// The figures of the page that the demonstration prints.
struct Summary {
  std::vector<Series> by_force;       // One of each offence group in use: forces by name, month by month.
  std::optional<Series> searches;     // By force, periods of twelve months; nothing where none were received.
  std::optional<Series> trafficking;  // Of drugs, by London borough, likewise.
};

// The four groups: drugs, possession of weapons, robbery, violence and sexual offences.
[[nodiscard]] const std::vector<std::string>& offence_groups();

[[nodiscard]] base::Result<Summary> summary(const World& world);

}  // namespace throughline::evidence
