// The words of a UK address, spelt out and known for what they are, before anyone says which part they belong to.
//
// Abbreviations are a choice from those of uk_address_matcher (Ministry of Justice, MIT, at adf860d), without the ones
// that are words of their own in other places (FIRE, IS, PEN, FOR, CO). ST is STREET after a name and SAINT before one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace throughline::linkage {

enum class AddressRole : std::uint8_t {
  plain,
  number,       // Begins with a digit: 12, 12A, 12-14, 2/1.
  letter,       // A to Z alone.
  flat,         // FLAT, UNIT, ROOM, MAISONETTE: a designator follows, or nothing.
  storey,       // GROUND, FIRST, TOP, REAR, FLOOR: only beside a flat or FLOOR.
  inside,       // BASEMENT, ANNEXE, PENTHOUSE: a flat by itself.
  street_type,  // STREET, ROAD.
  court,        // COURT, PARK, MANSIONS' like: ends a street's name or a building's.
  building,     // HOUSE, COTTAGE, FARM.
  compass,      // NORTH, EAST, UPPER, LOWER: may follow a street's type.
};

struct AddressToken {
  std::string text;
  AddressRole role = AddressRole::plain;
  bool begins_segment = false;  // First after a comma or a line's end.
};

// REQUIRES: `plain` came from plain_upper(), with a comma where a line ended.
[[nodiscard]] std::vector<AddressToken> address_tokens_of(std::string_view plain);

}  // namespace throughline::linkage
