#include "app/lag_input.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "app/table_columns.h"
#include "base/number.h"
#include "base/portable_math.h"
#include "base/text.h"
#include "evidence/series/catalogue.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::SeriesCard;
using evidence::SeriesLine;
using evidence::SeriesSpan;
using evidence::SpanKind;

constexpr int k_lag_max = 120;

// Values by period, counted from any fixed month in steps of a period.
using ByPeriod = std::map<std::int32_t, double>;

struct Timed {
  SpanKind kind = SpanKind::month;
  ByPeriod values;
};

std::int32_t step_of(SpanKind kind) {
  return kind == SpanKind::month ? 1 : 12;
}

struct FoundLine {
  const SeriesCard* card = nullptr;
  const SeriesLine* line = nullptr;
};

Result<FoundLine> line_of(const std::string& name, const std::string& which) {
  std::vector<std::string> known;
  for (const SeriesCard& card : evidence::built_in_catalogue().cards) {
    for (const SeriesLine& line : card.lines) {
      known.push_back(card.name + "." + line.name);
      if (known.back() == name) return FoundLine{.card = &card, .line = &line};
    }
  }
  const auto nearest = base::nearest_name(name, known);
  return bad_command(
      "line_unknown", fmt::format("There is no published line “{}”", name), which,
      nearest ? fmt::format("Did you mean “{}”?", *nearest) : std::string("throughline claim --list shows every line"));
}

// The widest area that both lines have, or the one asked for.
Result<std::string> area_of(const FoundLine& leader, const FoundLine& follower, const std::string& wanted) {
  if (!wanted.empty()) {
    if (leader.line->has_area(wanted) && follower.line->has_area(wanted)) return wanted;
    return bad_command("area_unknown", fmt::format("Not both series have figures for “{}”", wanted), "--area",
                       "Name an area that both have, or none");
  }
  for (const char* area : {"England and Wales", "England"}) {
    if (leader.line->has_area(area) && follower.line->has_area(area)) return std::string(area);
  }
  for (const evidence::SeriesPoint& point : leader.line->points) {
    if (follower.line->has_area(point.area)) return point.area;
  }
  return bad_command("area_unknown", "The two series have no area in common", "--area",
                     "Take two series of one area; throughline claim --list shows where each runs");
}

// Periods of one kind are counted from one that is long past, so that no division turns at nought.
std::int32_t place_of(const SeriesSpan& span) {
  constexpr std::int32_t k_years = 10'000;
  const std::int32_t step = step_of(span.kind);
  return (span.first - base::Month() + k_years * 12) / step - k_years * 12 / step;
}

Result<Timed> timed_line(const FoundLine& of, const std::string& area) {
  Timed timed;
  bool is_first = true;
  for (const evidence::SeriesPoint& point : of.line->points) {
    if (point.area != area || point.span.kind == SpanKind::pooled_years) continue;
    if (is_first) timed.kind = point.span.kind;
    is_first = false;
    if (point.span.kind != timed.kind) {
      return bad_command("period_kinds_mixed",
                         fmt::format("{} changes from one kind of year to another", of.card->title), of.card->name,
                         "Take a line of one kind of period");
    }
    timed.values.emplace(place_of(point.span), point.value);
  }
  return timed;
}

Result<Timed> timed_column(const TableColumns& columns, const std::string& name) {
  Timed timed;
  for (std::size_t row = 0; row < columns.table().rows.size(); ++row) {
    const std::string text = TRY(columns.name(row, "period"));
    const std::optional<SeriesSpan> span = evidence::parse_span(text);
    if (!span || span->kind == SpanKind::pooled_years) {
      return bad_command("period_malformed", fmt::format("“{}” is no period", text), columns.table().place(row),
                         "Write 2025-03, 2025 or 2024/25");
    }
    if (row == 0) timed.kind = span->kind;
    if (span->kind != timed.kind) {
      return bad_command("period_kinds_mixed", fmt::format("The period {} is of another kind", text),
                         columns.table().place(row), "Keep months, calendar years and financial years apart");
    }
    const std::optional<double> value = TRY(columns.number_or_blank(row, name));
    if (value && !timed.values.emplace(place_of(*span), *value).second) {
      return bad_command("row_twice", fmt::format("There is a second row for {}", text), columns.table().place(row),
                         "Keep one: a period that two files hold is not counted twice");
    }
  }
  return timed;
}

std::string period_words(SpanKind kind, std::int32_t at) {
  const base::Month first = base::Month() + at * step_of(kind);
  // Financial years begin in April: the division by twelve let go of the months before.
  const base::Month begin = kind == SpanKind::march_year ? first + 3 : first;
  return evidence::code_of({.kind = kind, .first = begin, .last = begin + (step_of(kind) - 1)});
}

