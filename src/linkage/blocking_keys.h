// What blocks are made of: parts of a record that must be equal, and the rules that name which.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linkage/compare.h"
#include "linkage/record.h"

namespace throughline::linkage {

// What a key may be made of.
enum class Atom : std::uint8_t {
  given,
  given_start,  // Its first three letters.
  given_initial,
  given_sound,
  family,
  family_start,
  family_sound,
  names_either_way,  // Given and family name, whichever is which.
  birth,             // Whole dates only.
  birth_year,
  birth_month,
  birth_day,
  postcode,
  postcode_district,
  street,
  house,
  locality,
  email,
  email_local,
  email_start,
  phone,
  phone_end,  // Its last six digits.
  identifier,
};
[[nodiscard]] std::string_view atom_name(Atom atom);

struct BlockingRule {
  std::vector<Atom> atoms;

  // "family + birth".
  [[nodiscard]] std::string name() const;
};

// Every rule that linkage knows, strictest first.
[[nodiscard]] std::span<const BlockingRule> rule_catalogue();

// A number that two records share where the rule's atoms are all present and equal in both, and hardly ever else; 0
// where an atom is missing.
void block_keys(const BlockingRule& rule, std::span<const PersonRecord> records, const ComparedTexts& texts,
                std::span<std::uint64_t> keys);
[[nodiscard]] std::uint64_t block_key(const BlockingRule& rule, const PersonRecord& record, const ComparedTexts& texts);

}  // namespace throughline::linkage
