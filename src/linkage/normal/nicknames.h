// Given names that are forms of one name: WILLIAM, BILL, LIAM; MOHAMMED, MUHAMMAD. Pure; tables embedded at build time.
//
// A class is one name with its short and pet forms. A name may be in several (ALEX is in those of ALEXANDER and of
// ALEXANDRA), and being of one class is not transitive: BERT may be ALBERT or ROBERT, who are not each other.
// A name that came from another script, letter by letter, is in the class of its usual spellings (DMITRIJ, YWSF).
// Sources: data/names/SOURCES.md (the nickname table of NHS England's linkage pipeline, and spellings of names that are
// written in Latin letters by ear, each with where it was found).
//
// Cannot tell: which of its classes a short form stands for; names used as freely chosen aliases.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace throughline::linkage {

// A name that the tables know. Numbers follow the alphabet and change with the tables: never store one.
enum class GivenNameId : std::uint16_t {};
// How many there are; ids go from 0.
[[nodiscard]] std::size_t given_names_known();
// The classes, each with the names in it.
[[nodiscard]] std::vector<std::vector<GivenNameId>> given_name_classes();

// REQUIRES nothing: an unknown name gives nothing. `name` is one word as NameWord::text has it. Cost: a binary search.
[[nodiscard]] std::optional<GivenNameId> given_name_id(std::string_view name);

// True where the two share a class; a name shares one with itself. Cost: at most some forty comparisons.
[[nodiscard]] bool same_given_name_class(GivenNameId one, GivenNameId other);
// The same for words; equal words are of one class, known or not.
[[nodiscard]] bool same_given_name_class(std::string_view one, std::string_view other);

}  // namespace throughline::linkage
