// Any bytes at all, most of them such as a field of the kind under test holds.
#pragma once

#include <string>
#include <string_view>

#include <rapidcheck.h>

namespace throughline::linkage {

// Texts of up to a hundred bytes or so, two thirds of them made of `likely`.
inline rc::Gen<std::string> made_up_bytes(std::string_view likely) {
  const auto usual = rc::gen::container<std::string>(rc::gen::elementOf(std::string(likely)));
  return rc::gen::oneOf(usual, usual, rc::gen::container<std::string>(rc::gen::arbitrary<char>()));
}

}  // namespace throughline::linkage
