// A UK address in one text or several lines → its parts, as far as the text says them. Pure.
//
// Words are spelt out (RD → ROAD, ST → STREET after a name and SAINT before one, APT → FLAT; see address_words.h) and
// put in the places that BS 7666 has for them: what is inside the building, the building, the number, the street, the
// places. FLAT 2, 14 HIGH ST → flat 2, number 14, street HIGH STREET. 14B HIGH STREET → number 14 with suffix B and no
// flat: comparison may hold suffix B near flat B, the reader does not decide it. FLAT 74 HIGH STREET, without another
// number, is a flat at number 74. 12 ROSE HOUSE, HIGH STREET → flat 12 in ROSE HOUSE. 2/1, 14 HIGH STREET → flat 2/1 at
// number 14; 14/2 HIGH STREET → flat 2 at number 14, as Edinburgh writes.
//
// Cannot tell, for there is no gazetteer here: a locality from a town; a building's name from a firm's; where a street
// without a type ends and the town begins if no comma says so (PICCADILLY LONDON is all street); a street of one or of
// three words before its type when neither number nor building stands before it (two are taken of four or more).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linkage/normal/postcode.h"
#include "linkage/normal/presence.h"

namespace throughline::linkage {

enum class AddressKind : std::uint8_t {
  none,
  premises,        // A house, flat or building.
  street_only,     // A street or place without a number or a building's name.
  po_box,          // A box: nobody lives in it.
  no_fixed_abode,  // NFA, NO FIXED ABODE, HOMELESS, SOFA SURFING, ROUGH SLEEPING.
  care_of,         // C/O someone: the place is theirs.
};

// 12, 12A, 12-14, 144 AND A HALF.
struct HouseNumber {
  std::int64_t from = 0;  // 0 where there is none.
  std::int64_t to = 0;    // The same as from where it is not a range.
  std::string suffix{};   // "A", "HALF".
  friend bool operator==(const HouseNumber&, const HouseNumber&) = default;
};

struct Address {
  Presence presence = Presence::blank;
  AddressKind kind = AddressKind::none;
  std::string care_of{};   // Who or what after C/O, as plain words.
  std::string po_box{};    // The box's number.
  std::string flat{};      // "2", "B", "FIRST FLOOR", "BASEMENT", "ANNEXE": without the word FLAT.
  std::string building{};  // "ZEBRA HOUSE", "THE OLD FARM COTTAGE"; a firm's name stands here too.
  HouseNumber number{};
  std::string street{};               // "HIGH STREET", type and all.
  std::string street_name{};          // "HIGH"
  std::string street_type{};          // "STREET"; empty where there is none.
  std::vector<std::string> places{};  // Locality, town, county; in the order written, without repeats or the country.
  Postcode postcode{};                // Blank where the text holds none.
  friend bool operator==(const Address&, const Address&) = default;

  // The last of the places, which is the town more often than not; and what stands before it.
  [[nodiscard]] std::string_view town() const;
  [[nodiscard]] std::string_view locality() const;
};

[[nodiscard]] Address read_address(std::string_view text);
// Lines as columns, the postcode among them; a line that is blank or a placeholder does not count.
[[nodiscard]] Address read_address(std::span<const std::string_view> lines);

}  // namespace throughline::linkage
