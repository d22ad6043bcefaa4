// What people are called.
#pragma once

#include <string>
#include <string_view>

#include "simulate/observe/roll.h"

namespace throughline::simulate {

enum class PersonSex : std::uint8_t { female, male };

struct Naming {
  std::string_view forename{};          // As the person writes it, in UTF-8: "Łukasz".
  std::string_view middle{};            // Empty for a third of people.
  std::string surname{};                // May have a hyphen or a blank in it.
  std::string_view nickname{};          // What friends make of the forename: "Becky". May be empty.
  std::string_view street_name{};       // What they go by outside: "Blink". May be empty.
  std::string_view forename_variant{};  // The same name by another transliteration; empty where there is none.
  std::string_view forename_plain{};    // Without accents; equal to the forename where it has none.
  std::string surname_plain{};          // Likewise.
  std::string_view ethnicity{};         // Self-defined, 16+1: "W1". Never NS: that is what a record says.
};

[[nodiscard]] PersonSex sex_of(const Roll& roll, const PersonRef& person);
[[nodiscard]] Naming named(const Roll& roll, const PersonRef& person);

}  // namespace throughline::simulate
