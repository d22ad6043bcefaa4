// The agreement pattern of two records: for each comparison the level they reached, and all of it as one number.
//
// Columns that err or agree together are compared together, so that their joint probabilities can be learnt: given and
// family name (which may have been swapped); day, month and year of birth (one slip spoils one part, a default spoils
// two); address and postcode (who moves changes both). Treating such columns as independent counts the same evidence
// twice, and merges relatives who live together.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace throughline::linkage {

// How two names agree. For family names `variant` is one part of a double name that equals the other.
enum class NameLevel : std::uint8_t { missing, exact, variant, one_edit, initial, near, prefix, different };
enum class BirthPartLevel : std::uint8_t { missing, exact, near, different };
enum class AddressLevel : std::uint8_t { missing, exact, street_near, street_only, house_only, different };
enum class PostcodeLevel : std::uint8_t { missing, exact, one_edit, sector, district, different };

// The comparisons. Each has levels from 0; what they mean is told by the part_levels and special levels below.
enum class Comparison : std::uint8_t {
  names,       // 8 given × 8 family, then swapped, swapped with a slip.
  birth,       // 4 day × 4 month × 4 year, then day and month swapped with year exact, near, different or missing.
  place,       // 6 address × 6 postcode.
  sex,         // missing, exact, different; where the given names agree, again.
  middle,      // missing, exact, initial, different; where the given names agree, again.
  locality,    // missing, exact, near, different; where the places agree, again.
  region,      // missing, exact, different; where the localities or places agree, again.
  email,       // missing, exact, same local part, near, different; where a name agrees, again.
  phone,       // missing, exact, one slip, different.
  identifier,  // missing, exact, one slip, different.
};
inline constexpr int k_comparisons = 10;
inline constexpr std::array<int, k_comparisons> k_levels = {66, 67, 36, 6, 8, 8, 6, 10, 4, 4};

// A comparison of several columns is a grid of part levels, then a few levels of the whole. One that depends on another
// comparison (people of one given name are of one sex, and of an age and a fashion in middle names; an address for mail
// holds a name) has its grid twice: for pairs where that other disagrees, and again for those where it agrees.
struct ComparisonShape {
  std::string_view name;
  int parts = 1;
  std::array<int, 3> part_levels{};
  int special_levels = 0;
  int contexts = 1;
};
[[nodiscard]] const ComparisonShape& shape_of(Comparison comparison);

inline constexpr std::uint8_t k_names_swapped = 64;
inline constexpr std::uint8_t k_names_swapped_near = 65;
inline constexpr std::uint8_t k_birth_swapped = 64;  // Year exact; then near; then different or missing.

// Level 0 of each part is "missing" and says nothing.
struct Pattern {
  std::array<std::uint8_t, k_comparisons> levels{};

  [[nodiscard]] std::uint8_t level(Comparison comparison) const { return levels[static_cast<std::size_t>(comparison)]; }
  void set(Comparison comparison, int level) {
    levels[static_cast<std::size_t>(comparison)] = static_cast<std::uint8_t>(level);
  }
  friend bool operator==(const Pattern&, const Pattern&) = default;
};

// The pattern as one number, and back.
using PatternKey = std::uint64_t;
[[nodiscard]] constexpr PatternKey key_of(const Pattern& pattern) {
  PatternKey key = 0;
  for (std::size_t c = 0; c < k_comparisons; ++c) key = key * static_cast<PatternKey>(k_levels[c]) + pattern.levels[c];
  return key;
}
[[nodiscard]] constexpr Pattern pattern_of(PatternKey key) {
  Pattern pattern;
  for (std::size_t c = k_comparisons; c-- > 0;) {
    const auto levels = static_cast<PatternKey>(k_levels[c]);
    pattern.levels[c] = static_cast<std::uint8_t>(key % levels);
    key /= levels;
  }
  return pattern;
}
// The level of part `part` within a level of the grid. REQUIRES: level is not one of the special levels.
[[nodiscard]] int part_level(const ComparisonShape& shape, int level, int part);
// All levels but the special ones.
[[nodiscard]] int grid_levels(const ComparisonShape& shape);
// Levels of one group are alternatives of each other: those of one context with the same parts missing. From 0.
[[nodiscard]] unsigned group_of(const ComparisonShape& shape, int level);
inline constexpr unsigned k_groups = 16;
// True where no part is missing.
[[nodiscard]] bool is_whole(const ComparisonShape& shape, int level);

}  // namespace throughline::linkage
