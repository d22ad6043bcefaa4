// Figures of one measure for people who look and compare: month by month, in total, and the change on the same months a
// year before, each with its interval or the reason why it is not given.
//
// The command line and the pages get their figures here, so that both say the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/outside.h"
#include "app/report.h"
#include "base/result.h"

namespace throughline::evidence {
class World;
}  // namespace throughline::evidence

namespace throughline::app {

struct Visitor;

// Whose rule a figure follows; every word of it is shown.
struct MeasureShown {
  std::string name = {};
  std::string title = {};
  std::string unit = {};
  std::string universe = {};
  std::string date_basis = {};
  std::string area_basis = {};
  std::string publisher = {};
  std::string revision = {};
  bool is_police_activity = true;
};

struct AreaShown {
  std::string code = {};
  std::string name = {};
  std::string kind = {};   // lsoa, ward, local-authority, force.
  std::string force = {};  // Code of the force area in which it lies; empty where nobody can say.
  std::string force_name = {};
  bool is_received = false;  // Whether any month of it was received for the measure.
};

struct IntervalShown {
  double low = 0;
  double high = 0;
};

struct RefusalShown {
  std::string rule = {};
  std::string reason = {};
  std::string remedy = {};
};

struct FigureShown {
  std::string cell = {};  // Its name, for trace.
  std::string area = {};
  std::string from = {};
  std::string to = {};                     // Months, both included.
  std::optional<std::int64_t> count = {};  // Nothing where it is refused.
  std::optional<IntervalShown> interval = {};
  std::int64_t received_count = 0;        // Over the months that were received alone.
  std::vector<std::string> missing = {};  // Months.
  std::optional<RefusalShown> refusal = {};
  std::optional<double> rate = {};  // Per 100,000 residents, for the period.
  std::optional<IntervalShown> rate_interval = {};
  std::optional<RefusalShown> rate_refusal = {};
  std::int64_t persons = 0;  // The residents divided by; 0: none.
  std::int32_t persons_year = 0;
  std::vector<std::string> caveats = {};  // Codes beyond those that every figure of the answer carries.
};

// From the same months a year before. Of a span longer than a year it is the last twelve months that are compared with
// the twelve before, since longer ones would share months.
struct ChangeShown {
  std::string area = {};
  FigureShown before = {};
  FigureShown after = {};
  std::optional<double> percent = {};
  std::optional<IntervalShown> interval = {};
  std::optional<double> p_value = {};
  std::optional<RefusalShown> refusal = {};
};

struct CaveatShown {
  std::string code = {};
  std::string sentence = {};
  std::vector<std::string> details = {};
};

struct SeriesAnswer {
  MeasureShown measure = {};
  std::string category = {};
  std::string category_words = {};
  std::string from = {};
  std::string to = {};
  std::string geography = {};
  std::string release = {};
  std::optional<base::Date> as_of = {};
  std::vector<AreaShown> areas = {};      // In the order asked for.
  std::vector<FigureShown> figures = {};  // By area in that order, month by month.
  std::vector<FigureShown> totals = {};   // One an area.
  std::vector<ChangeShown> changes = {};  // One an area.
  std::vector<CaveatShown> caveats = {};  // Of any of these.
  std::vector<std::string> words = {};    // A sentence an area.
  std::int64_t log_entries = 0;           // The log's signed head when this was answered.
  std::string log_root = {};
};

struct SeriesQuery {
  std::string measure = {};
  std::string category = {};            // Empty: all together.
  std::vector<std::string> areas = {};  // Codes or names, of any kinds. Empty: the areas received of the kind.
  std::string area_kind = {};           // Without areas; empty: the largest that the measure has.
  std::string from = {};
  std::string to = {};  // Months. Empty: all that was received.
};

// Errors, each with the nearest names: those of evidence::resolve.
[[nodiscard]] base::Result<SeriesAnswer> measure_series(const Outside& outside, const Settings& settings,
                                                        const SeriesQuery& query);
// The same in a world already loaded; without the log's head.
[[nodiscard]] base::Result<SeriesAnswer> series_in(const evidence::World& world, const SeriesQuery& query);

// Whether one of the account's roles may see published figures, whatever purpose was chosen.
[[nodiscard]] bool may_see_figures(const Visitor& visitor);

// What the figures are, for the head of a download.
[[nodiscard]] std::vector<Fact> series_facts(const SeriesAnswer& answer);
// The monthly figures as a table, all columns.
[[nodiscard]] Table series_table(const SeriesAnswer& answer);
// What the figures are, the changes, and their caveats, for a terminal.
[[nodiscard]] Section change_section(const SeriesAnswer& answer);

struct CategoryShown {
  std::string slug = {};
  std::string words = {};
  std::string first = {};
  std::string last = {};  // Months.
};
struct ReceivedShown {
  std::string area = {};
  std::string name = {};
  std::vector<std::string> months = {};
};
// What there is to ask for.
struct MeasureOffer {
  MeasureShown measure = {};
  std::vector<CategoryShown> categories = {};
  std::vector<std::string> area_kinds = {};
  std::string first = {};
  std::string last = {};  // Months; empty where nothing was received.
  std::vector<ReceivedShown> received = {};
};
[[nodiscard]] base::Result<std::vector<MeasureOffer>> measure_offers(const Outside& outside, const Settings& settings);

struct AreasQuery {
  std::string kind = {};
  std::string measure = {};  // Empty: any of them.
  std::string within = {};   // Code or name of a larger area. Empty: everywhere.
};
// By name. Errors: "area_kind_unknown", "measure_unknown", "area_unknown".
[[nodiscard]] base::Result<std::vector<AreaShown>> measure_areas(const Outside& outside, const Settings& settings,
                                                                 const AreasQuery& query);

}  // namespace throughline::app
