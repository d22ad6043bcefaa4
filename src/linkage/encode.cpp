#include "linkage/encode.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string>
#include <utility>

#include "linkage/ascii.h"
#include "linkage/normal/email.h"
#include "linkage/normal/names.h"
#include "linkage/normal/nicknames.h"
#include "linkage/normal/phone.h"
#include "linkage/normal/postcode.h"
#include "linkage/variant_names.h"

namespace throughline::linkage {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Letters and digits, upper case, run together.
std::string run_together(std::string_view text) {
  std::string all;
  for (const char byte : text) {
    if (is_letter(byte) || is_digit(byte) || static_cast<unsigned char>(byte) >= 0x80) all += upper(byte);
  }
  return all;
}

int number_of(std::string_view digits) {
  int number = 0;
  for (const char byte : digits.substr(0, 6)) {
    if (!is_digit(byte)) break;
    number = number * 10 + (byte - '0');
  }
  return number;
}

// A year of two digits is taken to lie between 1931 and 2030.
int whole_year(const BirthDate& date) {
  constexpr int k_first_of_1900s = 31;
  if (date.year.has_value()) return *date.year;
  if (!date.year_of_century.has_value()) return 0;
  return *date.year_of_century + (*date.year_of_century >= k_first_of_1900s ? 1900 : 2000);
}

BirthParts parts_of(const BirthDate& date) {
  constexpr int k_two_digits_max = 99;
  return {.year = static_cast<std::uint16_t>(std::clamp(whole_year(date), 0, 9999)),
          .month = static_cast<std::uint8_t>(std::clamp(date.month.value_or(0), 0, k_two_digits_max)),
          .day = static_cast<std::uint8_t>(std::clamp(date.day.value_or(0), 0, k_two_digits_max))};
}

Packed pack_text(std::string_view text) {
  Packed packed = 0;
  int bytes = 0;
  for (const char byte : text) {
    if (!is_digit(byte) && !is_letter(byte)) continue;
    if (bytes == 8) break;
    packed = (packed << 8) | static_cast<unsigned char>(upper(byte));
    ++bytes;
  }
  return bytes == 0 ? 0 : packed << (8 * (8 - bytes));
}

int bytes_of(Packed packed) {
  return packed == 0 ? 0 : 8 - std::countr_zero(packed) / 8;
}

char byte_at(Packed packed, int place) {
  return static_cast<char>((packed >> (56 - 8 * place)) & 0xFF);
}

// 9AA at the end, a letter at the front: nothing to mend.
bool is_plain_postcode(Packed packed) {
  const int bytes = bytes_of(packed);
  if (bytes < 5 || bytes > 7 || !is_letter(byte_at(packed, 0))) return false;
  if (byte_at(packed, 0) == 'Z') return false;  // ZZ99 is no place.
  return is_digit(byte_at(packed, bytes - 3)) && is_letter(byte_at(packed, bytes - 2)) &&
         is_letter(byte_at(packed, bytes - 1)) && byte_at(packed, 1) != 'O' && byte_at(packed, 1) != 'I';
}

void set_postcode(std::string_view text, PersonRecord& record) {
  record.postcode = pack_text(text);
  if (record.postcode == 0) return;
  bool is_uk = is_plain_postcode(record.postcode);
  if (!is_uk && is_letter(byte_at(record.postcode, 0))) {
    const Postcode read = read_postcode(text);
    record.postcode = read.presence == Presence::present ? pack_text(read.text) : 0;
    is_uk = read.kind == PostcodeKind::unit;
  }
  constexpr int k_inward = 3;
  const int bytes = bytes_of(record.postcode);
  record.outward_bytes = static_cast<std::uint8_t>(is_uk ? bytes - k_inward : std::min(bytes, 2));
}

// One digit seven times over at the end is a way of saying that there is none.
bool is_filler(std::string_view digits) {
  constexpr std::size_t k_alike = 7;
  if (digits.size() < k_alike) return false;
  const std::string_view end = digits.substr(digits.size() - k_alike);
  return end.find_first_not_of(end[0]) == std::string_view::npos;
}

Packed phone_of(std::string_view text) {
  if (text.empty()) return 0;
  constexpr std::size_t k_national_digits = 11;
  const bool is_plain =
      text.size() == k_national_digits && text[0] == '0' && text[1] != '0' && std::ranges::all_of(text, is_digit);
  if (is_plain) {
    std::array<char, k_national_digits + 1> international{'4', '4'};
    std::ranges::copy(text.substr(1), international.begin() + 2);
    const std::string_view digits(international.data(), international.size());
    return is_filler(digits) ? 0 : pack_digits(digits);
  }
  const PhoneNumber read = read_phone(text);
  if (read.presence != Presence::present) return 0;
  return pack_digits(std::string_view(read.text).substr(read.text[0] == '+' ? 1 : 0));
}

Packed identifier_of(std::string_view text) {
  const std::string bare = run_together(text);
  if (bare.empty() || is_filler(bare)) return 0;
  constexpr std::size_t k_packed_digits = 15;
  const bool all_digits = std::ranges::all_of(bare, is_digit);
  if (all_digits && bare.size() <= k_packed_digits) return pack_digits(bare);
  return hash_text(bare) | 1;
}

Sex sex_of(std::string_view text) {
  if (text.empty()) return Sex::missing;
  const char first = upper(text[0]);
  if (first == 'F' || first == 'W' || first == '2') return Sex::female;
  if (first == 'M' || first == '1') return Sex::male;
  return Sex::missing;
}

// The number and letter of the house; with them, above, a few bits of the flat.
std::uint32_t house_of(const Address& address, std::string_view house) {
  constexpr std::uint32_t k_letters = 32;
  const std::size_t digits = std::min(house.find_first_of("0123456789"), house.size());
  const std::int64_t written = house.empty() ? address.number.from : number_of(house.substr(digits));
  if (written <= 0) return 0;
  char letter = address.number.suffix.empty() ? '\0' : address.number.suffix[0];
  if (!house.empty()) letter = is_letter(house.back()) ? upper(house.back()) : '\0';
  std::uint32_t packed = static_cast<std::uint32_t>(written % k_house_numbers) * k_letters;
  packed += letter == '\0' ? 1 : 2 + static_cast<std::uint32_t>(letter - 'A') % 26;
  if (!address.flat.empty())
    packed |= (1 + static_cast<std::uint32_t>(hash_text(address.flat) % k_flats)) << k_flat_shift;
  return packed;
}

bool is_default(const BirthParts& birth) {
  return birth.day == 1 && birth.month == 1;
}

}  // namespace

