// What a town buys when all is as at the start.
#pragma once

#include <cstddef>

#include "simulate/parameters.h"
#include "simulate/state.h"

namespace throughline::simulate {

// Of the days that sellers want to hold, what they do hold while supply is calm: deliveries come after sales.
inline constexpr double k_cover_when_calm = 0.9;

// Of a drug that is for a cohort: how many buy it.
[[nodiscard]] double cohort_of(const Town& town, std::size_t drug);
// Milligrams a day that so many buyers buy.
[[nodiscard]] double start_demand_milligrams(const Parameters& numbers, double users, std::size_t drug);
// Milligrams a day that a line sells once it is known and has its people.
[[nodiscard]] double full_line_sales(const Parameters& numbers, std::size_t drug);
// What people who use heroin or crack pay a day, in pounds.
[[nodiscard]] double street_pounds_per_day(const Parameters& numbers, double users);

}  // namespace throughline::simulate
