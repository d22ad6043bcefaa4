#include <array>
#include <string>
#include <string_view>

#include "base/check.h"
#include "linkage/explain.h"

namespace throughline::linkage {
namespace {

constexpr std::string_view k_missing = "not known on one side at least";

std::string_view name_words(NameLevel level) {
  switch (level) {
    case NameLevel::missing: return k_missing;
    case NameLevel::exact: return "the same";
    case NameLevel::variant: return "forms of one name";
    case NameLevel::one_edit: return "one letter differs";
    case NameLevel::initial: return "one is the initial of the other";
    case NameLevel::near: return "alike";
    case NameLevel::prefix: return "one begins as the other";
    case NameLevel::different: return "different";
  }
  CHECK(false);
}

std::string names_words(int level) {
  if (level == k_names_swapped) return "given and family name the other way round";
  if (level == k_names_swapped_near) return "given and family name the other way round, with a slip in one";
  const auto family = static_cast<NameLevel>(level % 8);
  const std::string_view family_words = family == NameLevel::variant ? "one is part of the other" : name_words(family);
  return "given names: " + std::string(name_words(static_cast<NameLevel>(level / 8))) +
         "; family names: " + std::string(family_words);
}

std::string_view birth_part_words(BirthPartLevel level) {
  switch (level) {
    case BirthPartLevel::missing: return k_missing;
    case BirthPartLevel::exact: return "the same";
    case BirthPartLevel::near: return "a digit out";
    case BirthPartLevel::different: return "different";
  }
  CHECK(false);
}

std::string birth_words(int level) {
  constexpr std::array<std::string_view, 3> k_years = {"the same", "a digit out", "different or not known"};
  if (level >= k_birth_swapped) {
    return "born: day and month the other way round, year " +
           std::string(k_years[static_cast<std::size_t>(level - k_birth_swapped)]);
  }
  const auto day = static_cast<BirthPartLevel>(level / 16);
  const auto month = static_cast<BirthPartLevel>(level / 4 % 4);
  const auto year = static_cast<BirthPartLevel>(level % 4);
  if (day == month && month == year) {
    if (day == BirthPartLevel::exact) return "born: on the same day";
    if (day == BirthPartLevel::missing) return "born: " + std::string(k_missing);
  }
  return "born: day " + std::string(birth_part_words(day)) + ", month " + std::string(birth_part_words(month)) +
         ", year " + std::string(birth_part_words(year));
}

std::string_view address_words(AddressLevel level) {
  switch (level) {
    case AddressLevel::missing: return "address not known on one side at least";
    case AddressLevel::exact: return "same house and street";
    case AddressLevel::street_near: return "same house, street spelt alike";
    case AddressLevel::street_only: return "same street, another house or none";
    case AddressLevel::house_only: return "same house number, another street or none";
    case AddressLevel::different: return "another address";
  }
  CHECK(false);
}

std::string_view postcode_words(PostcodeLevel level) {
  switch (level) {
    case PostcodeLevel::missing: return "postcode not known on one side at least";
    case PostcodeLevel::exact: return "same postcode";
    case PostcodeLevel::one_edit: return "postcode one letter different";
    case PostcodeLevel::sector: return "postcodes of one sector";
    case PostcodeLevel::district: return "postcodes of one district";
    case PostcodeLevel::different: return "another postcode";
  }
  CHECK(false);
}

std::string place_words(int level) {
  return "home: " + std::string(address_words(static_cast<AddressLevel>(level / 6))) + ", " +
         std::string(postcode_words(static_cast<PostcodeLevel>(level % 6)));
}

// A comparison of one part, of which the levels are named in their order after "missing".
struct PlainWords {
  std::string_view subject;
  std::array<std::string_view, 4> levels;
};

PlainWords plain_words(Comparison comparison) {
  switch (comparison) {
    case Comparison::sex: return {.subject = "sex", .levels = {"the same", "different"}};
    case Comparison::middle:
      return {.subject = "middle names", .levels = {"the same", "the same initial", "different"}};
    case Comparison::locality: return {.subject = "town", .levels = {"the same", "spelt alike", "different"}};
    case Comparison::region: return {.subject = "region", .levels = {"the same", "different"}};
    case Comparison::email:
      return {.subject = "email", .levels = {"the same", "the same before the @", "alike before the @", "different"}};
    case Comparison::phone: return {.subject = "telephone", .levels = {"the same", "a digit out", "different"}};
    case Comparison::identifier: return {.subject = "identifier", .levels = {"the same", "a digit out", "different"}};
    case Comparison::names:
    case Comparison::birth:
    case Comparison::place: break;
  }
  CHECK(false);
}

}  // namespace

std::string level_words(Comparison comparison, int level) {
  CHECK(level >= 0 && level < k_levels[static_cast<std::size_t>(comparison)]);
  if (comparison == Comparison::names) return names_words(level);
  if (comparison == Comparison::birth) return birth_words(level);
  if (comparison == Comparison::place) return place_words(level);
  const PlainWords words = plain_words(comparison);
  const int at = part_level(shape_of(comparison), level, 0);
  const std::string_view shown = at == 0 ? k_missing : words.levels[static_cast<std::size_t>(at - 1)];
  return std::string(words.subject) + ": " + std::string(shown);
}

}  // namespace throughline::linkage
