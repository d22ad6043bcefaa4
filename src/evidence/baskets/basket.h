// Baskets of indicators: what is looked at to say how an area stands, in panels, as data.
//
// - Assumptions: none of its own; an indicator points at a measure of the workspace, at a published series, or at a
//   kind of record, and carries what a target on it alone would reward.
// - Undecidable: whether a basket is a good one. It is a choice, with a version, and is named beside every figure.
// - Source: the Metropolitan Police Authority's scrutiny of 2007 asks for a central basket with local choice
//   (recommendation 6) and warns of incentives (paragraph 51).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/toml_tree.h"

namespace throughline::evidence {

enum class Panel : std::uint8_t { supply, demand, enforcement, violence, exploitation };
inline constexpr std::array k_panels{Panel::supply, Panel::demand, Panel::enforcement, Panel::violence,
                                     Panel::exploitation};
// "supply".
[[nodiscard]] std::string_view name_of(Panel panel);

// Exactly one of measure, series, records and absent is filled.
struct Indicator {
  std::string id;  // Lower-case letters, digits and hyphens.
  std::string title;
  Panel panel = Panel::supply;
  std::string measure;              // Of a workspace, with its category.
  std::string category;             // A slug; empty: all.
  std::vector<std::string> series;  // Published ones, that of the smallest areas first.
  std::string line;
  std::string records;    // A kind of record of agencies, counted by force.
  std::string absent;     // Why nothing can be said, and whom to ask.
  std::string beside;     // The id of an indicator that does not come from the police's own work; empty: none.
  std::string incentive;  // What a target on it alone would reward; empty: nothing known.
  std::optional<double> unit_cost_pounds{};  // What one costs society, for the index of a profile; of a measure alone.
  std::int64_t unit_cost_year = 0;           // In whose prices; all of one basket are of one year.
  std::string unit_cost_source{};
  std::int64_t line_in_file = 0;
};

struct Basket {
  std::string name;
  std::string version;
  std::vector<Indicator> indicators;  // In the order of the file.

  [[nodiscard]] const Indicator* find(std::string_view id) const;
};

// A TOML text: name, version, and [[indicator]] tables. Errors, each with file and line: "toml_malformed",
// "key_unknown" with the nearest, "value_missing", "value_malformed", "panel_unknown", "source_not_one" for an
// indicator of which not exactly one source is named, "measure_unknown", "series_unknown", "line_unknown",
// "indicator_twice", "cost_without_source", "price_years_mixed", "beside_unknown", "beside_not_independent" where it is
// police activity itself.
[[nodiscard]] base::Result<Basket> read_basket(std::string_view text, const std::string& file);
// The indicators of a table that holds other things too, such as a plan.
[[nodiscard]] base::Result<std::vector<Indicator>> read_indicators(const base::TomlNode& root, const std::string& file);

// The central one, with the indicators of a local one, read from that file, after it. Errors: "indicator_twice",
// "beside_unknown", "beside_not_independent".
[[nodiscard]] base::Result<Basket> with_local(const Basket& central, const Basket& local, const std::string& file);

// data/baskets/central.toml as it is carried in the program. Read once.
[[nodiscard]] const Basket& central_basket();

// Whether what it counts is the police's own work.
[[nodiscard]] bool is_police_activity(const Indicator& indicator);

}  // namespace throughline::evidence