Encoder::Encoder() : given_(1), family_(1), births_(1), addresses_(1) {
  people_.texts.streets.resize(1);
  people_.texts.localities.resize(1);
  people_.texts.emails.resize(1);
  people_.texts.other_names.resize(1);
  people_.texts.variants = &variant_names();
}

Encoder::NameText Encoder::given_text(const NamePart& part) {
  if (part.words.empty()) return {};
  const std::string& first = part.words.front().text;
  NameText name = name_text(first);
  const std::optional<GivenNameId> known = given_name_id(first);
  if (known.has_value()) name.variants = static_cast<TextId>(*known) + 1;
  if (part.words.size() > 1) {
    name.rest = names_.intern(part.words[1].text);
    name.rest_initial = part.words[1].text[0];
  }
  return name;
}

Encoder::NameText Encoder::family_text(const NamePart& part) {
  if (part.words.empty()) return {};
  NameText name = name_text(part.joined);
  if (part.core != part.joined && !part.core.empty()) {
    name.part = names_.intern(part.core);
  } else if (part.words.size() > 1) {
    name.part = names_.intern(part.words.back().text);
  }
  return name;
}

const Encoder::NameText& Encoder::given_of(std::string_view text) {
  const TextId id = given_texts_.intern(text);
  if (id == given_.size()) given_.push_back(given_text(read_given_name(text)));
  return given_[id];
}

