#include "linkage/blocking_keys.h"

#include <algorithm>
#include <array>
#include <type_traits>

#include "base/check.h"

namespace throughline::linkage {
namespace {

std::uint64_t mix(std::uint64_t value) {
  value ^= value >> 31;
  value *= 0x9E3779B97F4A7C15ULL;
  value ^= value >> 29;
  value *= 0xBF58476D1CE4E5B9ULL;
  return value ^ (value >> 32);
}

std::uint64_t start_of(const ShortName& name) {
  if (name.bytes[1] == '\0') return 0;
  std::uint64_t start = 0;
  for (std::size_t i = 0; i < 3; ++i) start = (start << 8) | static_cast<unsigned char>(name.bytes[i]);
  return start;
}

std::uint64_t names_either_way(const PersonRecord& record) {
  if (record.given_id == 0 || record.family_id == 0) return 0;
  const auto [low, high] = std::minmax(record.given_id, record.family_id);
  return (std::uint64_t{low} << 32) | high;
}

std::uint64_t district_of(const PersonRecord& record) {
  if (record.postcode == 0 || record.outward_bytes == 0) return 0;
  return record.postcode >> (64 - 8 * record.outward_bytes);
}

std::uint64_t given_start(const PersonRecord& record) {
  return start_of(record.given);
}

std::uint64_t family_start(const PersonRecord& record) {
  return start_of(record.family);
}

std::uint64_t given_initial(const PersonRecord& record) {
  return static_cast<unsigned char>(record.given.bytes[0]);
}

std::uint64_t whole_birth(const PersonRecord& record) {
  return record.birth.whole() ? record.birth.key() : 0;
}

std::uint64_t birth_year(const PersonRecord& record) {
  return record.birth.year;
}

std::uint64_t birth_month(const PersonRecord& record) {
  return record.birth.month;
}

std::uint64_t birth_day(const PersonRecord& record) {
  return record.birth.day;
}

std::uint64_t house_of(const PersonRecord& record) {
  return record.house & k_house_bits;
}

std::uint64_t end_of_phone(const PersonRecord& record) {
  return record.phone & 0xFFFFFF;
}

std::uint64_t start_of_email(const PersonRecord& record, const ComparedTexts& texts) {
  return record.email_id == 0 ? 0 : start_of(texts.emails[record.email_id].local);
}

std::uint64_t local_part_of_email(const PersonRecord& record, const ComparedTexts& texts) {
  return record.email_id == 0 ? 0 : texts.emails[record.email_id].local_hash;
}

// What an atom takes from a record; 0 where it is missing.
using Value = std::uint64_t (*)(const PersonRecord&);
using ValueByText = std::uint64_t (*)(const PersonRecord&, const ComparedTexts&);

constexpr std::uint64_t k_start = 0x2545F4914F6CDD1DULL;

using AddAtom = void (*)(std::span<const PersonRecord>, const ComparedTexts&, std::span<std::uint64_t>);

// Works the value of an atom into the key of each record; a key that lacks one becomes and stays 0. One function for
// each atom, so that the choice is made once for many records.
template <auto k_value_of>
void add_values(std::span<const PersonRecord> records, const ComparedTexts& texts, std::span<std::uint64_t> keys) {
  for (std::size_t i = 0; i < records.size(); ++i) {
    std::uint64_t value = 0;
    if constexpr (std::is_convertible_v<decltype(k_value_of), ValueByText>) {
      value = k_value_of(records[i], texts);
    } else if constexpr (std::is_convertible_v<decltype(k_value_of), Value>) {
      value = k_value_of(records[i]);
    } else {
      value = records[i].*k_value_of;
    }
    keys[i] = value == 0 || keys[i] == 0 ? 0 : mix(keys[i] ^ value) | 1;
  }
}

struct AtomEntry {
  std::string_view name;
  AddAtom add;
};

constexpr std::array k_atoms = {
    AtomEntry{"given name", add_values<&PersonRecord::given_id>},
    AtomEntry{"start of given name", add_values<given_start>},
    AtomEntry{"initial", add_values<given_initial>},
    AtomEntry{"sound of given name", add_values<&PersonRecord::given_sound>},
    AtomEntry{"family name", add_values<&PersonRecord::family_id>},
    AtomEntry{"start of family name", add_values<family_start>},
    AtomEntry{"sound of family name", add_values<&PersonRecord::family_sound>},
    AtomEntry{"both names either way", add_values<names_either_way>},
    AtomEntry{"date of birth", add_values<whole_birth>},
    AtomEntry{"year of birth", add_values<birth_year>},
    AtomEntry{"month of birth", add_values<birth_month>},
    AtomEntry{"day of birth", add_values<birth_day>},
    AtomEntry{"postcode", add_values<&PersonRecord::postcode>},
    AtomEntry{"postcode district", add_values<district_of>},
    AtomEntry{"street", add_values<&PersonRecord::street_id>},
    AtomEntry{"house", add_values<house_of>},
    AtomEntry{"locality", add_values<&PersonRecord::locality_id>},
    AtomEntry{"email", add_values<&PersonRecord::email_id>},
    AtomEntry{"email local part", add_values<local_part_of_email>},
    AtomEntry{"start of email", add_values<start_of_email>},
    AtomEntry{"phone", add_values<&PersonRecord::phone>},
    AtomEntry{"end of phone", add_values<end_of_phone>},
    AtomEntry{"identifier", add_values<&PersonRecord::identifier>},
};
static_assert(k_atoms.size() == static_cast<std::size_t>(Atom::identifier) + 1);

const AtomEntry& entry_of(Atom atom) {
  return k_atoms[static_cast<std::size_t>(atom)];
}

}  // namespace

std::string_view atom_name(Atom atom) {
  return entry_of(atom).name;
}

std::string BlockingRule::name() const {
  std::string name;
  for (const Atom atom : atoms) {
    if (!name.empty()) name += " + ";
    name += atom_name(atom);
  }
  return name;
}

std::span<const BlockingRule> rule_catalogue() {
  using enum Atom;
  static const std::vector<BlockingRule> rules = {
      {{identifier}},
      {{phone}},
      {{email}},
      {{family, birth}},
      {{given, birth}},
      {{birth, postcode}},
      {{names_either_way, birth_year}},
      {{names_either_way, birth_month, birth_day}},
      {{names_either_way, postcode_district}},
      {{given, postcode}},
      {{family, postcode}},
      {{given, street, house}},
      {{birth, street}},
      {{names_either_way}},
      {{family_sound, given, birth_year}},
      {{family_sound, given_initial, birth_month, birth_day}},
      {{given, family_sound, locality}},
      {{given, family_start}},
      {{given_start, family}},
      {{email_local}},
      {{phone_end}},
      {{given, birth_year, birth_day}},
      {{given, birth_year, birth_month}},
      {{given, birth_month, birth_day}},
      {{family, birth_year, birth_day}},
      {{family, birth_year, birth_month}},
      {{family, birth_month, birth_day}},
      {{birth, locality}},
      {{birth}},
      {{street, house}},
      {{postcode}},
      {{given_start, family_start, birth_year}},
      {{given_sound, family_sound}},
      {{given, locality}},
      {{family, locality}},
      {{given, birth_year}},
      {{family, birth_year}},
      {{birth_year, birth_month, given_initial}},
      {{birth_month, birth_day, given_initial}},
      {{birth_year, birth_day, given_initial}},
      {{birth_month, birth_day, family_start}},
      {{birth_year, birth_day, family_start}},
      {{birth_year, birth_month, family_start}},
      {{birth_year, birth_month, locality}},
      {{email_start}},
      {{birth_year, birth_day}},
      {{birth_year, birth_month}},
      {{birth_month, birth_day}},
      {{birth_year, locality}},
      {{family}},
      {{given}},
      {{family_sound}},
      {{given_sound}},
  };
  return rules;
}

void block_keys(const BlockingRule& rule, std::span<const PersonRecord> records, const ComparedTexts& texts,
                std::span<std::uint64_t> keys) {
  CHECK(keys.size() == records.size());
  std::ranges::fill(keys, k_start);
  for (const Atom atom : rule.atoms) entry_of(atom).add(records, texts, keys);
}

std::uint64_t block_key(const BlockingRule& rule, const PersonRecord& record, const ComparedTexts& texts) {
  std::uint64_t key = 0;
  block_keys(rule, {&record, 1}, texts, {&key, 1});
  return key;
}

}  // namespace throughline::linkage
