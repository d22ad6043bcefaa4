#include "evidence/disparity/searches.h"

#include <map>
#include <set>
#include <utility>

#include "base/check.h"
#include "evidence/disparity/residents.h"

namespace throughline::evidence {

std::string_view name_of(EthnicityBasis basis) {
  switch (basis) {
    case EthnicityBasis::officer: return "as the officer saw it";
    case EthnicityBasis::self: return "as the person said";
  }
  CHECK(false && "a basis without a name");
}

SearchTable search_table(const std::vector<SearchCount>& counts, EthnicityBasis basis) {
  SearchTable made;
  std::map<std::string, GroupTally> groups;
  std::map<std::pair<std::string, std::string>, std::int64_t> outcomes;
  std::set<std::string> unknown;
  for (const SearchCount& each : counts) {
    if (each.is_vehicle_only) {
      made.vehicle_only += each.count;
      continue;
    }
    const std::string& words = basis == EthnicityBasis::officer ? each.officer : each.self;
    const auto group = broad_group(words);
    if (!group) unknown.insert(words);
    GroupTally& tally = groups[group.value_or("")];
    tally.group = group.value_or("");
    tally.events += each.count;
    outcomes[{tally.group, each.outcome}] += each.count;
    if (!each.linked) continue;
    tally.linked_known += each.count;
    tally.linked = tally.linked.value_or(0) + (*each.linked ? each.count : 0);
  }
  for (const auto& [key, count] : outcomes) groups[key.first].outcomes.push_back({.words = key.second, .count = count});
  for (auto& [name, tally] : groups) made.table.groups.push_back(std::move(tally));
  made.table.caveats.add(Caveat::police_activity);
  made.unknown_words.assign(unknown.begin(), unknown.end());
  return made;
}

}  // namespace throughline::evidence
