// Where people live, and from when until when.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "simulate/observe/position.h"
#include "simulate/observe/roll.h"

namespace throughline::simulate {

enum class HomeKind : std::uint8_t {
  own,        // With whoever is of the household.
  placement,  // Where a child in care was placed; shared with others placed there.
  hostel,     // Shared with others; adults.
  none,       // No fixed abode: address "No fixed abode", postcode ZZ99 3VZ.
};

struct Home {
  std::int32_t from_day = 0;   // Of the run; homes of a person follow each other without a gap, the first from birth.
  std::int32_t until_day = 0;  // Of the last: k_without_end.
  HomeKind kind = HomeKind::own;
  std::string address{};   // "Flat 3, 12 Alderbarn Street, Norwich": with the town, without the postcode.
  std::string postcode{};  // "ZZ14 7QD".
  Position position{};     // Somewhere in the town; not where anything real of that name is.
};

// At least one.
[[nodiscard]] std::vector<Home> homes_of(const Roll& roll, const PersonRef& person);

// Names a made-up place.
struct TownKey {
  std::int32_t town = 0;
  std::uint64_t key = 0;
};

// Where the streets of a world are, for whoever asks again and again.
class Streets {
 public:
  explicit Streets(const Roll& roll);
  [[nodiscard]] GridPoint of(std::int32_t town, std::uint64_t street) const {
    return points_[index_of(town)][static_cast<std::size_t>(street)];
  }

 private:
  std::vector<std::vector<GridPoint>> points_;  // By town, then by street; (0, 0) where a town has no such street.
};

// An address of the town that nobody asked for: a scene, a shop, a lodging. The same key, the same address. It is put
// into a home whose memory is used again. REQUIRES: streets are of the roll.
void put_made_up_place(const Roll& roll, const Streets& streets, TownKey key, Home& place);

// A school of the town for people who live there. The same key, the same school.
[[nodiscard]] std::string school_of(const Roll& roll, std::int32_t town, std::uint64_t key);

}  // namespace throughline::simulate
