#include "evidence/watch/fresh.h"

#include <algorithm>
#include <map>
#include <optional>

namespace throughline::evidence {

namespace {

constexpr std::size_t k_ended_within = 3;

struct Life {
  std::optional<std::size_t> first;
  std::size_t last = 0;
};

std::map<std::string, Life> lives_of(const std::vector<WatchedSeries>& series) {
  std::map<std::string, Life> lives;
  for (const WatchedSeries& each : series) {
    Life& life = lives[each.category];
    for (std::size_t period = 0; period < each.counts.size(); ++period) {
      if (each.counts[period].value_or(0) <= 0) continue;
      if (!life.first.has_value() || period < *life.first) life.first = period;
      life.last = std::max(life.last, period);
    }
  }
  return lives;
}

// Periods in which anything at all was received.
std::vector<bool> received_periods(const std::vector<WatchedSeries>& series) {
  std::vector<bool> received;
  for (const WatchedSeries& each : series) {
    if (received.size() < each.counts.size()) received.resize(each.counts.size(), false);
    for (std::size_t period = 0; period < each.counts.size(); ++period) {
      if (each.counts[period].has_value()) received[period] = true;
    }
  }
  return received;
}

void add_places(FreshCategory& fresh, const std::vector<WatchedSeries>& series) {
  for (const WatchedSeries& each : series) {
    if (each.category != fresh.category || fresh.period >= each.counts.size()) continue;
    const std::int64_t events = each.counts[fresh.period].value_or(0);
    if (events <= 0) continue;
    fresh.events += events;
    fresh.areas.push_back(each.area);
  }
}

void add_names(FreshCategory& fresh, const std::map<std::string, Life>& lives, const FreshRule& rule,
               std::size_t periods) {
  for (const Renaming& renaming : rule.renamings) {
    if (renaming.after == fresh.category) fresh.declared.push_back(renaming.before);
  }
  for (const auto& [category, life] : lives) {
    const bool goes_on = life.last + 1 >= periods;
    if (!life.first.has_value() || goes_on || category == fresh.category) continue;
    if (life.last < fresh.period + 1 && life.last + k_ended_within >= fresh.period) fresh.ended.push_back(category);
  }
}

}  // namespace

std::vector<FreshCategory> fresh_categories(const std::vector<WatchedSeries>& series, const FreshRule& rule) {
  const std::map<std::string, Life> lives = lives_of(series);
  const std::vector<bool> received = received_periods(series);
  std::vector<FreshCategory> found;
  for (const auto& [category, life] : lives) {
    if (!life.first.has_value() || *life.first < rule.from) continue;
    const auto before = received.begin() + static_cast<std::ptrdiff_t>(*life.first);
    const auto known = static_cast<std::size_t>(std::count(received.begin(), before, true));
    if (known < rule.known_periods_min) continue;
    FreshCategory fresh{
        .category = category, .period = *life.first, .events = 0, .areas = {}, .declared = {}, .ended = {}};
    add_places(fresh, series);
    add_names(fresh, lives, rule, received.size());
    found.push_back(std::move(fresh));
  }
  std::ranges::stable_sort(found, {}, &FreshCategory::period);
  return found;
}

void end_renamed(std::vector<WatchedSeries>& series, const std::vector<Renaming>& renamings) {
  const std::map<std::string, Life> lives = lives_of(series);
  for (WatchedSeries& each : series) {
    const bool is_renamed =
        std::ranges::any_of(renamings, [&](const Renaming& r) { return r.before == each.category; });
    const auto life = lives.find(each.category);
    if (!is_renamed || !life->second.first.has_value()) continue;
    for (std::size_t period = life->second.last + 1; period < each.counts.size(); ++period) {
      each.counts[period].reset();
    }
  }
}

}  // namespace throughline::evidence
