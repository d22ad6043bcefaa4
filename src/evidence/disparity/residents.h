// Populations to divide by, by ethnic group: those that the program carries, and the one place where groups are named.
//
// The groups are the five broad ones of the Census of England and Wales: White, Mixed, Asian (Chinese among them),
// Black, Other.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace throughline::evidence {

// How many people each group has.
using GroupPeople = std::map<std::string, std::int64_t>;

// One population, as its figures are shown with it.
struct GroupPopulation {
  std::string name;                                                    // "census-2021".
  std::string title;                                                   // "Usual residents of all ages, Census 2021".
  std::string limits;                                                  // What it does not count, in a sentence.
  std::map<std::string, GroupPeople> people;                           // By the area's code.
  std::map<std::string, std::vector<std::string>, std::less<>> codes;  // By its name, folded; a force and an authority
                                                                       // can share one.

  // Codes that the text can mean: itself, or those of the areas of that name in any case.
  [[nodiscard]] std::vector<std::string> codes_of(std::string_view area) const;
  // The people of the one area that the text means; nothing where there is none, or more than one. "England and Wales"
  // is the sum of all forces, where each of them is there.
  [[nodiscard]] const GroupPeople* find(std::string_view area) const;
};

// Those that are carried, newest first. Read once.
[[nodiscard]] const std::vector<GroupPopulation>& carried_populations();

// The broad group of an ethnicity in the words of data.police.uk, of the Home Office, or of the Census. Empty for words
// that say that it was not stated, and for none. Nothing for words that are not known.
[[nodiscard]] std::optional<std::string> broad_group(std::string_view words);

}  // namespace throughline::evidence
