#include "linkage/mention_fields.h"

#include <algorithm>
#include <string_view>

namespace throughline::linkage {

namespace {

constexpr std::size_t k_year_bytes = 4;
constexpr std::size_t k_month_bytes = 7;
constexpr std::size_t k_day_bytes = 10;

void fill_birth(PersonFields& fields, std::string_view birth) {
  if (birth.size() == k_day_bytes) {
    fields[FieldRole::birth_date] = birth;
    return;
  }
  if (birth.size() >= k_year_bytes) fields[FieldRole::birth_year] = birth.substr(0, k_year_bytes);
  if (birth.size() == k_month_bytes) fields[FieldRole::birth_month] = birth.substr(k_year_bytes + 1);
}

PersonFields fields_of_texts(const PersonTexts& person, NumberKind kind) {
  PersonFields fields;
  fields[FieldRole::given_name] = person.forename;
  fields[FieldRole::family_name] = person.surname;
  fields[FieldRole::full_name] = person.full_name;
  fields[FieldRole::other_name] = person.known_as;
  fill_birth(fields, person.birth);
  fields[FieldRole::sex] = person.sex;
  fields[FieldRole::postcode] = person.postcode;
  // The street of an address as it was typed stands before its first comma.
  const std::string_view address = person.address;
  fields[FieldRole::address] = address.substr(0, address.find(','));
  fields[FieldRole::phone] = person.phone;
  fields[FieldRole::identifier] = kind == NumberKind::nhs_number ? person.nhs_number : person.police_id;
  return fields;
}

}  // namespace

NumberKind number_kind_of(std::span<const PersonTexts> people) {
  const bool is_any = std::ranges::any_of(people, [](const PersonTexts& each) { return !each.nhs_number.empty(); });
  return is_any ? NumberKind::nhs_number : NumberKind::police_id;
}

void encode(Encoder& encoder, const PersonTexts& person, std::uint16_t source, NumberKind kind) {
  encoder.add(fields_of_texts(person, kind), source);
}

PersonRecord encode_one(Encoder& encoder, const PersonTexts& person, std::uint16_t source, NumberKind kind) {
  return encoder.encode(fields_of_texts(person, kind), source);
}

}  // namespace throughline::linkage
