// Numbers that registers give to people, none of which a register has given. See identity.h for what keeps them apart
// from real ones.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace throughline::simulate {

inline constexpr std::int64_t k_nhs_numbers = 500'000;

// "999 003 4257" with its check digit (modulus 11). Each ordinal another, up to k_nhs_numbers.
[[nodiscard]] std::string nhs_number_of(std::int64_t ordinal);
// "X999000064399". Each ordinal another, up to 10^9.
[[nodiscard]] std::string pupil_number_of(std::int64_t ordinal);
// "ZP/0012345". Each ordinal another, up to 10^7.
[[nodiscard]] std::string police_id_of(std::int64_t ordinal);
// "A4110ZZ". Each ordinal another, up to 260,000.
[[nodiscard]] std::string prison_number_of(std::int64_t ordinal);
// "NOR/0012345": the force's first letters and a number that says nothing to another force.
[[nodiscard]] std::string force_id_of(std::int64_t ordinal, std::string_view force);

}  // namespace throughline::simulate
