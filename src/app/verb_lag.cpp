#include <utility>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "app/figure_report.h"
#include "app/lag_input.h"
#include "app/lag_verb.h"
#include "app/small_table.h"
#include "base/sha256.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::LagAnalysis;
using evidence::LagPlan;

constexpr double k_level = 0.05;

Result<void> check_request(const LagRequest& request) {
  if (request.leader.empty() || request.follower.empty()) {
    return bad_command("series_missing", "Two series are needed", "LEADER, FOLLOWER",
                       "Name the one that may move first, then the other");
  }
  if (request.window.empty()) {
    return bad_command("window_missing", "No window is declared", "--window",
                       "Say beforehand which lags are looked at, such as 1..6: a window chosen afterwards finds "
                       "something in anything");
  }
  if (request.hypothesis.empty()) {
    return bad_command("hypothesis_missing", "No hypothesis is declared", "--hypothesis",
                       "Say in a sentence what you expect and why, before looking");
  }
  return {};
}

// Everything that was settled before a value was looked at, a line each.
std::string registration_of(const LagRequest& request, const LagPlan& plan) {
  return fmt::format(
      "hypothesis={}\nleader={}\nfollower={}\ninput={}\narea={}\nwindow={}..{}\nchanges={}\nlevel={}\ndraws={}\nseed={}"
      "\n",
      request.hypothesis, request.leader, request.follower, request.input, request.area, plan.lag_min, plan.lag_max,
      plan.is_differenced ? "yes" : "no", plan.level, plan.draws, plan.seed);
}

Section registration_section(const LagRequest& request, const LagPlan& plan) {
  const std::string text = registration_of(request, plan);
  return {.name = "registration",
          .title = "Declared before looking",
          .facts = {{"hypothesis", "Hypothesis", request.hypothesis},
                    {"leader", "May move first", request.leader},
                    {"follower", "Then", request.follower},
                    {"window", "Lags looked at", fmt::format("{}..{}", plan.lag_min, plan.lag_max)},
                    {"changes", "Taken as", plan.is_differenced ? "change from period to period" : "level"},
                    {"level", "Level, over all lags together", Decimal{plan.level, 2}},
                    {"seed", "Seed", fmt::format("{}", plan.seed)},
                    {"registration", "SHA-256 of this", base::hash_text(text).hex()}},
          .tables = {},
          .notes = {"The hash is of these settings and changes with each of them: an analysis whose hash was written "
                    "down beforehand was declared beforehand. Each further window or pair that is tried is a further "
                    "chance of a false find, which no p here knows of."}};
}

Table lags_table(const LagAnalysis& analysis) {
  Table table{.name = "lags",
              .title = "",
              .columns = {{"lag", "Lag", ColumnKind::number},
                          {"correlation", "Correlation", ColumnKind::number},
                          {"pairs", "Pairs", ColumnKind::number},
                          {"p_alone", "p of this lag alone"},
                          {"p_all", "p among all lags"}},
              .rows = {},
              .empty_text = "Nothing was looked at."};
  for (const evidence::LagPoint& point : analysis.points) {
    table.rows.push_back({static_cast<std::int64_t>(point.lag), Decimal{point.correlation, 3},
                          static_cast<std::int64_t>(point.pairs), fmt::format("{:.3g}", point.p_alone),
                          fmt::format("{:.3g}", point.p_all)});
  }
  return table;
}

Section lag_section(const LagPair& pair, const LagAnalysis& analysis) {
  Section section{
      .name = "lag",
      .title = fmt::format("{} → {}", pair.leader_title, pair.follower_title),
      .facts = {{"verdict", "Answer", std::string(evidence::name_of(analysis.verdict))},
                {"why", "Why", analysis.why},
                {"area", "Area", text_or_nothing(pair.area)},
                {"periods", "Periods shared", fmt::format("{} to {}", pair.from, pair.to)},
                {"periods_used", "Periods after filtering", static_cast<std::int64_t>(analysis.periods)},
                {"effective_periods", "Worth so many independent ones", Decimal{analysis.effective_periods, 1}},
                {"detectable", "Least correlation seen in four of five such series", Decimal{analysis.detectable, 2}},
                {"order", "Order of the filter", static_cast<std::int64_t>(analysis.order)},
                {"block", "Periods in a block", static_cast<std::int64_t>(analysis.block)}},
      .tables = {lags_table(analysis)},
      .notes = pair.notes};
  section.notes.emplace_back(
      "A lag above nought: the first series so many periods earlier. A relation is no cause: a shared break or a third "
      "thing behind both looks the same.");
  for (const evidence::Use use : {evidence::Use::join_series, evidence::Use::call_incidence}) {
    if (const auto refusal = evidence::refuse(use, pair.caveats)) section.notes.push_back(evidence::text_of(*refusal));
  }
  for (std::string& note : caveat_notes(pair.caveats)) section.notes.push_back(std::move(note));
  return section;
}

}  // namespace

Answer lag(const Outside& outside, const Settings&, const LagRequest& request) {
  TRY(check_request(request));
  const LagWindow window = TRY(lag_window(request.window));
  const LagPlan plan{.lag_min = window.low,
                     .lag_max = window.high,
                     .is_differenced = !request.is_level,
                     .level = k_level,
                     .draws = request.draws,
                     .seed = request.seed};
  Report report{.verb = "lag", .sections = {registration_section(request, plan)}};
  const LagPair pair = TRY(lag_pair(request));
  report.sections.push_back(
      lag_section(pair, TRY(evidence::analyse_lags(pair.leader, pair.follower, plan, outside.interrupt))));
  if (!request.output.empty()) {
    TRY(write_small_table(request.output, report.sections.back().tables.front()));
    report.sections.back().notes.push_back("Written: " + request.output + ".");
  }
  return report;
}

}  // namespace throughline::app
