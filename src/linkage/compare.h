// Compares two records: the agreement pattern that the model weighs.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "linkage/pattern.h"
#include "linkage/record.h"
#include "linkage/variant_names.h"

namespace throughline::linkage {

// An electronic mail address, as far as comparing needs it.
struct EmailParts {
  ShortName local;
  std::uint32_t local_hash = 0;
};

// What records point into. Outlives every comparison.
struct ComparedTexts {
  std::vector<ShortName> streets;                   // By street_id; 0 is empty.
  std::vector<ShortName> localities;                // By locality_id.
  std::vector<EmailParts> emails;                   // By email_id.
  std::vector<std::vector<OtherName>> other_names;  // By other_names; 0 is empty.
  const VariantNames* variants = nullptr;
};

[[nodiscard]] NameLevel compare_names(const ShortName& one, const ShortName& other);

// The pattern of the pair. Symmetric: which record comes first does not matter. Cost: about 60 ns, and a look into the
// texts where streets, localities or emails are unequal.
[[nodiscard]] Pattern compare(const PersonRecord& one, const PersonRecord& other, const ComparedTexts& texts);

// Digits four bits each from the lowest, as a telephone number or an identifier holds them.
[[nodiscard]] Packed pack_digits(std::string_view digits);
// True where the two differ in one digit, or in two neighbours swapped.
[[nodiscard]] bool one_slip(Packed one, Packed other);

}  // namespace throughline::linkage
