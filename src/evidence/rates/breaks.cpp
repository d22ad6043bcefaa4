#include "evidence/rates/breaks.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "base/check.h"
#include "base/random.h"

namespace throughline::evidence {

namespace {

using Column = std::vector<double>;

constexpr std::size_t k_months_min = 36;
constexpr std::size_t k_years_min = 10;
constexpr double k_memory_max = 0.9;

// The periods that have a count, on the scale of square roots.
struct Observed {
  std::vector<std::size_t> periods;
  Column values;
};

double people_of(const CountLine& line, std::size_t period) {
  if (line.people.empty() || !line.people[period]) return 0;
  return *line.people[period];
}

Observed observed_in(const CountLine& line) {
  double people = 0;
  double counted = 0;
  for (std::size_t i = 0; i < line.counts.size(); ++i) {
    if (people_of(line, i) > 0) {
      people += people_of(line, i);
      counted += 1;
    }
  }
  const bool is_by_people = counted > 0 && counted == static_cast<double>(line.counts.size());
  Observed observed;
  for (std::size_t i = 0; i < line.counts.size(); ++i) {
    if (!line.counts[i]) continue;
    const double scale = is_by_people ? people / counted / people_of(line, i) : 1;
    observed.periods.push_back(i);
    observed.values.push_back(2 * std::sqrt(static_cast<double>(*line.counts[i]) * scale + 0.375));
  }
  return observed;
}

double product(const Column& one, const Column& other) {
  return std::inner_product(one.begin(), one.end(), other.begin(), 0.0);
}

// Orthonormal columns: what a line is held against.
class Design {
 public:
  Design(const Observed& observed, int periods_in_year) : periods_(observed.periods) {
    const std::size_t rows = periods_.size();
    add(Column(rows, 1.0));
    Column time(rows);
    for (std::size_t i = 0; i < rows; ++i) time[i] = static_cast<double>(periods_[i]);
    add(time);
    is_seasonal_ = periods_in_year == 12;
    if (!is_seasonal_) return;
    for (std::size_t month = 1; month < 12; ++month) {
      Column is_month(rows);
      for (std::size_t i = 0; i < rows; ++i) is_month[i] = periods_[i] % 12 == month ? 1 : 0;
      add(is_month);
    }
  }

  void add(Column column) {
    const double before = product(column, column);
    residual(column);
    residual(column);  // Twice, so that rounding leaves it at right angles.
    const double length = std::sqrt(product(column, column));
    if (length * length <= 1e-10 * before) return;
    for (double& each : column) each /= length;
    columns_.push_back(std::move(column));
  }

  // Takes what the columns explain out of it.
  void residual(Column& values) const {
    for (const Column& column : columns_) {
      const double weight = product(column, values);
      for (std::size_t i = 0; i < values.size(); ++i) values[i] -= weight * column[i];
    }
  }

  [[nodiscard]] std::size_t rows() const { return periods_.size(); }
  [[nodiscard]] std::size_t size() const { return columns_.size(); }
  // Those that change slowly, less what all months of the year together give back.
  [[nodiscard]] double smooth_columns() const { return static_cast<double>(columns_.size()) - (is_seasonal_ ? 12 : 0); }
  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }

 private:
  std::vector<std::size_t> periods_;
  std::vector<Column> columns_;
  bool is_seasonal_ = false;
};

// For a step at each row: the length of what the design leaves of it, squared.
Column step_lengths(const Design& design) {
  const std::size_t rows = design.rows();
  Column lengths(rows);
  Column sums(design.size());
  for (std::size_t at = rows; at-- > 0;) {
    double explained = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      sums[i] += design.columns()[i][at];
      explained += sums[i] * sums[i];
    }
    lengths[at] = static_cast<double>(rows - at) - explained;
  }
  return lengths;
}

struct BestStep {
  std::size_t row = 0;
  double f = 0;
  double size = 0;  // On the scale of square roots.
};

// The step that takes most out of the residual.
BestStep best_step(const Column& residual, const Column& lengths, const Design& design, std::size_t margin) {
  const double total = product(residual, residual);
  const auto freedom = static_cast<double>(design.rows()) - static_cast<double>(design.size()) - 1;
  BestStep best;
  double sum = 0;
  for (std::size_t at = residual.size(); at-- > margin;) {
    sum += residual[at];
    if (residual.size() - at < margin || lengths[at] < 1e-6) continue;
    const double gain = sum * sum / lengths[at];
    const double rest = total - gain;
    const double f = rest > 1e-12 * total ? gain * freedom / rest : 1e12;
    if (f > best.f) best = {.row = at, .f = f, .size = sum / lengths[at]};
  }
  return best;
}

