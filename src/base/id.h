// Strong ids: an account number cannot be passed where an extract number is wanted.
#pragma once

#include <compare>
#include <cstdint>

namespace throughline::base {

// A 64-bit number that names one thing of kind Kind. Kind is an empty tag type and never needs a definition.
template <class Kind>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::int64_t number) : number_(number) {}
  [[nodiscard]] constexpr std::int64_t number() const { return number_; }
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  std::int64_t number_ = 0;
};

}  // namespace throughline::base
