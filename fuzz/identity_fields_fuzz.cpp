// Fields that identify people: every reader is total, and what it gives keeps its promises. The first byte says which
// reader.
#include <algorithm>
#include <string>
#include <string_view>

#include "base/check.h"
#include "linkage/normal/address.h"
#include "linkage/normal/birth_date.h"
#include "linkage/normal/email.h"
#include "linkage/normal/identifiers.h"
#include "linkage/normal/names.h"
#include "linkage/normal/phone.h"
#include "linkage/normal/postcode.h"
#include "linkage/normal/vehicle.h"

namespace {

using throughline::linkage::Presence;

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~' && !(c >= 'a' && c <= 'z'); });
}

void check_plain(std::string_view text) {
  const std::string plain = throughline::linkage::plain_upper(text);
  CHECK(is_plain(plain) && plain.size() <= throughline::linkage::k_plain_bytes_max);
  CHECK(throughline::linkage::plain_upper(plain) == plain);
}

void check_names(std::string_view text) {
  for (const auto& full : throughline::linkage::read_full_names(text)) {
    for (const auto& word : full.name.family.words) CHECK(!word.text.empty() && is_plain(word.text));
    for (const auto& word : full.name.given.words) CHECK(!word.text.empty() && is_plain(word.text));
  }
}

void check_birth_date(std::string_view text) {
  const auto date = throughline::linkage::read_birth_date(text);
  const bool is_real = date.kind == throughline::linkage::BirthDateKind::real;
  CHECK(date.date().has_value() == is_real);
  CHECK(!date.swapped().has_value() || date.swapped() != date.date());
}

void check_postcode(std::string_view text) {
  const auto postcode = throughline::linkage::read_postcode(text);
  CHECK(postcode.unit().empty() || throughline::linkage::read_postcode(postcode.unit()).unit() == postcode.unit());
}

void check_address(std::string_view text) {
  const auto address = throughline::linkage::read_address(text);
  for (const auto& place : address.places) CHECK(!place.empty() && is_plain(place));
  CHECK(is_plain(address.street) && is_plain(address.building) && is_plain(address.flat));
}

void check_numbers(std::string_view text) {
  const auto phone = throughline::linkage::read_phone(text);
  CHECK((phone.presence == Presence::present) == !phone.text.empty());
  const auto email = throughline::linkage::read_email(text);
  CHECK((email.presence == Presence::present) == !email.mailbox.empty());
  const auto mark = throughline::linkage::read_vehicle_mark(text);
  CHECK((mark.presence == Presence::present) == !mark.text.empty());
  for (const auto read : {throughline::linkage::read_nhs_number, throughline::linkage::read_national_insurance,
                          throughline::linkage::read_pnc_id, throughline::linkage::read_cro_number,
                          throughline::linkage::read_reference}) {
    const auto identifier = read(text);
    CHECK((identifier.presence == Presence::present) == !identifier.text.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  check_plain(text);
  switch (data[0]) {
    case 'n': check_names(text); break;
    case 'd': check_birth_date(text); break;
    case 'p': check_postcode(text); break;
    case 'a': check_address(text); break;
    default: check_numbers(text);
  }
  return 0;
}