Column step_column(std::size_t rows, std::size_t at) {
  Column column(rows);
  for (std::size_t i = at; i < rows; ++i) column[i] = 1;
  return column;
}

// What is left of it beside the step.
Column without_step(Column residual, const BestStep& step, const Design& design) {
  Column column = step_column(design.rows(), step.row);
  design.residual(column);
  for (std::size_t i = 0; i < residual.size(); ++i) residual[i] -= step.size * column[i];
  return residual;
}

// How much of the noise of a period is there again in the next.
double memory_seen(const Column& rest) {
  const double total = product(rest, rest);
  if (total <= 0) return 0;
  double together = 0;
  for (std::size_t i = 1; i < rest.size(); ++i) together += rest[i] * rest[i - 1];
  return together / total;
}

// What the fit took away of it put back: each smooth column takes one period's worth, and so does choosing the place.
double memory_behind(double seen, const Design& design) {
  const auto rows = static_cast<double>(design.rows());
  const double lost = (1 + 2 * seen) * std::min(design.smooth_columns() + 2, rows / 4) / rows;
  return std::clamp(seen + lost, 0.0, k_memory_max);
}

// F as large as it would be if the noise had no memory: what a step of noise alone gains from memory is taken out
// again, in the line and in every draw alike, so that little hangs on how well the memory is known.
double scaled(double f, double seen) {
  const double memory = std::clamp(seen, 0.0, k_memory_max);
  return f * (1 - memory) / (1 + memory);
}

Column made_up_noise(std::size_t rows, double memory, base::Random& random) {
  Column noise(rows);
  const double fresh = std::sqrt(1 - memory * memory);
  for (std::size_t i = 0; i < rows; ++i) {
    noise[i] = i == 0 ? random.normal() : memory * noise[i - 1] + fresh * random.normal();
  }
  return noise;
}

// What is settled of a search before any noise is drawn.
struct Search {
  const Design& design;
  const Column& lengths;
  std::size_t margin = 12;
};

double p_of(double found, double memory, const Search& search, const BreakRule& rule) {
  std::int64_t as_large = 0;
  for (std::int64_t draw = 0; draw < rule.draws; ++draw) {
    base::Random random(
        {.seed = rule.seed, .stream = base::stream_of("rates/breaks"), .step = static_cast<std::uint32_t>(draw)});
    Column noise = made_up_noise(search.design.rows(), memory, random);
    search.design.residual(noise);
    const BestStep best = best_step(noise, search.lengths, search.design, search.margin);
    if (scaled(best.f, memory_seen(without_step(noise, best, search.design))) >= found) ++as_large;
  }
  return static_cast<double>(as_large + 1) / static_cast<double>(rule.draws + 1);
}

// The new level over the one before, where the line stood when it came.
double ratio_of(const Observed& observed, const BestStep& step, std::size_t margin) {
  double before = 0;
  for (std::size_t i = step.row - margin; i < step.row; ++i) {
    before += observed.values[i] / static_cast<double>(margin);
  }
  const double after = std::max(0.0, before + step.size);
  return before > 0 ? after * after / (before * before) : 0;
}

}  // namespace

BreakSearch find_breaks(const CountLine& line, const BreakRule& rule) {
  CHECK(rule.draws > 0 && rule.level > 0 && rule.level < 1);
  const Observed observed = observed_in(line);
  const bool is_monthly = line.periods_in_year == 12;
  const std::size_t margin = is_monthly ? 12 : 3;
  BreakSearch search;
  if (observed.values.size() < (is_monthly ? k_months_min : k_years_min)) return search;
  search.is_searched = true;
  Design design(observed, line.periods_in_year);
  for (int round = 0; round < rule.breaks_max; ++round) {
    Column residual = observed.values;
    design.residual(residual);
    const Column lengths = step_lengths(design);
    const BestStep found = best_step(residual, lengths, design, margin);
    if (found.f <= 0) break;
    const double seen = memory_seen(without_step(residual, found, design));
    search.memory = memory_behind(seen, design);
    const double p =
        p_of(scaled(found.f, seen), search.memory, {.design = design, .lengths = lengths, .margin = margin}, rule);
    if (p > rule.level) break;
    search.breaks.push_back(
        {.at = observed.periods[found.row], .step = ratio_of(observed, found, margin), .p_value = p});
    design.add(step_column(design.rows(), found.row));
  }
  std::ranges::sort(search.breaks, {}, &FoundBreak::at);
  return search;
}

}  // namespace throughline::evidence
