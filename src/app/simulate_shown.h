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

// The accepted sets of parameters that are built in.
struct ModelEnsemble {
  std::int64_t members = 0;
  std::vector<std::string> parameters;  // Those that every set has a value of its own for, by name.
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
  std::int64_t replicates_most = 400;  // Over all sets of parameters together.
  std::int64_t changes_most = 40;      // With strikes.
  // Places times days, the warm-up with them, of all runs together: about four minutes on two cores, and what runs
  // holds the queue of jobs.
  std::int64_t place_days_most = 20'000'000;
  std::int64_t warm_up_days = 0;
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
  ModelEnsemble ensemble;
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

// Limits and shares where any pair differs; shares are of sets of parameters, of pairs over one set.
struct TotalShown {
  std::string where;
  std::string outcome;
  double baseline = 0;
  double difference = 0;
  std::optional<double> low;
  std::optional<double> high;
  std::optional<double> mean_low;  // Limits of the mean over sets; none over one set.
  std::optional<double> mean_high;
  std::optional<double> share_up;
  std::optional<double> share_between;  // Of the variance, that the parameters make; none over one set.
  std::int64_t higher_in = 0;           // Sets in which it is higher, and lower; pairs over one set.
  std::int64_t lower_in = 0;
};

// What the sets that hold one of rival figures came to, everywhere.
struct RivalShown {
  std::string parameter;
  double figure = 0;
  std::string unit;
  std::string source;
  std::int64_t members = 0;
  std::vector<TotalShown> totals;
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

// Over the accepted sets of parameters, or over one.
enum class Over : std::uint8_t { ensemble, one };

// What a comparison follows from: a built-in world, how long, and the very files that the command line reads.
struct ComparisonAsked {
  Over over = Over::ensemble;
  std::string world = "small";
  std::int64_t days = 730;
  std::uint64_t seed = 1;
  std::optional<std::int64_t> replicates{};  // Pairs of each set; as the command line has it where nobody said.
  std::string every = "month";
  std::string scenario{};    // TOML.
  std::string parameters{};  // TOML; empty: none is changed.
};

struct ComparisonShown {
  ComparisonAsked asked;
  std::string name;
  std::int64_t members = 1;  // Sets of parameters.
  std::int64_t replicates = 0;
  std::string limits;        // chance, outermost or middle.
  std::string limits_words;  // What they are, in a sentence.
  base::Date starts;
  std::vector<ComparisonPeriod> periods;
  std::vector<std::string> acted_on;  // Codes of areas.
  std::vector<TotalShown> totals;
  std::vector<CourseShown> courses;
  std::vector<CourseShown> areas;
  std::vector<AreaTotalShown> area_totals;  // In the same order.
  std::vector<RivalShown> rivals;           // By parameter and figure; none over one set.
  std::vector<ModelParameter> changed;      // Parameters with a value of the asker's.
};

}  // namespace throughline::app
