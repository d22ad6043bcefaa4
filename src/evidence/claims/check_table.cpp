#include "evidence/claims/check_table.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/number.h"
#include "evidence/claims/claim_periods.h"
#include "evidence/claims/plain_words.h"

namespace throughline::evidence {

namespace {

// "problem drug users as share of Londoners": a row of the same report over the residents of the row's area.
std::optional<RowStatus> share_of_residents(const std::vector<ReportRow>& rows, const ReportRow& row,
                                            const Catalogue& catalogue) {
  const std::string label = plain_letters(row.label);
  const std::size_t as_share = label.find(" as share of ");
  const SeriesCard* card = catalogue.find("population");
  const auto figure = report_figure(row);
  if (as_share == std::string::npos || card == nullptr || !figure || !figure->is_percentage) return std::nullopt;
  const std::string of = label.substr(as_share + 13);
  const std::string area = plain_letters(row.area);
  const bool is_residents = of == "residents" || of == "the population" || of == area + "ers";
  const auto part = std::ranges::find_if(rows, [&](const ReportRow& other) {
    return other.source == row.source && other.area == row.area &&
           plain_letters(other.label) == label.substr(0, as_share);
  });
  const FoundPeriods periods = find_periods(row.period, PeriodPlace::column);
  if (!is_residents || part == rows.end() || periods.periods.empty()) return std::nullopt;
  const auto count = report_figure(*part);
  const SeriesPoint* people =
      card->lines.front().at(row.area, calendar_year(periods.periods.front().span.first.year()));
  if (!count || people == nullptr || people->value <= 0) return std::nullopt;
  const double share = count->amount * 100 / people->value;
  const std::string working =
      fmt::format("{} / {} residents ({}) = {:.2f} %", base::format_integer(static_cast<std::int64_t>(count->amount)),
                  base::format_integer(static_cast<std::int64_t>(people->value)), words_of(people->span), share);
  return RowStatus{figure->printed.allows(share) ? Verdict::holds : Verdict::does_not_hold, DecidedBy::series,
                   card->title, working + "."};
}

// The lines that a row's words would mean, were they the given ones.
const SeriesPoint* point_of(const std::string& words, const ReportRow& row, const Catalogue& catalogue) {
  ReportRow asked = row;
  asked.label = words;
  asked.value = "0";
  asked.unit = "deaths";
  const RowClaim found = claim_of_row(asked, catalogue.vocabulary);
  if (!found.claim || !found.why_not.empty()) return nullptr;
  for (const Reading& reading : check_claim(*found.claim, catalogue).readings.readings) {
    if (reading.is_stated) return reading.match.line->at(reading.area, reading.end);
  }
  return nullptr;
}

// "share of deaths related to opiates and cocaine": one death may be of both, so that the share lies between that of
// the larger and that of both added.
std::optional<RowStatus> share_of_either(const ReportRow& row, const Catalogue& catalogue) {
  const std::string label = plain_letters(row.label);
  const std::size_t related = label.find(" related to ");
  const std::size_t both = label.find(" and ", related == std::string::npos ? 0 : related);
  const auto figure = report_figure(row);
  const bool is_asked =
      label.starts_with("share of deaths") && related != std::string::npos && both != std::string::npos;
  if (!is_asked || !figure || !figure->is_percentage) return std::nullopt;
  const SeriesPoint* all = point_of("drug deaths", row, catalogue);
  const SeriesPoint* one =
      point_of("deaths related to " + label.substr(related + 12, both - related - 12), row, catalogue);
  const SeriesPoint* other = point_of("deaths related to " + label.substr(both + 5), row, catalogue);
  if (all == nullptr || one == nullptr || other == nullptr || all->value <= 0) return std::nullopt;
  const double low = std::max(one->value, other->value) * 100 / all->value;
  const double high = (one->value + other->value) * 100 / all->value;
  const bool is_possible = figure->printed.high >= low && figure->printed.low <= high;
  return RowStatus{
      is_possible ? Verdict::consistent : Verdict::does_not_hold, DecidedBy::series,
      fmt::format("{}, {}; deaths that mention either are not counted once", row.area, words_of(all->span)),
      fmt::format(
          "Of {:.0f} deaths {:.0f} mention the one and {:.0f} the other, some both: between {:.1f} and {:.1f} %.",
          all->value, one->value, other->value, low, high)};
}

RowStatus status_from_series(const ReportRow& row, const Catalogue& catalogue) {
  const RowClaim found = claim_of_row(row, catalogue.vocabulary);
  RowStatus status;
  if (!found.claim || !found.why_not.empty()) {
    status.why = found.why_not;
    return status;
  }
  const CheckedClaim checked = check_claim(*found.claim, catalogue);
  status.verdict = checked.verdict;
  status.basis = checked.basis;
  status.why = checked.why;
  if (checked.verdict != Verdict::no_data) status.by = DecidedBy::series;
  return status;
}

RowStatus first_status(const std::vector<ReportRow>& rows, const ReportRow& row, const Catalogue& catalogue) {
  if (auto share = share_of_residents(rows, row, catalogue)) return *std::move(share);
  if (auto share = share_of_either(row, catalogue)) return *std::move(share);
  return status_from_series(row, catalogue);
}

void take_arithmetic(const std::vector<RowFinding>& findings, std::vector<RowStatus>& statuses) {
  for (const RowFinding& finding : findings) {
    RowStatus& status = statuses[finding.row];
    if (status.by != DecidedBy::nothing) continue;
    const bool is_conflict = finding.verdict == Verdict::conflicts;
    status = {finding.verdict, is_conflict ? DecidedBy::conflict : DecidedBy::arithmetic, {}, finding.why};
  }
}

// What a series or arithmetic has decided stands, and its rivals are told beside it.
void take_rival(const RivalFigures& rivals, RowStatus& status) {
  const std::string why = fmt::format("{}: {}.", rivals.kind, rivals.scope);
  if (status.by == DecidedBy::nothing) {
    status = {Verdict::conflicts, DecidedBy::conflict, {}, why};
  } else {
    status.why += " " + why;
  }
}

std::string needed(const ReportRow& row) {
  return fmt::format("Needed: {}, {}, {}. ", row.label, row.area, row.period);
}

}  // namespace

std::string_view words_of(DecidedBy by) {
  switch (by) {
    case DecidedBy::series: return "stored series";
    case DecidedBy::arithmetic: return "arithmetic within the reports";
    case DecidedBy::conflict: return "conflict between figures";
    case DecidedBy::nothing: return "nothing stored";
  }
  return {};
}

CheckedTable check_table(const std::vector<ReportRow>& rows, const Catalogue& catalogue) {
  CheckedTable table;
  for (const ReportRow& row : rows) table.statuses.push_back(first_status(rows, row, catalogue));
  take_arithmetic(arithmetic_findings(rows, catalogue.vocabulary), table.statuses);
  table.rivals = rival_figures(rows, catalogue.vocabulary);
  for (const RivalFigures& rivals : table.rivals) {
    for (const std::size_t at : rivals.rows) take_rival(rivals, table.statuses[at]);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    RowStatus& status = table.statuses[i];
    if (status.by == DecidedBy::nothing) status.why = needed(rows[i]) + status.why;
  }
  return table;
}

}  // namespace throughline::evidence
