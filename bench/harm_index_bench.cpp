// How long ten thousand draws of the Drug Harms Index take: 19 harms, as the published index had, over 10 years.
//
//   harm_index_bench [DRAWS, 10000 when left out] [THREADS, 1]
//
// The table is made up; counts, surveys, ranges of costs and of shares all occur. Bar: 10,000 draws in under 2 s.

#include <chrono>
#include <cstdio>
#include <string>

#include "base/number.h"
#include "base/parallel.h"
#include "evidence/harm/index_draws.h"

namespace throughline::evidence {
namespace {

HarmTable made_up_table(int harms, int periods) {
  HarmTable table;
  for (int period = 0; period < periods; ++period) table.periods.push_back(std::to_string(1998 + period));
  for (int harm = 0; harm < harms; ++harm) {
    table.harms.push_back("harm " + std::to_string(harm));
    for (int period = 0; period < periods; ++period) {
      const double cost = 300.0 * (harm + 1) * (1 + 0.03 * period);
      HarmCell cell{
          .volume = 900.0 * (1 + harm * harm) + 35.0 * period, .unit_cost = cost, .price_year = 1998 + period};
      cell.cost_range = Interval{.low = cost * 0.7, .high = cost * 1.5};
      if (harm % 3 == 0) cell.volume_error = 0.05 * cell.volume;
      if (harm % 2 == 0) {
        cell.share = 0.4;
        cell.share_range = Interval{.low = 0.3, .high = 0.6};
      }
      table.cells.emplace_back(cell);
    }
  }
  return table;
}

void measure(std::int64_t draws) {
  const HarmTable table = made_up_table(19, 10);
  const auto started = std::chrono::steady_clock::now();
  const DrawnIndex drawn = draw_index(table, 0, {.draws = draws, .seed = 1});
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - started;
  std::printf("%lld draws of 19 harms over 10 periods: %.3f s wall; last period %.6f to %.6f\n",
              static_cast<long long>(draws), taken.count(), drawn.points.back().chained.low,
              drawn.points.back().chained.high);
}

}  // namespace
}  // namespace throughline::evidence

int main(int count, char** words) {
  const auto draws = count > 1 ? throughline::base::parse_integer(words[1]) : std::optional<std::int64_t>(10'000);
  const auto threads = count > 2 ? throughline::base::parse_integer(words[2]) : std::optional<std::int64_t>(1);
  if (!draws.has_value() || *draws < 100 || !threads.has_value() || *threads < 0 || *threads > 256) {
    std::fputs("usage: harm_index_bench [DRAWS] [THREADS]\n", stderr);
    return 2;
  }
  throughline::base::set_thread_limit(static_cast<int>(*threads));
  throughline::evidence::measure(*draws);
  return 0;
}
