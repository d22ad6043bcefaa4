#include "app/capacity_records.h"

#include <algorithm>

#include "base/text.h"

namespace throughline::app {

using base::Error;
using base::ErrorKind;
using base::Result;
using linkage::Mention;

Result<linkage::Capacity> capacity_of(const std::string& words, const std::string& option) {
  if (const auto capacity = linkage::capacity_named(words)) return *capacity;
  const auto choices = linkage::capacity_words();
  const auto nearest = base::nearest_name(words, choices);
  std::string all;
  for (const std::string& choice : choices) all += (all.empty() ? "" : ", ") + choice;
  return Error{ErrorKind::bad_command, "capacity_unknown", "'" + words + "' is not a capacity", option,
               (nearest ? "Did you mean '" + *nearest + "'? " : std::string()) + "They are " + all};
}

namespace {

Result<std::optional<base::Month>> month_of(const std::string& text, const std::string& option) {
  if (text.empty()) return std::optional<base::Month>();
  if (const auto month = base::parse_month(text)) return month;
  return Error{ErrorKind::bad_command, "month_malformed", "'" + text + "' is not a month", option,
               "Write it as 2025-03"};
}

}  // namespace

Result<MonthPeriod> month_period_of(const std::string& from, const std::string& to) {
  MonthPeriod period;
  period.from = TRY(month_of(from, "--from"));
  period.to = TRY(month_of(to, "--to"));
  return period;
}

bool is_within(const MonthPeriod& period, base::Month month) {
  return (!period.from || month >= *period.from) && (!period.to || month <= *period.to);
}

bool is_in_capacity(const Mention& mention, linkage::Capacity capacity, const std::string& category) {
  const std::vector<linkage::Capacity> all = linkage::capacities_of(mention);
  if (std::ranges::find(all, capacity) == all.end()) return false;
  return is_in_category(mention, category);
}

bool is_in_category(const Mention& mention, const std::string& category) {
  return category.empty() || base::fold(mention.event_category).find(base::fold(category)) != std::string::npos;
}

std::vector<linkage::GraphLink> links_between_rows(const LinkView& view) {
  const std::vector<Mention>& mentions = view.links().world.mentions;
  const auto place_of = [&](const linkage::MentionId& id) {
    const auto at = std::ranges::lower_bound(mentions, id, {}, &Mention::id);
    return static_cast<std::uint32_t>(at - mentions.begin());
  };
  std::vector<linkage::GraphLink> links;
  for (const linkage::LinkedPair& pair : view.judged_pairs()) {
    if (is_one_row(pair.pair.one, pair.pair.other) || pair.probability <= 0) continue;
    links.push_back({place_of(pair.pair.one), place_of(pair.pair.other), std::min(pair.probability, 1.0)});
  }
  return links;
}

}  // namespace throughline::app
