// Disproportionality: how often groups are searched, arrested or dealt with, against a population that is named, and
// what came of it.
//
// - Sources: two_groups.h for ratios; Garwood 1936 and Clopper and Pearson 1934 for rates and shares. Outcome test:
//   Becker 1957; Knowles, Persico and Todd 2001.
// - Assumptions: see two_groups.h. A population of residents stands for the people whom the police could have met.
// - Bias: residents are not the people on a street. Where one group is more often out, or visits from elsewhere, a
// ratio
//   over residents shows that too. A hit rate is a mean over all searches of a group, not of those that were nearly not
//   made, so equal hit rates do not show equal thresholds, nor unequal ones unequal thresholds (Ayres 2002).
// - Undecidable: whose the events of unknown ethnicity were. The bounds say how far that can move a ratio.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evidence/caveats.h"
#include "evidence/disparity/outcomes.h"
#include "evidence/disparity/two_groups.h"

namespace throughline::evidence {

// What is known of one group in one area and period.
struct GroupTally {
  std::string group;  // "Black". Empty: events of people whose group is not known.
  std::int64_t events = 0;
  std::optional<std::int64_t> people;  // Of the population chosen. Never of the unknown.
  std::vector<OutcomeTally> outcomes;  // Empty where outcomes are no part of the data; else they add up to the events.
  std::optional<std::int64_t> linked;  // Of those with `linked_known`, whose outcome was linked to what was sought.
  std::int64_t linked_known = 0;
};

struct GroupTable {
  std::string area;    // May be empty.
  std::string period;  // May be empty.
  std::vector<GroupTally> groups;
  Caveats caveats;     // Of the source.
  std::string absent;  // Months that were not received, in words; then no rate over the period is given.

  [[nodiscard]] const GroupTally* find(const std::string& group) const;
  // Events of unknown group.
  [[nodiscard]] std::int64_t unknown() const;
};

struct GroupDisparity {
  std::string group;
  std::int64_t events = 0;
  std::optional<std::int64_t> people;
  OrRefusal<Rate> rate;                 // For each 1,000 people, over the period.
  OrRefusal<RatioEstimate> risk_ratio;  // Against the reference.
  OrRefusal<RatioEstimate> odds_ratio;
  Caveats caveats;
};

// How far the events of unknown group can move a ratio: all to the reference, left out, or all to the group. Any other
// way to share them out lies between.
struct UnknownBounds {
  std::string group;
  OrRefusal<double> least;
  OrRefusal<double> known;
  OrRefusal<double> most;
};

// What a search is said to have hit.
enum class HitBasis { any_outcome, arrest, linked };
[[nodiscard]] std::string_view name_of(HitBasis basis);

struct HitFigure {
  HitBasis basis = HitBasis::any_outcome;
  std::string group;
  std::int64_t hits = 0;
  std::int64_t recorded = 0;       // Searches of which that is known.
  std::int64_t blank = 0;          // And of which it is not.
  std::int64_t unknown_words = 0;  // And whose outcome is in words that are in no disposal.
  Interval share;                  // Clopper and Pearson.
  OrRefusal<RatioEstimate> ratio;
  Caveats caveats;
};

// Of a group's searches that found something, how many ended so.
struct DisposalFigure {
  std::string group;
  Disposal disposal = Disposal::arrest;
  std::int64_t count = 0;
  std::int64_t found = 0;
  Interval share;
  OrRefusal<RatioEstimate> ratio;
  Caveats caveats;
};

struct DisparityFigures {
  std::vector<GroupDisparity> groups;  // The reference first, then by name.
  std::vector<UnknownBounds> bounds;
  std::vector<HitFigure> hits;             // Empty without outcomes.
  std::vector<DisposalFigure> disposals;   // Only those that any group has.
  std::vector<std::string> unknown_words;  // Outcomes that are in no disposal, sorted.
  Caveats caveats;                         // Of all.
};

// Everything of one table. Refusals: nobody is counted in the population (rate_needs_denominator); see two_groups.h.
// REQUIRES: `reference` is one of the groups; counts are not negative; people, where given, are above nought.
[[nodiscard]] DisparityFigures disparity_figures(const GroupTable& table, const std::string& reference,
                                                 Confidence confidence = {});

}  // namespace throughline::evidence
