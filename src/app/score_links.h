// The links that stand in a workspace, held against a truth: whose record is whose, and what is said of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/link_view.h"
#include "app/report.h"
#include "app/score_truth.h"
#include "app/session.h"
#include "linkage/stage_score.h"
#include "linkage/truth_score.h"

namespace throughline::app {

// Every mention whose person the truth knows. Its agency is the folder of the truth's extract, its kind that of the
// event.
struct KnownLinks {
  std::vector<linkage::KnownMention> mentions;
  std::vector<linkage::KnownPlace> places;   // Beside them: where they stand among the run's mentions.
  std::vector<std::string> agencies, kinds;  // What the mentions' numbers mean.
  std::int64_t extracts_here = 0;            // Of the truth's, that the workspace has.
  std::int64_t records_here = 0;             // Of the truth's records, those in them.
  std::int64_t records_matched = 0;          // Of these, found.
  std::int64_t ambiguous = 0;                // Not told apart: one reference and capacity, several people.
  std::int64_t unknown = 0;                  // Mentions in the workspace that the truth does not know.
};
// What stands under seal for the account is passed over. Errors: "truth_of_another" where the workspace has none of the
// truth's extracts; those of reading.
[[nodiscard]] base::Result<KnownLinks> known_links(Session& session, const LinkView& view, const Truth& truth);

// Sections "links" (facts; tables measures, agencies, kinds), "people" (facts), "missed" (table reasons) and
// "calibration" (table bands).
[[nodiscard]] base::Result<std::vector<Section>> links_sections(const LinkView& view, const Truth& truth,
                                                                const KnownLinks& known);

}  // namespace throughline::app
