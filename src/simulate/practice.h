// How agencies record: what the file of agencies says, as numbers for each agency and kind of extract.
//
// The built-in file is data/simulate/agencies.toml, where each figure has unit, range and source. A file of one's own
// gives values in their place: for all agencies as [crime-reports] detection = 0.5, for one as
// [agency."Essex Police".crime-reports] detection = 0.8. Agencies differ from each other besides, by a spread that is
// in the file too and is keyed by the agency's name alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "simulate/observe/kinds.h"
#include "simulate/observe/noise.h"

namespace throughline::simulate {

// Of each kind of extract.
enum class Level : std::uint8_t {
  detection,       // Of what happens, how much is recorded at base effort.
  background,      // Records of people outside the market, per 1,000 residents and year.
  lag_days,        // Mean, from happening to record; what is recorded after the end is not in the extract.
  months_missing,  // Share of months that are not delivered.
  filled,          // Share of the fields that may be blank and are not.
  identity_noise,  // How often identities are written wrongly: 1 is as [noise] says.
  faulty,          // Share of rows that are made bad on purpose.
};
inline constexpr std::size_t k_levels_of_kind = 7;

// What one kind or the whole needs besides.
enum class Figure : std::uint8_t {
  effort,               // Of police: multiplies what they record.
  spread,               // Between agencies, of detection, lag, filled fields and noise.
  absence_base,         // Share of sessions that a pupil misses.
  absence_carrying,     // Added in a week of carrying.
  exclusions_carrying,  // Per pupil who carries, and year.
  calls_per_day,        // Of a line's number.
  calls_days,           // For which records are obtained.
  reads_per_journey,
  complaints_per_week,  // About a home that is taken over.
  plates_days,          // Before an arrest of a controller, for which reads are searched.
  // Shares, of what is written down and how: the file says of what each is.
  intelligence_of_weeks,
  searches_of_weeks,
  referrals_of_weeks,
  emergency_of_unhurt,
  emergency_of_deaths,
  cash_with_drugs,
  calls_of_carriers,
  suspect_named,
  found_on_carriers,
  found_on_others,
  exploitation_raised,
  missing_raised,
  section_45_raised,
  exploitation_in_crime,
  grounds_found,
  referrals_accepted,
  drugs_analysed,
  closures_by_police,
};
inline constexpr std::size_t k_figures = 28;

// Of one agency, or of all.
struct Practice {
  std::array<std::array<double, k_levels_of_kind>, k_kinds> levels{};
  std::array<double, k_figures> figures{};

  [[nodiscard]] double level(Kind kind, Level which) const {
    return levels[static_cast<std::size_t>(kind)][static_cast<std::size_t>(which)];
  }
  [[nodiscard]] double figure(Figure which) const { return figures[static_cast<std::size_t>(which)]; }
};

// One figure as the built-in file has it.
struct PracticeCard {
  std::string group{};
  std::string key{};
  double value = 0;
  double low = 0;
  double high = 0;
  std::string unit{};
  std::string source{};
  std::string note{};
};

struct Override {
  std::size_t card = 0;
  double value = 0;
};

struct Practices {
  std::vector<PracticeCard> cards;                                  // In the order of practice_names().
  std::map<std::string, std::vector<Override>, std::less<>> own{};  // Of single agencies, by name.
  NoiseLevels noise = usual_noise();

  // Its own values first, then those of all, moved by the spread.
  [[nodiscard]] Practice of(std::string_view agency) const;
};

[[nodiscard]] Practices built_in_practices();
// Values in place of those held. Errors: those of TOML, "name_unknown" with the nearest name, "out_of_range".
[[nodiscard]] base::Result<Practices> with_practices(Practices practices, std::string_view text, std::string_view file);
// What every agency is called here may be named in the file; another is a "name_unknown".
[[nodiscard]] base::Result<void> check_agencies(const Practices& practices, const std::vector<std::string>& agencies,
                                                std::string_view file);
// All values in one text, for the hash in a manifest.
[[nodiscard]] std::string practices_text(const Practices& practices);

}  // namespace throughline::simulate
