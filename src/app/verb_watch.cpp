// throughline watch: what is out of the ordinary, how much so, and what that may not mean.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "app/small_table.h"
#include "app/watch_input.h"
#include "app/watch_report.h"
#include "app/watch_verb.h"
#include "base/parallel.h"
#include "base/text.h"
#include "evidence/watch/fresh.h"
#include "evidence/watch/screen.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using evidence::Detector;
using evidence::WatchedSeries;

constexpr std::array k_detectors{Detector::farrington, Detector::ears_c1, Detector::ears_c2, Detector::ears_c3,
                                 Detector::cusum};

Result<std::vector<Detector>> detectors_asked(const std::vector<std::string>& names) {
  std::vector<Detector> detectors;
  std::vector<std::string> known;
  for (const Detector detector : k_detectors) known.emplace_back(evidence::name_of(detector));
  for (const std::string& name : names) {
    const auto found = std::ranges::find(known, name);
    if (found == known.end()) {
      const auto nearest = base::nearest_name(name, known);
      return Error{ErrorKind::bad_command, "detector_unknown", fmt::format("There is no detector “{}”", name),
                   "--detector",
                   fmt::format("{}They are {}", nearest ? fmt::format("Did you mean “{}”? ", *nearest) : "",
                               fmt::join(known, ", "))};
    }
    detectors.push_back(k_detectors.at(static_cast<std::size_t>(found - known.begin())));
  }
  return detectors;
}

Result<std::vector<evidence::Renaming>> renamings_asked(const std::vector<std::string>& texts) {
  std::vector<evidence::Renaming> renamings;
  for (const std::string& text : texts) {
    const std::size_t sign = text.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == text.size()) {
      return Error{ErrorKind::bad_command, "renamed_malformed", fmt::format("“{}” names no renaming", text),
                   "--renamed", "Write the old name, =, and the new one: --renamed \"OLD=NEW\""};
    }
    renamings.push_back({.before = text.substr(0, sign), .after = text.substr(sign + 1)});
  }
  return renamings;
}

Error period_error(const WatchBatch& batch, const std::string& text, const std::string& option) {
  return {ErrorKind::bad_command, "period_malformed", fmt::format("“{}” is no period of {}", text, batch.source),
          option,
          fmt::format("Its periods are {} to {}", batch.period_text(0), batch.period_text(batch.periods() - 1))};
}

