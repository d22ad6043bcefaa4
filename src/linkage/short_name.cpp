#include "linkage/short_name.h"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace throughline::linkage {
namespace {

using Places = std::uint32_t;  // Bit i: the byte at place i.

// Where in the name the byte stands.
Places places_of(const ShortName& name, char byte) {
#if defined(__SSE2__)
  const __m128i all = _mm_loadu_si128(reinterpret_cast<const __m128i*>(name.bytes.data()));
  return static_cast<Places>(_mm_movemask_epi8(_mm_cmpeq_epi8(all, _mm_set1_epi8(byte))));
#else
  Places places = 0;
  for (int i = 0; i < ShortName::k_bytes; ++i) {
    if (name.bytes[static_cast<std::size_t>(i)] == byte) places |= Places{1} << i;
  }
  return places;
#endif
}

Places first(int count) {
  return (Places{1} << count) - 1;
}

char byte_at(const ShortName& name, int place) {
  return name.bytes[static_cast<std::size_t>(place)];
}

// Which places of each name were matched with an equal byte of the other, not further away than the window.
struct Matched {
  Places one = 0;
  Places other = 0;
};

Matched match_bytes(const ShortName& one, const ShortName& other, int window) {
  Matched matched;
  const int length = one.length();
  for (int i = 0; i < length; ++i) {
    const int low = std::max(0, i - window);
    const Places near = first(std::min(i + window + 1, ShortName::k_bytes)) & ~first(low);
    const Places free = places_of(other, byte_at(one, i)) & near & ~matched.other;
    if (free == 0) continue;
    matched.other |= free & (~free + 1);
    matched.one |= Places{1} << i;
  }
  return matched;
}

// Matched bytes that stand in another order; each such pair counts twice.
int out_of_order(const ShortName& one, const ShortName& other, Matched matched) {
  int count = 0;
  while (matched.one != 0) {
    const int i = std::countr_zero(matched.one);
    const int j = std::countr_zero(matched.other);
    count += byte_at(one, i) != byte_at(other, j) ? 1 : 0;
    matched.one &= matched.one - 1;
    matched.other &= matched.other - 1;
  }
  return count;
}

}  // namespace

ShortName::ShortName(std::string_view text) {
  std::memcpy(bytes.data(), text.data(), std::min(text.size(), bytes.size()));
}

int ShortName::length() const {
  const Places zeros = places_of(*this, '\0');
  return zeros == 0 ? k_bytes : std::countr_zero(zeros);
}

std::uint32_t letters_of(const ShortName& name) {
  std::uint32_t letters = 0;
  for (const char byte : name.text()) {
    const int letter = byte - 'A';
    letters |= std::uint32_t{1} << (letter >= 0 && letter < 26 ? letter : 26 + (static_cast<unsigned char>(byte) % 6));
  }
  return letters;
}

std::uint32_t sound_of(const ShortName& name) {
  constexpr std::string_view k_classes = "01230120022455012623010202";  // A to Z; vowels 0, H and W see below.
  const std::string_view text = name.text();
  if (text.empty()) return 0;
  auto code = static_cast<std::uint32_t>(static_cast<unsigned char>(text[0]));
  const auto class_of = [&](char byte) {
    return byte >= 'A' && byte <= 'Z' ? k_classes[static_cast<std::size_t>(byte - 'A')] : '0';
  };
  char before = class_of(text[0]);
  int digits = 0;
  for (const char byte : text.substr(1)) {
    if (digits == 3) break;
    const char here = class_of(byte);
    if (here != '0' && here != before) {
      code = (code << 4) | static_cast<std::uint32_t>(here - '0');
      ++digits;
    }
    if (byte != 'H' && byte != 'W') before = here;
  }
  return code << (4 * (3 - digits));
}

int edit_distance(const ShortName& one, const ShortName& other) {
  const int rows = one.length();
  const int columns = other.length();
  if (rows == 0) return columns;
  const Places last = Places{1} << (rows - 1);
  Places up = ~Places{0};
  Places down = 0;
  Places diagonal = 0;
  Places before = 0;  // Where the byte of the column before stands.
  int distance = rows;
  for (int j = 0; j < columns; ++j) {
    const Places here = places_of(one, byte_at(other, j));
    diagonal = ((((~diagonal) & here) << 1) & before) | (((here & up) + up) ^ up) | here | down;
    const Places more = down | ~(diagonal | up);
    const Places less = diagonal & up;
    if ((more & last) != 0) ++distance;
    if ((less & last) != 0) --distance;
    const Places shifted = (more << 1) | 1;
    up = (less << 1) | ~(diagonal | shifted);
    down = shifted & diagonal;
    before = here;
  }
  return distance;
}

double jaro_winkler(const ShortName& one, const ShortName& other) {
  const int length_one = one.length();
  const int length_other = other.length();
  if (length_one == 0 || length_other == 0) return 0;
  const int window = std::max(0, std::max(length_one, length_other) / 2 - 1);
  const Matched matched = match_bytes(one, other, window);
  if (matched.one == 0) return 0;
  const double common = std::popcount(matched.one);
  const int swaps = out_of_order(one, other, matched) / 2;  // Whole ones.
  const double swapped = swaps;
  const double jaro = (common / length_one + common / length_other + (common - swapped) / common) / 3;
  int prefix = 0;
  while (prefix < 4 && prefix < std::min(length_one, length_other) && byte_at(one, prefix) == byte_at(other, prefix)) {
    ++prefix;
  }
  return jaro + prefix * 0.1 * (1 - jaro);
}

}  // namespace throughline::linkage
