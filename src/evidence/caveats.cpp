#include "evidence/caveats.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include <fmt/format.h>

#include "base/check.h"

namespace throughline::evidence {
namespace {

struct Entry {
  Caveat caveat;
  std::string_view code;
  std::string_view sentence;
};

constexpr std::array<Entry, 27> k_entries{{
    {Caveat::household_frame, "HOUSEHOLD_FRAME",
     "Only people in private households were asked, so people who are homeless, in prison or in hostels are missing."},
    {Caveat::self_report, "SELF_REPORT", "People were asked about themselves and may say less than is so."},
    {Caveat::rare_event, "RARE_EVENT", "The survey meets too few cases of what is rare, and killings not at all."},
    {Caveat::threshold_change, "THRESHOLD_CHANGE",
     "What it takes to be admitted or treated has changed over the years, and the figures with it."},
    {Caveat::not_need, "NOT_NEED", "This counts people who were seen by a service, not people who needed one."},
    {Caveat::linkage_mismatch, "LINKAGE_MISMATCH",
     "Health and police figures for the same events do not agree with one another."},
    {Caveat::polydrug, "POLYDRUG",
     "One death can name several substances, so figures for substances overlap and may not be added up."},
    {Caveat::registration_delay, "REGISTRATION_DELAY",
     "The latest period is incomplete: an event is counted when it is registered, often long after it happened."},
    {Caveat::police_activity, "POLICE_ACTIVITY",
     "This shows what the police found and recorded; more looking gives higher figures without more harm."},
    {Caveat::recording_change, "RECORDING_CHANGE",
     "How the police record these events has changed, so earlier and later figures may not mean the same."},
    {Caveat::small_count, "SMALL_COUNT",
     "There are fewer than ten events here, so a difference is easily chance; the interval is exact."},
    {Caveat::perverse_incentive, "PERVERSE_INCENTIVE",
     "This figure has been a target, and targets change what is recorded as well as what happens."},
    {Caveat::voluntary_reporting, "VOLUNTARY_REPORTING", "Whoever reports does so by choice, and some do not."},
    {Caveat::coverage, "COVERAGE", "Only part of what the title names is covered."},
    {Caveat::irregular_collection, "IRREGULAR_COLLECTION", "The figures are not collected regularly and have gaps."},
    {Caveat::detection_effort, "DETECTION_EFFORT",
     "A rise can mean more of it or closer attention to it; these figures alone cannot tell."},
    {Caveat::displacement, "DISPLACEMENT", "What leaves one place may have moved to the next; look at the neighbours."},
    {Caveat::composite, "COMPOSITE", "Several series are rolled into one number here; read it with its parts."},
    {Caveat::not_absolute, "NOT_ABSOLUTE", "This shows change since a base year, not how much harm there is."},
    {Caveat::undefined_term, "UNDEFINED_TERM", "The term has no agreed definition; the one used here is given."},
    {Caveat::absent_not_zero, "ABSENT_NOT_ZERO",
     "Some months were not received or not published; they are missing, not nought."},
    {Caveat::blank_field, "BLANK_FIELD",
     "The field that this counts by is empty in some rows; they are shown apart and not shared out."},
    {Caveat::category_renamed, "CATEGORY_RENAMED",
     "A category begins, ends or changes its name within this time, so parts of the series may not be alike."},
    {Caveat::vintage, "VINTAGE", "Boundaries, populations or figures of different editions meet here."},
    {Caveat::different_universe, "DIFFERENT_UNIVERSE",
     "These series count different things under similar names and may not be joined."},
    {Caveat::definition_differs, "DEFINITION_DIFFERS",
     "Definitions differ between places, so compare each place with itself over time, not with the others."},
    {Caveat::snapped_location, "SNAPPED_LOCATION",
     "Points were moved by the publisher to a nearby map point, so small areas can be out by a little."},
}};

const Entry& entry_of(Caveat caveat) {
  const auto& entry = k_entries.at(static_cast<std::size_t>(caveat));
  CHECK(entry.caveat == caveat);
  return entry;
}

constexpr std::array<Caveat, k_entries.size()> k_all = [] {
  std::array<Caveat, k_entries.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i] = k_entries[i].caveat;
  }
  return all;
}();

// One thing that one caveat forbids.
struct Prohibition {
  Use use;
  Caveat caveat;
  Rule rule;
  std::string_view reason;
  std::string_view remedy;
};

