#include "app/trend_input.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "app/table_columns.h"
#include "base/text.h"
#include "evidence/model.h"
#include "evidence/series/catalogue.h"

namespace throughline::app {

namespace {

using base::Error;
using base::Result;
using evidence::SeriesCard;
using evidence::SeriesLine;
using evidence::SeriesSpan;

std::string nearest_of(const std::string& name, const std::vector<std::string>& known) {
  const auto nearest = base::nearest_name(name, known);
  if (nearest) return fmt::format("Did you mean “{}”?", *nearest);
  return fmt::format("There are {}", base::short_list(known, {.most = 12, .is_rest_counted = false}));
}

TrendInput framed(WatchBatch batch) {
  TrendInput input;
  input.source = batch.source;
  input.periods = batch.periods();
  input.periods_all = input.periods;
  input.caveats = batch.caveats;
  for (std::size_t i = 0; i < batch.series.size(); ++i) {
    input.lines.push_back(
        {.area = batch.series[i].area,
         .category = batch.series[i].category,
         .break_line = evidence::slug_of(batch.series[i].category),
         .is_police_activity = batch.is_police_activity[i],
         .line = {.counts = std::move(batch.series[i].counts),
                  .people = batch.people.empty() ? std::vector<std::optional<double>>() : std::move(batch.people[i]),
                  .periods_in_year = batch.is_monthly() ? 12 : 1}});
  }
  batch.series.clear();
  batch.people.clear();
  input.frame = std::move(batch);
  return input;
}

// Mid-year residents in the middle of the period's year, where the area has them for every period of the line.
void add_residents(TrendInput& input) {
  const SeriesCard* residents = evidence::built_in_catalogue().find("population");
  for (TrendLine& line : input.lines) {
    std::vector<std::optional<double>> people(input.periods);
    bool has_any = false;
    for (std::size_t period = 0; period < input.periods; ++period) {
      const auto span = evidence::parse_span(input.period_text(period));
      if (!span) continue;
      const auto* point = residents->lines.front().at(line.area, evidence::calendar_year(span->first.year()));
      if (point != nullptr) people[period] = point->value;
      has_any = has_any || point != nullptr;
    }
    if (has_any) line.line.people = std::move(people);
  }
}

Result<TrendInput> published_input(const std::string& name) {
  const std::size_t dot = name.find('.');
  const std::string series = name.substr(0, dot);
  if (series == "all") {
    return bad_command("series_unknown", "A trend is of one published series", "--published",
                       "Name one; throughline claim --list shows every series");
  }
  std::vector<WatchBatch> batches = TRY(published_batches(series));
  TrendInput input = framed(std::move(batches.front()));
  input.register_name = series;
  const SeriesCard& card = *evidence::built_in_catalogue().find(series);
  std::vector<std::string> names;
  for (const SeriesLine& each : card.lines) {
    names.push_back(each.name);
    for (TrendLine& line : input.lines) {
      if (line.category == card.title + ", " + each.title) line.break_line = each.name;
    }
  }
  if (dot != std::string::npos) {
    const std::string wanted = name.substr(dot + 1);
    std::erase_if(input.lines, [&](const TrendLine& line) { return line.break_line != wanted; });
    if (input.lines.empty()) {
      return bad_command("line_unknown", fmt::format("The series {} has no line “{}”", series, wanted), "--published",
                         nearest_of(wanted, names));
    }
  }
  // Some forces bear the name of a region, and its residents are not theirs.
  const bool is_of_forces_alone =
      card.geography.find("police force") != std::string::npos && card.geography.find("region") == std::string::npos;
  if (!is_of_forces_alone) add_residents(input);
  return input;
}

WatchRequest workspace_request(const TrendRequest& request) {
  WatchRequest watched;
  watched.measure = request.measure;
  watched.category = request.category;
  watched.area = request.area;
  watched.area_kind = request.area_kind;
  watched.lines_max = request.lines_max;
  return watched;
}

// Keeps the lines whose name is wanted; `of` gives it.
template <class Name>
Result<void> keep(TrendInput& input, const std::string& wanted, const std::string& kind, Name of) {
  if (wanted.empty()) return {};
  std::vector<std::string> names;
  for (const TrendLine& line : input.lines) add_name(names, of(line));
  const std::string slug = evidence::slug_of(wanted);
  std::erase_if(input.lines, [&](const TrendLine& line) { return evidence::slug_of(of(line)) != slug; });
  if (!input.lines.empty()) return {};
  return bad_command(kind + "_unknown", fmt::format("There is no {} “{}” in {}", kind, wanted, input.source),
                     "--" + kind, nearest_of(wanted, names));
}

Result<void> cut_short(TrendInput& input, const std::string& to) {
  if (to.empty()) return {};
  const std::size_t last = TRY(input.period_named(to, "--to"));
  input.cut_after(last + 1);
  return {};
}

Result<TrendInput> input_asked(const Outside& outside, const Settings& settings, const TrendRequest& request) {
  const int named =
      (request.input.empty() ? 0 : 1) + (request.published.empty() ? 0 : 1) + (request.measure.empty() ? 0 : 1);
  if (named != 1) {
    return bad_command("trend_not_said", named == 0 ? "Nothing to look at is named" : "Several things are named",
                       "measure, --input, --published",
                       "Name a measure of the workspace, or --input FILE, or --published SERIES or SERIES.LINE");
  }
  if (!request.published.empty()) {
    TrendInput input = TRY(published_input(request.published));
    if (settings.as_of) input.frame.notes.emplace_back(k_published_as_carried);
    if (request.has_workspace_residents) TRY(add_workspace_residents(input, outside, settings));
    return input;
  }
  if (!request.input.empty()) {
    return framed(TRY(read_watch_table(request.input, request.has_noughts_left_out, PeopleRead::yes)));
  }
  TrendInput input = framed(TRY(workspace_batch(outside, settings, workspace_request(request), PeopleRead::yes)));
  input.register_name = request.measure;
  return input;
}

}  // namespace

Result<std::size_t> TrendInput::period_named(const std::string& text, const std::string& option) const {
  const std::optional<SeriesSpan> span = evidence::parse_span(text);
  if (span && span->kind == frame.first.kind && frame.first.first <= span->first) {
    const std::size_t place = frame.place_of(*span);
    if (place < periods) return place;
  }
  return bad_command("period_malformed", fmt::format("“{}” is no period of {}", text, source), option,
                     fmt::format("Its periods are {} to {}", period_text(0), period_text(periods - 1)));
}

void TrendInput::cut_after(std::size_t kept) {
  periods = kept;
  for (TrendLine& line : lines) {
    line.line.counts.resize(kept);
    if (!line.line.people.empty()) line.line.people.resize(kept);
  }
}

evidence::Caveats TrendInput::caveats_of(const TrendLine& line) const {
  evidence::Caveats all = caveats;
  if (line.is_police_activity) all.add(evidence::Caveat::police_activity);
  return all;
}

Result<TrendInput> trend_input(const Outside& outside, const Settings& settings, const TrendRequest& request) {
  TrendInput input = TRY(input_asked(outside, settings, request));
  if (request.measure.empty()) {
    TRY(keep(input, request.category, "category", [](const TrendLine& line) { return line.category; }));
    TRY(keep(input, request.area, "area", [](const TrendLine& line) { return line.area; }));
  }
  TRY(cut_short(input, request.to));
  if (input.lines.empty()) {
    return bad_command("periods_too_few", "There is nothing to look at", input.source, "Give counts of two periods");
  }
  return input;
}

Result<std::vector<evidence::DeclaredBreak>> declared_breaks(const TrendRequest& request) {
  std::vector<evidence::DeclaredBreak> all = evidence::built_in_breaks();
  if (request.breaks.empty()) return all;
  const SmallTable table = TRY(read_small_table(request.breaks));
  const TableColumns columns = TRY(TableColumns::of(table, {"month", "what", "source"}));
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::string month = TRY(columns.name(row, "month"));
    const auto parsed = base::parse_month(month);
    if (!parsed.has_value()) {
      return bad_command("breaks_malformed", fmt::format("“{}” is no month", month), table.place(row),
                         "Write the first month of the new way, such as 2024-02");
    }
    all.push_back({.applies_to = {},
                   .month = *parsed,
                   .what = TRY(columns.name(row, "what")),
                   .source = TRY(columns.name(row, "source"))});
  }
  return all;
}

}  // namespace throughline::app
