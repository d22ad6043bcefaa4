// A postcode as written → its one spelling and its parts. Source of the shapes: Royal Mail, PAF programmers' guide.
//
// Shapes of the outward part: A9, A99, A9A, AA9, AA99, AA9A; the inward part is 9AA without C I K M O V. GIR 0AA is
// one.
// Where a shape allows only one reading, I and 1, O and 0 are exchanged (and S/5, B/8 are not: they lead to other real
// codes). ZZ99 codes are NHS pseudo-codes for no fixed abode and unknown: missing, with the reason.
//
// Cannot tell: whether a code of the right shape exists, or existed at the time. Shape is all that is looked at.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "linkage/normal/presence.h"

namespace throughline::linkage {

enum class PostcodeKind : std::uint8_t {
  none,
  unit,      // Whole: SW1A 1AA.
  sector,    // SW1A 1.
  district,  // SW1A.
  area,      // SW.
  other,     // Another country's, or a shape unknown: kept as plain text, letters and digits only.
};

struct Postcode {
  Presence presence = Presence::blank;
  PostcodeKind kind = PostcodeKind::none;
  std::string text{};               // "SW1A 1AA", with one blank before the inward part.
  bool is_repaired = false;         // A letter was read as a digit or the other way round.
  bool has_no_fixed_abode = false;  // ZZ99 3VZ, ZZ99 3WZ: presence is filler.
  friend bool operator==(const Postcode&, const Postcode&) = default;

  // Views into text; empty where the code does not say so much. "SW", "SW1A", "SW1A 1", "SW1A 1AA".
  [[nodiscard]] std::string_view area() const;
  [[nodiscard]] std::string_view district() const;
  [[nodiscard]] std::string_view sector() const;
  [[nodiscard]] std::string_view unit() const;
};

[[nodiscard]] Postcode read_postcode(std::string_view text);

// A whole UK postcode as the last thing in a longer text, and where it begins; for addresses. Nothing is repaired here,
// for "FLAT 1O" must not become one.
struct FoundPostcode {
  Postcode postcode;
  std::size_t begin = 0;  // In the text given.
};
// REQUIRES: `plain` came from plain_upper().
[[nodiscard]] std::optional<FoundPostcode> postcode_at_end(std::string_view plain);

}  // namespace throughline::linkage
