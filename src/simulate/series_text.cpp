#include "simulate/series_text.h"

#include <fmt/format.h>

#include "base/csv_cell.h"
#include "base/number.h"
#include "simulate/run.h"

namespace throughline::simulate {

namespace {

std::string values_text(const OutcomeRow& sums, std::int64_t days, std::int64_t places) {
  std::string text;
  for (std::size_t i = 0; i < k_outcomes; ++i) {
    const double value = outcome_value(static_cast<Outcome>(i), sums[i], days, places);
    const bool is_count = outcome_words()[i].kind == OutcomeKind::count;
    text += "," + (is_count ? std::to_string(sums[i]) : base::format_fixed(value, 6));
  }
  return text + "\n";
}

}  // namespace

std::string series_csv(const WorldRun& run) {
  std::string text = "from,days,area,name";
  for (const OutcomeWords& outcome : outcome_words()) text += fmt::format(",{}", outcome.name);
  text += "\n";
  const Series series = series_so_far(run);
  const std::vector<Place>& places = run.input.world.places;
  for (std::size_t period = 0; period < series.periods(); ++period) {
    const std::int32_t begin = series.period_days[period];
    const std::int32_t days = series.period_days[period + 1] - begin;
    const std::string from = fmt::format("{},{},", base::to_string(run.input.world.starts + begin), days);
    OutcomeRow all{};
    for (std::size_t town = 0; town < places.size(); ++town) {
      const OutcomeRow& row = series.rows[period * places.size() + town];
      for (std::size_t i = 0; i < k_outcomes; ++i) all[i] += row[i];
      text += from + places[town].code + ",";
      base::append_csv_cell(text, places[town].name);
      text += values_text(row, days, 1);
    }
    text += from + "all,All places" + values_text(all, days, std::ssize(places));
  }
  return text;
}

}  // namespace throughline::simulate
