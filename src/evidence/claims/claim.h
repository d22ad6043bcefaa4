// The nouns of claims: what a statement says, ready to be held against series.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/series/series_span.h"

namespace throughline::evidence {

// The values that a printed figure stands for: 61 per cent is anything that rounds to it, "more than 100" anything
// above.
struct PrintedFigure {
  double low = 0;
  double high = 0;
  bool is_low_open = false;  // The end itself does not belong to it.
  bool is_high_open = false;
  std::string words;  // As it was printed.

  [[nodiscard]] bool allows(double value) const;
  [[nodiscard]] double middle() const;
};

// How a figure's words widen or narrow it.
enum class FigureQualifier { none, more_than, less_than, at_least, at_most, about, almost };

struct FigureShape {
  int decimals = 0;       // After the point, as printed.
  bool is_count = false;  // Trailing noughts of a large count are rounding.
  FigureQualifier qualifier = FigureQualifier::none;
};

// The interval of a figure: half a unit of its last digit either way; "about" 5 per cent; "almost" from 15 per cent
// below.
[[nodiscard]] PrintedFigure printed_figure(double value, FigureShape shape, std::string words);
// "Doubled" and the like: a ratio, as the percentage change that it is, within 2.5 per cent of the ratio.
[[nodiscard]] PrintedFigure printed_ratio(double ratio, FigureQualifier qualifier, std::string words);

enum class ClaimKind { change_percent, change_points, level };

// A period as the statement names it. A bare year can be read in several ways.
struct ClaimPeriod {
  SeriesSpan span;
  bool is_bare = false;
};

struct Claim {
  std::string words;                  // As it came.
  std::vector<std::string> concepts;  // What is counted, sorted.
  std::vector<std::string> unknown;   // Words that no series knows.
  std::string area;                   // Empty: none was named.
  std::optional<ClaimPeriod> base;    // Of a change.
  std::optional<ClaimPeriod> end;     // Of a change, or the period of a level. Empty after "since": up to now.
  ClaimKind kind = ClaimKind::level;
  PrintedFigure size;
  std::optional<PrintedFigure> from;  // "From X to Y": both levels, beside the change.
  std::optional<PrintedFigure> to;
  bool is_percentage = false;  // The level's unit.
  double per = 0;              // The level is a rate for so many residents.
};

}  // namespace throughline::evidence
