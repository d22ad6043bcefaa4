// throughline score: what the workspace's modules make of a made-up county, held against the truth that was sealed when
// it was made. The only reader of that folder.
#pragma once

#include <string>

#include "app/verbs.h"

namespace throughline::app {

struct ScoreRequest {
  std::string truth{};  // The sealed folder.
};

// Sections of score_links.h. Wants the right that the accuracy of links wants, a purpose too; an entry of the log.
// Errors: "truth_needed"; those of read_truth() and known_links(); those of every question about links.
[[nodiscard]] Answer score(const Outside& outside, const Settings& settings, const ScoreRequest& request);

}  // namespace throughline::app
