#include "evidence/harm/index_draws.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "base/parallel.h"
#include "base/quantile.h"
#include "base/random.h"

namespace throughline::evidence {

namespace {

constexpr std::int64_t k_chunk_draws = 256;
constexpr double k_poisson_max = 1e9;  // Beyond it a count's own error is below 4 in 100,000 and is left out.

// What a harm's draws are keyed by, made once.
struct Streams {
  std::vector<std::uint64_t> volumes;  // Harm by harm, by period.
  std::vector<std::uint64_t> costs;    // By harm.
  std::vector<std::uint64_t> shares;
};

Streams streams_of(const HarmTable& table) {
  Streams streams;
  for (const std::string& harm : table.harms) {
    streams.costs.push_back(base::stream_of(fmt::format("harm/cost/{}", harm)));
    streams.shares.push_back(base::stream_of(fmt::format("harm/share/{}", harm)));
    for (const std::string& period : table.periods) {
      streams.volumes.push_back(base::stream_of(fmt::format("harm/volume/{}/{}", harm, period)));
    }
  }
  return streams;
}

double drawn_volume(const HarmCell& cell, base::Random random) {
  if (cell.volume_error.has_value()) return std::max(0.0, cell.volume + *cell.volume_error * random.normal());
  if (cell.volume > k_poisson_max) return cell.volume;
  return static_cast<double>(random.poisson(cell.volume));
}

double drawn_within(double mode, const std::optional<Interval>& range, double probability) {
  if (!range.has_value()) return mode;
  return triangular_quantile({.low = range->low, .mode = mode, .high = range->high}, probability);
}

// The values of one draw, in the places of the table's cells; a cell that is not there has none.
void draw_values(const HarmTable& table, const Streams& streams, base::RandomKey key, std::vector<double>& values) {
  const std::size_t periods = table.periods.size();
  for (std::size_t harm = 0; harm < table.harms.size(); ++harm) {
    const double cost_at = base::Random({key.seed, streams.costs[harm], key.step}).uniform01();
    const double share_at = base::Random({key.seed, streams.shares[harm], key.step}).uniform01();
    for (std::size_t period = 0; period < periods; ++period) {
      const std::size_t place = harm * periods + period;
      const std::optional<HarmCell>& cell = table.cells[place];
      if (!cell.has_value()) continue;
      const double volume = drawn_volume(*cell, base::Random({key.seed, streams.volumes[place], key.step}));
      values[place] = volume * drawn_within(cell->share, cell->share_range, share_at) *
                      drawn_within(cell->unit_cost, cell->cost_range, cost_at);
    }
  }
}

// The chained index of one draw, by period; nothing where a link divides by zero.
bool chain_values(const std::vector<std::vector<std::size_t>>& matched, std::size_t base,
                  const std::vector<double>& values, std::vector<double>& chained) {
  const std::size_t periods = chained.size();
  const auto ratio_after = [&](std::size_t period) {
    double before = 0;
    double after = 0;
    for (const std::size_t harm : matched[period]) {
      before += values[harm * periods + period];
      after += values[harm * periods + period + 1];
    }
    return before > 0 && after > 0 ? after / before : 0.0;
  };
  chained[base] = 100;
  for (std::size_t period = base; period + 1 < periods; ++period) {
    chained[period + 1] = chained[period] * ratio_after(period);
  }
  for (std::size_t period = base; period > 0; --period) {
    const double ratio = ratio_after(period - 1);
    chained[period - 1] = ratio > 0 ? chained[period] / ratio : 0;
  }
  return std::ranges::all_of(chained, [](double value) { return value > 0; });
}

// Draws by period: row after row, a draw each; nan where the draw is undefined.
std::vector<double> all_draws(const HarmTable& table, std::size_t base, const DrawOptions& options) {
  const std::size_t periods = table.periods.size();
  const Streams streams = streams_of(table);
  std::vector<std::vector<std::size_t>> matched;
  for (std::size_t period = 0; period + 1 < periods; ++period) {
    matched.push_back(matched_harms(table, period, period + 1));
  }
  std::vector<double> draws(static_cast<std::size_t>(options.draws) * periods);
  base::parallel_chunks({.items = options.draws, .chunk_items = k_chunk_draws}, [&](const base::Chunk& chunk) {
    std::vector<double> values(table.cells.size(), 0.0);
    std::vector<double> chained(periods, 0.0);
    for (std::int64_t draw = chunk.begin; draw < chunk.end; ++draw) {
      draw_values(table, streams, {options.seed, 0, static_cast<std::uint32_t>(draw)}, values);
      const bool is_defined = chain_values(matched, base, values, chained);
      for (std::size_t period = 0; period < periods; ++period) {
        draws[static_cast<std::size_t>(draw) * periods + period] =
            is_defined ? chained[period] : std::numeric_limits<double>::quiet_NaN();
      }
    }
  });
  return draws;
}

}  // namespace

double triangular_quantile(const Triangle& triangle, double probability) {
  const double width = triangle.high - triangle.low;
  CHECK(triangle.low <= triangle.mode && triangle.mode <= triangle.high);
  if (width <= 0) return triangle.mode;
  const double rising = triangle.mode - triangle.low;
  if (probability * width < rising) return triangle.low + std::sqrt(probability * width * rising);
  return triangle.high - std::sqrt((1 - probability) * width * (width - rising));
}

DrawnIndex draw_index(const HarmTable& table, std::size_t base, const DrawOptions& options) {
  CHECK(options.draws >= 100 && base < table.periods.size());
  const std::size_t periods = table.periods.size();
  const std::vector<double> draws = all_draws(table, base, options);
  DrawnIndex drawn{.points = std::vector<DrawnPoint>(periods), .undefined = 0};
  std::vector<std::vector<double>> by_period(periods);
  for (std::size_t row = 0; row < draws.size(); row += periods) {
    if (std::isnan(draws[row])) {
      ++drawn.undefined;
      continue;
    }
    for (std::size_t period = 0; period < periods; ++period) {
      by_period[period].push_back(draws[row + period]);
      DrawnPoint& point = drawn.points[period];
      if (period > 0 && draws[row + period] < draws[row + period - 1]) point.fell += 1;
      if (draws[row + period] < 100) point.below_base += 1;
    }
  }
  const double tail = (1 - options.confidence.level) / 2;
  for (std::size_t period = 0; period < periods; ++period) {
    std::vector<double>& values = by_period[period];
    if (values.empty()) continue;
    std::ranges::sort(values);
    DrawnPoint& point = drawn.points[period];
    point.fell /= static_cast<double>(values.size());
    point.below_base /= static_cast<double>(values.size());
    point.chained = {.low = base::quantile_of_sorted(values, tail), .high = base::quantile_of_sorted(values, 1 - tail)};
  }
  return drawn;
}

}  // namespace throughline::evidence
