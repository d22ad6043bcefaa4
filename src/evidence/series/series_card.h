// A published series with everything that must be known to read it, and its values.
//
// A series is of one publisher, one universe, one unit and one release; two of these are two series and are never
// joined. A value that was not published is absent: it is no nought, and nothing is worked out across it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/caveats.h"
#include "evidence/series/series_span.h"

namespace throughline::evidence {

struct SeriesPoint {
  std::string area;
  SeriesSpan span;
  double value = 0;
};

// One line of figures within a series: a category, or one of several ways in which its publisher counts the same thing.
struct SeriesLine {
  std::string name;   // "drugs".
  std::string title;  // "for drugs, section 1".
  // Which statements mean it: all concepts of `is`, one of `one_of` where there are any, and none beyond these and
  // `may`.
  std::vector<std::string> is;
  std::vector<std::string> one_of;
  std::vector<std::string> may;
  bool is_default = false;  // The reading that those words have first. Where no line is, none comes before the others.
  std::vector<SeriesPoint> points;  // Only what was published; by area, then by period.

  [[nodiscard]] const SeriesPoint* at(const std::string& area, const SeriesSpan& span) const;
  [[nodiscard]] bool has_area(const std::string& area) const;
  // The last period that has a value there.
  [[nodiscard]] const SeriesPoint* last_of(const std::string& area) const;
};

struct SeriesCard {
  std::string name;
  std::string title;
  std::string publisher;
  std::string universe;
  std::string unit;
  std::string date_basis;
  std::string geography;
  std::string release;
  std::string revision;
  std::string costs;  // Whether there are costs in it, and whose.
  std::string file;
  std::string file_hash;  // SHA-256 of the file as it is carried.
  Caveats caveats;
  bool is_percentage = false;
  double per = 0;        // A rate for so many residents; 0 for anything else.
  int pooled_years = 1;  // The years that one value adds up.
  std::vector<SeriesLine> lines;

  [[nodiscard]] std::optional<SeriesSpan> first_span() const;
  // Up to when it runs. Nothing for a series without a value.
  [[nodiscard]] std::optional<SeriesSpan> last_span() const;
};

}  // namespace throughline::evidence
