// The parts of a joint reading, out of a table or out of the series that are carried.
#pragma once

#include <string>
#include <vector>

#include "app/activity_verb.h"
#include "app/report.h"
#include "base/result.h"
#include "evidence/activity/joint_reading.h"

namespace throughline::app {

struct ActivityParts {
  evidence::ActivityInput input;
  std::string before;
  std::string after;
  std::vector<std::string> universes;  // Of searches, finds, recorded and each independent series, in that order.
  std::vector<Fact> facts;
  std::vector<std::string> notes;
};

[[nodiscard]] base::Result<ActivityParts> activity_of_table(const ActivityRequest& request);
// Drug searches under section 1, arrests for drug offences, deaths from drug misuse and admissions with a primary
// diagnosis and for poisoning. Nobody published how often those searches found something by itself, so that is not
// known.
[[nodiscard]] base::Result<ActivityParts> activity_of_nation(const ActivityRequest& request);

}  // namespace throughline::app
