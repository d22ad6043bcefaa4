// What disproportionality reads from the record store: searches counted by force, ethnicity and outcome.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "evidence/disparity/searches.h"
#include "evidence/month_span.h"
#include "store/duck.h"

namespace throughline::evidence {

struct SearchQuery {
  std::vector<std::int32_t> extracts;     // Those of searches that can be seen.
  std::vector<std::string> forces = {};   // As the source writes them. Empty: all.
  std::vector<std::string> objects = {};  // What was looked for, in the source's words. Empty: whatever it was.
  MonthSpan span;
};

// Sorted by every field. One row of a file is one search.
[[nodiscard]] base::Result<std::vector<SearchCount>> count_searches(store::DuckConnection& connection,
                                                                    const SearchQuery& query);

// Searches of a month by what came of them; the empty word where nothing was recorded. By month, then words.
struct OutcomeCount {
  base::Month month;
  std::string words;
  std::int64_t count = 0;
};
[[nodiscard]] base::Result<std::vector<OutcomeCount>> count_outcomes(store::DuckConnection& connection,
                                                                     const SearchQuery& query);

}  // namespace throughline::evidence
