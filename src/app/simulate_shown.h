// The market model, a scenario and a comparison as pages see them: plain values with the names of the files beside
// them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"

namespace throughline::app {

struct ModelAreaShown {
  std::string code;
  std::string name;
  std::string force;
  double easting_metres = 0;
  double northing_metres = 0;
  std::int64_t residents = 0;
  bool is_hub = false;
};

// A lever, a target of a strike, or a world: its name in files and what it is.
struct ModelWords {
  std::string name;
  std::string what;
};

struct ModelRival {
  double value = 0;
  std::string source;
};

struct ModelParameter {
  std::string name;
  double value = 0;
  double low = 0;
  double high = 0;
  std::string unit;
  std::string source;
  std::string note;
  bool is_assumption = false;
  std::vector<ModelRival> rivals;
};

struct ModelOutcome {
  std::string name;
  std::string kind;  // stock, index, count or amount.
  std::string what;
  bool is_mapped = false;  // Given by place and period too.
};

// What a comparison asked for over the network may take.
struct ComparisonBounds {
  std::int64_t days_least = 28;
  std::int64_t days_most = 3650;
  std::int64_t replicates_least = 5;
  std::int64_t replicates_most = 200;
  std::int64_t changes_most = 40;  // With strikes.
  std::int64_t text_most = 20'000;
};

struct ModelShown {
  std::string world;
  std::string title;
  base::Date starts;
  std::vector<ModelWords> worlds;
  std::vector<ModelAreaShown> areas;
  std::vector<ModelWords> levers;
  std::vector<ModelWords> strikes;
  std::vector<ModelParameter> parameters;
  std::vector<ModelOutcome> outcomes;
  std::int64_t assumptions = 0;
  std::vector<std::string> cannot_tell;  // A sentence each.
  ComparisonBounds bounds;
};

// A change of a lever, or a strike, as read from a scenario's file. Areas by name; a force where all of its places are
// meant; empty: everywhere.
struct ScenarioChange {
  std::string lever;
  double multiply = 1;
  std::optional<base::Date> from;
  std::optional<base::Date> until;
  std::vector<std::string> areas;
};
struct ScenarioStrike {
  std::string target;
  double share = 1;
  base::Date date;
  std::vector<std::string> areas;
};
struct ScenarioShown {
  std::string name;
  std::vector<ScenarioChange> changes;
  std::vector<ScenarioStrike> strikes;
};

// Limits, and the share of pairs in which it was higher, where any pair differs.
struct TotalShown {
  std::string where;
  std::string outcome;
  double baseline = 0;
  double difference = 0;
  std::optional<double> low;
  std::optional<double> high;
  std::optional<double> share_up;
};

// Over the periods, in their order; everywhere, or in one area. Without limits where no pair differs.
struct CourseShown {
  std::string outcome;
  std::string area;  // A code; empty: everywhere.
  std::vector<double> baseline;
  std::vector<double> difference;
  std::vector<std::optional<double>> low;
  std::vector<std::optional<double>> high;
};

// Of one area over the whole run.
struct AreaTotalShown {
  std::string outcome;
  std::string area;
  double baseline = 0;
  double difference = 0;
  std::optional<double> low;
  std::optional<double> high;
};

struct ComparisonPeriod {
  base::Date from;
  std::int64_t days = 0;
};

// What a comparison follows from: a built-in world, how long, and the very files that the command line reads.
struct ComparisonAsked {
  std::string world = "small";
  std::int64_t days = 730;
  std::uint64_t seed = 1;
  std::int64_t replicates = 20;
  std::string every = "month";
  std::string scenario{};    // TOML.
  std::string parameters{};  // TOML; empty: none is changed.
};

struct ComparisonShown {
  ComparisonAsked asked;
  std::string name;
  base::Date starts;
  std::vector<ComparisonPeriod> periods;
  std::vector<std::string> acted_on;  // Codes of areas.
  std::vector<TotalShown> totals;
  std::vector<CourseShown> courses;
  std::vector<CourseShown> areas;
  std::vector<AreaTotalShown> area_totals;  // In the same order.
  std::vector<ModelParameter> changed;      // Parameters with a value of the asker's.
};

}  // namespace throughline::app