// The last period of a series that is still being added to says nothing yet.
void drop_incomplete(Timed& timed, const evidence::Caveats& caveats, const std::string& title, LagPair& pair) {
  const auto refusal = evidence::refuse(evidence::Use::report_latest_period, caveats);
  if (!refusal || timed.values.empty()) return;
  const auto last = std::prev(timed.values.end());
  pair.notes.push_back(
      fmt::format("{} {}: {} is left out.", evidence::text_of(*refusal), title, period_words(timed.kind, last->first)));
  timed.values.erase(last);
}

// The longest run of periods that both have.
void take_run(const Timed& leader, const Timed& follower, LagPair& pair) {
  std::vector<std::int32_t> run;
  std::vector<std::int32_t> longest;
  std::size_t shared = 0;
  for (const auto& [at, value] : leader.values) {
    if (!follower.values.contains(at)) continue;
    ++shared;
    if (!run.empty() && run.back() + 1 != at) run.clear();
    run.push_back(at);
    if (run.size() > longest.size()) longest = run;
  }
  for (const std::int32_t at : longest) {
    pair.leader.push_back(leader.values.at(at));
    pair.follower.push_back(follower.values.at(at));
  }
  if (longest.empty()) return;
  pair.from = period_words(leader.kind, longest.front());
  pair.to = period_words(leader.kind, longest.back());
  if (shared == longest.size()) return;
  evidence::Caveats absent = pair.caveats;
  absent.add(evidence::Caveat::absent_not_zero);
  const auto refusal = evidence::refuse(
      evidence::Use::join_line, absent,
      {.absent = fmt::format("{} of the shared periods lie outside the longest run", shared - longest.size())});
  if (refusal) pair.notes.push_back(evidence::text_of(*refusal));
}

// Percentage moves are alike in size at any level: logarithms where all values allow it.
void take_logarithms(LagPair& pair) {
  const auto is_positive = [](double value) { return value > 0; };
  if (!std::ranges::all_of(pair.leader, is_positive) || !std::ranges::all_of(pair.follower, is_positive)) {
    pair.notes.emplace_back("A value is nought or below, so the series are taken as they are and not as logarithms.");
    return;
  }
  for (double& value : pair.leader) value = base::portable_log(value);
  for (double& value : pair.follower) value = base::portable_log(value);
}

Result<LagPair> finished(LagPair pair, const Timed& leader, const Timed& follower) {
  if (leader.kind != follower.kind) {
    return bad_command("period_kinds_mixed", "The two series are of different kinds of period", pair.leader_title,
                       "A calendar year is not the year to March: take two series of one kind");
  }
  take_run(leader, follower, pair);
  if (pair.leader.size() < 4) {
    return bad_command("periods_too_few", fmt::format("The two series share {} periods in a row", pair.leader.size()),
                       pair.leader_title, "Four are the least that can be looked at at all");
  }
  take_logarithms(pair);
  return pair;
}

Result<LagPair> pair_of_table(const LagRequest& request) {
  const SmallTable table = TRY(read_small_table(request.input));
  const TableColumns columns = TRY(TableColumns::of(table, {"period", request.leader, request.follower}, table.header));
  LagPair pair;
  pair.leader_title = request.leader;
  pair.follower_title = request.follower;
  const Timed leader = TRY(timed_column(columns, request.leader));
  const Timed follower = TRY(timed_column(columns, request.follower));
  return finished(std::move(pair), leader, follower);
}

}  // namespace

Result<LagPair> lag_pair(const LagRequest& request) {
  if (!request.input.empty()) return pair_of_table(request);
  const FoundLine leader = TRY(line_of(request.leader, "LEADER"));
  const FoundLine follower = TRY(line_of(request.follower, "FOLLOWER"));
  LagPair pair;
  pair.area = TRY(area_of(leader, follower, request.area));
  pair.leader_title = fmt::format("{}: {}", leader.card->title, leader.line->title);
  pair.follower_title = fmt::format("{}: {}", follower.card->title, follower.line->title);
  pair.caveats = leader.card->caveats;
  pair.caveats.unite(follower.card->caveats);
  if (leader.card != follower.card) pair.caveats.add(evidence::Caveat::different_universe);
  Timed ahead = TRY(timed_line(leader, pair.area));
  Timed behind = TRY(timed_line(follower, pair.area));
  drop_incomplete(ahead, leader.card->caveats, pair.leader_title, pair);
  drop_incomplete(behind, follower.card->caveats, pair.follower_title, pair);
  return finished(std::move(pair), ahead, behind);
}

Result<LagWindow> lag_window(const std::string& text) {
  const std::size_t dots = text.find("..");
  const auto low = base::parse_integer(text.substr(0, dots));
  const auto high = dots == std::string::npos ? low : base::parse_integer(text.substr(dots + 2));
  if (low && high && *low <= *high && *low >= -k_lag_max && *high <= k_lag_max) {
    return LagWindow{.low = static_cast<int>(*low), .high = static_cast<int>(*high)};
  }
  return bad_command(
      "window_malformed", fmt::format("“{}” is no window", text), "--window",
      fmt::format("Write the least and the largest lag in periods, such as 1..6; at most {}", k_lag_max));
}

}  // namespace throughline::app
