// Numbers that agencies give to people → one spelling each, and how far they can be believed. Pure.
//
// An identifier is exact but fallible: where two agree it is strong evidence, but people type them, systems copy them
// and
// siblings' forms get mixed. A failing check digit is therefore `fallible`, not missing: the value still compares, at
// less.
//   * NHS number: ten digits, the last by modulus 11 (NHS Data Dictionary, NHS NUMBER); Scottish CHI numbers have the
//     same shape, begin with the day of birth, and lose a nought at the front in spreadsheets.
//   * National Insurance number: two letters, six digits, A to D (HMRC, NIM39110: D F I Q U V are not used in the
//     letters, O not as the second; BG GB KN NK NT TN ZZ are not issued). The last letter may be missing.
//   * PNC id: year, slash, serial of up to seven digits, check letter: two digits of the year and seven of the serial,
//     modulus 23, over ZABCDEFGHJKLMNPQRTUVWXY (as HMPPS's hmpps-person-record, MIT, computes it).
//   * CRO number: serial of up to six digits, slash, two digits of year, check letter by the same modulus; a small file
//     is SF, year, slash, serial, where the serial counts as it is written.
//   * A reference number (URN): letters, digits, dashes and slashes; there is nothing to check it by.
//
// Cannot tell: whether a number was ever issued or to whom.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "linkage/normal/presence.h"

namespace throughline::linkage {

enum class IdentifierState : std::uint8_t {
  none,       // See presence.
  valid,      // The shape is right and so is the check, where there is one.
  fallible,   // The shape is right; the check is not, or part of it is missing: compare, but believe less.
  malformed,  // Not the shape: letters and digits as they stand, so that equal mistakes can still be seen.
};

struct Identifier {
  Presence presence = Presence::blank;
  IdentifierState state = IdentifierState::none;
  std::string text{};
  friend bool operator==(const Identifier&, const Identifier&) = default;
};

// "9434765919". Filler: 0000000000 and other single digits, 1234567890, 9999999999.
[[nodiscard]] Identifier read_nhs_number(std::string_view text);
// "HR472916B", "HR472916". TN and a date of birth is a temporary number: fallible. Filler: QQ123456C, AB123456C and the
// like, the examples of every form.
[[nodiscard]] Identifier read_national_insurance(std::string_view text);
// "12/0052494Q" for 2012/52494Q and 12/0052494Q alike: the check letter too counts only two digits of the year.
[[nodiscard]] Identifier read_pnc_id(std::string_view text);
// "000079/65F"; "SF39/12A".
[[nodiscard]] Identifier read_cro_number(std::string_view text);
// Capitals, no blanks, leading noughts kept. Always valid where anything is left.
[[nodiscard]] Identifier read_reference(std::string_view text);

}  // namespace throughline::linkage
