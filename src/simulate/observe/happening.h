// What happened to whom in a run, told to whoever listens: the truth that agencies see a part of.
//
// Nobody listens unless somebody asks. Telling draws no chance and changes nothing, so that a run with a listener has
// the very series and checkpoint of one without. Each place has its own list; the mechanisms of a town tell of people
// of that town alone, so that towns can be run at once and a list is in the same order at any number of threads.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "simulate/model.h"

namespace throughline::simulate {

enum class Happened : std::uint8_t {
  came_of_age,            // A row is held by a younger child from now on; amount: their day of birth.
  recruited,              // Given a first package; amount: pounds owed.
  week_carried,           // A week's work for a line in its town; amount: pounds owed after it.
  missing,                // A child found where the line sells; amount: days.
  left_line,              // Carries no more.
  carrier_arrested,       // In the line's town.
  controller_arrested,    // Whoever runs the line.
  local_seller_arrested,  // Of no line.
  fight,                  // Between sellers; line and other are set where two lines meet.
  robbery,                // For money to buy.
  assault,                // Under the influence.
  admitted,               // To hospital, poisoned.
  died,                   // Who used.
  treatment_sought,
  treatment_given_up,  // While waiting.
  treatment_started,
  treatment_left,
  prison_in,
  prison_out,
  home_taken,  // Of somebody who uses.
  home_freed,
  line_opened,
  line_closed,
  line_moved,      // To the town that is named.
  number_changed,  //
  stock_seized,    // Of the line, or of a hub; amount: milligrams at the purity of the start.
};

// How it came about, or what came of it.
enum class How : std::uint8_t {
  none,
  // Of work: unpaid is against a debt.
  paid,
  unpaid,
  // Of leaving a line, and of arrests.
  by_itself,
  helped,
  grew_out,
  line_gone,
  charged,
  referred,
  sent_home,
  to_prison,
  closed,
  taken_over,
  // Of violence.
  wounded,
  killed,
  wounded_and_killed,
  // Of treatment.
  completed,
  dropped_out,
  // Of prison, or of a home that is free again.
  stole_to_buy,
  carried,
  time_was_up,
  premises_closed,
  host_gone,
  // Of lines.
  after_arrest,
  gave_up,
  // Of stock.
  heroin,
  cocaine,
};

struct Happening {
  std::int32_t day = 0;   // Of the run, the warm-up included.
  std::int32_t town = 0;  // Where.
  std::int32_t area = 0;  // Whose list it stands in: where the person lives; without a person, the town.
  std::int32_t person = -1;
  std::int32_t line = -1;
  std::int32_t other = -1;  // Another line.
  std::int64_t amount = 0;
  std::uint16_t generation = 0;  // Of the person's row.
  Happened what = Happened::recruited;
  How how = How::none;
};

// What a place was like on a day.
struct TownDay {
  double recording = 1;  // The lever of police effort.
  std::array<double, k_drugs> purity{1, 1, 1, 1};
  std::int64_t users_active = 0;
};

struct Happenings {
  std::vector<std::vector<Happening>> by_area;
  std::vector<std::vector<TownDay>> days_by_town;

  explicit Happenings(std::size_t towns) : by_area(towns), days_by_town(towns) {}
};

}  // namespace throughline::simulate
