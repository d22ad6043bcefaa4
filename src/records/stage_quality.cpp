#include "records/stage_quality.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "records/tables_quality.h"

namespace throughline::records {

namespace {

using base::Result;
using store::DuckConnection;

// Whose month an extract is, where all its events are of one holder and month: that dates rows of tables without
// either.
struct ExtractMonth {
  std::set<std::string> holders;
  std::set<base::Month> months;

  [[nodiscard]] bool is_one() const { return holders.size() == 1 && months.size() == 1; }
};
using ExtractMonths = std::map<std::int32_t, ExtractMonth>;

struct Asked {
  const QualityOrder& order;
  std::vector<std::int32_t> extracts;
  ExtractMonths months;
};

std::vector<Table> tables_of(const QualityOrder& order) {
  std::set<Table> tables;
  for (const AskedField& field : order.fields) tables.insert(field.table);
  return {tables.begin(), tables.end()};
}

void learn_months(ExtractMonths& months, const std::vector<FillGroup>& groups) {
  for (const FillGroup& group : groups) {
    if (!group.month) continue;
    months[group.extract].holders.insert(group.holder);
    months[group.extract].months.insert(*group.month);
  }
}

// The holder and month of a group, from its row or else from its extract.
FillCount placed(const Asked& asked, std::int32_t extract, std::string holder, std::optional<base::Month> month) {
  if (!month) {
    const auto known = asked.months.find(extract);
    if (known != asked.months.end() && known->second.is_one()) {
      return {.holder = *known->second.holders.begin(), .month = *known->second.months.begin()};
    }
  }
  return {.holder = std::move(holder), .month = month};
}

// The months of every holder: those with rows, and those that an extract claims to cover.
std::vector<HolderMonths> holders_of(const QualityOrder& order, const std::vector<FillGroup>& groups, Table table) {
  std::vector<FillCount> rows;
  for (const FillGroup& group : groups) {
    rows.push_back({.holder = group.holder, .month = group.month, .rows = group.rows});
  }
  for (const ExtractFacts& extract : order.extracts) {
    const std::size_t blank = extract.coverage.rfind(' ');
    if (table != Table::event || blank == std::string::npos) continue;
    const auto period = base::parse_period(extract.coverage.substr(blank + 1));
    if (!period) continue;
    for (base::Month month = period->begin.month(); month.first_day() < period->end; month = month + 1) {
      rows.push_back({.holder = extract.coverage.substr(0, blank), .month = month});
    }
  }
  return judge_months(rows);
}

FieldFill fill_of(const Asked& asked, const AskedField& field, const std::vector<FillGroup>& groups, std::size_t at) {
  std::vector<FillCount> counts;
  for (const FillGroup& group : groups) {
    if (group.item != field.item) continue;
    FillCount count = placed(asked, group.extract, group.holder, group.month);
    count.rows = group.rows;
    count.filled = group.filled[at];
    counts.push_back(std::move(count));
  }
  return judge_fill(field, counts);
}

// The fills of every field of one table, by one scan.
Result<void> assess_table(DuckConnection& connection, Asked& asked, Table table, SourceQuality& quality) {
  std::vector<std::string> names;
  for (const AskedField& field : asked.order.fields) {
    if (field.table == table && std::ranges::find(names, field.field) == names.end()) names.push_back(field.field);
  }
  const std::vector<FillGroup> groups = TRY(read_fill(connection, asked.extracts, table, names));
  learn_months(asked.months, groups);
  if (table == Table::event || table == Table::observation) {
    quality.holders = holders_of(asked.order, groups, table);
  }
  for (const AskedField& field : asked.order.fields) {
    if (field.table != table) continue;
    const auto at = static_cast<std::size_t>(std::ranges::find(names, field.field) - names.begin());
    quality.fields.push_back(fill_of(asked, field, groups, at));
  }
  return {};
}

Result<void> assess_words(DuckConnection& connection, const Asked& asked, SourceQuality& quality) {
  for (const AskedField& field : asked.order.fields) {
    if (!is_vocabulary_field(field.table, field.field)) continue;
    std::vector<WordUse> uses;
    for (const WordGroup& group : TRY(read_words(connection, asked.extracts, field))) {
      const FillCount place = placed(asked, group.extract, group.holder, group.month);
      if (!place.month) continue;
      uses.push_back({.word = group.word, .holder = place.holder, .month = *place.month, .rows = group.rows});
    }
    for (WordDrift& drift : judge_words(field, uses)) quality.drift.push_back(std::move(drift));
  }
  return {};
}

Result<Timeliness> assess_timeliness(DuckConnection& connection, const Asked& asked) {
  std::map<std::int64_t, std::int64_t> days;
  for (const ExtractFacts& extract : asked.order.extracts) {
    const auto known = asked.months.find(extract.number);
    if (known == asked.months.end() || known->second.months.empty()) continue;
    ++days[extract.received - known->second.months.rbegin()->last_day()];
  }
  Timeliness timeliness;
  timeliness.received = judge_days({days.begin(), days.end()});
  if (std::ranges::find(asked.order.fields, "reported", &AskedField::field) != asked.order.fields.end()) {
    timeliness.reported = judge_days(TRY(read_reporting_days(connection, asked.extracts)));
  }
  return timeliness;
}

}  // namespace

Result<SourceQuality> assess(DuckConnection& connection, const QualityOrder& order) {
  SourceQuality quality;
  quality.source = order.source;
  Asked asked{.order = order, .extracts = {}, .months = {}};
  for (const ExtractFacts& extract : order.extracts) {
    asked.extracts.push_back(extract.number);
    ++quality.extracts;
    quality.rows_read += extract.rows_read;
    quality.rows_rejected += extract.rows_rejected;
  }
  const std::vector<Table> tables = tables_of(order);
  for (const Table table : tables) TRY(assess_table(connection, asked, table, quality));
  for (const auto& [extract, known] : asked.months) {
    quality.first_month = std::min(quality.first_month.value_or(*known.months.begin()), *known.months.begin());
    quality.last_month = std::max(quality.last_month.value_or(*known.months.rbegin()), *known.months.rbegin());
  }
  TRY(assess_words(connection, asked, quality));
  quality.timeliness = TRY(assess_timeliness(connection, asked));
  quality.duplicates = TRY(read_duplicates(connection, asked.extracts, order.fields));
  quality.rejections = order.rejections;
  return quality;
}

}  // namespace throughline::records
