// Finding by a few words or a number: places, offences, sources, extracts, records, figures, accounts and entries.
// Misspellings are forgiven. People in records are not searched.
#pragma once

#include <string>
#include <vector>

#include "app/outside.h"
#include "base/result.h"

namespace throughline::app {

struct SearchHit {
  std::string title;
  std::string detail;
  std::string page;  // Where it is shown: "/measure?area=E06000033".
};

struct SearchGroup {
  std::string kind;  // area, category, source, extract, record, figure, account, entry.
  std::string title;
  std::vector<SearchHit> hits;
};

struct SearchAnswer {
  std::vector<SearchGroup> groups;  // Those with hits.
  std::string meant;                // The nearest words that find something, where the given ones do not; else empty.
};

// At most eight hits a group. Accounts and entries only for those who may read them.
[[nodiscard]] base::Result<SearchAnswer> search(const Outside& outside, const Settings& settings,
                                                const std::string& text);

}  // namespace throughline::app
