// The nouns of evidence: measures, cells and figures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "evidence/caveats.h"
#include "evidence/intervals.h"
#include "evidence/month_span.h"

namespace throughline::evidence {

// The kinds of area that figures are given for, smallest first.
enum class AreaKind { lsoa, ward, local_authority, force };

// "lsoa", "ward", "local-authority", "force".
[[nodiscard]] std::string_view name_of(AreaKind kind);
[[nodiscard]] std::optional<AreaKind> area_kind_named(std::string_view name);

// How an event comes to belong to an area.
enum class AreaBasis {
  event_place,      // By the LSOA that the record itself names, whoever recorded it.
  reporting_force,  // By the force that recorded it, wherever it happened.
  published_area,   // By the area that the publisher printed beside the figure.
};

// Where a measure's rows come from.
enum class RowSource { street_crime, stop_and_search, observation };

// A rule for a quantity. Every word of it is shown with every figure.
struct Measure {
  std::string_view name;   // "crimes": in cells, commands and addresses.
  std::string_view title;  // "Recorded offences, by where they happened".
  std::string_view publisher;
  std::string_view universe;    // Everything that could have been counted.
  std::string_view unit;        // What one counts: offence, search.
  std::string_view date_basis;  // Which date a count goes by.
  std::string_view area_words;  // How an event comes to belong to an area, in words.
  std::string_view revision;    // Whether published figures change later.
  AreaBasis basis = AreaBasis::event_place;
  RowSource source = RowSource::street_crime;
  bool is_police_activity = true;
};

// Every measure, in the order in which they are listed.
[[nodiscard]] const std::vector<Measure>& measures();
[[nodiscard]] const Measure* find_measure(std::string_view name);

// The category that stands for all of them together.
inline constexpr std::string_view k_all_categories = "all";

// "Violence and sexual offences" gives "violence-and-sexual-offences": lower-case letters and digits, anything else one
// hyphen. Different words of one vocabulary could give one slug; they are then counted together and say so.
[[nodiscard]] std::string slug_of(std::string_view category);

// The recipe of one figure: enough to compute it again from the same extracts.
struct CellId {
  std::string measure;   // The name of a measure.
  std::string category;  // A slug, or "all".
  std::string area;      // An ONS code: a letter and eight digits.
  MonthSpan period;
  std::optional<base::Date> as_of;  // What was known at the end of that day. Nothing: now.
  friend bool operator==(const CellId&, const CellId&) = default;
};

}  // namespace throughline::evidence
