#include <algorithm>
#include <cmath>

#include "simulate/market.h"
#include "simulate/mechanisms.h"

namespace throughline::simulate {

namespace {

// What grows and those who bring it in can give beside what is bought at the start.
constexpr double k_more_than_bought = 1.25;

// Half a crop stands in a grow on a day like another.
Milligrams standing_crop(const WorldRun& run, const Town& town, double a_day) {
  const Parameters& numbers = run.numbers();
  return std::llround(a_day * numbers.grows_share * numbers.grows_crop_days / 2 /
                      static_cast<double>(std::max<std::int64_t>(1, town.grows_start)));
}

void find_grows(WorldRun& run, std::int32_t number, base::Random& random, double a_day) {
  Town& town = run.town(number);
  const Parameters& numbers = run.numbers();
  const double risk = daily(numbers.grows_found_per_year * run.lever(number, Lever::grows));
  const std::int64_t found = random.binomial(town.grows, risk);
  const Milligrams taken = found * standing_crop(run, town, a_day);
  town.grows -= found;
  run.state.drugs.brought_in[import_of(k_cannabis)] += taken;
  run.state.drugs.seized[import_of(k_cannabis)] += taken;
  count(town, Outcome::grows_found, found);
  count(town, Outcome::drug_offences_recorded, found);
}

// Whoever lost one begins again elsewhere, and so far that is all who grow.
void begin_grows(WorldRun& run, std::int32_t number, base::Random& random) {
  Town& town = run.town(number);
  const std::int64_t missing = town.grows_start - town.grows;
  town.grows += random.binomial(missing, daily(k_days_per_year / run.numbers().grows_crop_days));
}

void bring_in(WorldRun& run, std::int32_t number, double a_day) {
  Town& town = run.town(number);
  const Parameters& numbers = run.numbers();
  const double growing =
      town.grows_start == 0 ? 1.0 : static_cast<double>(town.grows) / static_cast<double>(town.grows_start);
  const double can = k_more_than_bought * a_day * (numbers.grows_share * growing + 1 - numbers.grows_share);
  const double lacks =
      town.local_sales[k_cannabis] * numbers.market_cover_days - static_cast<double>(town.local_stock[k_cannabis]);
  const auto given = static_cast<Milligrams>(std::clamp(lacks, 0.0, can));
  town.local_stock[k_cannabis] += given;
  run.state.drugs.brought_in[import_of(k_cannabis)] += given;
}

}  // namespace

void grow_day(WorldRun& run) {
  for (std::int32_t number = 0; number < static_cast<std::int32_t>(run.state.towns.size()); ++number) {
    base::Random random = run.draw(Purpose::grow, static_cast<std::uint64_t>(number));
    const double a_day = start_demand_milligrams(run.numbers(), run.town(number).cannabis_users, k_cannabis);
    find_grows(run, number, random, a_day);
    begin_grows(run, number, random);
    bring_in(run, number, a_day);
  }
}

}  // namespace throughline::simulate
