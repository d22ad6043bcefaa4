// throughline index: the Drug Harms Index, what moved it, how sure it is, and its parts, which it is never shown
// without.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/carried_tables.h"
#include "app/harm_index.h"
#include "app/harm_index_limits.h"
#include "app/severity_input.h"
#include "app/small_table.h"
#include "base/parallel.h"
#include "base/text.h"
#include "evidence/caveats.h"
#include "evidence/harm/drug_harm_index.h"
#include "evidence/harm/index_draws.h"

namespace throughline::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using evidence::HarmIndex;
using evidence::HarmTable;

constexpr int k_index_decimals = 6;

Value decimal_or_nothing(const std::optional<double>& value, int decimals) {
  return value.has_value() ? Value(Decimal{*value, decimals}) : Value();
}

Result<std::size_t> base_of(const HarmTable& table, const std::string& name) {
  if (name.empty()) return std::size_t{0};
  const auto at = std::ranges::find(table.periods, name);
  if (at != table.periods.end()) return static_cast<std::size_t>(at - table.periods.begin());
  const auto nearest = base::nearest_name(name, table.periods);
  return Error{ErrorKind::bad_command, "base_unknown", fmt::format("There is no period {} in the table", name),
               "--base",
               nearest ? fmt::format("Did you mean {}?", *nearest)
                       : fmt::format("The periods are: {}", fmt::join(table.periods, ", "))};
}

std::string names_of(const HarmTable& table, const std::vector<std::size_t>& harms) {
  std::vector<std::string> names;
  for (const std::size_t harm : harms) names.push_back(table.harms[harm]);
  return fmt::format("{}", fmt::join(names, ", "));
}

Table index_table(const HarmTable& table, const HarmIndex& index, const std::optional<evidence::DrawnIndex>& drawn) {
  Table rows{.name = "index",
             .title = "",
             .columns = {{"period", "Period", ColumnKind::id},
                         {"index", "Index", ColumnKind::number},
                         {"low", "From", ColumnKind::number},
                         {"high", "To", ColumnKind::number},
                         {"fell", "Probability that it fell", ColumnKind::number},
                         {"below_base", "That it is below the base", ColumnKind::number},
                         {"constant_price", "At constant prices", ColumnKind::number},
                         {"log_form", "Log form", ColumnKind::number},
                         {"direct", "Ratio to the base", ColumnKind::number},
                         {"value", "Value", ColumnKind::number}},
             .rows = {},
             .empty_text = ""};
  for (std::size_t period = 0; period < table.periods.size(); ++period) {
    const evidence::IndexPoint& point = index.points[period];
    const bool has_draws = drawn.has_value();
    const evidence::DrawnPoint spread = has_draws ? drawn->points[period] : evidence::DrawnPoint{};
    rows.rows.push_back({table.periods[period], Decimal{point.chained, k_index_decimals},
                         has_draws ? Value(Decimal{spread.chained.low, 2}) : Value(),
                         has_draws ? Value(Decimal{spread.chained.high, 2}) : Value(),
                         has_draws && period > 0 ? Value(Decimal{spread.fell, 3}) : Value(),
                         has_draws && period != index.base ? Value(Decimal{spread.below_base, 3}) : Value(),
                         decimal_or_nothing(point.constant_price, k_index_decimals),
                         decimal_or_nothing(point.log_form, k_index_decimals),
                         decimal_or_nothing(point.direct, k_index_decimals), Decimal{point.value, 0}});
  }
  return rows;
}

Section index_section(const HarmTable& table, const HarmIndex& index, const IndexRequest& request) {
  std::optional<evidence::DrawnIndex> drawn;
  if (request.draws > 0)
    drawn = evidence::draw_index(table, index.base, {.draws = request.draws, .seed = request.seed});
  Section section{.name = "index",
                  .title = fmt::format("Drug Harms Index, {} = 100", table.periods[index.base]),
                  .facts = {{"file", "File", request.table},
                            {"base", "Base period", table.periods[index.base]},
                            {"harms", "Harms", static_cast<std::int64_t>(table.harms.size())}},
                  .tables = {index_table(table, index, drawn)},
                  .notes = {}};
  section.notes = harm_caveat_notes(table);
  if (drawn.has_value()) {
    section.notes.push_back(fmt::format(
        "{} draws, seed {}; limits at 95 per cent. A count is Poisson about itself, a survey normal with its standard "
        "error, a cost and a share triangular in their ranges; what has no range is taken as exact.",
        request.draws, request.seed));
    if (drawn->undefined > 0) {
      section.notes.push_back(fmt::format("{} draws had a period worth nothing and were left out.", drawn->undefined));
    }
  }
  return section;
}

