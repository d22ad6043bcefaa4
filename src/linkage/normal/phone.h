// A telephone number as written → E.164, and what kind of number it is. Pure. Sources: ITU-T E.164; Ofcom, the National
// Telephone Numbering Plan (what each first digit of a UK number is for, and its length).
//
// Punctuation goes, 00 and + say international, (0) after a country code goes, a UK number has its 0 or lost it in a
// spreadsheet (7700900123 → +447700900123: only for mobiles, where nothing else begins so). An extension is kept apart.
//
// Cannot tell: whether a number is in use or whose it is; the country of a number without + or 00, taken as the UK's.
// Numbers of Jersey, Guernsey and the Isle of Man are +44 too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "linkage/normal/presence.h"

namespace throughline::linkage {

enum class PhoneKind : std::uint8_t {
  none,
  mobile,          // +44 7, but for the next.
  personal,        // +44 70: follows its owner.
  pager,           // +44 76, but for 7624, which is the Isle of Man's mobiles.
  landline,        // +44 1, 2.
  non_geographic,  // +44 3, 5, 8, 9: firms and services.
  international,   // Another country code: 8 to 15 digits.
  short_code,      // 3 to 6 digits: 999, 101, a text service.
  local,           // 7 or 8 digits without an area code, or of a length that no UK number has: kept, never E.164.
};

struct PhoneNumber {
  Presence presence = Presence::blank;
  PhoneKind kind = PhoneKind::none;
  std::string text{};       // "+447700900123"; for short_code and local the bare digits.
  std::string extension{};  // The digits after EXT, X or #.
  friend bool operator==(const PhoneNumber&, const PhoneNumber&) = default;
};

// Filler: one digit again and again after the prefix (07000000000, 01111111111), 0123456789 and the like.
[[nodiscard]] PhoneNumber read_phone(std::string_view text);

}  // namespace throughline::linkage