constexpr std::array<Prohibition, 12> k_prohibitions{{
    {Use::call_incidence, Caveat::police_activity, Rule::activity_is_not_incidence,
     "This series counts what the police recorded, so it may not be called incidence.",
     "Call it recorded offences or recorded activity."},
    {Use::rank_areas, Caveat::police_activity, Rule::activity_is_not_ranked,
     "Areas may not be ranked by what the police recorded: more recording would read as a worse place.",
     "List the areas by name, or rank by a series that does not come from the police."},
    {Use::rank_areas, Caveat::definition_differs, Rule::levels_are_not_compared,
     "Places that define this differently may not be ranked.", "Compare each place with itself over time."},
    {Use::percentage_change, Caveat::registration_delay, Rule::latest_period_is_incomplete,
     "The latest period is not complete, so a change to it may not be given.", "Compare earlier periods."},
    {Use::percentage_change, Caveat::different_universe, Rule::universes_are_not_joined,
     "The two periods come from series that count different things, so no change may be given.",
     "Compare within one series."},
    {Use::sum_substances, Caveat::polydrug, Rule::substances_are_not_summed,
     "One death can name several substances, so figures for substances may not be added up.",
     "Ask for all substances together."},
    {Use::compare_levels, Caveat::definition_differs, Rule::levels_are_not_compared,
     "Definitions differ between these places, so their levels may not be compared.",
     "Compare each place with itself over time."},
    {Use::join_series, Caveat::different_universe, Rule::universes_are_not_joined,
     "These series count different things under similar names and may not be joined.", "Show them side by side."},
    {Use::treat_point_as_address, Caveat::snapped_location, Rule::snapped_points_are_not_addresses,
     "These points were moved by their publisher to a nearby map point, so nothing may be said about an address "
     "or about distances between events.",
     "Count by LSOA or a larger area."},
    {Use::report_latest_period, Caveat::registration_delay, Rule::latest_period_is_incomplete,
     "The latest period is not complete: events are registered long after they happened.",
     "Report the period before, or show the latest one greyed."},
    {Use::show_without_parts, Caveat::composite, Rule::composite_shows_its_parts,
     "A composite is never shown without its parts.", "Show the parts beside it."},
    {Use::approximate_interval, Caveat::small_count, Rule::exact_intervals_only,
     "There are too few events for an approximate interval.", "Use the exact interval."},
}};

std::optional<Refusal> refuse_change(const Caveats& caveats, const UseContext& context) {
  if (context.smallest_count < k_change_count_min) {
    return Refusal{
        .rule = Rule::no_change_under_ten,
        .reason = fmt::format("One of the two counts is {}; no percentage change is given when either is under {}.",
                              context.smallest_count, k_change_count_min),
        .remedy = "Compare the counts and their intervals, or take a longer period or a larger area."};
  }
  if (caveats.has(Caveat::absent_not_zero) && !context.absent.empty()) {
    return Refusal{.rule = Rule::absent_months_are_not_summed,
                   .reason = fmt::format("Months are missing ({}), so the two periods are not alike.", context.absent),
                   .remedy = "Compare periods of which every month was received."};
  }
  return std::nullopt;
}

std::optional<Refusal> refuse_absent(Use use, const Caveats& caveats, const UseContext& context) {
  if (!caveats.has(Caveat::absent_not_zero)) {
    return std::nullopt;
  }
  if (use == Use::sum_periods) {
    return Refusal{.rule = Rule::absent_months_are_not_summed,
                   .reason = fmt::format("Months are missing ({}), and a missing month is not nought, so no total for "
                                         "the whole period is given.",
                                         context.absent),
                   .remedy = "Ask for the months that were received, or ingest the missing files."};
  }
  return Refusal{.rule = Rule::absent_months_break_lines,
                 .reason = fmt::format("Months are missing ({}), so the line is broken there.", context.absent),
                 .remedy = "Draw the line in pieces."};
}

}  // namespace

std::span<const Caveat> all_caveats() {
  return k_all;
}

std::string_view code_of(Caveat caveat) {
  return entry_of(caveat).code;
}

std::string_view sentence_of(Caveat caveat) {
  return entry_of(caveat).sentence;
}

std::optional<Caveat> caveat_named(std::string_view code) {
  const auto is_same = [](char left, char right) {
    return std::toupper(static_cast<unsigned char>(left)) == std::toupper(static_cast<unsigned char>(right));
  };
  for (const Entry& entry : k_entries) {
    if (std::ranges::equal(entry.code, code, is_same)) {
      return entry.caveat;
    }
  }
  return std::nullopt;
}

