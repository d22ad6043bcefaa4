// Which records of a run put their person into a capacity, in a category and a period: what cohorts and lists are made
// of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/link_view.h"
#include "base/date.h"
#include "linkage/link_graph.h"

namespace throughline::app {

// Of fewer people nothing is told that counts them: each would be known.
inline constexpr std::int64_t k_people_told_min = 10;

// The capacity of that name. Error "capacity_unknown" with the nearest and all.
[[nodiscard]] base::Result<linkage::Capacity> capacity_of(const std::string& words, const std::string& option);

struct MonthPeriod {
  std::optional<base::Month> from;
  std::optional<base::Month> to;
};
// Both included; empty: open. Error "month_malformed".
[[nodiscard]] base::Result<MonthPeriod> month_period_of(const std::string& from, const std::string& to);
[[nodiscard]] bool is_within(const MonthPeriod& period, base::Month month);

// Whether the record puts its person into the capacity, its event's category holding those words.
[[nodiscard]] bool is_in_capacity(const linkage::Mention& mention, linkage::Capacity capacity,
                                  const std::string& category);

// Whether the category of the record's event holds those words; any does where they are none.
[[nodiscard]] bool is_in_category(const linkage::Mention& mention, const std::string& category);

// Every link of the run between rows, by the places of its records.
[[nodiscard]] std::vector<linkage::GraphLink> links_between_rows(const LinkView& view);

}  // namespace throughline::app
