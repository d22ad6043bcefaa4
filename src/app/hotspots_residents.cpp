// Whose residents places are held against, and of which year.

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "app/bad_command.h"
#include "app/hotspots_input.h"
#include "base/text.h"
#include "evidence/areas.h"

namespace throughline::app {

namespace {

using base::Result;

// Of places whose residents the workspace does not hold, how many may be left out: one in so many.
constexpr std::size_t k_left_out_of = 20;

std::size_t number_known(const std::vector<std::optional<double>>& people) {
  return static_cast<std::size_t>(std::ranges::count_if(people, [](const auto& each) { return each.has_value(); }));
}

// How far the residents of the table are from the counts, at most; nothing where it does not say of which year they
// are.
std::optional<std::int32_t> years_apart(const PlaceResidents& residents) {
  if (!residents.of_table_years.is_any()) return std::nullopt;
  const YearRange& counted = residents.counted_years;
  const YearRange& table = residents.of_table_years;
  return std::max(std::abs(counted.last - table.first), std::abs(table.last - counted.first));
}

void take(HotspotInput& input, const std::vector<std::optional<double>>& people) {
  input.has_population = true;
  for (std::size_t i = 0; i < input.places.size(); ++i) input.places[i].population = people[i].value_or(1);
}

void take_held(HotspotInput& input, const PlaceResidents& residents) {
  take(input, residents.held);
  input.residents = residents.held_years.is_any()
                        ? fmt::format("mid-year estimates of the workspace, {}", residents.held_years.text())
                        : std::string("published mid-year estimates that the program carries, of the periods' years");
}

// Those whose residents the workspace holds, where they are nearly all.
void take_most_held(HotspotInput& input, const PlaceResidents& residents) {
  take_held(input, residents);
  std::vector<evidence::CountedPlace> kept;
  std::vector<std::string> without;
  for (std::size_t i = 0; i < input.places.size(); ++i) {
    if (residents.held[i].has_value()) {
      kept.push_back(input.places[i]);
    } else {
      without.push_back(input.places[i].name);
    }
  }
  input.places = std::move(kept);
  input.notes.push_back(
      fmt::format("The workspace holds no residents of that time of {}, which are left out{}.",
                  base::short_list(without, {.is_rest_counted = false}),
                  residents.of_table_years.is_any()
                      ? fmt::format("; those of the table of places are of {}", residents.of_table_years.text())
                      : std::string()));
}

base::Error residents_too_far(const HotspotInput& input, const PlaceResidents& residents) {
  return bad_command(
      "residents_of_another_time",
      fmt::format("{} is counted in {}, and the residents of the table of places are of {}: more than {} years apart",
                  input.source, residents.counted_years.text(), residents.of_table_years.text(),
                  evidence::k_denominator_years_max),
      "--from, --to, --residents",
      fmt::format("Take periods from {} to {}, or ingest residents of that time into the workspace and ask for "
                  "--residents",
                  residents.of_table_years.last - evidence::k_denominator_years_max,
                  residents.of_table_years.first + evidence::k_denominator_years_max));
}

}  // namespace

void PlaceResidents::add_of_table(const PlacePosition& position) {
  of_table.push_back(position.population);
  if (position.population_year) of_table_years.take(*position.population_year);
}

Result<void> add_residents(HotspotInput& input, const PlaceResidents& residents) {
  const std::size_t held = number_known(residents.held);
  const bool is_of_table = !input.places.empty() && number_known(residents.of_table) == input.places.size();
  const std::optional<std::int32_t> apart = years_apart(residents);
  if (held > 0 && held == input.places.size()) {
    take_held(input, residents);
  } else if (is_of_table && apart.value_or(0) <= evidence::k_denominator_years_max) {
    take(input, residents.of_table);
    input.residents = apart ? fmt::format("of the table of places, {}", residents.of_table_years.text())
                            : std::string("of the table of places, which does not say of which year");
    input.notes.emplace_back("Residents are those of the table of places.");
  } else if (held > 0 && (input.places.size() - held) * k_left_out_of <= input.places.size()) {
    take_most_held(input, residents);
  } else if (is_of_table) {
    return residents_too_far(input, residents);
  }
  return {};
}

}  // namespace throughline::app
