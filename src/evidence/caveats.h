// Caveats: the coded limits of a series, the one plain sentence each is shown with, and what each forbids.
//
// A caveat travels with every figure that is derived from a series that carries it: caveats are united, never dropped.
// What a caveat forbids is refused, and a refusal is a value with its rule and its reason, to be shown where the answer
// would have stood.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace throughline::evidence {

enum class Caveat {
  household_frame,
  self_report,
  rare_event,
  threshold_change,
  not_need,
  linkage_mismatch,
  polydrug,
  registration_delay,
  police_activity,
  recording_change,
  small_count,
  perverse_incentive,
  voluntary_reporting,
  coverage,
  irregular_collection,
  detection_effort,
  displacement,
  composite,
  not_absolute,
  undefined_term,
  absent_not_zero,
  blank_field,
  category_renamed,
  vintage,
  different_universe,
  definition_differs,
  snapped_location,
};

// Every caveat, in the order in which they are printed.
[[nodiscard]] std::span<const Caveat> all_caveats();

// "POLICE_ACTIVITY": the code that pages, files and the API show.
[[nodiscard]] std::string_view code_of(Caveat caveat);

// What the caveat means for a reader, in one sentence.
[[nodiscard]] std::string_view sentence_of(Caveat caveat);

// The caveat with that code, in any case of letters. Nothing when there is none.
[[nodiscard]] std::optional<Caveat> caveat_named(std::string_view code);

// One caveat as a figure carries it. `detail` says what it is about here ("residents of mid-2020"); it may be empty.
struct CaveatNote {
  Caveat caveat = Caveat::police_activity;
  std::string detail;
  friend auto operator<=>(const CaveatNote&, const CaveatNote&) = default;
};

// The sentence, followed by the detail where there is one.
[[nodiscard]] std::string text_of(const CaveatNote& note);

// A set of notes, sorted by caveat and detail, without repetition.
class Caveats {
 public:
  Caveats() = default;
  Caveats(std::initializer_list<Caveat> caveats);

  void add(Caveat caveat, std::string detail = {});
  // The only way two sets become one.
  void unite(const Caveats& other);

  [[nodiscard]] bool has(Caveat caveat) const;
  [[nodiscard]] const std::vector<CaveatNote>& notes() const { return notes_; }
  // The codes, each once, separated by a space.
  [[nodiscard]] std::string codes() const;

  friend bool operator==(const Caveats&, const Caveats&) = default;

 private:
  std::vector<CaveatNote> notes_;
};

// The rules that refuse. The name of a rule is shown with its reason.
enum class Rule {
  activity_is_not_incidence,
  activity_is_not_ranked,
  activity_fall_is_not_improvement,
  no_change_under_ten,
  exact_intervals_only,
  absent_months_are_not_summed,
  absent_months_break_lines,
  substances_are_not_summed,
  levels_are_not_compared,
  universes_are_not_joined,
  snapped_points_are_not_addresses,
  latest_period_is_incomplete,
  composite_shows_its_parts,
  rate_needs_denominator,
  area_not_recorded,
  nothing_to_compare,
  nothing_received,
  category_not_recorded,
  more_events_than_people,
  estimate_without_interval,
};

// "activity_is_not_incidence".
[[nodiscard]] std::string_view name_of(Rule rule);

// An answer that is not given.
struct Refusal {
  Rule rule = Rule::rate_needs_denominator;
  std::string reason;       // A whole sentence, with the names and numbers that matter.
  std::string remedy = {};  // What can be asked instead. May be empty.
  friend bool operator==(const Refusal&, const Refusal&) = default;
};

// "activity_is_not_ranked: Areas may not be ranked by ... List the areas by name, ...".
[[nodiscard]] std::string text_of(const Refusal& refusal);

// A value, or why there is none.
template <class T>
using OrRefusal = std::variant<T, Refusal>;

// What somebody wants to do with a series.
enum class Use {
  call_incidence,
  rank_areas,
  report_fall_as_improvement,
  percentage_change,
  approximate_interval,
  sum_periods,
  join_line,
  sum_substances,
  compare_levels,
  join_series,
  treat_point_as_address,
  report_latest_period,
  show_without_parts,
};

// What a rule may need to know beyond the caveats themselves.
struct UseContext {
  std::int64_t smallest_count = 0;       // The smaller of the counts that a change would compare.
  bool is_paired_independently = false;  // Another series, not of police activity, is shown beside it.
  std::string absent = {};               // The missing months in words: "2025-04 from Kent Police".
  bool reaches_latest = true;            // The use reaches the last period that the series has.
};

// The first rule that forbids the use, in the order of Rule; nothing when it is allowed. Cost: a look at each rule.
[[nodiscard]] std::optional<Refusal> refuse(Use use, const Caveats& caveats, const UseContext& context = {});

// Below this many events no percentage change is given.
inline constexpr std::int64_t k_change_count_min = 10;

}  // namespace throughline::evidence
