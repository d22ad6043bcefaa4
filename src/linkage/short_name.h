// A name of at most sixteen bytes, held in place, and how like another it is: the kernels that millions of pairs go
// through.
//
// Bytes are what `fold_name` leaves: upper-case ASCII, or the bytes of UTF-8 where a script has no Latin form. A longer
// name keeps its first sixteen bytes here; whether two long names are wholly equal is asked of their ids, not of this.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace throughline::linkage {

struct ShortName {
  static constexpr int k_bytes = 16;

  std::array<char, k_bytes> bytes{};  // Zero past the end.

  ShortName() = default;
  explicit ShortName(std::string_view text);

  [[nodiscard]] int length() const;
  [[nodiscard]] bool empty() const { return bytes[0] == '\0'; }
  [[nodiscard]] std::string_view text() const { return {bytes.data(), static_cast<std::size_t>(length())}; }

  friend bool operator==(const ShortName&, const ShortName&) = default;
};

// Which letters occur: bits 0 to 25 for A to Z, the rest shared by all other bytes. Two names that differ by one edit
// differ in at most two bits.
[[nodiscard]] std::uint32_t letters_of(const ShortName& name);

// A sound-alike code of a name: its first letter and three classes of the consonants after it (Soundex; Russell, 1918,
// as the United States National Archives state it).
[[nodiscard]] std::uint32_t sound_of(const ShortName& name);

// Insertions, deletions, replacements and swaps of neighbours that turn one into the other, no byte edited twice
// (optimal string alignment; bit-parallel after Hyyrö, 2003).
[[nodiscard]] int edit_distance(const ShortName& one, const ShortName& other);

// Jaro's similarity with Winkler's bonus for a common prefix of up to four (weight 0.1), 0 to 1 (Winkler, 1990).
// Two empty names: 0.
[[nodiscard]] double jaro_winkler(const ShortName& one, const ShortName& other);

}  // namespace throughline::linkage
