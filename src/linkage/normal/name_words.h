// The words of names that are not names, or not only: titles, suffixes, particles, elements. One word, one role.
#pragma once

#include <cstdint>
#include <string_view>

namespace throughline::linkage {

enum class NameRole : std::uint8_t {
  none,
  title,           // MR, DR: never a name.
  title_or_name,   // MAJOR, MASTER, LORD: a name where nothing else is left.
  generation,      // JR, III.
  post_nominal,    // OBE, QC.
  prefix,          // ST, SAINT: joins the word that follows.
  family_prefix,   // MC, MAC, FITZ, O: joins it in family names.
  particle,        // VAN, DE, AL.
  descent,         // BIN, BINTI: anywhere.
  family_descent,  // BEN, AP: in family names.
  sikh,
  courtesy,
  honour,
  muhammad,
};

// REQUIRES: `word` is capitals. Cost: one binary search.
[[nodiscard]] NameRole role_of(std::string_view word);

}  // namespace throughline::linkage