const Encoder::NameText& Encoder::family_of(std::string_view text) {
  const TextId id = family_texts_.intern(text);
  if (id == family_.size()) family_.push_back(family_text(read_family_name(text)));
  return family_[id];
}

Encoder::NameText Encoder::name_text(std::string_view text) {
  NameText name;
  name.text = ShortName(text);
  name.letters = letters_of(name.text);
  name.sound = sound_of(name.text);
  name.id = names_.intern(text);
  return name;
}

void Encoder::set_given(const NameText& name, PersonRecord& record) const {
  record.given = name.text;
  record.given_letters = name.letters;
  record.given_sound = name.sound;
  record.given_length = static_cast<std::uint8_t>(name.text.length());
  record.given_id = name.id;
  record.given_variants = name.variants;
  record.middle_id = name.rest;
  record.middle_initial = name.rest_initial;
}

void Encoder::set_family(const NameText& name, PersonRecord& record) const {
  record.family = name.text;
  record.family_letters = name.letters;
  record.family_sound = name.sound;
  record.family_length = static_cast<std::uint8_t>(name.text.length());
  record.family_id = name.id;
  record.family_part = name.part;
}

OtherName Encoder::other_name(const PersonName& name) {
  PersonRecord named;
  set_given(given_text(name.given), named);
  set_family(family_text(name.family), named);
  return {.given = named.given,
          .family = named.family,
          .given_letters = named.given_letters,
          .family_letters = named.family_letters,
          .given_id = named.given_id,
          .family_id = named.family_id,
          .given_variants = named.given_variants,
          .family_part = named.family_part,
          .given_length = named.given_length,
          .family_length = named.family_length};
}

// A whole name in one field stands in for parts that have no field of their own; what it says of other names is kept.
void Encoder::add_full_name(const PersonFields& fields, PersonRecord& record, std::vector<OtherName>& others) {
  const std::vector<FullName> names = read_full_names(trimmed(fields[FieldRole::full_name]));
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i == 0 && record.given_id == 0) set_given(given_text(names[i].name.given), record);
    if (i == 0 && record.family_id == 0) set_family(family_text(names[i].name.family), record);
    if (i > 0) others.push_back(other_name(names[i].name));
    for (const PersonName& alias : names[i].aliases) others.push_back(other_name(alias));
  }
}

void Encoder::add_names(const PersonFields& fields, PersonRecord& record) {
  set_given(given_of(trimmed(fields[FieldRole::given_name])), record);
  set_family(family_of(trimmed(fields[FieldRole::family_name])), record);
  std::vector<OtherName> others;
  if (!fields[FieldRole::full_name].empty()) add_full_name(fields, record, others);
  for (const FullName& name : read_full_names(trimmed(fields[FieldRole::other_name]))) {
    // One word alone is a forename that somebody is known by.
    others.push_back(
        other_name(name.name.given.words.empty() ? PersonName{.given = name.name.family, .family = {}} : name.name));
  }
  const std::string_view middle = trimmed(fields[FieldRole::middle_name]);
  if (!middle.empty()) {
    const NameText& read = given_of(middle);
    record.middle_id = read.text.length() > 1 ? read.id : 0;
    record.middle_initial = read.text.bytes[0];
  }
  const std::string_view second = trimmed(fields[FieldRole::second_family_name]);
  if (!second.empty()) record.family_part = family_of(second).id;
  if (others.empty()) return;
  record.other_names = static_cast<std::uint32_t>(people_.texts.other_names.size());
  people_.texts.other_names.push_back(std::move(others));
}

BirthParts Encoder::birth_of(const PersonFields& fields) {
  const std::string_view whole = trimmed(fields[FieldRole::birth_date]);
  if (!whole.empty()) {
    const TextId id = birth_texts_.intern(whole);
    if (id == births_.size()) births_.push_back(parts_of(read_birth_date(whole, birth_order_)));
    return births_[id];
  }
  const BirthDateColumns columns{.day = trimmed(fields[FieldRole::birth_day]),
                                 .month = trimmed(fields[FieldRole::birth_month]),
                                 .year = trimmed(fields[FieldRole::birth_year])};
  if (columns.day.empty() && columns.month.empty() && columns.year.empty()) return {};
  return parts_of(read_birth_date(columns));
}

