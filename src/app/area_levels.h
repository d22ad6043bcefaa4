// Which of many areas are peers, so that nothing is counted twice where they are held against one another. By name:
// tables and published series have no codes. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace throughline::app {

enum class AreaLevel : std::uint8_t {
  part,       // Anything below a region: forces, authorities, whatever a table calls its areas.
  region,     // Of England.
  country,    // Of the United Kingdom.
  countries,  // England and Wales together.
};

// The level of each area. "West Midlands" is a force too, so that a name is one of a region only where at least two
// other regions are there.
[[nodiscard]] std::vector<AreaLevel> area_levels(const std::vector<std::string>& areas);

struct AreaAt {
  AreaLevel level = AreaLevel::part;
  bool is_england = false;
  bool is_counted = false;  // It can stand beside the others at all.
};

// The level that is kept: the one with the most areas that are counted; of two with as many the wider.
// Beside regions the countries other than England stand as their peers.
[[nodiscard]] AreaLevel level_kept(const std::vector<AreaAt>& areas);
[[nodiscard]] bool is_peer(const AreaAt& area, AreaLevel kept);

}  // namespace throughline::app
