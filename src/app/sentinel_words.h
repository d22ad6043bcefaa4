// What the sentinel says of a pattern: what is seen, and what each of its two readings would mean. Pure.
#pragma once

#include <string>

#include "app/sentinel_report.h"

namespace throughline::app {

struct PatternWords {
  std::string pattern;
  std::string seen;
  std::string if_recording;  // Recording or practice changed, and what happens did not.
  std::string if_real;       // What happens, or how hard it was looked for, changed, and recording did not.
  bool is_flagged = false;
};

[[nodiscard]] PatternWords words_of(const evidence::MovedReading& reading, const WatchedPair& classes);
[[nodiscard]] PatternWords words_of(const evidence::BolsteredReading& reading, const WatchedPair& parts);
[[nodiscard]] PatternWords words_of(const evidence::CodeDrift& drift);
// The course in words, for a share of `name`.
[[nodiscard]] std::string words_of(evidence::Course course);

}  // namespace throughline::app
