#include "linkage/variant_names.h"

#include "linkage/normal/nicknames.h"

namespace throughline::linkage {

VariantNames::VariantNames() : row_(given_names_known() + 1), bits_(row_ * row_, false) {
  for (const std::vector<GivenNameId>& names : given_name_classes()) {
    for (const GivenNameId one : names) {
      for (const GivenNameId other : names) {
        if (one == other) continue;
        bits_[(static_cast<std::size_t>(one) + 1) * row_ + static_cast<std::size_t>(other) + 1] = true;
      }
    }
  }
}

const VariantNames& variant_names() {
  static const VariantNames k_names;
  return k_names;
}

}  // namespace throughline::linkage
