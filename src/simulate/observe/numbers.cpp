#include "simulate/observe/numbers.h"

#include "base/check.h"
#include "base/random.h"
#include "simulate/observe/digits.h"

namespace throughline::simulate {

namespace {

// Neighbours get numbers that do not look alike; the factor is a prime that divides none of the ranges.
constexpr std::int64_t k_scatter = 61'813;

std::int64_t scattered(std::int64_t ordinal, std::int64_t range) {
  CHECK(ordinal >= 0);
  return (ordinal % range) * k_scatter % range;
}

// 10 where no digit will do: such a number is not given.
std::int64_t nhs_check(std::int64_t nine_digits) {
  std::int64_t sum = 0;
  for (std::int64_t weight = 2; weight <= 10; ++weight, nine_digits /= 10) sum += nine_digits % 10 * weight;
  const std::int64_t check = 11 - sum % 11;
  return check == 11 ? 0 : check;
}

}  // namespace

std::string nhs_number_of(std::int64_t ordinal) {
  // Of two neighbours that differ in the last digit alone, one at least has a check digit.
  std::int64_t digits = 999'000'000 + scattered(ordinal, k_nhs_numbers) * 2;
  if (nhs_check(digits) == 10) ++digits;
  std::string number;
  append_digits(number, digits / 1'000'000, 3);
  number += ' ';
  append_digits(number, digits / 1'000 % 1'000, 3);
  number += ' ';
  append_digits(number, digits % 1'000, 3);
  append_digits(number, nhs_check(digits), 1);
  return number;
}

std::string pupil_number_of(std::int64_t ordinal) {
  std::string number = "X999";
  append_digits(number, scattered(ordinal, 1'000'000'000), 9);
  return number;
}

std::string police_id_of(std::int64_t ordinal) {
  std::string id = "ZP/";
  append_digits(id, scattered(ordinal, 10'000'000), 7);
  return id;
}

std::string prison_number_of(std::int64_t ordinal) {
  const std::int64_t number = scattered(ordinal, 260'000);
  std::string text(1, static_cast<char>('A' + number / 10'000));
  append_digits(text, number % 10'000, 4);
  text += "ZZ";
  return text;
}

std::string force_id_of(std::int64_t ordinal, std::string_view force) {
  constexpr std::int64_t k_range = 10'000'000;
  const auto start = static_cast<std::int64_t>(base::stream_of(force) % k_range);
  std::string id;
  for (const char letter : force) {
    const bool is_letter = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    if (is_letter && id.size() < 3) id += letter >= 'a' ? static_cast<char>(letter - 'a' + 'A') : letter;
  }
  id += '/';
  append_digits(id, (scattered(ordinal, k_range) + start) % k_range, 7);
  return id;
}

}  // namespace throughline::simulate
