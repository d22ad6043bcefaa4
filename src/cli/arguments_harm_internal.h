// The verbs about how much harm there is, seen, unseen and out of the ordinary, and about what is recorded of it.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <vector>

#include "app/activity_verb.h"
#include "app/define_verb.h"
#include "app/disparity_verb.h"
#include "app/gap_verb.h"
#include "app/harm_index.h"
#include "app/hidden_lists.h"
#include "app/hotspots_verb.h"
#include "app/lag_verb.h"
#include "app/profile_verb.h"
#include "app/sentinel_verb.h"
#include "app/trend_verb.h"
#include "app/watch_verb.h"
#include "cli/arguments_verb.h"

namespace throughline::cli {

// What their options write into.
struct HarmRequests {
  app::HiddenRequest hidden;
  app::IndexRequest index;
  app::DisparityRequest disparity;
  app::SentinelRequest sentinel;
  app::ActivityRequest activity;
  app::WatchRequest watch;
  app::HotspotsRequest hotspots;
  app::ProfileRequest profile;
  app::PlanRequest plan;
  app::DefineRequest define;
  app::TrendRequest trend;
  app::GapRequest gap;
  app::LagRequest lag;
};

[[nodiscard]] std::vector<Verb> add_harm_verbs(const AddVerb& add, const std::shared_ptr<HarmRequests>& requests);
// Those that look for what is out of the ordinary, in time and in space: arguments_watch.cpp.
[[nodiscard]] std::vector<Verb> add_watch_verbs(const AddVerb& add, const std::shared_ptr<HarmRequests>& requests);
// How an area stands, and whether its plan does: arguments_profile.cpp.
[[nodiscard]] std::vector<Verb> add_profile_verbs(const AddVerb& add, const std::shared_ptr<HarmRequests>& requests);
// Those that ask published series and tables what they say: arguments_series.cpp.
[[nodiscard]] std::vector<Verb> add_series_verbs(const AddVerb& add, const std::shared_ptr<HarmRequests>& requests);
// Paths as they were meant where the command was typed.
void resolve_paths(HarmRequests& requests, const ResolvePath& resolve);

}  // namespace throughline::cli
