// Categories that were never seen before, told from categories that were renamed.
//
// A category is the watcher's own word: it is fresh when its first event, over every area, comes after the source has
// been received for a year without it. A word that ended shortly before may be the same thing under its old name: it is
// named beside the fresh one, and only a declared renaming settles it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "evidence/watch/alert.h"

namespace throughline::evidence {

// `before` ended and `after` took its place, as a mapping or a person declares it.
struct Renaming {
  std::string before;
  std::string after;
};

struct FreshCategory {
  std::string category;
  std::size_t period = 0;             // Of its first event.
  std::int64_t events = 0;            // Then.
  std::vector<std::string> areas;     // Where, in the order of the series.
  std::vector<std::string> declared;  // The names it had before, as they are declared: then it is no news.
  std::vector<std::string> ended;     // Categories whose last event was in the three periods before it.
};

struct FreshRule {
  std::size_t known_periods_min = 12;  // Periods received of the source before a first event is news.
  std::size_t from = 0;                // The first period told of.
  std::vector<Renaming> renamings = {};
};

// By period, then category.
[[nodiscard]] std::vector<FreshCategory> fresh_categories(const std::vector<WatchedSeries>& series,
                                                          const FreshRule& rule);

// Noughts after a category's last event anywhere are taken away where another is declared to be its successor: the
// series did not fall, its name ended.
void end_renamed(std::vector<WatchedSeries>& series, const std::vector<Renaming>& renamings);

}  // namespace throughline::evidence