Table links_table(const HarmTable& table, const HarmIndex& index) {
  Table rows{.name = "links",
             .title = "From one period to the next, on the harms that both have",
             .columns = {{"from", "From", ColumnKind::id},
                         {"to", "To", ColumnKind::id},
                         {"matched", "Harms", ColumnKind::number},
                         {"ratio", "Ratio", ColumnKind::number},
                         {"volume", "By volume", ColumnKind::number},
                         {"price", "By unit cost", ColumnKind::number},
                         {"volume_laspeyres", "Volume, Laspeyres", ColumnKind::number},
                         {"price_paasche", "Cost, Paasche", ColumnKind::number},
                         {"volume_paasche", "Volume, Paasche", ColumnKind::number},
                         {"price_laspeyres", "Cost, Laspeyres", ColumnKind::number},
                         {"entered", "Entered"},
                         {"left", "Left"}},
             .rows = {},
             .empty_text = ""};
  for (const evidence::HarmLink& link : index.links) {
    rows.rows.push_back({table.periods[link.from], table.periods[link.to], static_cast<std::int64_t>(link.parts.size()),
                         Decimal{link.ratio, 9}, Decimal{link.volume, 0}, Decimal{link.price, 0},
                         Decimal{link.volume_laspeyres, 9}, Decimal{link.price_paasche, 9},
                         Decimal{link.volume_paasche, 9}, Decimal{link.price_laspeyres, 9},
                         text_or_nothing(names_of(table, link.entered)), text_or_nothing(names_of(table, link.left))});
  }
  return rows;
}

Table parts_table(const HarmTable& table, const HarmIndex& index) {
  Table rows{.name = "parts",
             .title = "What each harm did to the value",
             .columns = {{"from", "From", ColumnKind::id},
                         {"to", "To", ColumnKind::id},
                         {"harm", "Harm"},
                         {"weight", "Weight before", ColumnKind::number},
                         {"volume", "By volume", ColumnKind::number},
                         {"price", "By unit cost", ColumnKind::number},
                         {"change", "Together", ColumnKind::number}},
             .rows = {},
             .empty_text = ""};
  for (const evidence::HarmLink& link : index.links) {
    for (const evidence::BennetPart& part : link.parts) {
      rows.rows.push_back({table.periods[link.from], table.periods[link.to], table.harms[part.harm],
                           Decimal{part.weight, 6}, Decimal{part.volume, 0}, Decimal{part.price, 0},
                           Decimal{part.volume + part.price, 0}});
    }
  }
  return rows;
}

// Harms that moved against the sum of all, by volume, over the last link.
std::vector<std::string> hidden_moves(const HarmTable& table, const HarmIndex& index) {
  std::vector<std::string> notes;
  for (const evidence::HarmLink& link : index.links) {
    std::vector<std::string> against;
    for (const evidence::BennetPart& part : link.parts) {
      if (part.volume * link.volume < 0) against.push_back(table.harms[part.harm]);
    }
    if (against.empty()) continue;
    notes.push_back(fmt::format("{} to {}: all together the volume {}, but that of {} {}.", table.periods[link.from],
                                table.periods[link.to], link.volume > 0 ? "rose" : "fell", fmt::join(against, ", "),
                                link.volume > 0 ? "fell" : "rose"));
  }
  return notes;
}

Section links_section(const HarmTable& table, const HarmIndex& index) {
  return {.name = "links",
          .title = "What moved it",
          .facts = {},
          .tables = {links_table(table, index), parts_table(table, index)},
          .notes = hidden_moves(table, index)};
}

