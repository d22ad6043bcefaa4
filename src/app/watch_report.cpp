#include "app/watch_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "app/figure_report.h"

namespace throughline::app {

namespace {

using evidence::Alert;
using evidence::AlertDirection;
using evidence::Detector;
using evidence::WatchedSeries;

constexpr std::size_t k_others_named = 3;
// As measured: docs/benchmarks.md.
constexpr std::string_view k_ears_note =
    "EARS has seven counts to judge by, too few to tell how a series varies, and what it states of its false alarms is "
    "not right: of quiet made-up series it raised 0 to 1.2 times the rises that it stated, and falls of sparse "
    "series "
    "many times. The number to be expected by chance is a rough one, mostly too high for rises.";

// Where something not made by the police's own work moved the same way, by area and period.
using Independent = std::set<std::tuple<std::string, std::string, AlertDirection>>;

Independent independent_of(const std::vector<Watched>& all) {
  Independent independent;
  for (const Watched& watched : all) {
    for (const Alert& alert : watched.screening.alerts) {
      if (watched.batch.is_police_activity[alert.series]) continue;
      independent.emplace(watched.batch.series[alert.series].area, watched.batch.period_text(alert.period),
                          alert.direction);
    }
  }
  return independent;
}

// "robbery rise; Kent fall; 3 more": what else is out of the ordinary in the same period, in the area or the category.
std::string also_moved(const Watched& watched, std::size_t place) {
  const std::vector<Alert>& alerts = watched.screening.alerts;
  const Alert& alert = alerts[place];
  const WatchedSeries& series = watched.batch.series[alert.series];
  std::vector<std::string> others;
  std::set<std::size_t> named{alert.series};
  const auto first = std::ranges::lower_bound(alerts, alert.period, {}, &Alert::period);
  for (auto other = first; other != alerts.end() && other->period == alert.period; ++other) {
    const WatchedSeries& there = watched.batch.series[other->series];
    const bool is_same_area = there.area == series.area;
    if ((!is_same_area && there.category != series.category) || !named.insert(other->series).second) continue;
    others.push_back(fmt::format("{} {}", is_same_area ? there.category : there.area,
                                 other->direction == AlertDirection::rise ? "rise" : "fall"));
  }
  const std::size_t more = others.size() > k_others_named ? others.size() - k_others_named : 0;
  if (more > 0) others.resize(k_others_named);
  if (more > 0) others.push_back(fmt::format("{} more", more));
  return fmt::format("{}", fmt::join(others, "; "));
}

Table empty_alerts() {
  return {.name = "alerts",
          .title = "",
          .columns = {{"period", "Period", ColumnKind::id},
                      {"area", "Area"},
                      {"category", "Category"},
                      {"direction", "Direction"},
                      {"observed", "Observed", ColumnKind::number},
                      {"expected", "Expected", ColumnKind::number},
                      {"low", "From", ColumnKind::number},
                      {"high", "To", ColumnKind::number},
                      {"limit", "Limit", ColumnKind::number},
                      {"exceedance", "Exceedance", ColumnKind::number},
                      {"probability", "p"},
                      {"adjusted", "p among all"},
                      {"detector", "Detector", ColumnKind::id},
                      {"statistic", "Statistic", ColumnKind::number},
                      {"attainable", "False-alarm probability"},
                      {"police_only", "Hot only in police activity"},
                      {"also_moved", "What else moved"}},
          .rows = {},
          .empty_text = "Nothing is out of the ordinary."};
}

std::string small_number(double value) {
  return fmt::format("{:.2g}", value);
}

std::vector<Value> alert_row(const Watched& watched, std::size_t place, const Independent& independent) {
  const Alert& alert = watched.screening.alerts[place];
  const WatchedSeries& series = watched.batch.series[alert.series];
  const std::string period = watched.batch.period_text(alert.period);
  const bool is_sum = alert.detector == Detector::cusum || alert.detector == Detector::ears_c3;
  const bool is_police_only =
      watched.batch.is_police_activity[alert.series] && !independent.contains({series.area, period, alert.direction});
  return {period,
          text_or_nothing(series.area),
          text_or_nothing(series.category),
          alert.direction == AlertDirection::rise ? "rise" : "fall",
          alert.observed,
          Decimal{alert.expected, 1},
          Decimal{alert.interval.low, 0},
          Decimal{alert.interval.high, 0},
          Decimal{alert.limit, is_sum ? 2 : 0},
          is_sum ? Value() : Value(Decimal{alert.exceedance, 2}),
          is_sum ? Value() : Value(small_number(alert.probability)),
          is_sum ? Value() : Value(small_number(alert.adjusted)),
          std::string(evidence::name_of(alert.detector)),
          Decimal{alert.statistic, 2},
          small_number(alert.attainable),
          is_police_only ? Value("yes") : Value(),
          text_or_nothing(also_moved(watched, place))};
}

Table screened_table(const std::vector<Watched>& all) {
  Table table{.name = "screened",
              .title = "",
              .columns = {{"source", "Source"},
                          {"detector", "Detector", ColumnKind::id},
                          {"series", "Series", ColumnKind::number},
                          {"from", "From", ColumnKind::id},
                          {"to", "To", ColumnKind::id},
                          {"tests", "Tests", ColumnKind::number},
                          {"expected_false", "False alarms to be expected", ColumnKind::number},
                          {"alerts", "Alerts", ColumnKind::number},
                          {"skipped", "Too little before", ColumnKind::number}},
              .rows = {},
              .empty_text = ""};
  for (const Watched& watched : all) {
    for (const evidence::DetectorTally& tally : watched.screening.tallies) {
      table.rows.push_back({watched.batch.source, std::string(evidence::name_of(tally.detector)),
                            static_cast<std::int64_t>(watched.batch.series.size()),
                            watched.batch.period_text(watched.from), watched.batch.period_text(watched.until - 1),
                            tally.tests, Decimal{tally.expected_false, 1}, tally.alerts, tally.skipped});
    }
  }
  return table;
}

std::string fresh_words(const evidence::FreshCategory& fresh) {
  if (!fresh.declared.empty()) return fmt::format("renamed: was {}", fmt::join(fresh.declared, ", "));
  if (!fresh.ended.empty()) {
    return fmt::format("new, or a new name: {} ended shortly before", fmt::join(fresh.ended, ", "));
  }
  return "new: never seen before";
}

}  // namespace

namespace {

// Which areas come first is a ranking of them, and what the police's own work makes is not ranked.
std::optional<evidence::Refusal> ranking_refused(const Watched& watched) {
  evidence::Caveats caveats = watched.batch.caveats;
  if (std::ranges::find(watched.batch.is_police_activity, true) != watched.batch.is_police_activity.end()) {
    caveats.add(evidence::Caveat::police_activity);
  }
  return evidence::refuse(evidence::Use::rank_areas, caveats);
}

std::pair<std::string, std::string> names_of(const Watched& watched, const Alert& alert) {
  const WatchedSeries& series = watched.batch.series[alert.series];
  return {series.area, series.category};
}

}  // namespace

Table alerts_table(const std::vector<Watched>& all) {
  const Independent independent = independent_of(all);
  Table table = empty_alerts();
  for (const Watched& watched : all) {
    const bool is_unranked = ranking_refused(watched).has_value();
    std::vector<std::size_t> order(watched.screening.alerts.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, [&](std::size_t one, std::size_t other) {
      const Alert& a = watched.screening.alerts[one];
      const Alert& b = watched.screening.alerts[other];
      if (a.period != b.period) return a.period > b.period;
      if (!is_unranked) return a.probability < b.probability;
      return names_of(watched, a) < names_of(watched, b);
    });
    for (const std::size_t place : order) table.rows.push_back(alert_row(watched, place, independent));
  }
  return table;
}

namespace {

// What the limits of the sources forbid, and what was left out for it.
std::vector<std::string> refusal_notes(const std::vector<Watched>& all) {
  std::set<std::string> notes;
  for (const Watched& watched : all) {
    if (const auto refusal = ranking_refused(watched)) {
      notes.insert(evidence::text_of(*refusal) + " Alerts of one period stand by the name of the area.");
    }
    if (watched.incomplete_falls == 0) continue;
    const auto refusal = evidence::refuse(evidence::Use::report_latest_period, watched.batch.caveats);
    if (!refusal) continue;
    notes.insert(fmt::format("{} {}: falls in it are not told, {} here.", evidence::text_of(*refusal),
                             watched.batch.source, watched.incomplete_falls));
  }
  return {notes.begin(), notes.end()};
}

bool has_ears(const std::vector<Watched>& all) {
  return std::ranges::any_of(all, [](const Watched& watched) {
    return std::ranges::any_of(watched.screening.tallies, [](const evidence::DetectorTally& tally) {
      return tally.detector != Detector::farrington && tally.detector != Detector::cusum;
    });
  });
}

}  // namespace

Section watch_section(const std::vector<Watched>& all, const WatchRequest& request) {
  std::int64_t alerts = 0;
  double expected = 0;
  for (const Watched& watched : all) {
    for (const evidence::DetectorTally& tally : watched.screening.tallies) {
      alerts += tally.alerts;
      expected += tally.expected_false;
    }
  }
  Section section{
      .name = "watch",
      .title = "What was watched",
      .facts = {{"level", "False alarms a quiet series has in a period, in each direction", Decimal{request.level, 4}},
                {"alerts", "Alerts", alerts},
                {"expected_false", "Of which to be expected by chance", Decimal{expected, 1}}},
      .tables = {screened_table(all)},
      .notes = {}};
  section.notes.emplace_back(
      "An alert says that a count is not what the counts before it lead to expect. It says neither why nor that "
      "anybody did more harm. Where a count is small, no limit has just the level asked for: the false-alarm "
      "probability that the test had stands with each alert, and the sum over all tests above.");
  if (has_ears(all)) section.notes.emplace_back(k_ears_note);
  for (const Watched& watched : all) {
    for (const std::string& note : watched.batch.notes) section.notes.push_back(note);
  }
  evidence::Caveats caveats;
  for (const Watched& watched : all) caveats.unite(watched.batch.caveats);
  for (std::string& note : caveat_notes(caveats)) section.notes.push_back(std::move(note));
  for (std::string& note : refusal_notes(all)) section.notes.push_back(std::move(note));
  return section;
}

Section alerts_section(Table table, const WatchRequest& request) {
  Section section{.name = "alerts", .title = "Out of the ordinary", .facts = {}, .tables = {}, .notes = {}};
  const auto found = static_cast<std::int64_t>(table.rows.size());
  if (found > request.rows) {
    table.rows.resize(static_cast<std::size_t>(request.rows));
    section.notes.push_back(
        fmt::format("The first {} of {} are shown, and are in a file of this table.", request.rows, found));
    section.notes.emplace_back("--rows shows more, --output FILE writes all.");
  }
  section.facts = {{"found", "Found", found}, {"shown", "Shown", std::min(found, request.rows)}};
  section.tables.push_back(std::move(table));
  section.notes.emplace_back(
      "From and To hold 95 of 100 quiet counts. p: how probable the count, or one further out, is in a quiet period; p "
      "among all: the rate of false discoveries among the series of that period at which it would be one (Benjamini "
      "and "
      "Hochberg). Below 0.05 it stands out among all of them.");
  return section;
}

Section fresh_section(const std::vector<Watched>& all) {
  Table table{.name = "fresh",
              .title = "",
              .columns = {{"period", "Period", ColumnKind::id},
                          {"category", "Category"},
                          {"count", "Count", ColumnKind::number},
                          {"areas", "Areas", ColumnKind::number},
                          {"first_area", "Among them"},
                          {"reading", "Reading"}},
              .rows = {},
              .empty_text = "None."};
  for (const Watched& watched : all) {
    for (const evidence::FreshCategory& fresh : watched.fresh) {
      table.rows.push_back({watched.batch.period_text(fresh.period), text_or_nothing(fresh.category), fresh.events,
                            static_cast<std::int64_t>(fresh.areas.size()),
                            fresh.areas.empty() ? Value() : text_or_nothing(fresh.areas.front()), fresh_words(fresh)});
    }
  }
  return {.name = "fresh",
          .title = "Categories seen for the first time",
          .facts = {},
          .tables = {std::move(table)},
          .notes = {"First seen after the source had been received for a year without it.",
                    "--renamed \"OLD=NEW\" declares that a category goes on under a new name."}};
}

}  // namespace throughline::app
