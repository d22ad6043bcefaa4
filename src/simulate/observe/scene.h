// The truth of a run as extracts are cut from it: who carried for whom and when, where each line was and by which
// number, who was away, and the agencies of the world.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/random.h"
#include "simulate/observe/happening.h"
#include "simulate/observe/identity.h"
#include "simulate/observe/kinds.h"
#include "simulate/observe/noise.h"
#include "simulate/practice.h"
#include "simulate/world_run.h"

namespace throughline::simulate {

// Who keeps records: a force, a council, a hospital, a provider of treatment, or a body of the whole country.
struct Agency {
  std::string name{};    // "Essex Police".
  std::string folder{};  // "essex-police".
  std::string prefix{};  // Of its references: "ESS".
  Holder holder = Holder::force;
  std::vector<std::int32_t> towns{};  // Whose happenings it can know of.
  std::uint64_t key = 0;              // For chance.
};

// Somebody made to carry or sell, from a first package to the end of it. Days of the run; until is k_without_end while
// it goes on.
struct Carrying {
  PersonRef person{};
  std::int32_t line = k_none;
  std::int32_t from = 0;
  std::int32_t until = k_without_end;
  How how = How::none;  // It ended.
  std::int64_t most_owed_pounds = 0;
  std::int32_t weeks = 0;
  std::int32_t weeks_unpaid = 0;
};

// A home that a line took over.
struct TakenOver {
  PersonRef host{};
  std::int32_t line = k_none;
  std::int32_t town = k_none;
  std::int32_t from = 0;
  std::int32_t until = k_without_end;
  How how = How::none;
};

struct LineLife {
  std::int32_t opened = 0;
  std::int32_t closed = k_without_end;
  How how = How::none;
  std::vector<std::pair<std::int32_t, std::int32_t>> towns;  // Day from which, town.
  std::vector<std::int32_t> number_days;                     // Day from which each number is used, the first too.
  std::vector<std::int32_t> controller_days;                 // Day from which each controller runs it.

  [[nodiscard]] std::int32_t town_on(std::int32_t day) const;
  [[nodiscard]] std::int32_t changes_by(std::int32_t day) const;  // Of its number.
};

struct ObserveInput {
  const WorldRun* run = nullptr;  // Over.
  const Happenings* happenings = nullptr;
  const Population* population = nullptr;
  Practices practices{};
  std::int32_t days = 0;  // Of the series.
};

// Whole years, both included.
struct Ages {
  std::int32_t least = 0;
  std::int32_t most = 200;
};

// All pointers live as long as the input does.
struct Scene {
  ObserveInput input;
  std::int32_t first_day = 0;  // Of what agencies hold, in days of the run; the warm-up is before it.
  std::int32_t end_day = 0;
  std::vector<LineLife> lines{};
  std::vector<Carrying> carryings{};                           // By line, then day.
  std::vector<std::pair<std::size_t, std::size_t>> of_line{};  // Where each line's carryings begin and end.
  std::map<PersonRef, std::vector<std::size_t>> carryings_of{};
  std::vector<TakenOver> homes{};
  std::map<PersonRef, std::vector<std::pair<std::int32_t, std::int32_t>>> away{};  // In prison, or dead.
  std::vector<Agency> agencies{};
  std::vector<std::vector<const Happening*>> by_town{};  // Where it happened, whoever it happened to.
  // What a force called the crime that a happening was recorded as, by the key of the happening.
  std::map<std::uint64_t, std::string> crime_references{};

  [[nodiscard]] const WorldRun& run() const { return *input.run; }
  [[nodiscard]] const Place& place(std::int32_t town) const { return run().input.world.places[index_of(town)]; }
  [[nodiscard]] base::Date date_of(std::int32_t day) const;
  [[nodiscard]] base::Random draw(std::uint64_t subject, std::int32_t day) const;
  [[nodiscard]] bool is_away(const PersonRef& person, std::int32_t day) const;
  // People a record needs whom the model does not name. Keyed: the same key, the same person.
  // Somebody of those years of age; anybody of the town where many draws find none.
  [[nodiscard]] PersonRef bystander(std::int32_t town, base::Random& random, Ages ages, std::int32_t day) const;
  // Of those who use in the town and are not away; a bystander where a few draws find none.
  [[nodiscard]] PersonRef user(std::int32_t town, base::Random& random, std::int32_t day) const;
  // Somebody grown up of the hub, the same for as long as the person runs the line.
  [[nodiscard]] PersonRef controller(std::int32_t line, std::int32_t day) const;
  // Whom police arrested as a local seller, by the key of the arrest: from 16 to 60, the same in every record of it.
  [[nodiscard]] PersonRef arrested_seller(std::int32_t town, std::uint64_t key, std::int32_t day) const;
  // Who carries for the line on the day, one by chance; nothing where nobody does.
  [[nodiscard]] std::optional<PersonRef> carrier(std::int32_t line, base::Random& random, std::int32_t day) const;
  // Who was hurt or robbed in an act, named by its key: the same for police and hospital.
  [[nodiscard]] PersonRef harmed(std::int32_t town, std::int32_t line, std::uint64_t key, std::int32_t day) const;
  [[nodiscard]] const TownDay& town_day(std::int32_t town, std::int32_t day) const;
};

[[nodiscard]] Scene scene_of(ObserveInput input);

[[nodiscard]] inline PersonRef person_of(const Happening& happening) {
  return {
      .circle = Circle::market, .town = happening.area, .number = happening.person, .generation = happening.generation};
}

// Names a happening for chance: whom or what it is about, what, and when.
[[nodiscard]] std::uint64_t key_of(const Scene& scene, const Happening& happening);

}  // namespace throughline::simulate
