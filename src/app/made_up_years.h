// Years of the made-up market as agencies would hold them, of which the truth is known: for trying what reads police
// figures beside series that the police do not make. For tests and benchmarks.
//
// - Truth: how many people use is set by a parameter, how hard police look by another; a year before and a year after
//   are runs of the same places with seeds of their own, so that chance is new.
// - Two cases are there to mislead: a third of offences was not written down in the year before, and treatment has no
//   place for those who use more. Neither says anything about looking.
// - Cannot tell: how real figures move beside chance. Here a search finds as often however many are made, and what
//   police look at follows the market only as far as people who carry are stopped.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/number.h"
#include "evidence/activity/joint_reading.h"
#include "simulate/begin.h"
#include "simulate/observe/listen.h"
#include "simulate/observe/observe.h"
#include "simulate/observe/testing_tables.h"
#include "simulate/parameter_file.h"
#include "simulate/run.h"
#include "simulate/world_file.h"

namespace throughline::app {

// What changes, as a multiple of what it is.
struct MarketYearInput {
  double there = 1;    // People who use, and with them lines, local sellers and what is recorded of them.
  double arrests = 1;  // Of people who carry, sell or run lines.
  double places = 1;   // In treatment; where more people use there are no more of them.
  std::uint64_t seed = 1;
  double scale = 1;  // Of the built-in small world.
};

// What agencies hold of a year.
struct YearHeld {
  std::int64_t searches = 0;  // For drugs.
  std::int64_t finds = 0;     // Of these, with an outcome.
  std::int64_t recorded = 0;  // Drug offences.
  std::int64_t admissions = 0;
  std::int64_t treatment_starts = 0;
  std::int64_t deaths = 0;

  bool operator==(const YearHeld&) const = default;
};

// How many rows of the extract have values in these columns that are so.
template <class IsSo>
std::int64_t rows_with(const simulate::Extract& extract, const std::vector<std::string_view>& columns,
                       const IsSo& is_so) {
  const std::vector<std::vector<std::string>> table = simulate::table_of(extract.text);
  const std::vector<std::string>& header = table.at(0);
  std::vector<std::size_t> places;
  for (const std::string_view column : columns) {
    const auto at = std::ranges::find(header, column);
    CHECK(at != header.end());
    places.push_back(static_cast<std::size_t>(at - header.begin()));
  }
  return std::ranges::count_if(table.begin() + 1, table.end(), [&](const std::vector<std::string>& cells) {
    std::vector<std::string_view> values;
    for (const std::size_t place : places) values.emplace_back(cells.at(place));
    return is_so(values);
  });
}

inline void add_extract(YearHeld& held, const simulate::Extract& extract) {
  using Values = std::vector<std::string_view>;
  switch (extract.kind) {
    case simulate::Kind::search: {
      const auto is_for_drugs = [](const Values& values) { return values[0] == "Controlled drugs"; };
      held.searches += rows_with(extract, {"Object of search"}, is_for_drugs);
      held.finds += rows_with(extract, {"Object of search", "Outcome"}, [&](const Values& values) {
        return is_for_drugs(values) && values[1] != "A no further action disposal";
      });
      return;
    }
    case simulate::Kind::crime:
      held.recorded +=
          rows_with(extract, {"Offence code"}, [](const Values& values) { return values[0].starts_with("92"); });
      return;
    case simulate::Kind::admission:
      held.admissions += rows_with(extract, {"Diagnosis code"}, [](const Values& values) {
        return values[0].starts_with("T40") || values[0].starts_with("F11");
      });
      return;
    case simulate::Kind::treatment: held.treatment_starts += extract.rows; return;
    default: return;
  }
}

// What agencies record, by their usual practice, with so much effort of police; every month is delivered, and kinds
// that are not read here are not made.
inline simulate::Practices practices_with(double effort) {
  std::string text = "[police]\neffort = " + base::format_double(effort) +
                     "\n[general]\ncalls_per_day = 0\nreads_per_journey = 0\ncomplaints_per_week = 0\n";
  for (const simulate::KindWords& kind : simulate::kind_words()) {
    constexpr std::array<std::string_view, 4> k_read{"crime-reports", "police-uk-stop-and-search",
                                                     "hospital-admissions", "drug-treatment"};
    const bool is_read = std::ranges::find(k_read, kind.name) != k_read.end();
    text.append("[").append(kind.name).append("]\nmonths_missing = 0\n");
    if (!is_read) text.append("detection = 0\nbackground_per_1000 = 0\n");
  }
  return simulate::with_practices(simulate::built_in_practices(), text, "effort.toml").value();
}

// A run of a year; agencies can look at it with more effort or less.
class MarketYear {
 public:
  explicit MarketYear(const MarketYearInput& input)
      : run_(simulate::begin_world(run_input(input))),
        happenings_(run_.input.world.places.size()),
        population_(run_.input, {.days = k_days}) {
    simulate::listen(run_, happenings_);
    const base::Interrupt never;
    simulate::run_days(run_, k_days, never).value();
  }

