#include "app/activity_input.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "app/count_cell.h"
#include "app/small_table.h"
#include "app/table_columns.h"
#include "base/check.h"
#include "base/text.h"
#include "evidence/series/catalogue.h"

namespace throughline::app {

namespace {

using base::Error;
using base::Result;
using evidence::ActivityPart;
using evidence::BeforeAfter;

Error unlike(std::string code, std::string what, std::string remedy) {
  return bad_command(std::move(code), std::move(what), "--before, --after", std::move(remedy));
}

// The row of that period; the fallback where none is named.
Result<std::size_t> row_of(const SmallTable& rows, const std::string& period, std::size_t fallback) {
  if (period.empty()) return fallback;
  const std::size_t column = *rows.column("period");
  std::vector<std::string> periods;
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    if (rows.rows[row][column] == period) return row;
    periods.push_back(rows.rows[row][column]);
  }
  const auto nearest = base::nearest_name(period, periods);
  return unlike(
      "period_unknown", fmt::format("There is no period {}", period),
      nearest ? fmt::format("Did you mean {}?", *nearest) : fmt::format("They are: {}", first_names(periods)));
}

struct TwoRows {
  std::size_t before = 0;
  std::size_t after = 0;
};

Result<std::optional<BeforeAfter>> counts_in(const SmallTable& rows, const TwoRows& chosen, const std::string& column) {
  const auto before = TRY(count_or_blank(rows, chosen.before, column));
  const auto after = TRY(count_or_blank(rows, chosen.after, column));
  if (!before || !after) return std::optional<BeforeAfter>();
  return std::optional(BeforeAfter{.before = *before, .after = *after});
}

Result<ActivityPart> part_in(const SmallTable& rows, const TwoRows& chosen, const std::string& name) {
  return ActivityPart{.name = name, .counts = TRY(counts_in(rows, chosen, name)), .caveats = {}};
}

// Nothing is taken for independent of the police unless it is named so.
Result<void> check_columns(const SmallTable& rows, const std::vector<std::string>& independent) {
  const std::vector<std::string> own{"period", "searches", "finds", "recorded", "people"};
  for (const std::string& name : independent) {
    if (!rows.column(name)) return column_missing(rows, name);
    if (std::ranges::find(own, name) == own.end()) continue;
    return bad_command("independent_own", fmt::format("The column {} is one of the police figures or of people", name),
                       "--independent", "Name columns of series that the police do not make");
  }
  for (const std::string& name : rows.header) {
    const bool is_known =
        std::ranges::find(own, name) != own.end() || std::ranges::find(independent, name) != independent.end();
    if (is_known) continue;
    base::Error error = column_unknown(rows, name, own);
    error.remedy += fmt::format("; if it does not come from the police, say --independent \"{}\"", name);
    return error;
  }
  return {};
}

Result<void> check_periods(const SmallTable& rows) {
  const auto column = rows.column("period");
  if (!column) return column_missing(rows, "period");
  if (!rows.column("recorded")) return column_missing(rows, "recorded");
  std::set<std::string> seen;
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    if (seen.insert(rows.rows[row][*column]).second) continue;
    return bad_command("period_twice", "A second row has the same period", rows.place(row),
                       "Keep one row for each period");
  }
  if (rows.rows.size() >= 2) return {};
  return bad_command("periods_too_few", "There is one period, and a reading is of change", rows.path,
                     "Give two at least");
}

Result<TwoRows> rows_chosen(const SmallTable& rows, const ActivityRequest& request) {
  const TwoRows chosen{.before = TRY(row_of(rows, request.before, 0)),
                       .after = TRY(row_of(rows, request.after, rows.rows.size() - 1))};
  if (chosen.before < chosen.after) return chosen;
  return unlike("windows_unlike", "The later period does not stand after the earlier one",
                "Give the rows in the order of time, and name the earlier as --before");
}

Result<void> add_people(ActivityParts& parts, const SmallTable& rows, const TwoRows& chosen) {
  const auto people = TRY(counts_in(rows, chosen, "people"));
  if (!people) {
    if (rows.column("people")) {
      parts.notes.emplace_back(
          "The column people is blank for one of the two periods, so counts and not rates are compared.");
    }
    return {};
  }
  if (people->before == 0 || people->after == 0) {
    return bad_command("people_none", "An area of nobody has no rate", rows.place(chosen.before),
                       "Leave the column people out where nobody was counted");
  }
  parts.input.people_before = static_cast<double>(people->before);
  parts.input.people_after = static_cast<double>(people->after);
  return {};
}

Result<void> check_finds(const ActivityPart& finds, const ActivityPart& searches, const SmallTable& rows) {
  if (!finds.counts || !searches.counts) return {};
  if (finds.counts->before <= searches.counts->before && finds.counts->after <= searches.counts->after) return {};
  return bad_command("finds_too_many", "There are more finds than searches", rows.path,
                     "Count searches that found something, not what was found");
}

}  // namespace

