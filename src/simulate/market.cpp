#include <algorithm>
#include <array>

#include "simulate/arrests.h"
#include "simulate/market.h"
#include "simulate/mechanisms.h"

namespace throughline::simulate {

namespace {

constexpr double k_milligrams_per_gram = 1000;
// How fast what is remembered of sales follows them, a day.
constexpr double k_memory = 0.1;

double spend_per_day(const Parameters& numbers, std::size_t drug) {
  const std::array<double, k_drugs> spend{numbers.market_spend_heroin, numbers.market_spend_crack,
                                          numbers.market_powder_spend_per_year / k_days_per_year,
                                          numbers.market_cannabis_spend_per_year / k_days_per_year};
  return spend[drug];
}

double price_at_start(const Parameters& numbers, std::size_t drug) {
  if (drug == k_cannabis) return numbers.market_price_cannabis;
  return drug == 0 ? numbers.market_price_heroin : numbers.market_price_cocaine;
}

double buyers(const Town& town, std::size_t drug) {
  return is_for_cohort(drug) ? cohort_of(town, drug)
                             : static_cast<double>(how_many(town, PersonKind::user, PersonState::active));
}

// How much of a drug each buyer takes beside how much at the start; sellers keep up with it.
double appetite(const WorldRun& run, std::int32_t number, std::size_t drug) {
  return drug == 1 ? run.lever(number, Lever::crack) : 1.0;
}

// What one line can sell in a day, in bulk milligrams at the day's purity.
double line_can_sell(const WorldRun& run, const Line& line, std::size_t drug) {
  const Parameters& numbers = run.numbers();
  const double staffed = std::min(1.0, static_cast<double>(line.carriers.size()) / numbers.carriers_per_line);
  const double known = std::min(1.0, (run.state.day - line.opened_day + 1) / numbers.line_ramp_days);
  return full_line_sales(numbers, drug) * staffed * known;
}

double locals_can_sell(const WorldRun& run, const Town& town, std::size_t drug) {
  const Parameters& numbers = run.numbers();
  double pounds = static_cast<double>(town.local_sellers) * town.local_pounds_per_day;
  pounds *= is_for_cohort(drug)
                ? 1.25 * cohort_of(town, drug) * spend_per_day(numbers, drug) /
                      std::max(1.0, static_cast<double>(town.local_sellers_start) * town.local_pounds_per_day)
                : spend_per_day(numbers, drug) / (spend_per_day(numbers, 0) + spend_per_day(numbers, 1));
  return pounds / price_at_start(numbers, drug) * k_milligrams_per_gram;
}

// Sells so much in bulk out of a stock; gives the bulk sold.
double sell(Town& town, std::size_t drug, double bulk, Milligrams& stock) {
  const auto wanted = static_cast<Milligrams>(bulk * town.purity[drug]);
  const Milligrams sold = std::min(wanted, stock);
  stock -= sold;
  town.sold[import_of(drug)] += sold;
  constexpr std::array k_sold{Outcome::grams_heroin_sold, Outcome::grams_crack_sold, Outcome::grams_powder_sold,
                              Outcome::grams_cannabis_sold};
  count(town, k_sold[drug], sold);
  return wanted == 0 ? 0 : bulk * static_cast<double>(sold) / static_cast<double>(wanted);
}

void remember(double& held, double value) {
  held += k_memory * (value - held);
}

struct Offer {
  double by_locals = 0;
  double by_lines = 0;
};

// What is sold of one drug, and by whom.
Offer sell_all(WorldRun& run, std::int32_t place, std::size_t drug, double bulk_wanted) {
  Town& town = run.town(place);
  const double more = appetite(run, place, drug);
  Offer can{.by_locals = locals_can_sell(run, town, drug) * more, .by_lines = 0};
  for (const std::int32_t number : town.lines) can.by_lines += line_can_sell(run, run.line(number), drug) * more;
  const double all = can.by_locals + can.by_lines;
  const double share = all > bulk_wanted ? bulk_wanted / all : 1.0;
  Offer sold;
  sold.by_locals = sell(town, drug, can.by_locals * share, town.local_stock[drug]);
  remember(town.local_sales[drug], can.by_locals * share);
  for (const std::int32_t number : town.lines) {
    Line& line = run.line(number);
    const double bulk = line_can_sell(run, line, drug) * more * share;
    sold.by_lines += sell(town, drug, bulk, line.stock[drug]);
    remember(line.sales[drug], bulk);
  }
  return sold;
}

// What is sold is cut until the stock lasts again: the shock goes into purity, and the price hardly moves.
void follow_stock(WorldRun& run, Town& town, std::size_t drug) {
  const Parameters& numbers = run.numbers();
  auto stock = static_cast<double>(town.local_stock[drug]);
  double sales = town.local_sales[drug];
  for (const std::int32_t number : town.lines) {
    stock += static_cast<double>(run.line(number).stock[drug]);
    sales += run.line(number).sales[drug];
  }
  const double cover = sales <= 0 ? 1.0 : stock / (sales * numbers.market_cover_days * k_cover_when_calm);
  const double aim = std::clamp(cover, numbers.market_purity_floor, 1.0);
  town.purity[drug] += numbers.market_purity_speed * (aim - town.purity[drug]);
  town.price[drug] = power(town.purity[drug], numbers.market_price_follows_purity);
}

}  // namespace

double cohort_of(const Town& town, std::size_t drug) {
  return drug == k_cannabis ? town.cannabis_users : town.powder_users;
}

double start_demand_milligrams(const Parameters& numbers, double users, std::size_t drug) {
  return users * spend_per_day(numbers, drug) / price_at_start(numbers, drug) * k_milligrams_per_gram;
}

double full_line_sales(const Parameters& numbers, std::size_t drug) {
  if (is_for_cohort(drug)) return 0;  // Lines sell heroin and crack.
  const double share = spend_per_day(numbers, drug) / (spend_per_day(numbers, 0) + spend_per_day(numbers, 1));
  return numbers.line_revenue_per_year / k_days_per_year * share / price_at_start(numbers, drug) *
         k_milligrams_per_gram;
}

double street_pounds_per_day(const Parameters& numbers, double users) {
  return users * (spend_per_day(numbers, 0) + spend_per_day(numbers, 1));
}

void market_day(WorldRun& run, std::int32_t number) {
  Town& town = run.town(number);
  const Parameters& numbers = run.numbers();
  double pounds_lines = 0;
  double pounds_all = 0;
  for (std::size_t drug = 0; drug < k_drugs; ++drug) {
    const double true_price = town.price[drug] / town.purity[drug];
    const double wanted = start_demand_milligrams(numbers, buyers(town, drug), drug) * appetite(run, number, drug) *
                          power(true_price, numbers.market_elasticity) / town.purity[drug];
    const Offer sold = sell_all(run, number, drug, wanted);
    const double pounds_per_milligram = price_at_start(numbers, drug) * town.price[drug] / k_milligrams_per_gram;
    pounds_lines += sold.by_lines * pounds_per_milligram;
    if (!is_for_cohort(drug)) pounds_all += (sold.by_lines + sold.by_locals) * pounds_per_milligram;
    follow_stock(run, town, drug);
  }
  count(town, Outcome::pounds_lines_sold, static_cast<std::int64_t>(pounds_lines * 1000));
  remember(town.line_share, pounds_all <= 0 ? 0 : pounds_lines / pounds_all);
}

void local_sellers_day(WorldRun& run, std::int32_t number) {
  Town& town = run.town(number);
  const Parameters& numbers = run.numbers();
  base::Random random = run.draw(Purpose::local_sellers, static_cast<std::uint64_t>(number));
  const double arrest = daily(numbers.police_local_arrest_per_year * run.lever(number, Lever::local_arrests));
  const std::int64_t arrested = random.binomial(town.local_sellers, arrest);
  town.local_sellers -= arrested;
  count(town, Outcome::local_sellers_arrested, arrested);
  tell_of_local_sellers(run, number, arrested);
  count(town, Outcome::drug_offences_recorded, arrested);
  // Places that lines do not hold are filled again.
  const double room = static_cast<double>(town.local_sellers_start) * (1 - town.line_share);
  const double missing = std::max(0.0, room - static_cast<double>(town.local_sellers));
  town.local_sellers += random.poisson(missing * daily(numbers.local_return_per_year));
}

}  // namespace throughline::simulate
