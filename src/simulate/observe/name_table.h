// The names and ethnic groups that people are made with: data/simulate/names.csv and groups.csv, read once.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace throughline::simulate {

enum class NamePart : std::uint8_t { female_forename, male_forename, surname };
inline constexpr std::size_t k_name_parts = 3;

struct NameEntry {
  std::string_view name;
  std::string_view plain;                    // Without accents; the name itself where it has none.
  std::vector<std::string_view> variants{};  // The same name by other transliterations.
  std::vector<std::string_view> nicknames{};
};

// Names of one tradition and part, with how often each is given.
struct NameList {
  std::vector<NameEntry> names;
  std::vector<std::int64_t> weights_so_far;  // Ascending; the last is all of them.

  // By how often they are given. REQUIRES: 0 <= uniform < 1, the list is not empty.
  [[nodiscard]] const NameEntry& pick(double uniform) const;
};

struct EthnicGroup {
  std::string_view code;
  std::int64_t people_so_far = 0;  // Of a million, with the groups before it.
  std::vector<std::int32_t> traditions;
  std::vector<std::int64_t> shares_so_far;
};

struct NameTable {
  std::vector<std::string_view> traditions;  // Sorted.
  std::vector<std::vector<NameList>> lists;  // By tradition and part.
  std::vector<EthnicGroup> groups;

  [[nodiscard]] const NameList& list(std::int32_t tradition, NamePart part) const {
    return lists[static_cast<std::size_t>(tradition)][static_cast<std::size_t>(part)];
  }
  // REQUIRES: 0 <= uniform < 1.
  [[nodiscard]] const EthnicGroup& group(double uniform) const;
};
[[nodiscard]] std::int32_t tradition_of(const EthnicGroup& group, double uniform);

// The tables carried in the program.
[[nodiscard]] const NameTable& name_table();

}  // namespace throughline::simulate
