// The ways in which a claim can be read against a series, each with its working.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/claims/claim.h"
#include "evidence/series/catalogue.h"

namespace throughline::evidence {

// A line of a series that the words of a claim mean.
struct MatchedLine {
  const SeriesCard* card = nullptr;
  const SeriesLine* line = nullptr;
};

struct Matches {
  std::vector<MatchedLine> lines;
  std::vector<std::string> nearest;  // Titles of what comes near, when nothing matches.
  std::vector<std::string> meant;    // Words that a misspelt one may have meant: “crme”: crime.
};

// Every line of which the claim's words say neither too little nor too much, in the order of the catalogue.
[[nodiscard]] Matches match_series(const Claim& claim, const Catalogue& catalogue);

// "Stops and searches, for drugs, section 1".
[[nodiscard]] std::string title_of(const MatchedLine& match);

// One basis: a line, an area and two periods, and what comes of them.
struct Reading {
  MatchedLine match;
  std::string area;
  std::optional<SeriesSpan> base;
  SeriesSpan end;
  std::optional<double> base_value;
  double end_value = 0;
  double figure = 0;          // In the claim's own scale.
  bool is_stated = false;     // As printed: the default line, each year read as its neighbours are.
  bool is_cut_short = false;  // To the last period stored, since the claim's own end is not.
  bool agrees = false;
  // Why its last period is shown greyed: its publisher has not all of it yet. Nothing where it is whole.
  std::optional<Refusal> greyed = {};
  std::string basis;    // "base: year ending March 2012 (2011/12); end: year ending March 2019 (2018/19)".
  std::string working;  // "(225,366 − 575,350) / 575,350 = −60.8 %".
};

struct Readings {
  std::vector<Reading> readings;      // The stated ones first.
  std::vector<std::string> missing;   // What would be needed and is not stored, a sentence each.
  std::vector<std::string> refusals;  // What cannot be worked out, and why.
};

// Every basis that the matched lines allow. Cost: a few dozen look-ups.
[[nodiscard]] Readings all_readings(const Claim& claim, const Matches& matches);

}  // namespace throughline::evidence
