// throughline hidden: how many no list saw, from a table of overlapping lists or from the linked records of a
// workspace.
#pragma once

#include <cstdint>
#include <string>

#include "app/verbs.h"
#include "evidence/hidden/lists.h"

namespace throughline::app {

struct HiddenRequest {
  std::string file{};               // A column of 0 and 1 for each list, then count.
  std::string output{};             // Where the estimates go, as CSV; empty: nowhere.
  double p_max = 0.02;              // A pair comes into the model below this.
  std::int64_t resamples = 1000;    // 0: no bootstrap.
  std::int64_t simulations = 1000;  // Of list sets, to measure coverage; 0: none.
  std::uint64_t seed = 1;
  bool is_from_links = false;  // Lists are agencies that hold a person in the capacity.
  std::string capacity = "missing";
  std::string category{};    // Of the event, in the source's words, any part of them. Empty: any.
  std::string from{}, to{};  // Months, both included. Empty: all.
  std::int64_t draws = 50;   // Of the links.
};

// Reads such a table. Errors, with the line where there is one: those of read_small_table; "column_missing" (count),
// "column_unknown" (one after count), "lists_too_few", "lists_too_many", "list_not_0_or_1",
// "count_not_whole", "history_empty", "history_twice", "list_catches_nobody",
// "cases_too_many".
[[nodiscard]] base::Result<evidence::ListTable> read_lists(const std::string& path);

// From links, counts from 1 to 9 are left blank, and so is what would tell them. Errors: "lists_not_said" where neither
// a file nor links are named, or both; those of read_lists and of lists_from_links. → sections "lists" (facts file,
// cases, on_several; tables "lists", "overlaps"); then either "refused" (facts rule, reason, remedy) with outcome
// done_with_findings, or "estimate" (facts seen, least, most; tables "estimates", "chosen", "models"), "dependence"
// (table "dependence") and "trust" (table "coverage"), each with notes.
[[nodiscard]] Answer hidden(const Outside& outside, const Settings& settings, const HiddenRequest& request);

}  // namespace throughline::app
