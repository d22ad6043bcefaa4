// All that changes in a run: people, towns, lines, hubs and importers, as plain arrays.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "simulate/calendar.h"
#include "simulate/model.h"
#include "simulate/outcomes.h"

namespace throughline::simulate {

inline constexpr std::int32_t k_none = -1;

// Those of one place, by kind in one run each: users (with the reserve), young people from 12 on, adults
// at risk.
struct People {
  std::vector<PersonState> state;
  std::vector<PersonKind> kind;
  std::vector<std::uint8_t> needs;        // How many of exclusion, missing, care, misuse at home; 0 to 4.
  std::vector<std::uint8_t> event;        // What the calendar holds for them, a PersonEvent.
  std::vector<std::uint16_t> generation;  // How many have grown out of this row before.
  std::vector<std::int32_t> birth_day;    // Of young people; days of the run, so mostly negative.
  std::vector<std::int32_t> line;         // Whom they carry for, or who has taken their home; k_none.
  std::vector<std::int32_t> debt_pounds;
  EventCalendar calendar;
  std::array<std::int32_t, k_person_kinds + 1> kind_begin{};  // Where each kind begins, and the end.
};

// What a person's own day says about a line, carried out after all towns are done.
struct Departure {
  std::int32_t line = k_none;
  std::int32_t person = k_none;
};

// For treatment, since a day.
struct Waiting {
  std::int32_t person = k_none;
  std::int32_t since = 0;
};

struct Town {
  People people;
  std::array<std::array<std::int64_t, k_person_states>, k_person_kinds> count{};  // By kind and state.
  std::vector<Waiting> waiting;                                                   // First come first.
  std::vector<std::int32_t> reserve;                                              // Who may begin, last first.
  std::int64_t local_sellers = 0;
  std::int64_t local_sellers_start = 0;  // As many as there were without lines.
  double local_pounds_per_day = 0;       // That one of them can sell.
  double powder_users = 0;
  double cannabis_users = 0;
  std::int64_t grows = 0;        // Places where cannabis is grown.
  std::int64_t grows_start = 0;  // As many as there were.
  std::array<Milligrams, k_drugs> local_stock{};
  std::array<double, k_drugs> purity{1, 1, 1, 1};
  std::array<double, k_drugs> price{1, 1, 1, 1};
  std::array<double, k_drugs> local_sales{};  // Milligrams a day, smoothed.
  double line_share = 0;                      // Of what users buy, smoothed.
  std::int64_t users_start = 0;
  std::int32_t nearest_hub = 0;
  std::vector<std::int32_t> lines;           // Open here, ascending.
  std::vector<Departure> departures;         // Of the day.
  OutcomeRow today{};                        // Of the period under way.
  std::array<Milligrams, k_imports> sold{};  // Ever.
};

struct Carrier {
  std::int32_t area = k_none;  // Where they live.
  std::int32_t person = k_none;
};

struct TakenHome {
  std::int32_t person = k_none;  // Of the line's town.
  std::int32_t until = 0;
};

// A line: a brand that sells in one town for somebody in a hub.
struct Line {
  std::uint64_t key = 0;  // Names it for chance, in whichever scenario it opens.
  std::int32_t hub = k_none;
  std::int32_t town = k_none;
  std::int32_t opened_day = 0;
  std::int32_t closed_day = k_none;  // k_none while open.
  double capacity_for_violence = 0;
  double belief = 0;  // That another will fight back.
  std::array<Milligrams, k_drugs> stock{};
  std::array<double, k_drugs> sales{};  // Milligrams a day, smoothed.
  std::vector<Carrier> carriers;
  std::vector<TakenHome> homes;

  [[nodiscard]] bool is_open() const { return closed_day == k_none; }
};

// A market that a line left, to be fought for on a day.
struct Vacancy {
  std::uint64_t key = 0;
  std::int32_t hub = k_none;
  std::int32_t town = k_none;
  std::int32_t day = 0;
};

struct Hub {
  std::int32_t town = k_none;
  std::int64_t would_be = 0;  // People who might run a line and do not.
  std::int64_t would_be_start = 0;
  std::vector<std::int32_t> releases;  // Days on which somebody who did comes out of prison.
  std::array<Milligrams, k_imports> stock{};
  double attraction_start = 0;  // Of all towns to it, at the start.
};

struct Importer {
  double belief = 0;  // What share is lost on the way.
  std::int32_t routes = 1;
};

// Every milligram ever, by import. At any time: brought in = in stock + sold + seized.
struct DrugLedger {
  std::array<Milligrams, k_imports> brought_in{};
  std::array<Milligrams, k_imports> seized{};
};

struct State {
  std::int32_t day = 0;  // The next to be run.
  std::vector<Town> towns;
  std::vector<Line> lines;  // Open and closed, in the order of opening.
  std::vector<std::int32_t> open_lines;
  std::vector<Vacancy> vacancies;
  std::vector<Hub> hubs;
  std::vector<Importer> importers;
  DrugLedger drugs;
  Series series;
};

inline std::size_t index_of(std::int32_t number) {
  return static_cast<std::size_t>(number);
}

inline void count(Town& town, Outcome outcome, std::int64_t amount = 1) {
  town.today[static_cast<std::size_t>(outcome)] += amount;
}

[[nodiscard]] inline std::int64_t how_many(const Town& town, PersonKind kind, PersonState state) {
  return town.count[static_cast<std::size_t>(kind)][static_cast<std::size_t>(state)];
}

inline constexpr double k_adult_years = 18;

// Young people stay at risk beyond 18, when they are children no longer.
[[nodiscard]] inline bool is_child(const People& people, std::int32_t person, std::int32_t day) {
  return people.kind[index_of(person)] == PersonKind::child &&
         day - people.birth_day[index_of(person)] < k_adult_years * 365.25;
}

// Keeps the counts of the town right.
inline void set_state(Town& town, std::int32_t person, PersonState state) {
  auto& counts = town.count[static_cast<std::size_t>(town.people.kind[index_of(person)])];
  PersonState& held = town.people.state[index_of(person)];
  --counts[static_cast<std::size_t>(held)];
  held = state;
  ++counts[static_cast<std::size_t>(held)];
}

}  // namespace throughline::simulate
