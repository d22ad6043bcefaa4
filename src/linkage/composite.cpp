#include "linkage/composite.h"

#include <array>

#include "base/check.h"

namespace throughline::linkage {
namespace {

using Key = std::uint64_t (*)(const PersonRecord&);
using Take = void (*)(PersonRecord&, const PersonRecord&);

// A field, or fields that belong together: what tells its values apart (0: missing), and how it is taken over.
struct Field {
  Key key;
  Take take;
};

constexpr std::array<Field, 14> k_fields = {{
    {[](const PersonRecord& from) { return std::uint64_t{from.other_names}; },
     [](PersonRecord& to, const PersonRecord& from) { to.other_names = from.other_names; }},
    {[](const PersonRecord& from) { return std::uint64_t{from.given_id}; },
     [](PersonRecord& to, const PersonRecord& from) {
       to.given = from.given;
       to.given_letters = from.given_letters;
       to.given_sound = from.given_sound;
       to.given_length = from.given_length;
       to.given_id = from.given_id;
       to.given_variants = from.given_variants;
     }},
    {[](const PersonRecord& from) { return std::uint64_t{from.family_id}; },
     [](PersonRecord& to, const PersonRecord& from) {
       to.family = from.family;
       to.family_letters = from.family_letters;
       to.family_sound = from.family_sound;
       to.family_length = from.family_length;
       to.family_id = from.family_id;
       to.family_part = from.family_part;
     }},
    {[](const PersonRecord& from) {
       return (std::uint64_t{from.middle_id} << 8) | static_cast<unsigned char>(from.middle_initial);
     },
     [](PersonRecord& to, const PersonRecord& from) {
       to.middle_id = from.middle_id;
       to.middle_initial = from.middle_initial;
     }},
    {[](const PersonRecord& from) { return std::uint64_t{from.birth.day}; },
     [](PersonRecord& to, const PersonRecord& from) { to.birth.day = from.birth.day; }},
    {[](const PersonRecord& from) { return std::uint64_t{from.birth.month}; },
     [](PersonRecord& to, const PersonRecord& from) { to.birth.month = from.birth.month; }},
    {[](const PersonRecord& from) { return std::uint64_t{from.birth.year}; },
     [](PersonRecord& to, const PersonRecord& from) { to.birth.year = from.birth.year; }},
    {[](const PersonRecord& from) { return from.postcode; },
     [](PersonRecord& to, const PersonRecord& from) {
       to.postcode = from.postcode;
       to.outward_bytes = from.outward_bytes;
     }},
    {[](const PersonRecord& from) { return (std::uint64_t{from.street_id} << 32) | from.house; },
     [](PersonRecord& to, const PersonRecord& from) {
       to.street_id = from.street_id;
       to.house = from.house;
     }},
    {[](const PersonRecord& from) { return (std::uint64_t{from.locality_id} << 32) | from.region_id; },
     [](PersonRecord& to, const PersonRecord& from) {
       to.locality_id = from.locality_id;
       to.region_id = from.region_id;
     }},
    {[](const PersonRecord& from) { return std::uint64_t{from.email_id}; },
     [](PersonRecord& to, const PersonRecord& from) { to.email_id = from.email_id; }},
    {[](const PersonRecord& from) { return from.phone; },
     [](PersonRecord& to, const PersonRecord& from) { to.phone = from.phone; }},
    {[](const PersonRecord& from) { return from.identifier; },
     [](PersonRecord& to, const PersonRecord& from) { to.identifier = from.identifier; }},
    {[](const PersonRecord& from) { return static_cast<std::uint64_t>(from.sex); },
     [](PersonRecord& to, const PersonRecord& from) { to.sex = from.sex; }},
}};

// The first of the members that say what most of those who say anything say; nothing where none does. Groups are small:
// counting each against each is the quickest.
const PersonRecord* most_say(std::span<const PersonRecord> records, std::span<const std::uint32_t> members, Key key) {
  const PersonRecord* best = nullptr;
  int best_count = 0;
  for (const std::uint32_t member : members) {
    const std::uint64_t value = key(records[member]);
    if (value == 0) continue;
    int count = 0;
    for (const std::uint32_t other : members) count += key(records[other]) == value ? 1 : 0;
    if (count > best_count) {
      best_count = count;
      best = &records[member];
    }
  }
  return best;
}

}  // namespace

PersonRecord composite(std::span<const PersonRecord> records, std::span<const std::uint32_t> members) {
  CHECK(!members.empty());
  PersonRecord whole = records[members.front()];
  if (members.size() == 1) return whole;
  for (const Field& field : k_fields) {
    const PersonRecord* from = most_say(records, members, field.key);
    if (from != nullptr) field.take(whole, *from);
  }
  return whole;
}

}  // namespace throughline::linkage
