// Mentions as the engine reads them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "linkage/encode.h"

namespace throughline::linkage {

// What is known of one person in one record, or asked about one.
struct PersonTexts {
  std::string forename{}, surname{}, full_name{}, known_as{};
  std::string birth{};  // "2009-04-20", "2009-04", "2009" or empty.
  std::string sex{}, phone{}, nhs_number{}, police_id{}, address{}, postcode{};
};

// Which number of a person is compared: two numbers of different kinds never agree, so one kind is.
enum class NumberKind : std::uint8_t { nhs_number, police_id };
// The NHS number where any has one.
[[nodiscard]] NumberKind number_kind_of(std::span<const PersonTexts> people);

// Adds the person to the encoder, with every name that they go by. A date of birth that is not whole gives the parts it
// has.
void encode(Encoder& encoder, const PersonTexts& person, std::uint16_t source, NumberKind kind);
// The same without adding them: to be asked about.
[[nodiscard]] PersonRecord encode_one(Encoder& encoder, const PersonTexts& person, std::uint16_t source,
                                      NumberKind kind);

}  // namespace throughline::linkage