Section without_section(const HarmTable& table, const HarmIndex& index) {
  Section section{.name = "without", .title = "Without each harm in turn", .facts = {}, .tables = {}, .notes = {}};
  Table rows{
      .name = "without",
      .title = "",
      .columns = {{"harm", "Without"}, {"period", "Period", ColumnKind::id}, {"index", "Index", ColumnKind::number}},
      .rows = {},
      .empty_text = "There is one harm only."};
  for (std::size_t harm = 0; table.harms.size() > 1 && harm < table.harms.size(); ++harm) {
    const Result<HarmIndex> rest = evidence::drug_harm_index(evidence::without_harm(table, harm), index.base);
    if (!rest.ok()) {
      section.notes.push_back(
          fmt::format("Without {} there is no index: {}", table.harms[harm], rest.error().message()));
      continue;
    }
    for (std::size_t period = 0; period < table.periods.size(); ++period) {
      if (period == index.base) continue;
      rows.rows.push_back(
          {table.harms[harm], table.periods[period], Decimal{rest.value().points[period].chained, k_index_decimals}});
    }
  }
  section.tables.push_back(std::move(rows));
  return section;
}

// Adds a row for each period of the harm; false where one of its costs has no source.
bool add_cost_rows(Table& rows, const HarmTable& table, std::size_t harm) {
  bool has_source = true;
  for (std::size_t period = 0; period < table.periods.size(); ++period) {
    const std::optional<evidence::HarmCell>& cell = table.at(harm, period);
    if (!cell.has_value()) continue;
    has_source = has_source && !cell->source.empty();
    const std::optional<evidence::Interval>& range = cell->cost_range;
    rows.rows.push_back({table.harms[harm], table.periods[period], Decimal{cell->volume, 0}, Decimal{cell->share, 3},
                         Decimal{cell->unit_cost, 2}, range ? Value(Decimal{range->low, 2}) : Value(),
                         range ? Value(Decimal{range->high, 2}) : Value(), std::to_string(cell->price_year),
                         cell->source.empty() ? "no source was given" : cell->source});
  }
  return has_source;
}

Section costs_section(const HarmTable& table) {
  Table rows{.name = "costs",
             .title = "",
             .columns = {{"harm", "Harm"},
                         {"period", "Period", ColumnKind::id},
                         {"volume", "Volume", ColumnKind::number},
                         {"share", "Share owed to drugs", ColumnKind::number},
                         {"unit_cost", "Unit cost", ColumnKind::number},
                         {"low", "From", ColumnKind::number},
                         {"high", "To", ColumnKind::number},
                         {"price_year", "Prices of", ColumnKind::id},
                         {"source", "Source of the cost"}},
             .rows = {},
             .empty_text = ""};
  std::vector<std::string> unsourced;
  for (std::size_t harm = 0; harm < table.harms.size(); ++harm) {
    if (!add_cost_rows(rows, table, harm)) unsourced.push_back(table.harms[harm]);
  }
  Section section{
      .name = "costs", .title = "Volumes and unit costs", .facts = {}, .tables = {std::move(rows)}, .notes = {}};
  if (!unsourced.empty()) {
    section.notes.push_back(fmt::format("No source was given for the unit cost of: {}.", fmt::join(unsourced, ", ")));
  }
  return section;
}

