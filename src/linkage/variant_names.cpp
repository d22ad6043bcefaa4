#include "linkage/variant_names.h"

#include "linkage/normal/nicknames.h"

namespace throughline::linkage {

VariantNames::VariantNames() : row_(given_names_known() + 1), bits_(row_ * row_, false) {
  for (std::size_t one = 1; one < row_; ++one) {
    for (std::size_t other = one + 1; other < row_; ++other) {
      if (!same_given_name_class(static_cast<GivenNameId>(one - 1), static_cast<GivenNameId>(other - 1))) continue;
      bits_[one * row_ + other] = true;
      bits_[other * row_ + one] = true;
    }
  }
}

const VariantNames& variant_names() {
  static const VariantNames k_names;
  return k_names;
}

}  // namespace throughline::linkage