  [[nodiscard]] YearHeld held(double effort) const {
    simulate::Scene scene = simulate::scene_of({.run = &run_,
                                                .happenings = &happenings_,
                                                .population = &population_,
                                                .practices = practices_with(effort),
                                                .days = k_days});
    YearHeld held;
    const base::Interrupt never;
    simulate::observe(scene, never, [&](const simulate::Extract& extract) -> base::Result<void> {
      add_extract(held, extract);
      return {};
    }).value();
    for (const simulate::OutcomeRow& row : simulate::series_so_far(run_).rows) {
      held.deaths += row[static_cast<std::size_t>(simulate::Outcome::deaths_users)];
    }
    return held;
  }

 private:
  static constexpr std::int32_t k_days = 365;

  static simulate::RunInput run_input(const MarketYearInput& input) {
    simulate::RunInput made{.world = simulate::built_in_world("small").value(),
                            .parameters = simulate::values_of(simulate::built_in_cards()),
                            .seed = input.seed};
    made.world.scale *= input.scale;
    simulate::Parameters& numbers = made.parameters;
    numbers.users_per_1000_residents *= input.there;
    if (input.places < 1) numbers.treatment_places_per_user *= input.places / input.there;
    numbers.police_carrier_arrest_per_year *= input.arrests;
    numbers.police_controller_arrest_per_year *= input.arrests;
    numbers.police_local_arrest_per_year *= input.arrests;
    numbers.police_travel_arrest_per_hour *= input.arrests;
    return made;
  }

  simulate::WorldRun run_;
  simulate::Happenings happenings_;
  simulate::Population population_;
};

inline evidence::JointReading reading_of(const YearHeld& before, const YearHeld& after) {
  const auto part = [&](std::string name, std::int64_t YearHeld::* count) {
    return evidence::ActivityPart{.name = std::move(name),
                                  .counts = evidence::BeforeAfter{.before = before.*count, .after = after.*count}};
  };
  return evidence::joint_reading(
      {.searches = part("searches", &YearHeld::searches),
       .finds = part("finds", &YearHeld::finds),
       .recorded = part("recorded", &YearHeld::recorded),
       .independent = {part("admissions", &YearHeld::admissions), part("treatment starts", &YearHeld::treatment_starts),
                       part("deaths", &YearHeld::deaths)}});
}

// One case of which the truth is known.
struct KnownChange {
  std::string_view name;
  evidence::ActivityVerdict truth = evidence::ActivityVerdict::no_change;
  YearHeld before;
  YearHeld after;
};

inline constexpr std::size_t k_usual_changes =
    9;  // What is recorded and who is treated follow one rule; they stand first.
inline constexpr std::size_t k_known_changes = 12;

struct KnownChangesInput {
  double times = 1.5;  // How much more looking, and how much more there is.
  double scale = 1;
  std::uint64_t seed = 1;
};

// The same year with a third of its drug offences not written down.
inline YearHeld less_written_down(YearHeld held) {
  held.recorded -= held.recorded / 3;
  return held;
}

// Every case for one seed; falls are rises turned round.
inline std::array<KnownChange, k_known_changes> known_changes(const KnownChangesInput& input) {
  using evidence::ActivityVerdict;
  const double times = input.times;
  constexpr double k_too_few_places = 0.4;
  const auto year = [&](std::uint64_t run, MarketYearInput of) {
    of.seed = 6 * input.seed + run;
    of.scale = input.scale;
    return MarketYear(of);
  };
  const YearHeld usual = year(0, {}).held(1);
  const MarketYear same = year(1, {});
  const MarketYear larger = year(2, {.there = times});
  const MarketYear policed = year(3, {.arrests = times});
  const YearHeld again = same.held(1);
  const YearHeld looked = same.held(times);
  const YearHeld arrested = policed.held(times);
  const YearHeld there = larger.held(1);
  const YearHeld both = larger.held(times);
  const YearHeld full = year(4, {.places = k_too_few_places}).held(1);
  const YearHeld fuller = year(5, {.there = times, .places = k_too_few_places}).held(1);
  return {{{"nothing", ActivityVerdict::no_change, usual, again},
           {"searches up", ActivityVerdict::more_looked_for, usual, looked},
           {"searches and arrests up", ActivityVerdict::more_looked_for, usual, arrested},
           {"searches down", ActivityVerdict::less_looked_for, looked, usual},
           {"more use", ActivityVerdict::more_there, usual, there},
           {"less use", ActivityVerdict::less_there, there, usual},
           {"both up", ActivityVerdict::both_more, usual, both},
           {"both down", ActivityVerdict::both_less, both, usual},
           {"searches up, less use", ActivityVerdict::more_looked_for, there, looked},
           {"more written down", ActivityVerdict::no_change, less_written_down(usual), again},
           {"searches up, more written down", ActivityVerdict::more_looked_for, less_written_down(usual), looked},
           {"more use, treatment full", ActivityVerdict::more_there, full, fuller}}};
}

}  // namespace throughline::app
