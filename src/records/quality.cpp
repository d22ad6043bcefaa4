#include "records/quality.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <set>

#include "base/check.h"

namespace throughline::records {

namespace {

// One month of one holder, added up.
struct MonthFill {
  base::Month month;
  std::int64_t rows = 0;
  std::int64_t filled = 0;
};

struct Side {
  std::int64_t rows = 0;
  std::int64_t filled = 0;
};

constexpr std::size_t k_jump_months = 3;

Side sum_of(const std::vector<MonthFill>& months, std::size_t begin, std::size_t end) {
  Side side;
  for (std::size_t i = begin; i < end; ++i) {
    side.rows += months[i].rows;
    side.filled += months[i].filled;
  }
  return side;
}

// How many hundredths of a percentage point lie between the two shares.
std::int64_t jump_of(const Side& before, const Side& after) {
  return std::abs(after.filled * 10'000 / after.rows - before.filled * 10'000 / before.rows);
}

FillChange change_at(const std::string& holder, const std::vector<MonthFill>& months, std::size_t at) {
  const Side before = sum_of(months, at - std::min(at, k_jump_months), at);
  const Side after = sum_of(months, at, std::min(at + k_jump_months, months.size()));
  const bool is_fall = after.filled * before.rows < before.filled * after.rows;
  const Side emptier = is_fall ? sum_of(months, at, months.size()) : sum_of(months, 0, at);
  return {.holder = holder,
          .month = months[at].month,
          .rows_before = before.rows,
          .filled_before = before.filled,
          .rows_after = after.rows,
          .filled_after = after.filled,
          .blank_rows = emptier.rows - emptier.filled};
}

// Where the share jumps, the largest jump first; a jump beside a larger one is the same one.
std::vector<std::size_t> jumps_in(const std::vector<MonthFill>& months) {
  std::vector<std::pair<std::int64_t, std::size_t>> by_size;
  for (std::size_t at = 1; at < months.size(); ++at) {
    const Side before = sum_of(months, at - std::min(at, k_jump_months), at);
    const Side after = sum_of(months, at, std::min(at + k_jump_months, months.size()));
    if (before.rows < k_fill_jump_rows_min || after.rows < k_fill_jump_rows_min) continue;
    const std::int64_t jump = jump_of(before, after);
    if (jump >= k_fill_jump_points_min * 100) by_size.emplace_back(-jump, at);
  }
  std::ranges::sort(by_size);
  std::vector<std::size_t> chosen;
  for (const auto& [size, at] : by_size) {
    const auto is_beside = [&](std::size_t other) { return std::max(at, other) - std::min(at, other) < k_jump_months; };
    if (std::ranges::none_of(chosen, is_beside)) chosen.push_back(at);
  }
  return chosen;
}

// The fields whose words are a vocabulary. A field that could name a person, an address or a place is not one of them.
constexpr std::array<std::string_view, 11> k_event_vocabularies{
    "category",   "subcategory",     "code",    "outcome",    "flags", "legislation", "risk_level",
    "confidence", "earlier_outcome", "consent", "test_result"};
constexpr std::array<std::string_view, 6> k_person_vocabularies{
    "sex", "gender", "age_range", "ethnicity_self", "ethnicity_officer", "housing"};
constexpr std::array<std::string_view, 2> k_observation_vocabularies{"category", "subcategory"};

using MonthUses = std::map<base::Month, std::int64_t>;

std::int64_t count_between(const std::vector<base::Month>& months, base::Month first, base::Month last) {
  return std::ranges::count_if(months, [&](base::Month month) { return first <= month && month <= last; });
}

std::optional<WordDrift> drift_of(const std::string& word, const MonthUses& uses,
                                  const std::vector<base::Month>& months) {
  WordDrift drift;
  drift.word = word;
  drift.first = uses.begin()->first;
  drift.last = uses.rbegin()->first;
  for (const auto& [month, rows] : uses) drift.rows += rows;
  if (drift.rows < k_uses_expected_min) return std::nullopt;
  const std::int64_t active = count_between(months, drift.first, drift.last);
  const std::int64_t before = count_between(months, months.front(), drift.first - 1);
  const std::int64_t after = count_between(months, drift.last + 1, months.back());
  drift.begins = drift.rows * before >= k_uses_expected_min * active;
  drift.ends = drift.rows * after >= k_uses_expected_min * active;
  return drift.begins || drift.ends ? std::optional(drift) : std::nullopt;
}

// The value at or below which `tenths` tenths of the counts lie.
std::int64_t quantile(const DayCounts& counts, std::int64_t total, std::int64_t tenths) {
  const std::int64_t rank = (total * tenths + 9) / 10;
  std::int64_t seen = 0;
  for (const auto& [days, count] : counts) {
    seen += count;
    if (seen >= rank) return days;
  }
  return counts.back().first;
}

}  // namespace

FieldFill judge_fill(AskedField asked, const std::vector<FillCount>& counts) {
  FieldFill fill{.asked = std::move(asked), .first_filled = {}, .last_filled = {}, .changes = {}};
  std::map<std::string, std::map<base::Month, Side>> by_holder;
  for (const FillCount& count : counts) {
    fill.rows += count.rows;
    fill.filled += count.filled;
    if (!count.month) continue;
    Side& side = by_holder[count.holder][*count.month];
    side.rows += count.rows;
    side.filled += count.filled;
    if (count.filled == 0) continue;
    fill.first_filled = std::min(fill.first_filled.value_or(*count.month), *count.month);
    fill.last_filled = std::max(fill.last_filled.value_or(*count.month), *count.month);
  }
  for (const auto& [holder, by_month] : by_holder) {
    std::vector<MonthFill> months;
    for (const auto& [month, side] : by_month) {
      if (side.rows > 0) months.push_back({.month = month, .rows = side.rows, .filled = side.filled});
    }
    for (const std::size_t at : jumps_in(months)) fill.changes.push_back(change_at(holder, months, at));
  }
  return fill;
}

std::string holder_among(const std::vector<std::string>& fields) {
  const auto has = [&](std::string_view field) { return std::ranges::find(fields, field) != fields.end(); };
  return has("agency") && !has("force") ? "agency" : "force";
}

bool is_vocabulary_field(Table table, std::string_view field) {
  const auto has = [&](const auto& fields) { return std::ranges::find(fields, field) != fields.end(); };
  switch (table) {
    case Table::event: return has(k_event_vocabularies);
    case Table::person: return has(k_person_vocabularies);
    case Table::observation: return has(k_observation_vocabularies);
    case Table::object:
    case Table::location:
    case Table::area:
    case Table::area_part:
    case Table::population:
    case Table::centroid: return false;
  }
  return false;
}

std::vector<WordDrift> judge_words(const AskedField& asked, const std::vector<WordUse>& uses) {
  std::map<std::string, std::set<base::Month>> months_of;
  std::map<std::pair<std::string, std::string>, MonthUses> by_word;
  for (const WordUse& use : uses) {
    if (use.rows <= 0) continue;
    months_of[use.holder].insert(use.month);
    by_word[{use.word, use.holder}][use.month] += use.rows;
  }
  std::vector<WordDrift> found;
  for (const auto& [key, by_month] : by_word) {
    const auto& months = months_of.at(key.second);
    auto drift = drift_of(key.first, by_month, {months.begin(), months.end()});
    if (!drift) continue;
    drift->asked = asked;
    drift->holder = key.second;
    found.push_back(*std::move(drift));
  }
  return found;
}

std::optional<DayStatistics> judge_days(const DayCounts& counts) {
  DayStatistics statistics;
  for (const auto& [days, count] : counts) {
    statistics.count += count;
    if (days < 0) statistics.negative += count;
  }
  if (statistics.count == 0) return std::nullopt;
  CHECK(std::ranges::is_sorted(counts));
  statistics.median = quantile(counts, statistics.count, 5);
  statistics.ninetieth = quantile(counts, statistics.count, 9);
  return statistics;
}

std::vector<HolderMonths> judge_months(const std::vector<FillCount>& rows) {
  std::map<std::string, std::pair<std::int64_t, std::set<base::Month>>> by_holder;
  std::set<base::Month> all;
  for (const FillCount& count : rows) {
    if (count.holder.empty()) continue;
    auto& [total, months] = by_holder[count.holder];
    total += count.rows;
    if (!count.month) continue;
    months.insert(*count.month);
    all.insert(*count.month);
  }
  std::vector<HolderMonths> holders;
  for (const auto& [holder, held] : by_holder) {
    HolderMonths each{.holder = holder, .rows = held.first, .received = {}, .absent = {}};
    for (base::Month month = all.empty() ? base::Month() : *all.begin(); !all.empty() && month <= *all.rbegin();
         month = month + 1) {
      (held.second.contains(month) ? each.received : each.absent).push_back(month);
    }
    holders.push_back(std::move(each));
  }
  return holders;
}

}  // namespace throughline::records
