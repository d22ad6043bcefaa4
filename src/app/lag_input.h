// Two series period by period, without a hole, for lag.
#pragma once

#include <string>
#include <vector>

#include "app/lag_verb.h"
#include "base/result.h"
#include "evidence/caveats.h"
#include "evidence/lags/lag_analysis.h"

namespace throughline::app {

struct LagPair {
  std::vector<double> leader;
  std::vector<double> follower;
  std::string from;  // The periods they share.
  std::string to;
  std::string area;
  std::string leader_title;
  std::string follower_title;
  evidence::Caveats caveats;       // Of both, united.
  std::vector<std::string> notes;  // What was left out, and why.
};

// The longest run of periods that both have. Errors as of the verb.
[[nodiscard]] base::Result<LagPair> lag_pair(const LagRequest& request);

// Error "window_malformed".
struct LagWindow {
  int low = 0;
  int high = 0;
};
[[nodiscard]] base::Result<LagWindow> lag_window(const std::string& text);

}  // namespace throughline::app
