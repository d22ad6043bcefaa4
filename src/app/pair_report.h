// Two records side by side: how they agree, and as much of their values as the account may see.
#pragma once

#include "app/link_view.h"
#include "app/report.h"

namespace throughline::app {

struct ShownPair {
  const linkage::Mention* one = nullptr;
  const linkage::Mention* other = nullptr;
};

// Facts, the evidence in bits and words, and the records side by side. REQUIRES: neither is hidden from the account.
[[nodiscard]] Section pair_section(const LinkView& view, const ShownPair& pair);

}  // namespace throughline::app
