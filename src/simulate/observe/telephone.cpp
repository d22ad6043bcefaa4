#include "simulate/observe/telephone.h"

#include <array>

#include "base/check.h"
#include "simulate/observe/digits.h"

namespace throughline::simulate {

namespace {

// Neighbouring ordinals get numbers that do not look alike; the factor has no divisor in common with either range.
constexpr std::int64_t k_scatter = 61'813;
// Handsets of lines and of people do not meet.
constexpr std::int64_t k_line_handsets = 500'000'000'000;
constexpr std::int64_t k_line_sims = 5'000'000'000;

char check_digit(const std::string& digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    int digit = digits[digits.size() - 1 - i] - '0';
    if (i % 2 == 0) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

}  // namespace

std::string person_number(std::int64_t ordinal) {
  CHECK(ordinal >= 0);
  constexpr std::array<char, 4> k_blocks{'2', '4', '5', '6'};
  constexpr std::int64_t k_block = 100'000;
  const std::int64_t place = (ordinal % k_person_numbers) * k_scatter % k_person_numbers;
  std::string number = "07700 ";
  number += k_blocks[static_cast<std::size_t>(place / k_block)];
  append_digits(number, place % k_block, 5);
  return number;
}

std::string line_number(std::int64_t ordinal) {
  CHECK(ordinal >= 0);
  std::string number = "07700 9";
  append_digits(number, (ordinal % k_line_numbers) * k_scatter % k_line_numbers, 5);
  return number;
}

std::string imei_of(std::int64_t ordinal) {
  CHECK(ordinal >= 0);
  constexpr std::int64_t k_all = 1'000'000'000'000;
  std::string digits = "00";
  append_digits(digits, (ordinal % k_all) * k_scatter % k_all, 12);
  digits += check_digit(digits);
  return digits;
}

std::string imsi_of(std::int64_t ordinal) {
  CHECK(ordinal >= 0);
  constexpr std::int64_t k_all = 10'000'000'000;
  std::string digits = "00101";
  append_digits(digits, (ordinal % k_all) * k_scatter % k_all, 10);
  return digits;
}

DealPhone deal_phone(std::int32_t line, std::int32_t changes) {
  CHECK(line >= 0 && changes >= 0);
  const std::int64_t ordinal = std::int64_t{line} * k_numbers_a_line + changes;
  const std::int64_t handset = std::int64_t{line} * k_numbers_a_line + changes / 2;
  return {.number = line_number(ordinal),
          .imei = imei_of(k_line_handsets + handset),
          .imsi = imsi_of(k_line_sims + ordinal)};
}

}  // namespace throughline::simulate
