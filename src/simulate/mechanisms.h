// The mechanisms of a day; a town is given by its number. Those of a town touch nothing but that town and the stock of
// lines that sell in it, so that towns can be run at once; the others run alone, over lines in the order of their
// opening.
#pragma once

#include <cstdint>

#include "simulate/world_run.h"

namespace throughline::simulate {

// People who use: seeking, waiting for, staying in and leaving treatment; stopping, relapse, admissions, prison, death;
// beginning. And the weeks of people made to carry.
void people_day(WorldRun& run, std::int32_t town);
// One week of somebody made to carry or sell: debt, unpaid work, missing episodes, ways out.
void carrier_week(WorldRun& run, std::int32_t number, std::int32_t person);
// A child who has grown out of the pool makes room for one who comes into it.
void grow_out(WorldRun& run, std::int32_t number, std::int32_t person);
// Puts into the calendar what comes next for somebody in their present state.
void schedule_next(WorldRun& run, std::int32_t town, std::int32_t person);

// Demand, stock, purity, price and sales of each drug.
void market_day(WorldRun& run, std::int32_t number);
// Robbery for money to buy, violence under the influence, and what police record.
void street_day(WorldRun& run, std::int32_t number);
// Sellers of no line: arrests and return, as far as lines leave them a market.
void local_sellers_day(WorldRun& run, std::int32_t number);

// The levers of the day, from the scenario.
void levers_day(WorldRun& run);
void strikes_day(WorldRun& run);
// Those who left a line of themselves today are taken off its list.
void departures_day(WorldRun& run);
// Lines with a vacancy approach somebody; two that approach one person are settled by a keyed draw.
void approaches_day(WorldRun& run);
void homes_day(WorldRun& run);
void arrests_day(WorldRun& run);
void contests_day(WorldRun& run);
void lines_day(WorldRun& run);
void supply_day(WorldRun& run);
// Cannabis: grows are found and begun, and its sellers supplied.
void grow_day(WorldRun& run);

}  // namespace throughline::simulate
