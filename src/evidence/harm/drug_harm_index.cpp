#include "evidence/harm/drug_harm_index.h"

#include <fmt/format.h>

#include "base/check.h"
#include "base/portable_math.h"

namespace throughline::evidence {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

// The sums of cost times volume over matched harms; the first letter is the period of the cost, 0 before and 1 after.
struct Sums {
  double cost0_volume0 = 0;
  double cost0_volume1 = 0;
  double cost1_volume0 = 0;
  double cost1_volume1 = 0;
};

void list_changes(const HarmTable& table, HarmLink& link) {
  for (std::size_t harm = 0; harm < table.harms.size(); ++harm) {
    const bool is_before = table.at(harm, link.from).has_value();
    const bool is_after = table.at(harm, link.to).has_value();
    if (is_after && !is_before) link.entered.push_back(harm);
    if (is_before && !is_after) link.left.push_back(harm);
  }
}

Result<HarmLink> link_between(const HarmTable& table, std::size_t from) {
  HarmLink link{.from = from, .to = from + 1, .entered = {}, .left = {}, .parts = {}};
  list_changes(table, link);
  Sums sums;
  for (const std::size_t harm : matched_harms(table, link.from, link.to)) {
    const HarmCell& before = *table.at(harm, link.from);
    const HarmCell& after = *table.at(harm, link.to);
    const double h0 = before.attributable();
    const double h1 = after.attributable();
    link.parts.push_back({.harm = harm,
                          .weight = before.value(),
                          .volume = (before.unit_cost + after.unit_cost) * (h1 - h0) / 2,
                          .price = (h0 + h1) * (after.unit_cost - before.unit_cost) / 2});
    sums.cost0_volume0 += before.unit_cost * h0;
    sums.cost0_volume1 += before.unit_cost * h1;
    sums.cost1_volume0 += after.unit_cost * h0;
    sums.cost1_volume1 += after.unit_cost * h1;
  }
  const std::string where = fmt::format("{} to {}", table.periods[link.from], table.periods[link.to]);
  if (link.parts.empty()) {
    return Error{ErrorKind::bad_command, "nothing_matched", "No harm has a row in both periods", where,
                 "Carry one harm at least from each period to the next"};
  }
  if (sums.cost0_volume0 <= 0 || sums.cost0_volume1 <= 0 || sums.cost1_volume0 <= 0) {
    return Error{ErrorKind::bad_command, "link_is_zero",
                 "The harms that both periods have are worth nothing in one of them, and change from or to nothing "
                 "has no ratio",
                 where, "Add a harm that both periods have, or leave one of the periods out"};
  }
  for (BennetPart& part : link.parts) {
    part.weight /= sums.cost0_volume0;
    link.volume += part.volume;
    link.price += part.price;
  }
  link.ratio = sums.cost1_volume1 / sums.cost0_volume0;
  link.volume_laspeyres = sums.cost0_volume1 / sums.cost0_volume0;
  link.price_paasche = sums.cost1_volume1 / sums.cost0_volume1;
  link.volume_paasche = sums.cost1_volume1 / sums.cost1_volume0;
  link.price_laspeyres = sums.cost1_volume0 / sums.cost0_volume0;
  return link;
}

// The sum of each harm's change of logarithm, weighted by the mean of its shares of the two values.
std::optional<double> log_change_of(const HarmTable& table, const HarmLink& link) {
  double value0 = 0;
  double value1 = 0;
  for (const BennetPart& part : link.parts) {
    value0 += table.at(part.harm, link.from)->value();
    value1 += table.at(part.harm, link.to)->value();
  }
  double change = 0;
  for (const BennetPart& part : link.parts) {
    const double before = table.at(part.harm, link.from)->value();
    const double after = table.at(part.harm, link.to)->value();
    if (before <= 0 || after <= 0) return std::nullopt;
    change += (before / value0 + after / value1) / 2 * base::portable_log(after / before);
  }
  return change;
}

bool has_same_harms(const HarmTable& table, std::size_t one, std::size_t other) {
  for (std::size_t harm = 0; harm < table.harms.size(); ++harm) {
    if (table.at(harm, one).has_value() != table.at(harm, other).has_value()) return false;
  }
  return true;
}

double total_value(const HarmTable& table, std::size_t period) {
  double value = 0;
  for (std::size_t harm = 0; harm < table.harms.size(); ++harm) {
    if (table.at(harm, period).has_value()) value += table.at(harm, period)->value();
  }
  return value;
}

double at_costs_of(const HarmTable& table, std::size_t period, std::size_t base) {
  double value = 0;
  for (std::size_t harm = 0; harm < table.harms.size(); ++harm) {
    if (!table.at(harm, period).has_value()) continue;
    value += table.at(harm, period)->attributable() * table.at(harm, base)->unit_cost;
  }
  return value;
}

// Links multiplied forwards from the base and divided backwards.
void chain(HarmIndex& index) {
  index.points[index.base].chained = 100;
  index.points[index.base].log_form = 100;
  const auto step = [&](std::size_t from, std::size_t to) {
    const bool is_forward = to > from;
    const HarmLink& link = index.links[is_forward ? from : to];
    const IndexPoint& known = index.points[from];
    IndexPoint& point = index.points[to];
    point.chained = is_forward ? known.chained * link.ratio : known.chained / link.ratio;
    if (known.log_form.has_value() && link.log_change.has_value()) {
      const double factor = base::portable_exp(*link.log_change);
      point.log_form = is_forward ? *known.log_form * factor : *known.log_form / factor;
    }
  };
  for (std::size_t period = index.base; period + 1 < index.points.size(); ++period) step(period, period + 1);
  for (std::size_t period = index.base; period > 0; --period) step(period, period - 1);
}

}  // namespace

Result<HarmIndex> drug_harm_index(const HarmTable& table, std::size_t base) {
  CHECK(base < table.periods.size());
  HarmIndex index{.base = base, .points = std::vector<IndexPoint>(table.periods.size()), .links = {}};
  const double base_value = total_value(table, base);
  if (base_value <= 0) {
    return Error{ErrorKind::bad_command, "base_is_zero", "The harms of the base period are worth nothing",
                 table.periods[base], "Choose another base period with --base"};
  }
  for (std::size_t period = 0; period + 1 < table.periods.size(); ++period) {
    HarmLink link = TRY(link_between(table, period));
    link.log_change = log_change_of(table, link);
    index.links.push_back(std::move(link));
  }
  chain(index);
  for (std::size_t period = 0; period < table.periods.size(); ++period) {
    IndexPoint& point = index.points[period];
    point.value = total_value(table, period);
    if (!has_same_harms(table, period, base)) continue;
    point.direct = 100 * point.value / base_value;
    point.constant_price = 100 * at_costs_of(table, period, base) / base_value;
  }
  return index;
}

}  // namespace throughline::evidence
