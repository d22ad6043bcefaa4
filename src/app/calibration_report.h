// What labels made of the model's probabilities, as a part of a section about a run.
#pragma once

#include <optional>

#include "app/link_view.h"
#include "app/report.h"

namespace throughline::app {

// Labels that a run had of pairs it kept, and what it made of them.
struct RunLabels {
  std::int64_t same = 0;
  std::int64_t different = 0;
  std::int64_t pending = 0;  // Judged, and waiting for a second person: no labels yet.
  std::optional<linkage::Recalibration> recalibration{};
};
// Those of the view's run; where it was not recalibrated, the labels that there are by now.
[[nodiscard]] RunLabels run_labels(const LinkView& view);

// Facts labels_same, labels_different, labels_pending, recalibrated; where it was: offset_bits, slope, together_bits
// and table "calibration" (stands, model, calibrated, low, high); else a note that says how many labels are wanted.
void add_calibration(Section& section, const RunLabels& labels);

}  // namespace throughline::app
