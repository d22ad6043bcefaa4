#include "linkage/compare.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <cstring>

namespace throughline::linkage {
namespace {

constexpr double k_near_names = 0.86;  // Jaro-Winkler.
constexpr double k_near_texts = 0.88;

struct Name {
  const ShortName& text;
  std::uint32_t letters = 0;
  int length = 0;
  TextId id = 0;
  TextId variants = 0;
};

// By both lengths, and whether the first letters are equal: how many letters may occur in one name only where the
// similarity can still reach k_near_names. Each such letter is unmatched, so it bounds the similarity from above.
constexpr std::size_t k_lengths = ShortName::k_bytes + 1;
using UnsharedMax = std::array<std::array<std::array<int, 2>, k_lengths>, k_lengths>;

// At the common prefix that a name may have at most; -1 where they cannot be similar at all.
constexpr int unshared_allowed(std::size_t one, std::size_t other, double prefix) {
  int allowed = -1;
  for (std::size_t unshared = 0; unshared <= one + other; ++unshared) {
    const double matched = static_cast<double>(one + other - unshared) / 2;
    const double jaro =
        std::min(1.0, (matched / static_cast<double>(one) + matched / static_cast<double>(other) + 1) / 3);
    if (jaro + prefix * (1 - jaro) >= k_near_names) allowed = static_cast<int>(unshared);
  }
  return allowed;
}

constexpr UnsharedMax unshared_max() {
  UnsharedMax most{};
  for (std::size_t one = 1; one < k_lengths; ++one) {
    for (std::size_t other = 1; other < k_lengths; ++other) {
      most[one][other] = {unshared_allowed(one, other, 0), unshared_allowed(one, other, 0.4)};
    }
  }
  return most;
}
constexpr UnsharedMax k_unshared_max = unshared_max();

bool is_start_of_other(const Name& one, const Name& other) {
  const auto shorter = static_cast<std::size_t>(std::min(one.length, other.length));
  return std::memcmp(one.text.bytes.data(), other.text.bytes.data(), shorter) == 0;
}

// REQUIRES: the names are not equal, and neither is empty.
NameLevel compare_unequal(const Name& one, const Name& other) {
  const bool same_first = one.text.bytes[0] == other.text.bytes[0];
  const int shorter = std::min(one.length, other.length);
  if (shorter == 1) return same_first ? NameLevel::initial : NameLevel::different;
  const int unshared = std::popcount(one.letters ^ other.letters);
  const int longer_by = std::abs(one.length - other.length);
  if (unshared <= 2 && shorter >= 3 && longer_by <= 1 && edit_distance(one.text, other.text) <= 1) {
    return NameLevel::one_edit;
  }
  if (shorter >= 3 && is_start_of_other(one, other)) return NameLevel::prefix;
  if (unshared <= 1 && shorter >= 4 && longer_by <= 1) return NameLevel::near;  // The same letters, shuffled.
  const int most =
      k_unshared_max[static_cast<std::size_t>(one.length)][static_cast<std::size_t>(other.length)][same_first ? 1 : 0];
  if (unshared > most) return NameLevel::different;
  return jaro_winkler(one.text, other.text) >= k_near_names ? NameLevel::near : NameLevel::different;
}

NameLevel compare(const Name& one, const Name& other, const VariantNames* variants) {
  if (one.id == 0 || other.id == 0) return NameLevel::missing;
  if (one.id == other.id) return NameLevel::exact;
  if (one.variants != 0 && other.variants != 0 && variants->are_forms(one.variants, other.variants)) {
    return NameLevel::variant;
  }
  return compare_unequal(one, other);
}

Name given_of(const PersonRecord& record) {
  return {.text = record.given,
          .letters = record.given_letters,
          .length = record.given_length,
          .id = record.given_id,
          .variants = record.given_variants};
}
Name family_of(const PersonRecord& record) {
  return {
      .text = record.family, .letters = record.family_letters, .length = record.family_length, .id = record.family_id};
}

NameLevel compare_family(const PersonRecord& one, const PersonRecord& other) {
  const NameLevel level = compare(family_of(one), family_of(other), nullptr);
  if (level == NameLevel::missing || level == NameLevel::exact) return level;
  const bool is_part = (one.family_part != 0 && one.family_part == other.family_id) ||
                       (other.family_part != 0 && other.family_part == one.family_id) ||
                       (one.family_part != 0 && one.family_part == other.family_part);
  return is_part ? NameLevel::variant : level;
}

bool clear(NameLevel level) {
  return level == NameLevel::exact || level == NameLevel::variant || level == NameLevel::one_edit;
}

bool alike(NameLevel level) {
  return level != NameLevel::missing && level != NameLevel::different && level != NameLevel::initial;
}

// The record as if it bore its other name.
PersonRecord under(const PersonRecord& record, const OtherName& name) {
  PersonRecord named = record;
  if (name.given_id != 0) {
    named.given = name.given;
    named.given_letters = name.given_letters;
    named.given_length = name.given_length;
    named.given_id = name.given_id;
    named.given_variants = name.given_variants;
  }
  if (name.family_id != 0) {
    named.family = name.family;
    named.family_letters = name.family_letters;
    named.family_length = name.family_length;
    named.family_id = name.family_id;
    named.family_part = name.family_part;
  }
  return named;
}

// The level of a pair whose given name is the other's family name and the other way round; 0 where it is not so.
int swapped_level(const PersonRecord& one, const PersonRecord& other) {
  const bool straight = one.given_id == other.family_id;
  const bool crossed = one.family_id == other.given_id;
  if (straight && crossed) return k_names_swapped;
  if (!straight && !crossed) return 0;
  const bool near = straight ? clear(compare(family_of(one), given_of(other), nullptr))
                             : clear(compare(given_of(one), family_of(other), nullptr));
  return near ? k_names_swapped_near : 0;
}

int names_level(const PersonRecord& one, const PersonRecord& other, const VariantNames& variants) {
  const NameLevel given = compare(given_of(one), given_of(other), &variants);
  const NameLevel family = compare_family(one, other);
  const bool may_be_swapped =
      given != NameLevel::missing && family != NameLevel::missing && !clear(given) && !clear(family);
  if (may_be_swapped) {
    const int swapped = swapped_level(one, other);
    if (swapped != 0) return swapped;
  }
  return static_cast<int>(given) * 8 + static_cast<int>(family);
}

// How much a level of the names says, roughly, for choosing among several names of one person.
int worth(int level) {
  constexpr std::array<int, 8> k_worth = {1, 7, 6, 5, 2, 3, 3, 0};  // By NameLevel.
  if (level >= k_names_swapped) return k_names_swapped + 10 - level;
  return k_worth[static_cast<std::size_t>(level / 8)] + k_worth[static_cast<std::size_t>(level % 8)];
}

// The best level that any name of the one reaches with any of the other.
int best_names_level(const PersonRecord& one, const PersonRecord& other, const ComparedTexts& texts) {
  int best = names_level(one, other, *texts.variants);
  const auto consider = [&](const PersonRecord& first, const PersonRecord& second) {
    const int level = names_level(first, second, *texts.variants);
    if (worth(level) > worth(best)) best = level;
  };
  const std::vector<OtherName>& of_one = texts.other_names[one.other_names];
  const std::vector<OtherName>& of_other = texts.other_names[other.other_names];
  for (const OtherName& name : of_one) {
    const PersonRecord named = under(one, name);
    consider(named, other);
    for (const OtherName& theirs : of_other) consider(named, under(other, theirs));
  }
  for (const OtherName& theirs : of_other) consider(one, under(other, theirs));
  return best;
}

// Two numbers of two digits, near where one digit differs, the digits are swapped, or they are neighbours.
constexpr bool near_two_digits(int one, int other) {
  return one / 10 == other / 10 || one % 10 == other % 10 || (one / 10 == other % 10 && one % 10 == other / 10) ||
         one - other == 1 || other - one == 1;
}

constexpr std::size_t k_two_digits = 100;
constexpr auto near_table() {
  std::array<std::array<bool, k_two_digits>, k_two_digits> near{};
  for (std::size_t one = 0; one < k_two_digits; ++one) {
    for (std::size_t other = 0; other < k_two_digits; ++other) {
      near[one][other] = near_two_digits(static_cast<int>(one), static_cast<int>(other));
    }
  }
  return near;
}
constexpr auto k_near = near_table();

BirthPartLevel compare_day_or_month(std::size_t one, std::size_t other) {
  if (one == 0 || other == 0) return BirthPartLevel::missing;
  if (one == other) return BirthPartLevel::exact;
  return k_near[one][other] ? BirthPartLevel::near : BirthPartLevel::different;
}

BirthPartLevel compare_year(int one, int other) {
  if (one == 0 || other == 0) return BirthPartLevel::missing;
  if (one == other) return BirthPartLevel::exact;
  const bool slip =
      std::abs(one - other) == 1 || one % 100 == other % 100 ||
      (one / 100 == other / 100 && k_near[static_cast<std::size_t>(one % 100)][static_cast<std::size_t>(other % 100)]);
  return slip ? BirthPartLevel::near : BirthPartLevel::different;
}

int birth_level(const BirthParts& one, const BirthParts& other) {
  const BirthPartLevel year = compare_year(one.year, other.year);
  const bool swapped =
      one.day != 0 && one.month != 0 && one.day != one.month && one.day == other.month && one.month == other.day;
  if (swapped) return k_birth_swapped + (year == BirthPartLevel::exact ? 0 : year == BirthPartLevel::near ? 1 : 2);
  const BirthPartLevel day = compare_day_or_month(one.day, other.day);
  const BirthPartLevel month = compare_day_or_month(one.month, other.month);
  return (static_cast<int>(day) * 4 + static_cast<int>(month)) * 4 + static_cast<int>(year);
}

bool near_text(const ShortName& one, const ShortName& other) {
  return jaro_winkler(one, other) >= k_near_texts;
}

// A flat that only one of them names is no difference.
bool is_same_house(std::uint32_t one, std::uint32_t other) {
  const std::uint32_t flat_one = one >> k_flat_shift;
  const std::uint32_t flat_other = other >> k_flat_shift;
  return (one & k_house_bits) == (other & k_house_bits) && (flat_one == flat_other || flat_one == 0 || flat_other == 0);
}

AddressLevel compare_addresses(const PersonRecord& one, const PersonRecord& other, const ComparedTexts& texts) {
  const bool no_street = one.street_id == 0 || other.street_id == 0;
  const bool no_house = one.house == 0 || other.house == 0;
  if (no_street && no_house) return AddressLevel::missing;
  const bool same_house = is_same_house(one.house, other.house);
  if (no_street) return same_house ? AddressLevel::house_only : AddressLevel::different;
  if (one.street_id == other.street_id) return same_house ? AddressLevel::exact : AddressLevel::street_only;
  if (!same_house || no_house) return AddressLevel::different;
  return near_text(texts.streets[one.street_id], texts.streets[other.street_id]) ? AddressLevel::street_near
                                                                                 : AddressLevel::house_only;
}

int packed_bytes(Packed text) {
  return 8 - std::countr_zero(text) / 8;
}

// One byte put in, left out or replaced, or two neighbours swapped. REQUIRES: not equal; bytes from the front.
bool one_byte_apart(Packed one, Packed other) {
  const int bytes_one = packed_bytes(one);
  const int bytes_other = packed_bytes(other);
  const int longer = std::max(bytes_one, bytes_other);
  if (longer - std::min(bytes_one, bytes_other) > 1) return false;
  const int equal_before = std::countl_zero(one ^ other) / 8;
  const Packed from_behind = (one >> (64 - 8 * bytes_one)) ^ (other >> (64 - 8 * bytes_other));
  const int equal_behind = from_behind == 0 ? 8 : std::countr_zero(from_behind) / 8;
  if (equal_before + equal_behind >= longer - 1) return true;
  if (bytes_one != bytes_other || equal_before + equal_behind != longer - 2) return false;
  const auto byte = [](Packed text, int at) { return (text >> (56 - 8 * at)) & 0xFF; };
  return byte(one, equal_before) == byte(other, equal_before + 1) &&
         byte(one, equal_before + 1) == byte(other, equal_before);
}

PostcodeLevel compare_postcodes(const PersonRecord& one, const PersonRecord& other) {
  if (one.postcode == 0 || other.postcode == 0) return PostcodeLevel::missing;
  const Packed unequal = one.postcode ^ other.postcode;
  if (unequal == 0) return PostcodeLevel::exact;
  if (one_byte_apart(one.postcode, other.postcode)) return PostcodeLevel::one_edit;
  const int equal_before = std::countl_zero(unequal) / 8;
  const int bytes = packed_bytes(one.postcode);
  if (bytes == packed_bytes(other.postcode) && equal_before >= bytes - 2) return PostcodeLevel::sector;
  if (one.outward_bytes == other.outward_bytes && equal_before >= one.outward_bytes) return PostcodeLevel::district;
  return PostcodeLevel::different;
}

int place_level(const PersonRecord& one, const PersonRecord& other, const ComparedTexts& texts) {
  return static_cast<int>(compare_addresses(one, other, texts)) * 6 + static_cast<int>(compare_postcodes(one, other));
}

int compare_slips(Packed one, Packed other) {
  if (one == 0 || other == 0) return 0;
  if (one == other) return 1;
  return one_slip(one, other) ? 2 : 3;
}

int compare_middle(const PersonRecord& one, const PersonRecord& other) {
  if (one.middle_initial == '\0' || other.middle_initial == '\0') return 0;
  if (one.middle_id != 0 && one.middle_id == other.middle_id) return 1;
  return one.middle_initial == other.middle_initial ? 2 : 3;
}

int compare_localities(TextId one, TextId other, const std::vector<ShortName>& texts) {
  if (one == 0 || other == 0) return 0;
  if (one == other) return 1;
  return near_text(texts[one], texts[other]) ? 2 : 3;
}

int compare_emails(TextId one, TextId other, const std::vector<EmailParts>& texts) {
  if (one == 0 || other == 0) return 0;
  if (one == other) return 1;
  const EmailParts& first = texts[one];
  const EmailParts& second = texts[other];
  if (first.local_hash == second.local_hash) return 2;
  return near_text(first.local, second.local) ? 3 : 4;
}

int equal_or_not(std::uint32_t one, std::uint32_t other) {
  if (one == 0 || other == 0) return 0;
  return one == other ? 1 : 2;
}

}  // namespace

NameLevel compare_names(const ShortName& one, const ShortName& other) {
  if (one.empty() || other.empty()) return NameLevel::missing;
  if (one == other) return NameLevel::exact;
  return compare_unequal({.text = one, .letters = letters_of(one), .length = one.length()},
                         {.text = other, .letters = letters_of(other), .length = other.length()});
}

Packed pack_digits(std::string_view digits) {
  Packed packed = 1;
  for (const char digit : digits.substr(0, 15)) packed = (packed << 4) | static_cast<Packed>(digit - '0');
  return packed;
}

bool one_slip(Packed one, Packed other) {
  const Packed unequal = one ^ other;
  const int low = std::countr_zero(unequal) / 4;
  const int high = (63 - std::countl_zero(unequal)) / 4;
  if (high == low) return true;
  if (high != low + 1) return false;
  const auto digit = [](Packed packed, int place) { return (packed >> (4 * place)) & 0xF; };
  return digit(one, low) == digit(other, high) && digit(one, high) == digit(other, low);
}

Pattern compare(const PersonRecord& one, const PersonRecord& other, const ComparedTexts& texts) {
  Pattern pattern;
  const bool has_other_names = (one.other_names | other.other_names) != 0;
  const int names = has_other_names ? best_names_level(one, other, texts) : names_level(one, other, *texts.variants);
  const bool given_agrees = names >= k_names_swapped || alike(static_cast<NameLevel>(names / 8));
  const bool family_agrees = names >= k_names_swapped || alike(static_cast<NameLevel>(names % 8));
  const int place = place_level(one, other, texts);
  const bool place_agrees =
      place / 6 == static_cast<int>(AddressLevel::exact) ||
      (place % 6 >= static_cast<int>(PostcodeLevel::exact) && place % 6 <= static_cast<int>(PostcodeLevel::sector));
  const int locality = compare_localities(one.locality_id, other.locality_id, texts.localities);
  const auto sexes = [](const PersonRecord& record) { return static_cast<std::uint32_t>(record.sex); };
  pattern.set(Comparison::names, names);
  pattern.set(Comparison::birth, birth_level(one.birth, other.birth));
  pattern.set(Comparison::place, place);
  pattern.set(Comparison::sex, equal_or_not(sexes(one), sexes(other)) + (given_agrees ? 3 : 0));
  pattern.set(Comparison::middle, compare_middle(one, other) + (given_agrees ? 4 : 0));
  pattern.set(Comparison::locality, locality + (place_agrees ? 4 : 0));
  pattern.set(Comparison::region,
              equal_or_not(one.region_id, other.region_id) + (place_agrees || locality == 1 ? 3 : 0));
  pattern.set(Comparison::email,
              compare_emails(one.email_id, other.email_id, texts.emails) + (given_agrees || family_agrees ? 5 : 0));
  pattern.set(Comparison::phone, compare_slips(one.phone, other.phone));
  pattern.set(Comparison::identifier, compare_slips(one.identifier, other.identifier));
  return pattern;
}

}  // namespace throughline::linkage
