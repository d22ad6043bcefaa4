#include "evidence/model.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"

namespace throughline::evidence {
namespace {

constexpr std::array<std::pair<AreaKind, std::string_view>, 4> k_area_kinds{{
    {AreaKind::lsoa, "lsoa"},
    {AreaKind::ward, "ward"},
    {AreaKind::local_authority, "local-authority"},
    {AreaKind::force, "force"},
}};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr std::string_view k_street_publisher = "Home Office, data.police.uk";
constexpr std::string_view k_street_revision =
    "Each month's file is a snapshot; outcomes are updated later in other files, offences are seldom withdrawn";

std::vector<Measure> all_measures() {
  return {
      {.name = "crimes",
       .title = "Recorded offences, by where they happened",
       .publisher = k_street_publisher,
       .universe = "Offences that the police recorded and published at street level; “all” leaves out antisocial "
                   "behaviour, which is incidents and not offences",
       .unit = "offence",
       .date_basis = "The month that the force gives for the offence; no day is published",
       .area_words = "By the record's own LSOA, whichever force recorded it; records without a place are in no area",
       .revision = k_street_revision,
       .basis = AreaBasis::event_place,
       .source = RowSource::street_crime},
      {.name = "crimes-reported",
       .title = "Recorded offences, by the force that recorded them",
       .publisher = k_street_publisher,
       .universe = "Offences that the police recorded and published at street level; “all” leaves out antisocial "
                   "behaviour, which is incidents and not offences",
       .unit = "offence",
       .date_basis = "The month that the force gives for the offence; no day is published",
       .area_words = "By the force that recorded it, wherever it happened; records without a place are counted",
       .revision = k_street_revision,
       .basis = AreaBasis::reporting_force,
       .source = RowSource::street_crime},
      {.name = "searches",
       .title = "Stops and searches, by the force that made them",
       .publisher = k_street_publisher,
       .universe = "Searches of people and vehicles that forces recorded and published; categories are the object "
                   "searched for",
       .unit = "search",
       .date_basis = "The day of the search",
       .area_words = "By the force that made the search; the published points carry no area code",
       .revision = "Forces send whole months again without notice",
       .basis = AreaBasis::reporting_force,
       .source = RowSource::stop_and_search},
      {.name = "borough-offences",
       .title = "Offences in London boroughs, as the Metropolitan Police count them",
       .publisher = "Metropolitan Police Service, London Datastore",
       .universe = "Offences that the Metropolitan Police recorded; classes of its own, not those of data.police.uk",
       .unit = "offence",
       .date_basis = "The month in which the offence was recorded",
       .area_words = "By the borough that the publisher printed",
       .revision = "The publisher revises earlier months with each edition",
       .basis = AreaBasis::published_area,
       .source = RowSource::observation},
  };
}

}  // namespace

std::string_view name_of(AreaKind kind) {
  const auto& entry = k_area_kinds.at(static_cast<std::size_t>(kind));
  CHECK(entry.first == kind);
  return entry.second;
}

std::optional<AreaKind> area_kind_named(std::string_view name) {
  for (const auto& [kind, word] : k_area_kinds) {
    if (word == name) {
      return kind;
    }
  }
  return std::nullopt;
}

const std::vector<Measure>& measures() {
  static const std::vector<Measure> k_measures = all_measures();
  return k_measures;
}

const Measure* find_measure(std::string_view name) {
  const auto place = std::ranges::find_if(
      measures(), [&](const Measure& measure) { return std::ranges::equal(measure.name, name, {}, lower, lower); });
  return place == measures().end() ? nullptr : &*place;
}

std::string slug_of(std::string_view category) {
  std::string slug;
  for (const char c : category) {
    const char small = lower(c);
    if ((small >= 'a' && small <= 'z') || (small >= '0' && small <= '9')) {
      slug += small;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  if (!slug.empty() && slug.back() == '-') {
    slug.pop_back();
  }
  return slug;
}

}  // namespace throughline::evidence
