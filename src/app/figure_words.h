// Figures of evidence as the pages show them, and the sentence that says one in words. Pure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/measure_answer.h"
#include "evidence/areas.h"
#include "evidence/measures.h"
#include "evidence/stage.h"

namespace throughline::app {

// The caveats that every figure of an answer carries: said once, and not with each.
class CommonCaveats {
 public:
  explicit CommonCaveats(const std::vector<const evidence::Series*>& series);
  // The codes of the others that the figure carries.
  [[nodiscard]] std::vector<std::string> others(const evidence::Caveats& caveats) const;

 private:
  std::set<evidence::Caveat> common_;
};

[[nodiscard]] MeasureShown shown_of(const evidence::Measure& measure);
[[nodiscard]] RefusalShown shown_of(const evidence::Refusal& refusal);
[[nodiscard]] FigureShown shown_of(const evidence::Figure& figure, const CommonCaveats& common);
[[nodiscard]] std::vector<CaveatShown> shown_of(const evidence::Caveats& caveats);
// Without a measure: received for any of them.
[[nodiscard]] AreaShown area_shown(const evidence::World& world, evidence::AreaCode area,
                                   const evidence::Measure* measure);
[[nodiscard]] MeasureOffer offer_of(const evidence::World& world, const evidence::Measure& measure);

// The area's total with its interval and rate, and the change on a year before, or why there is none. REQUIRES: a place
// in answer.areas, and totals and changes for every area.
[[nodiscard]] std::string sentence_of(const SeriesAnswer& answer, std::size_t area);

}  // namespace throughline::app
