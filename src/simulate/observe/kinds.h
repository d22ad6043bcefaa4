// The kinds of extract that agencies would hold of a made-up market, and who holds each.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace throughline::simulate {

enum class Kind : std::uint8_t {
  crime,
  custody,
  missing,
  intelligence,
  nrm,
  support,
  search,
  attendance,
  exclusion,
  emergency,
  admission,
  treatment,
  seizure,
  cash,
  closure,
  antisocial,
  release,
  calls,
  plates,
};
inline constexpr std::size_t k_kinds = 19;

// One for each force, for each place, for the places of each force, or one for the whole country.
enum class Holder : std::uint8_t { force, council, hospital, provider, competent_authority, prison_service };

struct KindWords {
  std::string_view name;  // Of the mapping that reads it; the file is called so too.
  Holder holder;
  bool is_of_effort;  // Records follow what police do, not what happens alone.
};
// In the order of Kind.
[[nodiscard]] const std::array<KindWords, k_kinds>& kind_words();
[[nodiscard]] std::optional<Kind> kind_named(std::string_view name);

[[nodiscard]] inline const KindWords& words_of(Kind kind) {
  return kind_words()[static_cast<std::size_t>(kind)];
}

}  // namespace throughline::simulate
