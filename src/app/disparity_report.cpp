#include "app/disparity_report.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/count_cell.h"
#include "app/figure_report.h"
#include "base/number.h"

namespace throughline::app {

namespace {

using evidence::DisparityFigures;
using evidence::OrRefusal;
using evidence::RatioEstimate;
using evidence::Refusal;

constexpr int k_ratio_decimals = 4;
constexpr int k_rate_decimals = 3;

// Infinity is not a number that can be written; the cell stays empty and the method says that it has no upper limit.
Value finite(double value, int decimals) {
  return std::isfinite(value) ? Value(Decimal{value, decimals}) : Value();
}

void add_ratio(std::vector<Value>& row, const OrRefusal<RatioEstimate>& ratio) {
  const auto* estimate = std::get_if<RatioEstimate>(&ratio);
  if (estimate == nullptr) {
    row.insert(row.end(), 3, Value());
    return;
  }
  row.push_back(finite(estimate->value, k_ratio_decimals));
  if (estimate->method == evidence::RatioMethod::itself) {
    row.insert(row.end(), 2, Value());
    return;
  }
  row.push_back(finite(estimate->interval.low, k_ratio_decimals));
  row.push_back(finite(estimate->interval.high, k_ratio_decimals));
}

void add_share(std::vector<Value>& row, std::int64_t count, std::int64_t of, const evidence::Interval& interval) {
  if (of == 0) {
    row.insert(row.end(), 3, Value());
    return;
  }
  constexpr double k_percent = 100;
  row.emplace_back(Decimal{k_percent * static_cast<double>(count) / static_cast<double>(of), 2});
  row.emplace_back(Decimal{k_percent * interval.low, 2});
  row.emplace_back(Decimal{k_percent * interval.high, 2});
}

template <class T>
std::string reason_of(const OrRefusal<T>& value) {
  const auto* refusal = std::get_if<Refusal>(&value);
  return refusal == nullptr ? std::string() : fmt::format("{}: {}", name_of(refusal->rule), refusal->reason);
}

// The reasons, each once.
Value reasons(const std::vector<std::string>& all) {
  std::vector<std::string> kept;
  for (const std::string& each : all) {
    if (!each.empty() && std::ranges::find(kept, each) == kept.end()) kept.push_back(each);
  }
  return text_or_nothing(fmt::format("{}", fmt::join(kept, " ")));
}

Value method_of(const OrRefusal<RatioEstimate>& ratio) {
  const auto* estimate = std::get_if<RatioEstimate>(&ratio);
  return estimate == nullptr ? Value() : Value(std::string(name_of(estimate->method)));
}

std::vector<Column> with_place(std::vector<Column> columns) {
  std::vector<Column> all{{"area", "Area"}, {"period", "Period", ColumnKind::id}};
  all.insert(all.end(), columns.begin(), columns.end());
  return all;
}

std::vector<Value> place_of(const ReckonedDisparity& each) {
  return {text_or_nothing(each.area), text_or_nothing(each.table.period)};
}

Table ratios_table(const std::vector<ReckonedDisparity>& all, const DisparityHead& head) {
  Table table{.name = "ratios",
              .title = "For each 1,000 people over the period, and against " + head.reference,
              .columns = with_place({{"group", "Group"},
                                     {"events", "Events", ColumnKind::number},
                                     {"people", "People", ColumnKind::number},
                                     {"population", "Divided by", ColumnKind::id},
                                     {"rate", "Rate", ColumnKind::number},
                                     {"rate_low", "From", ColumnKind::number},
                                     {"rate_high", "To", ColumnKind::number},
                                     {"risk_ratio", "Risk ratio", ColumnKind::number},
                                     {"risk_low", "From", ColumnKind::number},
                                     {"risk_high", "To", ColumnKind::number},
                                     {"interval", "Interval of it"},
                                     {"odds_ratio", "Odds ratio", ColumnKind::number},
                                     {"odds_low", "From", ColumnKind::number},
                                     {"odds_high", "To", ColumnKind::number},
                                     {"caveats", "Caveats"},
                                     {"refused", "Not given, since"}}),
              .rows = {},
              .empty_text = "There is no group."};
  for (const ReckonedDisparity& each : all) {
    for (const evidence::GroupDisparity& figure : each.figures.groups) {
      std::vector<Value> row = place_of(each);
      row.insert(row.end(), {Value(figure.group), Value(figure.events), figure.people ? Value(*figure.people) : Value(),
                             Value(head.population.name)});
      if (const auto* rate = std::get_if<evidence::Rate>(&figure.rate)) {
        row.insert(row.end(),
                   {Value(Decimal{rate->value, k_rate_decimals}), Value(Decimal{rate->interval.low, k_rate_decimals}),
                    Value(Decimal{rate->interval.high, k_rate_decimals})});
      } else {
        row.insert(row.end(), 3, Value());
      }
      add_ratio(row, figure.risk_ratio);
      row.push_back(method_of(figure.risk_ratio));
      add_ratio(row, figure.odds_ratio);
      row.push_back(text_or_nothing(figure.caveats.codes()));
      row.push_back(reasons({reason_of(figure.rate), reason_of(figure.risk_ratio), reason_of(figure.odds_ratio)}));
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

// "Black: 9.21 times the rate of White (9.13 to 9.29)."
std::vector<std::string> sentences(const ReckonedDisparity& each, const DisparityHead& head) {
  std::vector<std::string> all;
  for (const evidence::GroupDisparity& figure : each.figures.groups) {
    const auto* ratio = std::get_if<RatioEstimate>(&figure.risk_ratio);
    if (ratio == nullptr || figure.group == head.reference || !std::isfinite(ratio->value)) continue;
    const std::string high =
        std::isfinite(ratio->interval.high) ? base::format_fixed(ratio->interval.high, 2) : "no upper limit";
    all.push_back(fmt::format("{}: {} times the rate of {} ({} to {}), over: {}.", figure.group,
                              base::format_fixed(ratio->value, 2), head.reference,
                              base::format_fixed(ratio->interval.low, 2), high, head.population.title));
  }
  return all;
}

evidence::Caveats caveats_of(const std::vector<ReckonedDisparity>& all) {
  evidence::Caveats caveats;
  for (const ReckonedDisparity& each : all) caveats.unite(each.figures.caveats);
  return caveats;
}

// How many of how many, per cent with its interval, and the ratio to the reference.
struct ShareRow {
  std::int64_t count = 0;
  std::int64_t of = 0;
  const evidence::Interval* interval = nullptr;
  const OrRefusal<RatioEstimate>* ratio = nullptr;
  const evidence::Caveats* caveats = nullptr;
};

// The columns of one kind of share, and then those that all have.
std::vector<Column> share_columns(std::vector<Column> columns) {
  const std::vector<Column> shared{{"low", "From", ColumnKind::number},
                                   {"high", "To", ColumnKind::number},
                                   {"ratio", "Ratio", ColumnKind::number},
                                   {"ratio_low", "From", ColumnKind::number},
                                   {"ratio_high", "To", ColumnKind::number},
                                   {"interval", "Interval of it"},
                                   {"caveats", "Caveats"},
                                   {"refused", "Not given, since"}};
  columns.insert(columns.end(), shared.begin(), shared.end());
  return with_place(std::move(columns));
}

void add_share_cells(std::vector<Value>& row, const ShareRow& share) {
  add_share(row, share.count, share.of, *share.interval);
  add_ratio(row, *share.ratio);
  row.insert(row.end(),
             {method_of(*share.ratio), text_or_nothing(share.caveats->codes()), reasons({reason_of(*share.ratio)})});
}

Table hits_table(const std::vector<ReckonedDisparity>& all) {
  Table table{.name = "hits",
              .title = "",
              .columns = share_columns({{"basis", "Counted as a hit"},
                                        {"group", "Group"},
                                        {"hits", "Hits", ColumnKind::number},
                                        {"searches", "Searches", ColumnKind::number},
                                        {"blank", "Not recorded", ColumnKind::number},
                                        {"unknown_words", "In words not known", ColumnKind::number},
                                        {"hit_rate", "Per cent", ColumnKind::number}}),
              .rows = {},
              .empty_text = ""};
  for (const ReckonedDisparity& each : all) {
    for (const evidence::HitFigure& figure : each.figures.hits) {
      std::vector<Value> row = place_of(each);
      row.insert(row.end(), {Value(std::string(name_of(figure.basis))), Value(figure.group), Value(figure.hits),
                             Value(figure.recorded), Value(figure.blank), Value(figure.unknown_words)});
      add_share_cells(row, {.count = figure.hits,
                            .of = figure.recorded,
                            .interval = &figure.share,
                            .ratio = &figure.ratio,
                            .caveats = &figure.caveats});
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

Table disposals_table(const std::vector<ReckonedDisparity>& all) {
  Table table{.name = "disposals",
              .title = "",
              .columns = share_columns({{"disposal", "Ended as"},
                                        {"group", "Group"},
                                        {"count", "Count", ColumnKind::number},
                                        {"found", "Of those with an outcome", ColumnKind::number},
                                        {"share", "Per cent", ColumnKind::number}}),
              .rows = {},
              .empty_text = "No search had an outcome but no further action."};
  for (const ReckonedDisparity& each : all) {
    for (const evidence::DisposalFigure& figure : each.figures.disposals) {
      std::vector<Value> row = place_of(each);
      row.insert(row.end(), {Value(std::string(name_of(figure.disposal))), Value(figure.group), Value(figure.count),
                             Value(figure.found)});
      add_share_cells(row, {.count = figure.count,
                            .of = figure.found,
                            .interval = &figure.share,
                            .ratio = &figure.ratio,
                            .caveats = &figure.caveats});
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

}  // namespace

Section ratios_section(const std::vector<ReckonedDisparity>& all, const DisparityHead& head) {
  Section section{
      .name = "disparity",
      .title = "Disproportionality",
      .facts = {{"population", "Divided by", head.population.title}, {"reference", "Held against", head.reference}},
      .tables = {ratios_table(all, head)},
      .notes = {}};
  if (!head.population.limits.empty()) section.notes.push_back(head.population.limits);
  if (all.size() == 1) {
    for (std::string& each : sentences(all.front(), head)) section.notes.push_back(std::move(each));
  }
  section.notes.emplace_back(
      "A ratio says how often, not why. Residents are not the people on a street, and one person can be counted more "
      "than once, so every interval is narrower than it should be.");
  if (const auto unranked = evidence::refuse(evidence::Use::rank_areas, caveats_of(all))) {
    section.notes.push_back(evidence::text_of(*unranked));
  }
  for (std::string& note : caveat_notes(caveats_of(all))) section.notes.push_back(std::move(note));
  return section;
}

Section unknown_section(const std::vector<ReckonedDisparity>& all) {
  Table table{.name = "bounds",
              .title = "",
              .columns = with_place({{"group", "Group"},
                                     {"unknown", "Events of unknown group", ColumnKind::number},
                                     {"unknown_percent", "Per cent of all", ColumnKind::number},
                                     {"least", "All of them to the reference", ColumnKind::number},
                                     {"known", "Left out", ColumnKind::number},
                                     {"most", "All of them to the group", ColumnKind::number},
                                     {"refused", "Not given, since"}}),
              .rows = {},
              .empty_text = "There is no group but the reference."};
  const auto shown = [](const OrRefusal<double>& ratio) {
    const auto* value = std::get_if<double>(&ratio);
    return value == nullptr ? Value() : Value(Decimal{*value, k_ratio_decimals});
  };
  for (const ReckonedDisparity& each : all) {
    std::int64_t events = 0;
    for (const evidence::GroupTally& tally : each.table.groups) events += tally.events;
    for (const evidence::UnknownBounds& bounds : each.figures.bounds) {
      std::vector<Value> row = place_of(each);
      const std::int64_t unknown = each.table.unknown();
      const double share = events == 0 ? 0 : static_cast<double>(unknown) / static_cast<double>(events);
      row.insert(row.end(), {Value(bounds.group), Value(unknown), Value(Decimal{100 * share, 1}), shown(bounds.least),
                             shown(bounds.known), shown(bounds.most),
                             reasons({reason_of(bounds.least), reason_of(bounds.known), reason_of(bounds.most)})});
      table.rows.push_back(std::move(row));
    }
  }
  return {
      .name = "unknown",
      .title = "How far events of unknown group can move the risk ratio",
      .facts = {},
      .tables = {std::move(table)},
      .notes = {"However they are shared out, the ratio lies between the two ends; chance is not in these bounds."}};
}

std::vector<Section> outcome_sections(const std::vector<ReckonedDisparity>& all) {
  const bool has_outcomes =
      std::ranges::any_of(all, [](const ReckonedDisparity& each) { return !each.figures.hits.empty(); });
  if (!has_outcomes) return {};
  Section hits{.name = "hits",
               .title = "Hit rates",
               .facts = {},
               .tables = {hits_table(all)},
               .notes = {"A lower hit rate for a group can come of a lower threshold for searching it, and can come of "
                         "other things: it is a mean over all its searches. No further action can follow a find too. "
                         "Searches without a recorded outcome are counted apart."}};
  for (const ReckonedDisparity& each : all) {
    if (each.figures.unknown_words.empty()) continue;
    hits.notes.push_back(fmt::format("{}Outcomes in no disposal, and in no figure here: {}.",
                                     each.area.empty() ? std::string() : each.area + ": ",
                                     first_names(each.figures.unknown_words)));
  }
  Section disposals{.name = "disposals",
                    .title = "Of searches with an outcome, how they ended",
                    .facts = {},
                    .tables = {disposals_table(all)},
                    .notes = {"What was found differs between searches, and the same disposal can follow different "
                              "finds: like is compared with like only where one object was looked for."}};
  return {std::move(hits), std::move(disposals)};
}

Table footings_table(const std::string& name, const std::vector<OtherFooting>& footings) {
  Table table{.name = name,
              .title = name == "denominators" ? "Over each population that has the area"
                                              : "By each definition of ethnicity, over the same population",
              .columns = with_place({{"footing", name == "denominators" ? "Divided by" : "Ethnicity"},
                                     {"group", "Group"},
                                     {"events", "Events", ColumnKind::number},
                                     {"people", "People", ColumnKind::number},
                                     {"risk_ratio", "Risk ratio", ColumnKind::number},
                                     {"risk_low", "From", ColumnKind::number},
                                     {"risk_high", "To", ColumnKind::number},
                                     {"unknown", "Of unknown group", ColumnKind::number}}),
              .rows = {},
              .empty_text = "There is one only."};
  for (const OtherFooting& footing : footings) {
    for (const ReckonedDisparity& each : footing.all) {
      for (const evidence::GroupDisparity& figure : each.figures.groups) {
        std::vector<Value> row = place_of(each);
        row.insert(row.end(), {Value(footing.name), Value(figure.group), Value(figure.events),
                               figure.people ? Value(*figure.people) : Value()});
        add_ratio(row, figure.risk_ratio);
        row.emplace_back(each.table.unknown());
        table.rows.push_back(std::move(row));
      }
    }
  }
  return table;
}

}  // namespace throughline::app