std::string text_of(const CaveatNote& note) {
  const std::string_view sentence = sentence_of(note.caveat);
  return note.detail.empty() ? std::string(sentence) : fmt::format("{} Here: {}.", sentence, note.detail);
}

Caveats::Caveats(std::initializer_list<Caveat> caveats) {
  for (const Caveat caveat : caveats) {
    add(caveat);
  }
}

void Caveats::add(Caveat caveat, std::string detail) {
  CaveatNote note{.caveat = caveat, .detail = std::move(detail)};
  const auto place = std::ranges::lower_bound(notes_, note);
  if (place == notes_.end() || *place != note) {
    notes_.insert(place, std::move(note));
  }
}

void Caveats::unite(const Caveats& other) {
  for (const CaveatNote& note : other.notes_) {
    add(note.caveat, note.detail);
  }
}

bool Caveats::has(Caveat caveat) const {
  return std::ranges::any_of(notes_, [&](const CaveatNote& note) { return note.caveat == caveat; });
}

std::string Caveats::codes() const {
  std::string text;
  for (const Caveat caveat : all_caveats()) {
    if (has(caveat)) {
      text += text.empty() ? "" : " ";
      text += code_of(caveat);
    }
  }
  return text;
}

std::string_view name_of(Rule rule) {
  switch (rule) {
    case Rule::activity_is_not_incidence: return "activity_is_not_incidence";
    case Rule::activity_is_not_ranked: return "activity_is_not_ranked";
    case Rule::activity_fall_is_not_improvement: return "activity_fall_is_not_improvement";
    case Rule::no_change_under_ten: return "no_change_under_ten";
    case Rule::exact_intervals_only: return "exact_intervals_only";
    case Rule::absent_months_are_not_summed: return "absent_months_are_not_summed";
    case Rule::absent_months_break_lines: return "absent_months_break_lines";
    case Rule::substances_are_not_summed: return "substances_are_not_summed";
    case Rule::levels_are_not_compared: return "levels_are_not_compared";
    case Rule::universes_are_not_joined: return "universes_are_not_joined";
    case Rule::snapped_points_are_not_addresses: return "snapped_points_are_not_addresses";
    case Rule::latest_period_is_incomplete: return "latest_period_is_incomplete";
    case Rule::composite_shows_its_parts: return "composite_shows_its_parts";
    case Rule::rate_needs_denominator: return "rate_needs_denominator";
    case Rule::area_not_recorded: return "area_not_recorded";
    case Rule::nothing_to_compare: return "nothing_to_compare";
    case Rule::nothing_received: return "nothing_received";
    case Rule::category_not_recorded: return "category_not_recorded";
    case Rule::more_events_than_people: return "more_events_than_people";
    case Rule::estimate_without_interval: return "estimate_without_interval";
  }
  CHECK(false && "a rule without a name");
}

std::string text_of(const Refusal& refusal) {
  return fmt::format("{}: {}{}{}", name_of(refusal.rule), refusal.reason, refusal.remedy.empty() ? "" : " ",
                     refusal.remedy);
}

std::optional<Refusal> refuse(Use use, const Caveats& caveats, const UseContext& context) {
  if (use == Use::percentage_change) {
    if (auto refusal = refuse_change(caveats, context)) {
      return refusal;
    }
  }
  if (use == Use::sum_periods || use == Use::join_line) {
    return refuse_absent(use, caveats, context);
  }
  if (use == Use::report_fall_as_improvement && caveats.has(Caveat::police_activity) &&
      !context.is_paired_independently) {
    return Refusal{.rule = Rule::activity_fall_is_not_improvement,
                   .reason =
                       "A fall in what the police recorded may not be reported as an improvement: less looking "
                       "gives the same fall.",
                   .remedy = "Show a series that does not come from the police beside it."};
  }
  for (const Prohibition& each : k_prohibitions) {
    if (each.rule == Rule::latest_period_is_incomplete && !context.reaches_latest) continue;
    if (each.use == use && caveats.has(each.caveat)) {
      return Refusal{.rule = each.rule, .reason = std::string(each.reason), .remedy = std::string(each.remedy)};
    }
  }
  return std::nullopt;
}

}  // namespace throughline::evidence
