// What linkage compares: a person as one record names them, packed into two cache lines.
//
// Text that repeats (a name, a street) stands here as an id of a Dictionary; what is nearly unique (a telephone number)
// stands here itself. Nothing here is what the agency wrote: that stays with the agency's row.
#pragma once

#include <cstdint>

#include "linkage/dictionary.h"
#include "linkage/short_name.h"

namespace throughline::linkage {

// A day of birth, each part missing where 0.
struct BirthParts {
  std::uint16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;

  [[nodiscard]] bool whole() const { return year != 0 && month != 0 && day != 0; }
  [[nodiscard]] std::uint32_t key() const {
    return (std::uint32_t{year} << 9) | (std::uint32_t{month} << 5) | std::uint32_t{day};
  }
  friend bool operator==(const BirthParts&, const BirthParts&) = default;
};

enum class Sex : std::uint8_t { missing, female, male };

// Up to eight bytes of text as a number that orders and compares as the text does. Longer text: a hash of it.
using Packed = std::uint64_t;

// How a house is packed: letter (5 bits), number, and from k_flat_shift on a hash of the flat; 0 there is no flat.
inline constexpr std::uint32_t k_flat_shift = 24;
inline constexpr std::uint32_t k_house_numbers = std::uint32_t{1} << 19;
inline constexpr std::uint32_t k_flats = 255;
inline constexpr std::uint32_t k_house_bits = (std::uint32_t{1} << k_flat_shift) - 1;

// One more name that a person goes by. A part that was not said is as in the record's own name.
struct OtherName {
  ShortName given{};
  ShortName family{};
  std::uint32_t given_letters = 0;
  std::uint32_t family_letters = 0;
  TextId given_id = 0;
  TextId family_id = 0;
  TextId given_variants = 0;
  TextId family_part = 0;
  std::uint8_t given_length = 0;
  std::uint8_t family_length = 0;
};

struct alignas(64) PersonRecord {
  ShortName given;
  ShortName family;
  std::uint32_t given_letters = 0;
  std::uint32_t family_letters = 0;
  TextId given_id = 0;
  TextId family_id = 0;
  TextId given_variants = 0;  // The given name as the table of names knows it; see ComparedTexts.
  TextId family_part = 0;     // The last word of a family name of several words.
  TextId middle_id = 0;
  BirthParts birth;
  Packed postcode = 0;    // Up to eight characters, most significant first.
  Packed phone = 0;       // The digits as a number, a 1 before them.
  Packed identifier = 0;  // The letters and digits, hashed where longer than eight.
  TextId street_id = 0;
  std::uint32_t house = 0;  // The number and letter of the house, and above them the flat.
  TextId locality_id = 0;
  TextId email_id = 0;
  std::uint32_t given_sound = 0;  // See sound_of().
  std::uint32_t family_sound = 0;
  std::uint32_t other_names = 0;  // Where the person's further names lie in ComparedTexts; 0: there are none.
  TextId region_id = 0;
  std::uint16_t source = 0;
  Sex sex = Sex::missing;
  char middle_initial = '\0';
  std::uint8_t outward_bytes = 0;  // How many bytes of the postcode name the district.
  std::uint8_t given_length = 0;
  std::uint8_t family_length = 0;
};
static_assert(sizeof(PersonRecord) == 128);

}  // namespace throughline::linkage
