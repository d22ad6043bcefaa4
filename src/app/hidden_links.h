// Lists out of a workspace's linked records: agencies that hold a person in one capacity.
#pragma once

#include <cstdint>
#include <vector>

#include "app/hidden_lists.h"
#include "evidence/hidden/lists.h"

namespace throughline::app {

struct LinkedLists {
  evidence::ListTable likely;              // By the links more likely than not.
  std::vector<evidence::ListTable> drawn;  // Links drawn by their probabilities.
  std::int64_t undated = 0;                // Records in the capacity without a date, left out.
  std::int64_t run = 0;
};

// Asks for the permission to combine links and leaves an entry. Records under seal elsewhere are left out. Errors:
// "capacity_unknown", "month_malformed"; those of Session and LinkView; "lists_too_many"; "lists_too_small" where fewer
// than ten people are on any list.
[[nodiscard]] base::Result<LinkedLists> lists_from_links(const Outside& outside, const Settings& settings,
                                                         const HiddenRequest& request);

}  // namespace throughline::app