TextId Encoder::short_text(std::string_view text, Dictionary& dictionary, std::vector<ShortName>& shorts) {
  if (text.empty()) return 0;
  const std::string all = run_together(text);
  const TextId id = dictionary.intern(all);
  if (id == shorts.size()) shorts.emplace_back(all);
  return id;
}

void Encoder::add_address(const PersonFields& fields, PersonRecord& record) {
  std::string_view text = trimmed(fields[FieldRole::address]);
  if (text.empty()) text = trimmed(fields[FieldRole::street]);
  const std::string_view house = trimmed(fields[FieldRole::house_number]);
  const TextId id = address_texts_.intern(text);
  if (id == addresses_.size()) addresses_.push_back(read_address(text));
  const Address& address = addresses_[id];
  record.house = house_of(address, house);
  record.street_id =
      short_text(address.street.empty() ? address.building : address.street, streets_, people_.texts.streets);
}

TextId Encoder::email_of(std::string_view text) {
  if (text.empty()) return 0;
  const TextId id = email_texts_.intern(text);
  if (id < email_ids_.size()) return email_ids_[id];
  // What is not an address may still be one misspelt: it is compared as it stands.
  const EmailAddress read = read_email(text);
  std::string whole = read.mailbox;
  if (read.presence == Presence::unreadable) whole = text;
  for (char& byte : whole) byte = upper(byte);
  const TextId mailbox = emails_.intern(whole);
  if (mailbox == people_.texts.emails.size()) {
    const std::string local = whole.substr(0, whole.find('@'));
    people_.texts.emails.push_back(
        {.local = ShortName(local), .local_hash = static_cast<std::uint32_t>(hash_text(local)) | 1});
  }
  email_ids_.push_back(mailbox);
  return mailbox;
}

void Encoder::add(const PersonFields& fields, std::uint16_t source) {
  people_.records.push_back(encode(fields, source));
}

PersonRecord Encoder::encode(const PersonFields& fields, std::uint16_t source) {
  PersonRecord record;
  record.source = source;
  add_names(fields, record);
  record.birth = birth_of(fields);
  record.sex = sex_of(trimmed(fields[FieldRole::sex]));
  set_postcode(trimmed(fields[FieldRole::postcode]), record);
  add_address(fields, record);
  record.locality_id = short_text(fields[FieldRole::locality], localities_, people_.texts.localities);
  record.region_id = regions_.intern(run_together(fields[FieldRole::region]));
  record.phone = phone_of(trimmed(fields[FieldRole::phone]));
  record.identifier = identifier_of(trimmed(fields[FieldRole::identifier]));
  record.email_id = email_of(trimmed(fields[FieldRole::email]));
  if (forgets_default_births_ && is_default(record.birth)) record.birth.day = record.birth.month = 0;
  return record;
}

// Where far more people than one in a year are born on 1 January, the day is a form's default: it is not held against
// anybody, and not for anybody either.
void Encoder::forget_default_births() {
  constexpr double k_usual_share = 1 / 365.25;
  constexpr double k_times_usual = 4;
  constexpr std::int64_t k_births_min = 200;
  std::int64_t births = 0;
  std::int64_t defaults = 0;
  for (const PersonRecord& record : people_.records) {
    births += record.birth.day != 0 && record.birth.month != 0 ? 1 : 0;
    defaults += is_default(record.birth) ? 1 : 0;
  }
  const auto usual = k_usual_share * static_cast<double>(births);
  if (births < k_births_min || static_cast<double>(defaults) < k_times_usual * usual) return;
  forgets_default_births_ = true;
  for (PersonRecord& record : people_.records) {
    if (is_default(record.birth)) record.birth.day = record.birth.month = 0;
  }
}

base::LargeVector<PersonRecord> Encoder::take_records() {
  forget_default_births();
  return std::exchange(people_.records, {});
}

People Encoder::finish() && {
  forget_default_births();
  return std::move(people_);
}

}  // namespace throughline::linkage
