// People that a test makes up, read as the rows of a file are. Only *_test.cpp includes this.
#pragma once

#include <span>
#include <string>
#include <utility>

#include "linkage/encode.h"

namespace throughline::linkage {

struct MadeUpPerson {
  std::string given{};
  std::string family{};
  std::string birth{};  // "1990-04-03".
  std::string sex{};
  std::string address{};
  std::string postcode{};
  std::string locality{};
  std::string email{};
  std::string phone{};
  std::string identifier{};
  std::uint16_t source = 0;
};

inline People people_of(std::span<const MadeUpPerson> people) {
  Encoder encoder;
  for (const MadeUpPerson& person : people) {
    PersonFields fields;
    fields[FieldRole::given_name] = person.given;
    fields[FieldRole::family_name] = person.family;
    fields[FieldRole::birth_date] = person.birth;
    fields[FieldRole::sex] = person.sex;
    fields[FieldRole::address] = person.address;
    fields[FieldRole::postcode] = person.postcode;
    fields[FieldRole::locality] = person.locality;
    fields[FieldRole::email] = person.email;
    fields[FieldRole::phone] = person.phone;
    fields[FieldRole::identifier] = person.identifier;
    encoder.add(fields, person.source);
  }
  return std::move(encoder).finish();
}

}  // namespace throughline::linkage
