#include "evidence/sentinel/code_drift.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/check.h"
#include "base/text.h"

namespace throughline::evidence {
namespace {

using Counts = std::vector<std::optional<std::int64_t>>;

// Nothing where a period has no value.
std::optional<std::int64_t> sum_in(const Counts& counts, const PeriodWindow& window) {
  std::int64_t sum = 0;
  for (std::size_t period = window.first; period <= window.last; ++period) {
    if (!counts[period]) return std::nullopt;
    sum += *counts[period];
  }
  return sum;
}

CodeShare code_of(const RecordedSeries& series, const TwoWindows& windows) {
  CodeShare code;
  code.code = series.category;
  for (std::size_t period = 0; period < series.counts.size(); ++period) {
    if (series.counts[period].value_or(0) == 0) continue;
    if (!code.first) code.first = period;
    code.last = period;
  }
  code.before = sum_in(series.counts, windows.before);
  code.after = sum_in(series.counts, windows.after);
  return code;
}

// The mean over the periods that have a value. REQUIRES: one has.
double height(const Counts& counts, std::size_t first, std::size_t last) {
  double sum = 0;
  double periods = 0;
  for (std::size_t period = first; period <= last; ++period) {
    if (!counts[period]) continue;
    sum += static_cast<double>(*counts[period]);
    ++periods;
  }
  CHECK(periods > 0);
  return sum / periods;
}

// Whether the one ends where the other begins: one period in which both are used, or one between them, is the same
// change.
bool is_followed(const CodeShare& from, const CodeShare& to) {
  constexpr std::int64_t k_gap_max = 2;
  if (!from.last || !to.first || from.code == to.code) return false;
  const auto gap = static_cast<std::int64_t>(*to.first) - static_cast<std::int64_t>(*from.last);
  return gap >= 0 && gap <= k_gap_max;
}

// REQUIRES: is_followed(from, to).
RenamedCode renaming_of(const RecordedTable& table, const CodeShare& from, const CodeShare& to) {
  constexpr std::size_t k_near = 6;
  const std::size_t begin = *from.last + 1 >= k_near ? std::max(*from.last + 1 - k_near, *from.first) : *from.first;
  const std::size_t end = std::min(*to.first + k_near - 1, *to.last);
  return {.from = from.code,
          .to = to.code,
          .at = *to.first,
          .height_before = height(table.find(from.code)->counts, begin, *from.last),
          .height_after = height(table.find(to.code)->counts, *to.first, end)};
}

// Alike in height, and both so frequent that chance would not leave them out where they are not seen.
bool is_renaming(const RenamedCode& change, std::size_t periods_after, std::size_t periods_before) {
  constexpr double k_alike = 2;
  constexpr double k_missed_min =
      10;  // So many would be looked for; chance leaves out all of them once in 22,000 times.
  const double ratio = change.height_after / change.height_before;
  return ratio <= k_alike && ratio >= 1 / k_alike &&
         change.height_before * static_cast<double>(periods_after) >= k_missed_min &&
         change.height_after * static_cast<double>(periods_before) >= k_missed_min;
}

std::vector<RenamedCode> renamed_in(const RecordedTable& table, const std::vector<CodeShare>& codes) {
  std::vector<RenamedCode> renamed;
  for (const CodeShare& from : codes) {
    for (const CodeShare& to : codes) {
      if (!is_followed(from, to)) continue;
      const RenamedCode change = renaming_of(table, from, to);
      if (is_renaming(change, table.periods.size() - 1 - *from.last, *to.first)) renamed.push_back(change);
    }
  }
  return renamed;
}

// The last of the successors of a code, itself where it has none.
std::string last_name(const std::string& code, const std::map<std::string, std::string>& successor) {
  std::string name = code;
  for (std::size_t step = 0; step < successor.size(); ++step) {
    const auto found = successor.find(name);
    if (found == successor.end()) break;
    name = found->second;
  }
  return name;
}

// Codes under their last names: a period has a value where any of the names has one.
std::vector<RecordedSeries> joined_series(const RecordedTable& table, const std::vector<RenamedCode>& renamed) {
  std::map<std::string, std::string> successor;
  for (const RenamedCode& each : renamed) successor.emplace(each.from, each.to);
  std::map<std::string, Counts> joined;
  for (const RecordedSeries& each : table.series) {
    Counts& counts = joined[last_name(each.category, successor)];
    counts.resize(each.counts.size());
    for (std::size_t period = 0; period < counts.size(); ++period) {
      if (each.counts[period]) counts[period] = counts[period].value_or(0) + *each.counts[period];
    }
  }
  std::vector<RecordedSeries> all;
  for (const auto& [name, counts] : joined) all.push_back({.category = name, .counts = counts});
  return all;
}

// Of the series that have a value in every period of both windows.
std::vector<BeforeAfter> mix_of(const std::vector<RecordedSeries>& series, const TwoWindows& windows) {
  std::vector<BeforeAfter> mix;
  for (const RecordedSeries& each : series) {
    const auto before = sum_in(each.counts, windows.before);
    const auto after = sum_in(each.counts, windows.after);
    if (before && after) mix.push_back({.before = *before, .after = *after});
  }
  return mix;
}

std::optional<Refusal> refusal_of(const RecordedTable& table, const std::vector<BeforeAfter>& mix) {
  if (mix.empty()) {
    const std::string absent = table.absent.empty() ? "some period of a window, under every code" : table.absent;
    return refuse(Use::sum_periods, Caveats{Caveat::absent_not_zero}, UseContext{.absent = absent});
  }
  const bool has_before = std::ranges::any_of(mix, [](const auto& each) { return each.before > 0; });
  const bool has_after = std::ranges::any_of(mix, [](const auto& each) { return each.after > 0; });
  if (has_before && has_after) return std::nullopt;
  return Refusal{.rule = Rule::nothing_to_compare,
                 .reason = "One of the two windows has no event under any code.",
                 .remedy = "Take longer windows."};
}

void add_shares(CodeDrift& drift) {
  for (CodeShare& each : drift.codes) {
    if (!each.before || !each.after) continue;
    each.share_before = static_cast<double>(*each.before) / static_cast<double>(drift.plain.events_before);
    each.share_after = static_cast<double>(*each.after) / static_cast<double>(drift.plain.events_after);
  }
  std::ranges::sort(drift.codes, {}, [](const CodeShare& each) {
    const double moved = each.share_after ? std::abs(*each.share_after - *each.share_before) : -1;
    return std::pair(-moved, each.code);
  });
}

void add_caveats(CodeDrift& drift, const RecordedTable& table) {
  constexpr std::size_t k_named_max = 5;
  drift.caveats = {Caveat::police_activity};
  std::vector<std::string> absent;
  bool is_small = false;
  for (const CodeShare& each : drift.codes) {
    if (!each.share_before) {
      absent.push_back(each.code);
    } else {
      is_small = is_small || std::min(*each.before, *each.after) < k_change_count_min;
    }
  }
  if (is_small) drift.caveats.add(Caveat::small_count, "codes with fewer than ten events in a window");
  for (const RenamedCode& each : drift.renamed) {
    drift.caveats.add(Caveat::category_renamed, each.from + " may be " + each.to);
  }
  if (!table.absent.empty()) drift.caveats.add(Caveat::absent_not_zero, table.absent);
  if (absent.empty()) return;
  drift.caveats.add(Caveat::absent_not_zero,
                    fmt::format("in no share, since a period of a window has no value: {}",
                                base::short_list(absent, {.most = k_named_max, .separator = "; "})));
}

}  // namespace

OrRefusal<CodeDrift> code_drift(const RecordedTable& table, const TwoWindows& windows, const MixOptions& options) {
  CHECK(windows.before.last < windows.after.first && windows.after.last < table.periods.size());
  constexpr double k_p_max = 0.01;
  constexpr double k_size_min = 0.05;
  const std::vector<BeforeAfter> plain = mix_of(table.series, windows);
  CodeDrift drift;
  for (const RecordedSeries& each : table.series) drift.codes.push_back(code_of(each, windows));
  drift.renamed = renamed_in(table, drift.codes);
  const std::vector<BeforeAfter> joined = mix_of(joined_series(table, drift.renamed), windows);
  for (const auto& mix : {plain, joined}) {
    if (const auto refusal = refusal_of(table, mix)) return *refusal;
  }
  drift.plain = mix_distance(plain, options);
  drift.joined = mix_distance(joined, options);
  drift.is_told = drift.joined.p_value <= k_p_max && drift.joined.distance - drift.joined.expected >= k_size_min;
  add_shares(drift);
  add_caveats(drift, table);
  return drift;
}

}  // namespace throughline::evidence
