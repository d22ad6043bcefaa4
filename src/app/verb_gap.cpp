#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "app/gap_verb.h"
#include "app/table_columns.h"
#include "base/check.h"
#include "base/number.h"
#include "evidence/rates/treatment_gap.h"
#include "evidence/series/catalogue.h"
#include "evidence/series/text_table.h"

namespace throughline::app {

namespace {

using base::Result;
using evidence::Interval;
using evidence::PeopleCounted;

struct GapPair {
  PeopleCounted treated;
  PeopleCounted users;
};

// A figure of a document.
struct CitedPeople {
  std::string what;
  std::string group;
  PeopleCounted people;
  std::string source;
  std::string place;
};

constexpr std::string_view k_cited = "treatment_cited.csv";

std::vector<CitedPeople> cited_people() {
  const std::vector<evidence::SeriesText> texts = evidence::series_texts();
  const auto found = std::ranges::find(texts, k_cited, &evidence::SeriesText::file);
  CHECK(found != texts.end());
  const Result<evidence::TextTable> table = evidence::read_text_table(found->text, std::string(k_cited));
  CHECK(table.ok());
  std::vector<CitedPeople> people;
  for (const evidence::TextRow& row : table.value().rows) {
    const auto cell = [&](std::string_view name) { return row.cells[*table.value().column(name)]; };
    const auto value = base::parse_double(cell("value"));
    CHECK(value.has_value());
    people.push_back({.what = cell("what"),
                      .group = cell("group"),
                      .people = {.value = *value,
                                 .interval = {},
                                 .universe = cell("universe"),
                                 .area = cell("area"),
                                 .period = cell("period")},
                      .source = cell("source"),
                      .place = cell("place")});
  }
  return people;
}

// Each figure on treatment with every estimate of the same place: those of another year or of other people are refused,
// and it is seen that they are.
std::vector<GapPair> cited_pairs(const std::vector<CitedPeople>& people) {
  std::vector<GapPair> pairs;
  for (const CitedPeople& treated : people) {
    if (treated.what != "in treatment") continue;
    for (const CitedPeople& users : people) {
      if (users.what != "users" || users.people.area != treated.people.area) continue;
      pairs.push_back({.treated = treated.people, .users = users.people});
    }
  }
  return pairs;
}

constexpr double k_people_most = 1e10;

Result<double> people_in(const TableColumns& columns, std::size_t row, const std::string& name) {
  const double people = TRY(columns.number(row, name));
  if (people > k_people_most) {
    return bad_command("out_of_range", fmt::format("{} is above 10,000,000,000", name), columns.table().place(row),
                       "Give people, not thousands of them");
  }
  if (people > 0) return people;
  return bad_command("people_none", fmt::format("{} is not above nought", name), columns.table().place(row),
                     "Leave out a row of which one of the two is not known");
}

Result<std::optional<Interval>> interval_in(const TableColumns& columns, std::size_t row, double users) {
  const std::optional<double> low = TRY(columns.number_or_blank(row, "users_low"));
  const std::optional<double> high = TRY(columns.number_or_blank(row, "users_high"));
  if (!low && !high) return std::optional<Interval>();
  if (low && high && *low > 0 && *low <= users && users <= *high && *high <= k_people_most) {
    return std::optional(Interval{.low = *low, .high = *high});
  }
  return bad_command("range_malformed", "users_low and users_high do not lie around users", columns.table().place(row),
                     "Give both limits of the estimate, or neither");
}

Result<std::vector<GapPair>> pairs_of_table(const std::string& path) {
  const SmallTable table = TRY(read_small_table(path));
  const TableColumns columns =
      TRY(TableColumns::of(table, {"area", "period", "in_treatment", "treatment_universe", "users", "users_universe"},
                           {"users_low", "users_high"}));
  std::vector<GapPair> pairs;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::string area = TRY(columns.name(row, "area"));
    const std::string period = TRY(columns.name(row, "period"));
    const double users = TRY(people_in(columns, row, "users"));
    pairs.push_back({.treated = {.value = TRY(people_in(columns, row, "in_treatment")),
                                 .interval = {},
                                 .universe = TRY(columns.name(row, "treatment_universe")),
                                 .area = area,
                                 .period = period},
                     .users = {.value = users,
                               .interval = TRY(interval_in(columns, row, users)),
                               .universe = TRY(columns.name(row, "users_universe")),
                               .area = area,
                               .period = period}});
  }
  return pairs;
}

Table gap_table(const std::vector<GapPair>& pairs) {
  Table table{.name = "gap",
              .title = "",
              .columns = {{"area", "Area"},
                          {"period", "Period", ColumnKind::id},
                          {"in_treatment", "In treatment", ColumnKind::number},
                          {"users", "Estimated users", ColumnKind::number},
                          {"percent", "Not in treatment %", ColumnKind::number},
                          {"percent_low", "From", ColumnKind::number},
                          {"percent_high", "To", ColumnKind::number},
                          {"refused", "Not given"}},
              .rows = {},
              .empty_text = "There is no pair of figures."};
  for (const GapPair& pair : pairs) {
    const auto found = evidence::treatment_gap(pair.treated, pair.users);
    std::vector<Value> row{pair.treated.area, pair.treated.period, Decimal{pair.treated.value, 0},
                           Decimal{pair.users.value, 0}};
    if (const auto* given = std::get_if<evidence::TreatmentGap>(&found)) {
      row.insert(row.end(), {Decimal{100 * given->share, 1}, Decimal{100 * given->interval.low, 1},
                             Decimal{100 * given->interval.high, 1}, Value()});
    } else {
      row.insert(row.end(), 3, std::monostate{});
      row.emplace_back(evidence::text_of(std::get<evidence::Refusal>(found)));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table cited_table(const std::vector<CitedPeople>& people, bool is_share) {
  Table table{.name = is_share ? "published" : "figures",
              .title = is_share ? "Shares not in treatment, as documents print them" : "The figures themselves",
              .columns = {{"what", "What"},
                          {"group", "Of"},
                          {"area", "Area"},
                          {"period", "Period", ColumnKind::id},
                          {"value", "Value", ColumnKind::number},
                          {"universe", "Counts"},
                          {"source", "Source"},
                          {"place", "Place"}},
              .rows = {},
              .empty_text = "None."};
  for (const CitedPeople& each : people) {
    if ((each.what == "share not in treatment") != is_share) continue;
    table.rows.push_back({each.what, each.group, each.people.area, each.people.period,
                          Decimal{each.people.value, is_share ? 1 : 0}, each.people.universe, each.source, each.place});
  }
  return table;
}

Section gap_section(const std::vector<GapPair>& pairs) {
  return {.name = "gap",
          .title = "Those who use and are not in treatment",
          .facts = {{"pairs", "Pairs of figures", static_cast<std::int64_t>(pairs.size())}},
          .tables = {gap_table(pairs)},
          .notes = {"1 - in treatment / estimated users, with the intervals of both (Zou and Donner 2008). NOT_NEED: " +
                    std::string(evidence::sentence_of(evidence::Caveat::not_need))}};
}

}  // namespace

Answer gap(const Outside&, const Settings&, const GapRequest& request) {
  Report report{.verb = "gap", .sections = {}};
  if (!request.input.empty()) {
    report.sections.push_back(gap_section(TRY(pairs_of_table(request.input))));
  } else {
    const std::vector<CitedPeople> people = cited_people();
    report.sections.push_back(gap_section(cited_pairs(people)));
    report.sections.push_back({.name = "cited",
                               .title = "What public documents print",
                               .facts = {},
                               .tables = {cited_table(people, true), cited_table(people, false)},
                               .notes = {"The published shares come of estimates of which these documents give no "
                                         "interval; they are cited, not worked out here."}});
  }
  if (!request.output.empty()) {
    TRY(write_small_table(request.output, report.sections.front().tables.front()));
    report.sections.front().notes.push_back("Written: " + request.output + ".");
  }
  return report;
}

}  // namespace throughline::app
