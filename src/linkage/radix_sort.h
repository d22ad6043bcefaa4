// Sorts many numbers by their bits, least significant digit first.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "base/large_pages.h"

namespace throughline::linkage {

namespace radix_detail {

constexpr int k_digit_bits = 11;
constexpr std::size_t k_digits = std::size_t{1} << k_digit_bits;

inline std::size_t digit_of(std::uint64_t number, int shift) {
  return static_cast<std::size_t>(number >> shift) & (k_digits - 1);
}

// One stable pass from one place to another of the same size; false, and nothing moved, where all share the digit.
inline bool scatter(std::span<const std::uint64_t> from, std::span<std::uint64_t> to, int shift) {
  std::array<std::size_t, k_digits> places{};
  for (const std::uint64_t number : from) ++places[digit_of(number, shift)];
  std::size_t before = 0;
  for (std::size_t& place : places) {
    if (place == from.size()) return false;
    before += std::exchange(place, before);
  }
  for (const std::uint64_t number : from) to[places[digit_of(number, shift)]++] = number;
  return true;
}

inline void pass(base::LargeVector<std::uint64_t>& numbers, base::LargeVector<std::uint64_t>& room, int shift) {
  room.resize(numbers.size());
  if (scatter(numbers, room, shift)) numbers.swap(room);
}

}  // namespace radix_detail

// Ascending by the upper 32 bits; numbers equal there keep their order. Memory: as much again.
inline void radix_sort_upper(base::LargeVector<std::uint64_t>& numbers) {
  base::LargeVector<std::uint64_t> room;
  for (const int shift : {32, 43, 54}) radix_detail::pass(numbers, room, shift);
}

// By the digits at the shifts, least significant first, in place. `room` is as large.
inline void radix_sort(std::span<std::uint64_t> numbers, std::span<std::uint64_t> room, std::span<const int> shifts) {
  bool in_room = false;
  for (const int shift : shifts) {
    if (!radix_detail::scatter(numbers, room, shift)) continue;
    std::swap(numbers, room);
    in_room = !in_room;
  }
  if (in_room) std::ranges::copy(numbers, room.begin());
}

}  // namespace throughline::linkage
