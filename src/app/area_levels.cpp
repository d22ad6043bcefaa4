#include "app/area_levels.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "evidence/model.h"

namespace throughline::app {

namespace {

constexpr std::array<std::string_view, 9> k_regions{"north-east",    "north-west",    "yorkshire-and-the-humber",
                                                    "east-midlands", "west-midlands", "east-of-england",
                                                    "london",        "south-east",    "south-west"};
constexpr std::array<std::string_view, 4> k_countries{"england", "wales", "scotland", "northern-ireland"};
// Fewer are names that a force or an authority bears too.
constexpr std::ptrdiff_t k_regions_min = 3;

template <std::size_t Count>
bool is_one_of(const std::array<std::string_view, Count>& names, const std::string& slug) {
  return std::ranges::find(names, slug) != names.end();
}

}  // namespace

std::vector<AreaLevel> area_levels(const std::vector<std::string>& areas) {
  std::vector<std::string> slugs;
  for (const std::string& area : areas) slugs.push_back(evidence::slug_of(area));
  const bool has_regions =
      std::ranges::count_if(slugs, [](const std::string& slug) { return is_one_of(k_regions, slug); }) >= k_regions_min;
  std::vector<AreaLevel> levels;
  for (const std::string& slug : slugs) {
    if (slug == "england-and-wales") {
      levels.push_back(AreaLevel::countries);
    } else if (is_one_of(k_countries, slug)) {
      levels.push_back(AreaLevel::country);
    } else {
      levels.push_back(has_regions && is_one_of(k_regions, slug) ? AreaLevel::region : AreaLevel::part);
    }
  }
  return levels;
}

AreaLevel level_kept(const std::vector<AreaAt>& areas) {
  AreaLevel kept = AreaLevel::part;
  std::ptrdiff_t most = 0;
  for (const AreaLevel level : {AreaLevel::countries, AreaLevel::country, AreaLevel::region, AreaLevel::part}) {
    const auto own =
        std::ranges::count_if(areas, [&](const AreaAt& area) { return area.is_counted && area.level == level; });
    if (own <= most) continue;
    most = own;
    kept = level;
  }
  return kept;
}

bool is_peer(const AreaAt& area, AreaLevel kept) {
  if (area.level == kept) return true;
  return kept == AreaLevel::region && area.level == AreaLevel::country && !area.is_england;
}

}  // namespace throughline::app
