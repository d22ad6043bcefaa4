// The sentinel's findings as sections of an answer. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/report.h"
#include "app/sentinel_windows.h"
#include "evidence/sentinel/code_drift.h"
#include "evidence/sentinel/patterns.h"
#include "evidence/sentinel/share_course.h"

namespace throughline::app {

// Two classes, or a part and its whole, as they were found.
struct WatchedPair {
  evidence::RecordedSeries first;   // Possession; the part.
  evidence::RecordedSeries second;  // Trafficking; the whole.
};

// How the share moved, and the periods that were received of both, by their places.
struct WatchedCourse {
  evidence::ShareCourse course;
  std::vector<std::size_t> periods;
  std::vector<std::size_t> too_large;  // Periods in which the part is larger than the whole: in no course.
};

struct SentinelFindings {
  evidence::TwoWindows windows;
  std::optional<WatchedPair> classes;
  std::optional<evidence::OrRefusal<evidence::MovedReading>> moved;
  std::optional<WatchedCourse> moved_course;
  std::optional<WatchedPair> parts;
  std::optional<evidence::OrRefusal<evidence::BolsteredReading>> bolstered;
  std::optional<WatchedCourse> bolstered_course;
  std::optional<evidence::OrRefusal<evidence::CodeDrift>> drift;
};

// Whether anything is there that a reader should look into.
[[nodiscard]] bool has_pattern(const SentinelFindings& findings);

[[nodiscard]] std::vector<Section> sentinel_sections(const RecordedInput& input, const SentinelFindings& findings);

}  // namespace throughline::app
