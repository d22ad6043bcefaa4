// A vehicle registration mark as written → its one spelling and its kind. Pure. Source of the shapes: DVLA, INF104 and
// V796; Northern Ireland: marks with I or Z among the letters.
//
// Blanks, hyphens and case do not count. By position, letters and digits that look alike are read as what can stand
// there (O/0, I/1), but only where exactly one shape results: AB5I ABC → AB51 ABC. I is no letter of a dated British
// mark, so AI23 ABC is A123 ABC.
//
// Cannot tell: whether a mark was ever issued; a mark that was moved to another vehicle (marks are transferable, so the
// same mark at two times may be two vehicles); a cherished dateless mark from a typing error of a longer one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "linkage/normal/presence.h"

namespace throughline::linkage {

enum class MarkKind : std::uint8_t {
  none,
  current,           // AB51 ABC, since September 2001.
  prefix,            // A123 ABC, 1983 to 2001.
  suffix,            // ABC 123A, 1963 to 1983.
  northern_ireland,  // ABZ 1234, 1234 ABZ: a letter pair with I or Z.
  dateless,          // 1 to 4 digits and 1 to 3 letters, either first.
  diplomatic,        // 123 D 456, 123 X 456.
  other,             // Another country's or a trade plate: letters and digits as they stand.
};

struct VehicleMark {
  Presence presence = Presence::blank;
  MarkKind kind = MarkKind::none;
  std::string text{};        // Without blanks: "AB51ABC".
  bool is_repaired = false;  // A letter was read as a digit or the other way round.
  friend bool operator==(const VehicleMark&, const VehicleMark&) = default;
};

[[nodiscard]] VehicleMark read_vehicle_mark(std::string_view text);

}  // namespace throughline::linkage