Section severity_section(const SeverityInput& input) {
  Table rows{.name = "severity",
             .title = "",
             .columns = {{"period", "Period", ColumnKind::id},
                         {"offences", "Offences", ColumnKind::number},
                         {"severity", "Severity score", ColumnKind::number},
                         {"severity_proactive", "Of it found by looking", ColumnKind::number},
                         {"custody_days", "Harm index, days", ColumnKind::number},
                         {"unweighted", "Without a severity weight", ColumnKind::number},
                         {"left_out", "Not in the harm index", ColumnKind::number}},
             .rows = {},
             .empty_text = ""};
  const auto points = evidence::severity_points(input.weights, input.counts, input.periods.size());
  for (std::size_t period = 0; period < points.size(); ++period) {
    const evidence::SeverityPoint& point = points[period];
    rows.rows.push_back({input.periods[period], point.offences, Decimal{point.severity, 0},
                         Decimal{point.severity_proactive, 0}, Decimal{point.custody_days, 0}, point.unweighted,
                         point.left_out});
  }
  std::vector<std::string> proactive;
  for (const evidence::OffenceWeight& weight : input.weights) {
    if (weight.is_proactive) proactive.push_back(weight.offence);
  }
  return {.name = "severity",
          .title = "Recorded offences by severity, both ways",
          .facts = {},
          .tables = {std::move(rows)},
          .notes = {"POLICE_ACTIVITY: " + std::string(evidence::sentence_of(evidence::Caveat::police_activity)),
                    fmt::format("The two disagree about drug offences by design. A severity score counts every "
                                "recorded offence by its mean sentence, so that more searching raises it. The "
                                "Cambridge Crime Harm Index leaves out what police find by looking, since its number "
                                "says how much they looked, and so says nothing of it at all. Found by looking here: "
                                "{}.",
                                proactive.empty() ? "none" : fmt::format("{}", fmt::join(proactive, ", ")))}};
}

Table areas_table(const std::vector<std::string>& areas) {
  Table rows{.name = "areas",
             .title = "Areas that have published scores",
             .columns = {{"area", "Area"}},
             .rows = {},
             .empty_text = ""};
  for (const std::string& area : areas) rows.rows.push_back({area});
  return rows;
}

Section published_section(const std::vector<PublishedScore>& scores, const std::string& area) {
  Table rows{.name = "published",
             .title = "",
             .columns = {{"year_ending", "Year ending", ColumnKind::id},
                         {"offence_group", "Offences"},
                         {"score", "Score", ColumnKind::number}},
             .rows = {},
             .empty_text = ""};
  for (const PublishedScore& score : scores) {
    rows.rows.push_back({score.year_ending, score.offence_group, Decimal{score.score, 2}});
  }
  return {.name = "published",
          .title = "Crime Severity Score as published: " + area,
          .facts = {},
          .tables = {std::move(rows)},
          .notes = {"VINTAGE: " + std::string(evidence::sentence_of(evidence::Caveat::vintage)),
                    "Per head of population. Drug offences are among other crimes against society there; the weights "
                    "behind it are not in this table."}};
}

Result<void> check_pairs(const IndexRequest& request) {
  if (request.offences.empty() != request.weights.empty()) {
    return Error{ErrorKind::bad_command, "weights_missing", "Offences and their weights are given together",
                 "--offences, --weights", "Name both files, or neither"};
  }
  if (request.published.empty() != request.area.empty()) {
    return Error{ErrorKind::bad_command, "area_missing", "Published scores and an area are given together",
                 "--published, --area", "Name both, or neither"};
  }
  return {};
}

}  // namespace

Answer index(const Outside& outside, const Settings& settings, const IndexRequest& request) {
  TRY(check_pairs(request));
  if (outside.host == nullptr) base::set_thread_limit(settings.threads);
  HarmTable table = TRY(read_harms(request.table));
  const std::size_t base = TRY(base_of(table, request.base));
  TRY(settle_prices(table, request.deflator, base));
  const HarmIndex computed = TRY(evidence::drug_harm_index(table, base));
  TRY(outside.interrupt.poll());
  Report report{.verb = "index",
                .sections = {index_section(table, computed, request), links_section(table, computed),
                             without_section(table, computed), costs_section(table)}};
  add_carried_note(report.sections.front(), request.table);
  if (!request.offences.empty()) {
    report.sections.push_back(severity_section(TRY(read_severity(request.offences, request.weights))));
    add_carried_note(report.sections.back(), request.offences);
  }
  if (!request.published.empty()) {
    const PublishedScores published = TRY(read_published(request.published, request.area));
    report.sections.push_back(published_section(published.scores, request.area));
    report.sections.back().tables.push_back(areas_table(published.areas));
    add_carried_note(report.sections.back(), request.published);
  }
  if (!request.output.empty()) {
    const std::vector<std::string> written =
        TRY(write_index(request.output, report.sections[0].tables.front(), report.sections[1].tables.back()));
    report.sections.front().notes.push_back(fmt::format("Written: {}.", fmt::join(written, ", ")));
  }
  return report;
}

}  // namespace throughline::app
