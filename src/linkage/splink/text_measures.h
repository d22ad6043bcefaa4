// How alike two texts are, as DuckDB measures it: byte by byte, so that an accented letter counts as its two bytes.
//
// The numbers must be DuckDB's to the last bit, for a level's threshold may lie on a value that occurs. The linkage of
// this product has measures of its own, which see characters; these serve only models that were trained elsewhere.
//
// Sources: M. A. Jaro (1989), W. E. Winkler (1990); V. I. Levenshtein (1966); R. Lowrance and R. A. Wagner (1975) for
// the distance with swaps; P. Jaccard (1901). Cost: Jaro about the lengths' sum times the window, the distances the
// product of the lengths.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace throughline::linkage::splink {

// 0 to 1; 0 where either is empty, even both.
[[nodiscard]] double jaro_similarity(std::string_view left, std::string_view right);
// Jaro, and where that is above 0.7 a tenth of what is missing for each of up to four leading bytes shared.
[[nodiscard]] double jaro_winkler_similarity(std::string_view left, std::string_view right);

// Insertions, deletions, replacements.
[[nodiscard]] std::int64_t levenshtein(std::string_view left, std::string_view right);
// The same with swaps of neighbours, between which there may be further edits: "ca" and "abc" are 2 apart.
[[nodiscard]] std::int64_t damerau_levenshtein(std::string_view left, std::string_view right);

// Bytes in both over bytes in either, each counted once. Nothing where either is empty: DuckDB stops there.
[[nodiscard]] std::optional<double> jaccard(std::string_view left, std::string_view right);

// Bytes that differ. Nothing where the lengths do, or where both are empty: DuckDB stops there.
[[nodiscard]] std::optional<std::int64_t> hamming(std::string_view left, std::string_view right);

}  // namespace throughline::linkage::splink
