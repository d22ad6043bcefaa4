#include <algorithm>

#include "simulate/mechanisms.h"
#include "simulate/supply.h"

namespace throughline::simulate {

namespace {

constexpr std::int32_t k_days_between_shipments = 7;

Milligrams lacking(double sales, double days, Milligrams stock) {
  return std::max<Milligrams>(0, static_cast<Milligrams>(sales * days) - stock);
}

// Who asks a hub for how much of one drug.
struct Asked {
  Milligrams* stock = nullptr;
  Milligrams amount = 0;
};

std::vector<Asked> asked_of(WorldRun& run, std::int32_t hub, std::size_t import) {
  const double days = run.numbers().market_cover_days;
  std::vector<Asked> asked;
  for (std::size_t drug = 0; drug < k_drugs; ++drug) {
    if (import_of(drug) != import) continue;
    for (Town& town : run.state.towns) {
      if (town.nearest_hub != hub) continue;
      asked.push_back({&town.local_stock[drug], lacking(town.local_sales[drug], days, town.local_stock[drug])});
    }
    for (const std::int32_t number : run.state.open_lines) {
      Line& line = run.line(number);
      if (line.hub != hub) continue;
      asked.push_back({&line.stock[drug], lacking(line.sales[drug], days, line.stock[drug])});
    }
  }
  return asked;
}

// Everybody gets the same share of what they lack, so that nobody's place in a list matters.
void deliver(WorldRun& run, std::int32_t hub, std::size_t import) {
  Milligrams& held = run.state.hubs[index_of(hub)].stock[import];
  const std::vector<Asked> asked = asked_of(run, hub, import);
  Milligrams total = 0;
  for (const Asked& one : asked) total += one.amount;
  if (total == 0) return;
  const bool is_enough = total <= held;
  const double share = static_cast<double>(held) / static_cast<double>(total);
  for (const Asked& one : asked) {
    const auto part = static_cast<Milligrams>(static_cast<double>(one.amount) * share);
    const Milligrams given = is_enough ? one.amount : std::min(held, part);
    *one.stock += given;
    held -= given;
  }
}

// One importer's week of one drug; gives what came through.
Milligrams ship(WorldRun& run, std::size_t which, std::size_t import, Milligrams order) {
  Importer& importer = run.state.importers[which];
  const Parameters& numbers = run.numbers();
  Town& counted_at = run.town(run.state.hubs.front().town);
  base::Random random = run.draw(Purpose::shipment, which * k_shipped + import);
  const double risk = std::min(
      1.0, numbers.imports_seizure_probability * run.lever(run.state.hubs.front().town, Lever::shipment_seizures));
  const Milligrams part = order / importer.routes;
  Milligrams arrived = 0;
  std::int64_t lost = 0;
  for (std::int32_t route = 0; route < importer.routes; ++route) {
    const bool is_seized = random.uniform01() < risk;
    lost += is_seized ? 1 : 0;
    arrived += is_seized ? 0 : part;
  }
  count(counted_at, Outcome::shipments, importer.routes);
  count(counted_at, Outcome::shipments_seized, lost);
  const double share = static_cast<double>(lost) / static_cast<double>(importer.routes);
  // Half of what one outcome teaches, for each of the two drugs.
  importer.belief += numbers.imports_learning / 2 * (share - importer.belief);
  return arrived;
}

// More lost, more ways, each with less on it.
void spread(const Parameters& numbers, Importer& importer) {
  const double wanted = 1 + (numbers.imports_routes_most - 1) * std::min(1.0, 1.5 * importer.belief);
  if (wanted > importer.routes + 0.5) ++importer.routes;
  if (wanted < importer.routes - 0.5) --importer.routes;
}

void import_week(WorldRun& run, std::size_t import) {
  const Parameters& numbers = run.numbers();
  std::vector<double> wanted;
  double sales = 0;
  double lacks = 0;
  for (std::size_t hub = 0; hub < run.state.hubs.size(); ++hub) {
    const double sold = hub_sales(run, static_cast<std::int32_t>(hub), import);
    const double short_of = sold * numbers.imports_hub_days - static_cast<double>(run.state.hubs[hub].stock[import]);
    sales += sold * k_days_between_shipments;
    lacks += short_of;
    wanted.push_back(std::max(0.0, sold * k_days_between_shipments + short_of / numbers.imports_catch_up_weeks));
  }
  const double order =
      std::clamp(sales + lacks / numbers.imports_catch_up_weeks, 0.0, sales * numbers.imports_growth_most) *
      run.lever(run.state.hubs.front().town, Lever::imports);
  Milligrams arrived = 0;
  const auto each = static_cast<Milligrams>(order / static_cast<double>(run.state.importers.size()));
  for (std::size_t which = 0; which < run.state.importers.size(); ++which) {
    arrived += ship(run, which, import, each);
  }
  run.state.drugs.brought_in[import] += arrived;
  count(run.town(run.state.hubs.front().town), Outcome::grams_imported, arrived);
  double all = 0;
  for (const double one : wanted) all += one;
  Milligrams left = arrived;
  for (std::size_t hub = 0; hub < run.state.hubs.size(); ++hub) {
    const bool is_last = hub + 1 == run.state.hubs.size();
    const double share = all > 0 ? wanted[hub] / all : 1.0 / static_cast<double>(wanted.size());
    const Milligrams given =
        is_last ? left : std::min(left, static_cast<Milligrams>(static_cast<double>(arrived) * share));
    run.state.hubs[hub].stock[import] += given;
    left -= given;
  }
}

}  // namespace

double hub_sales(const WorldRun& run, std::int32_t hub, std::size_t import) {
  double total = 0;
  for (std::size_t drug = 0; drug < k_drugs; ++drug) {
    if (import_of(drug) != import) continue;
    for (const Town& town : run.state.towns) {
      if (town.nearest_hub == hub) total += town.local_sales[drug];
    }
    for (const std::int32_t number : run.state.open_lines) {
      if (run.line(number).hub == hub) total += run.line(number).sales[drug];
    }
  }
  return total;
}

void supply_day(WorldRun& run) {
  if (run.state.day % k_days_between_shipments == 0) {
    for (std::size_t import = 0; import < k_shipped; ++import) import_week(run, import);
    for (Importer& importer : run.state.importers) spread(run.numbers(), importer);
  }
  for (std::size_t hub = 0; hub < run.state.hubs.size(); ++hub) {
    for (std::size_t import = 0; import < k_shipped; ++import) deliver(run, static_cast<std::int32_t>(hub), import);
  }
}

}  // namespace throughline::simulate
