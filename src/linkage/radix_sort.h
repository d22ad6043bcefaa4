// Sorts many numbers by their bits, least significant digit first.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace throughline::linkage {

namespace radix_detail {

constexpr int k_digit_bits = 11;
constexpr std::size_t k_digits = std::size_t{1} << k_digit_bits;

inline std::size_t digit_of(std::uint64_t number, int shift) {
  return static_cast<std::size_t>(number >> shift) & (k_digits - 1);
}

// One stable pass; a digit that all numbers share costs only the counting.
inline void pass(std::vector<std::uint64_t>& numbers, std::vector<std::uint64_t>& room, int shift) {
  std::array<std::size_t, k_digits> places{};
  for (const std::uint64_t number : numbers) ++places[digit_of(number, shift)];
  std::size_t before = 0;
  for (std::size_t& place : places) {
    const std::size_t count = place;
    if (count == numbers.size()) return;
    place = before;
    before += count;
  }
  room.resize(numbers.size());
  for (const std::uint64_t number : numbers) room[places[digit_of(number, shift)]++] = number;
  numbers.swap(room);
}

}  // namespace radix_detail

// Ascending by the upper 32 bits; numbers equal there keep their order. Memory: as much again.
inline void radix_sort_upper(std::vector<std::uint64_t>& numbers) {
  std::vector<std::uint64_t> room;
  for (const int shift : {32, 43, 54}) radix_detail::pass(numbers, room, shift);
}

// Ascending. Memory: as much again.
inline void radix_sort(std::vector<std::uint64_t>& numbers) {
  std::vector<std::uint64_t> room;
  for (int shift = 0; shift < 64; shift += radix_detail::k_digit_bits) radix_detail::pass(numbers, room, shift);
}

}  // namespace throughline::linkage
