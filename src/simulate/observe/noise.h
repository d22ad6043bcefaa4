// How an agency writes an identity down: the slips, habits and gaps between who somebody is and what a record says.
//
// Each level is the probability that a thing happens to one mention, whatever else happens to it; where two touch the
// same field, both can. Which levels there are: noise_levels(), each under the name that an agencies file gives it in
// its [noise]. Pure: the same identity, levels and key give the same text, on any thread, and a level changed alters
// what it is about alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/random.h"
#include "simulate/observe/identity.h"

namespace throughline::simulate {

// All from 0 to 1; 0 is a perfect scribe.
struct NoiseLevels {
  double forename_missing = 0;
  double forename_slip = 0;      // A key beside the right one, two letters swapped, one lost or doubled.
  double forename_by_sound = 0;  // Written as heard: ph for f, ie for y.
  double forename_variant = 0;   // Another transliteration of the same name; nothing where there is none.
  double nickname = 0;           // In place of the forename; nothing where there is none.
  double initial_only = 0;       // The forename's first letter.
  double middle_missing = 0;
  double surname_missing = 0;
  double surname_slip = 0;
  double surname_by_sound = 0;
  double surname_part_dropped = 0;  // One half of a surname of two words; nothing for others.
  double names_swapped = 0;         // Forename and surname in each other's place.
  double plain_letters = 0;         // Accents left off.
  double capitals = 0;              // Both names in capitals.
  double street_name_missing = 0;   // What they go by is not written down.
  double birth_missing = 0;
  double birth_swapped = 0;           // Day and month, where that is a day too.
  double birth_year_slip = 0;         // One or ten years off.
  double birth_day_slip = 0;          // One day off, or one digit of it.
  double birth_first_of_january = 0;  // The year alone was known.
  double sex_missing = 0;
  double sex_wrong = 0;
  double ethnicity_missing = 0;  // Written as NS.
  double ethnicity_other = 0;    // As an officer sees it: another code of all.
  double telephone_missing = 0;
  double telephone_of_household = 0;
  double telephone_old = 0;           // One that the person had before.
  double telephone_slip = 0;          // One digit.
  double telephone_run_together = 0;  // Without its blank, or +44: another way of writing, no mistake.
  double address_missing = 0;         // With its postcode.
  double address_old = 0;             // The home before, with its postcode.
  double address_slip = 0;
  double postcode_missing = 0;
  double postcode_slip = 0;
  double nhs_number_missing = 0;
  double pupil_number_missing = 0;
  double police_id_missing = 0;
};

// One level as files and pages know it.
struct NoiseLevel {
  std::string_view name;  // "forename_slip".
  std::string_view what;
  double NoiseLevels::* value = nullptr;
  double usual = 0;  // Where a file does not say: an assumption.
};
// All of them, in a lasting order.
[[nodiscard]] std::span<const NoiseLevel> noise_levels();
// Every level as usual.
[[nodiscard]] NoiseLevels usual_noise();

// What a record says. Empty where it says nothing. Texts that are as the person has them are the identity's own, so
// that it has to live as long.
struct WrittenIdentity {
  std::string_view forename{};
  std::string_view middle{};
  std::string_view surname{};
  std::string_view known_as{};       // The street name; where there is none the nickname, if the forename is not it.
  std::optional<base::Date> born{};  //
  std::string_view sex{};            // "F", "M".
  std::string_view ethnicity{};      // 16+1, NS among them.
  std::string_view telephone{};      //
  std::string_view address{};        //
  std::string_view postcode{};       //
  std::string_view nhs_number{};     //
  std::string_view pupil_number{};   //
  std::string_view police_id{};      //
  std::vector<std::unique_ptr<const std::string>> altered{};  // Texts that are not the identity's.
};

// One mention: who, on which day, by whom it is keyed. Subject names the mention, so that two mentions of a person on a
// day differ: the row's reference, say, through base::stream_of().
struct Mentioned {
  const Identity* identity = nullptr;
  const Telephone* household_telephone = nullptr;  // What telephone_of_household gives; null: nothing.
  std::int32_t day = 0;                            // Of the run.
  std::uint64_t seed = 1;
  std::uint64_t subject = 0;
};

// Levels as they are compared with what is drawn: made once for many mentions.
class NoiseBounds {
 public:
  explicit NoiseBounds(const NoiseLevels& levels);
  // Below the bound of the level in that place it happens.
  [[nodiscard]] std::uint64_t at(std::size_t place) const { return bounds_[place]; }

  static constexpr std::size_t k_levels = sizeof(NoiseLevels) / sizeof(double);

 private:
  std::array<std::uint64_t, k_levels> bounds_{};
};

// What happens to one mention: one draw for each level, in their order, so that none moves another.
class Mishaps {
 public:
  // Seed and subject as Mentioned has them.
  Mishaps(const NoiseBounds& bounds, std::uint64_t seed, std::uint64_t subject);

  [[nodiscard]] bool operator()(double NoiseLevels::* level) const { return (happening_ >> place_of(level) & 1U) != 0; }
  // Nothing that would write another birth than the person's own.
  [[nodiscard]] bool leave_birth_alone() const;
  // Chance for how it happens.
  [[nodiscard]] base::Random how(double NoiseLevels::* level) const;

 private:
  [[nodiscard]] static std::size_t place_of(double NoiseLevels::* level);

  std::uint64_t seed_;
  std::uint64_t stream_;
  std::uint64_t happening_ = 0;  // A bit for each level.
};

// REQUIRES: the person is born by the day; mishaps are of the mention's seed and subject. Cost: a tenth of a
// microsecond, more for what is altered.
[[nodiscard]] WrittenIdentity write_down(const Mentioned& mentioned, const Mishaps& mishaps);
// The same with mishaps drawn for it. REQUIRES: levels from 0 to 1.
[[nodiscard]] WrittenIdentity write_down(const Mentioned& mentioned, const NoiseLevels& levels);

}  // namespace throughline::simulate