Result<ActivityParts> activity_of_table(const ActivityRequest& request) {
  const SmallTable rows = TRY(read_small_table(request.input));
  TRY(check_periods(rows));
  TRY(check_columns(rows, request.independent));
  const TwoRows chosen = TRY(rows_chosen(rows, request));
  ActivityParts parts;
  parts.input.searches = TRY(part_in(rows, chosen, "searches"));
  parts.input.finds = TRY(part_in(rows, chosen, "finds"));
  parts.input.recorded = TRY(part_in(rows, chosen, "recorded"));
  TRY(check_finds(parts.input.finds, parts.input.searches, rows));
  for (const std::string& name : request.independent)
    parts.input.independent.push_back(TRY(part_in(rows, chosen, name)));
  TRY(add_people(parts, rows, chosen));
  const std::size_t period = *rows.column("period");
  parts.before = rows.rows[chosen.before][period];
  parts.after = rows.rows[chosen.after][period];
  parts.universes.assign(3 + parts.input.independent.size(), std::string());
  parts.facts = {{"file", "File", request.input}};
  return parts;
}

namespace {

// A line of a series that is carried, and which of its periods goes with a year ending in March.
struct NationalLine {
  std::string_view series;
  std::string_view line;
  std::string_view area;
  bool is_calendar = false;  // The calendar year that holds nine of the twelve months.
};

constexpr NationalLine k_searches{"searches", "drugs", "England and Wales", false};
constexpr NationalLine k_recorded{"drug_arrests", "drugs", "England and Wales", false};
constexpr std::array<NationalLine, 3> k_independent{{{"drug_deaths", "misuse", "England and Wales", true},
                                                     {"admissions", "primary", "England", false},
                                                     {"admissions", "poisoning", "England", false}}};

struct FoundLine {
  const evidence::SeriesCard* card = nullptr;
  const evidence::SeriesLine* line = nullptr;
};

FoundLine found(const NationalLine& wanted) {
  const evidence::SeriesCard* card = evidence::built_in_catalogue().find(wanted.series);
  CHECK(card != nullptr);
  const auto at = std::ranges::find(card->lines, wanted.line, &evidence::SeriesLine::name);
  CHECK(at != card->lines.end());
  return {.card = card, .line = &*at};
}

std::optional<std::int64_t> value_of(const NationalLine& wanted, int march_year) {
  const evidence::SeriesSpan span =
      wanted.is_calendar ? evidence::calendar_year(march_year - 1) : evidence::march_year(march_year);
  const evidence::SeriesPoint* point = found(wanted).line->at(std::string(wanted.area), span);
  if (point == nullptr) return std::nullopt;
  return std::llround(point->value);
}

ActivityPart part_of(const NationalLine& wanted, int before, int after) {
  const FoundLine line = found(wanted);
  ActivityPart part{.name = fmt::format("{}, {}", line.card->title, line.line->title),
                    .counts = std::nullopt,
                    .caveats = line.card->caveats,
                    .reaches_latest = !value_of(wanted, after + 1).has_value()};
  const auto first = value_of(wanted, before);
  const auto last = value_of(wanted, after);
  if (first && last) part.counts = BeforeAfter{.before = *first, .after = *last};
  return part;
}

std::string universe_of(const NationalLine& wanted) {
  const evidence::SeriesCard& card = *found(wanted).card;
  return fmt::format("{}; {}{}", card.universe, card.date_basis,
                     wanted.is_calendar ? "; the calendar year that holds nine of the twelve months" : "");
}

// Years ending in March that searches and arrests both have.
std::vector<int> years_of_both() {
  constexpr int k_first = 1990;
  constexpr int k_last = 2100;
  std::vector<int> years;
  for (int year = k_first; year <= k_last; ++year) {
    if (value_of(k_searches, year) && value_of(k_recorded, year)) years.push_back(year);
  }
  CHECK(years.size() >= 2);
  return years;
}

Result<int> year_of(const std::string& text, const std::vector<int>& years, int fallback) {
  if (text.empty()) return fallback;
  const auto span = evidence::parse_span(text);
  for (const int year : years) {
    if (span && *span == evidence::march_year(year)) return year;
  }
  return unlike("period_unknown", fmt::format("'{}' is no year that searches and arrests both have", text),
                fmt::format("Write {} to {}", code_of(evidence::march_year(years.front())),
                            code_of(evidence::march_year(years.back()))));
}

}  // namespace

Result<ActivityParts> activity_of_nation(const ActivityRequest& request) {
  const std::vector<int> years = years_of_both();
  const int before = TRY(year_of(request.before, years, years.front()));
  const int after = TRY(year_of(request.after, years, years.back()));
  if (before >= after) {
    return unlike("windows_unlike", "The later year is not after the earlier one", "Name the earlier as --before");
  }
  ActivityParts parts;
  parts.input.searches = part_of(k_searches, before, after);
  parts.input.finds = {.name = "Finds of these searches", .counts = std::nullopt, .caveats = {}};
  parts.input.recorded = part_of(k_recorded, before, after);
  parts.universes = {universe_of(k_searches), "not carried", universe_of(k_recorded)};
  for (const NationalLine& each : k_independent) {
    parts.input.independent.push_back(part_of(each, before, after));
    parts.universes.push_back(universe_of(each));
  }
  parts.before = code_of(evidence::march_year(before));
  parts.after = code_of(evidence::march_year(after));
  parts.facts = {{"source", "Series", "published series that are carried; throughline claim --list names each"}};
  return parts;
}

}  // namespace throughline::app
