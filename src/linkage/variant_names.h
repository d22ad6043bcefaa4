// Which given names are forms of one name, ready to be asked millions of times.
#pragma once

#include <cstddef>
#include <vector>

#include "linkage/dictionary.h"

namespace throughline::linkage {

// A bit for each pair of the names that linkage/normal/nicknames.h knows, numbered from 1 in its order.
class VariantNames {
 public:
  VariantNames();
  [[nodiscard]] bool are_forms(TextId one, TextId other) const { return bits_[one * row_ + other]; }

 private:
  std::size_t row_;
  std::vector<bool> bits_;
};

[[nodiscard]] const VariantNames& variant_names();

}  // namespace throughline::linkage
