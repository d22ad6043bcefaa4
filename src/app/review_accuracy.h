// How right the links of the last run are for a purpose, from what people judged.
#pragma once

#include "app/linkage_verbs.h"

namespace throughline::app {

// Section "accuracy" (facts purpose, threshold, judged, true_links, false_links, missed, missed_by_blocking, caught),
// table "measures" (measure, of, value, low, high, labels). An entry of the log.
[[nodiscard]] Answer review_accuracy(const Outside& outside, const Settings& settings);

}  // namespace throughline::app
