// What a run counts, by place and period: the columns of its series.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace throughline::simulate {

enum class Outcome : std::uint8_t {
  // How many there are, on an average day.
  lines_open,
  lines_internal,
  children_carrying,
  adults_carrying,
  homes_taken_over,
  local_sellers,
  users_active,
  users_waiting,
  users_in_treatment,
  users_stopped,
  users_in_prison,
  routes,
  // Indices, 1 at the start, on an average day.
  heroin_price,
  heroin_purity,
  crack_price,
  crack_purity,
  powder_price,
  powder_purity,
  cannabis_price,
  cannabis_strength,
  // How often something happened.
  lines_opened,
  lines_closed,
  number_changes,
  children_recruited,
  adults_recruited,
  children_arrested,
  children_charged,
  children_referred,
  adults_arrested,
  controllers_arrested,
  local_sellers_arrested,
  missing_episodes,
  days_missing,
  weeks_worked,
  weeks_unpaid,
  homes_taken,
  premises_closed,
  fights,
  robberies,
  assaults_intoxicated,
  homicides,
  homicides_other,
  violence_recorded,
  drug_offences_recorded,
  admissions_drugs,
  admissions_wounded,
  deaths_users,
  treatment_starts,
  began_using,
  shipments,
  shipments_seized,
  grows_found,
  // Amounts.
  grams_heroin_sold,
  grams_crack_sold,
  grams_powder_sold,
  grams_cannabis_sold,
  grams_imported,
  grams_seized,
  pounds_lines_sold,
};
inline constexpr std::size_t k_outcomes = 59;

enum class OutcomeKind : std::uint8_t { stock, index, count, amount };

struct OutcomeWords {
  std::string_view name;
  OutcomeKind kind;
  std::string_view what;
};
// In the order of Outcome.
[[nodiscard]] std::span<const OutcomeWords> outcome_words();

// Whole numbers only, so that sums do not depend on an order: a stock as the sum over days, an index as the sum over
// days in millionths, a count as it is, an amount in thousandths.
using OutcomeRow = std::array<std::int64_t, k_outcomes>;

enum class Every : std::uint8_t { day, week, month };

// The rows of a run: one for each period and place, by period, then place.
struct Series {
  Every every = Every::week;
  std::vector<std::int32_t> period_days;  // First day of each period, then the day after the last.
  std::vector<OutcomeRow> rows;

  [[nodiscard]] std::size_t periods() const { return period_days.empty() ? 0 : period_days.size() - 1; }
};

// The value of an outcome over so many days: the mean of a stock or an index, the sum of anything else. Of several
// places an index is the mean over these too.
[[nodiscard]] double outcome_value(Outcome outcome, std::int64_t sum, std::int64_t days, std::int64_t places);

}  // namespace throughline::simulate
