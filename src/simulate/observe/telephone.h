// Telephone numbers, handsets and SIMs that are nobody's.
//
// Ofcom keeps 07700 900000 to 900999 free for drama: a thousand, and a county needs hundreds of thousands, for a number
// that many share would tell linkage nothing. So people get 07700 2, 4, 5 and 6 with five digits more (400,000): the
// range of the drama numbers, of which 07700 0 and 1 are in use in the United Kingdom and 07700 3, 7 and 8 in Jersey,
// and nothing else (metadata of Google's libphonenumber 9.0.43). Lines get 07700 9 with five digits, the drama numbers
// among them. None is in use as this is written; none may ever be rung. Handsets: an IMEI that begins with 00 is for
// tests (GSM Association TS.06). SIMs: 001 01 is the test network (ITU-T E.212).
#pragma once

#include <cstdint>
#include <string>

namespace throughline::simulate {

inline constexpr std::int64_t k_person_numbers = 400'000;
inline constexpr std::int64_t k_line_numbers = 100'000;
inline constexpr std::int64_t k_numbers_a_line = 64;
inline constexpr std::int64_t k_lines_with_numbers = k_line_numbers / k_numbers_a_line;

// "07700 412345". Each ordinal another, up to k_person_numbers; from there on they come again.
[[nodiscard]] std::string person_number(std::int64_t ordinal);
// "07700 912345", likewise up to k_line_numbers.
[[nodiscard]] std::string line_number(std::int64_t ordinal);
// 15 digits, the last the check digit (Luhn). Each ordinal another, up to 10^12.
[[nodiscard]] std::string imei_of(std::int64_t ordinal);
// 15 digits. Each ordinal another, up to 10^10.
[[nodiscard]] std::string imsi_of(std::int64_t ordinal);

// What a line sells by: its number, SIM and handset, after so many changes of number. A handset is kept for two
// numbers. No two lines share a number while there are no more than k_lines_with_numbers and none changes it
// k_numbers_a_line times.
struct DealPhone {
  std::string number{};
  std::string imei{};
  std::string imsi{};
};
// REQUIRES: both 0 or more. The line is given by its place in State::lines.
[[nodiscard]] DealPhone deal_phone(std::int32_t line, std::int32_t changes);

}  // namespace throughline::simulate