// The periods told of: from the first that ends in or after `from` to the last that begins in or before `to`.
struct PeriodsTold {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Result<PeriodsTold> periods_asked(const WatchBatch& batch, const WatchRequest& request) {
  const std::size_t periods = batch.periods();
  const std::size_t told = batch.is_monthly() ? 12 : 5;
  PeriodsTold asked{.begin = periods - std::min(periods, told), .end = periods};
  if (!request.from.empty()) {
    const auto from = evidence::parse_span(request.from);
    if (!from.has_value()) return period_error(batch, request.from, "--from");
    asked.begin = batch.place_after(from->first);
  }
  if (!request.to.empty()) {
    const auto to = evidence::parse_span(request.to);
    if (!to.has_value()) return period_error(batch, request.to, "--to");
    asked.end = std::min(periods, batch.place_after(to->last + 1));
  }
  // Of many series some end before the period asked for; of one that is a mistake.
  if (request.published == "all") {
    asked.begin = std::min(asked.begin, asked.end);
  } else if (asked.begin >= asked.end) {
    return period_error(batch, request.from.empty() ? request.to : request.from, "--from, --to");
  }
  return asked;
}

evidence::BaselineRule baseline_of(const WatchBatch& batch, const WatchRequest& request) {
  evidence::BaselineRule rule;
  if (!batch.is_monthly()) {
    rule = {.window = 20, .gap = 0, .least = 8, .periods_in_year = 1, .has_trend = true, .has_season = false};
  }
  if (request.window > 0) rule.window = static_cast<int>(request.window);
  if (request.gap >= 0) rule.gap = static_cast<int>(request.gap);
  rule.least = std::min(rule.least, rule.window);
  return rule;
}

// Farrington's where any series is long enough for it.
std::vector<Detector> detectors_for(const WatchBatch& batch, const evidence::BaselineRule& rule) {
  for (const WatchedSeries& series : batch.series) {
    const auto counts = std::ranges::count_if(series.counts, [](const auto& count) { return count.has_value(); });
    if (counts > rule.least + rule.gap) return {Detector::farrington};
  }
  return {Detector::ears_c1};
}

// Events of the last period that are still to be registered make a fall of nothing.
void leave_out_incomplete_falls(Watched& watched, bool is_to_the_last) {
  const auto refusal =
      evidence::refuse(evidence::Use::report_latest_period, watched.batch.caveats, {.reaches_latest = is_to_the_last});
  if (!refusal) return;
  const auto is_incomplete_fall = [&](const evidence::Alert& alert) {
    return alert.period + 1 == watched.until && alert.direction == evidence::AlertDirection::fall;
  };
  for (const evidence::Alert& alert : watched.screening.alerts) {
    if (!is_incomplete_fall(alert)) continue;
    ++watched.incomplete_falls;
    const auto tally = std::ranges::find(watched.screening.tallies, alert.detector, &evidence::DetectorTally::detector);
    if (tally != watched.screening.tallies.end()) --tally->alerts;
  }
  std::erase_if(watched.screening.alerts, is_incomplete_fall);
}

Result<Watched> watched_of(const Outside& outside, WatchBatch batch, const WatchRequest& request) {
  Watched watched{.batch = std::move(batch),
                  .rule = {},
                  .from = 0,
                  .until = 0,
                  .screening = {},
                  .fresh = {},
                  .incomplete_falls = 0};
  const std::vector<evidence::Renaming> renamings = TRY(renamings_asked(request.renamed));
  const PeriodsTold told = TRY(periods_asked(watched.batch, request));
  watched.from = told.begin;
  watched.until = told.end;
  const bool is_to_the_last = told.end == watched.batch.periods();
  // What comes after the periods told of is not looked at, not for the end of a renamed category either.
  for (WatchedSeries& series : watched.batch.series) series.counts.resize(watched.until);
  evidence::end_renamed(watched.batch.series, renamings);
  watched.rule.baseline = baseline_of(watched.batch, request);
  watched.rule.detectors = TRY(detectors_asked(request.detectors));
  if (watched.rule.detectors.empty()) {
    watched.rule.detectors = detectors_for(watched.batch, watched.rule.baseline);
  }
  watched.rule.level = request.level;
  watched.rule.from = watched.from;
  watched.rule.seed = request.seed;
  watched.screening = TRY(evidence::screen(watched.batch.series, watched.rule, outside.interrupt));
  leave_out_incomplete_falls(watched, is_to_the_last);
  const std::size_t known = watched.batch.is_monthly() ? 12 : 3;
  watched.fresh = evidence::fresh_categories(
      watched.batch.series, {.known_periods_min = known, .from = watched.from, .renamings = renamings});
  return watched;
}

Result<std::vector<WatchBatch>> batches_asked(const Outside& outside, const Settings& settings,
                                              const WatchRequest& request) {
  const int named =
      (request.input.empty() ? 0 : 1) + (request.published.empty() ? 0 : 1) + (request.measure.empty() ? 0 : 1);
  if (named != 1) {
    return Error{ErrorKind::bad_command, "watch_not_said",
                 named == 0 ? "Nothing to watch is named" : "Several things to watch are named",
                 "measure, --input, --published",
                 "Name a measure of the workspace, or --input FILE, or --published NAME (all: every series)"};
  }
  std::vector<WatchBatch> batches;
  if (!request.published.empty()) {
    batches = TRY(published_batches(request.published));
    if (settings.as_of && !batches.empty()) batches.front().notes.emplace_back(k_published_as_carried);
    return batches;
  }
  if (!request.input.empty()) {
    batches.push_back(TRY(read_watch_table(request.input, request.has_noughts_left_out)));
  } else {
    batches.push_back(TRY(workspace_batch(outside, settings, request)));
  }
  return batches;
}

}  // namespace

Answer watch(const Outside& outside, const Settings& settings, const WatchRequest& request) {
  // A server's other work goes on with the threads it has.
  if (outside.host == nullptr) base::set_thread_limit(settings.threads);
  std::vector<Watched> all;
  for (WatchBatch& batch : TRY(batches_asked(outside, settings, request))) {
    Watched watched = TRY(watched_of(outside, std::move(batch), request));
    if (watched.from < watched.until) all.push_back(std::move(watched));
  }
  Table alerts = alerts_table(all);
  Report report{.verb = "watch", .sections = {watch_section(all, request)}};
  if (!request.output.empty()) {
    TRY(write_small_table(request.output, alerts));
    report.sections.front().notes.push_back("Written: " + request.output + ".");
  }
  Section fresh = fresh_section(all);
  if (!alerts.rows.empty() || !fresh.tables.front().rows.empty()) report.outcome = Outcome::done_with_findings;
  report.sections.push_back(alerts_section(std::move(alerts), request));
  report.sections.push_back(std::move(fresh));
  return report;
}

}  // namespace throughline::app
