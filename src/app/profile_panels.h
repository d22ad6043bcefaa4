// The panels of a profile as sections of a report. Pure.
#pragma once

#include <string>
#include <vector>

#include "app/indicator_reading.h"
#include "app/report.h"

namespace throughline::app {

struct ReadIndicator {
  const evidence::Indicator* indicator = nullptr;
  IndicatorReading reading;
};

// One section a panel that has an indicator, in the order given: a table of its name with the figures, and one of its
// name and "_sources" with what each was compared with, its limits, and where it is from.
[[nodiscard]] std::vector<Section> panel_sections(const std::vector<ReadIndicator>& indicators,
                                                  const std::vector<evidence::Panel>& order);
// All of them as one table, panel by panel.
[[nodiscard]] Table indicators_table(const std::vector<ReadIndicator>& indicators,
                                     const std::vector<evidence::Panel>& order);

}  // namespace throughline::app
