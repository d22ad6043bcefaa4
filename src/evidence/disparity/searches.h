// Counted searches as tables of groups, by how the ethnicity was defined.
//
// Bias: who is asked, and answers, differs between groups and forces, so the two definitions count different people;
// neither is the truth of the other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/disparity/disparity.h"

namespace throughline::evidence {

// Searches that are alike in all of these. Words are the publisher's; empty where nothing was recorded.
struct SearchCount {
  std::string force;
  bool is_vehicle_only = false;  // No person was searched, so nobody has an ethnicity.
  std::string officer;
  std::string self;
  std::string outcome;
  std::optional<bool> linked;
  std::int64_t count = 0;
  friend bool operator==(const SearchCount&, const SearchCount&) = default;
};

enum class EthnicityBasis { officer, self };
// "as the officer saw it", "as the person said".
[[nodiscard]] std::string_view name_of(EthnicityBasis basis);

struct SearchTable {
  GroupTable table;
  std::int64_t vehicle_only = 0;           // Left out.
  std::vector<std::string> unknown_words;  // Ethnicities that are in no broad group: counted as unknown. Sorted.
};

// The searches of one force. Groups by name, the unknown first. Caveats: POLICE_ACTIVITY, and BLANK_FIELD where a group
// is not known.
[[nodiscard]] SearchTable search_table(const std::vector<SearchCount>& counts, EthnicityBasis basis);

}  // namespace throughline::evidence
