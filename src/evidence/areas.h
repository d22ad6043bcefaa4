// Areas: what lies in what, what is called how, and how many people live there.
//
// Built from the reference tables that ingest loads. A code names an area for good, but what lies in it changes from
// one edition of the geography to the next; every answer that rests on an edition says which. Cannot tell: the area of
// a record without an LSOA; the force of an authority that is newer than the look-up of forces.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evidence/model.h"
#include "records/gss.h"

namespace throughline::evidence {

using AreaCode = records::GssCode;

// What a code names, by its first three characters, as the Office for National Statistics gives them out: E01 and W01
// LSOAs, E05 and W05 wards, E06 to E09 and W06 authorities, E23 and W15 police force areas. Nothing for others.
[[nodiscard]] std::optional<AreaKind> kind_of(AreaCode code);

// What two spellings of one area's name have in common: without case, accents or punctuation, "&" as "and", and
// "London, City of" as "City of London". The name itself where that is nothing.
[[nodiscard]] std::string area_key(std::string_view name);

struct Area {
  AreaCode code;
  std::string name;
  AreaKind kind = AreaKind::lsoa;
  std::int32_t vintage = 0;  // The year of the edition.
};

// `child` lies in `parent`, or has become it (an LSOA of 2011 and its successor of 2021).
struct AreaPart {
  AreaCode child;
  AreaCode parent;
  std::int32_t vintage = 0;
};

// Usual residents at the middle of a year.
struct Population {
  AreaCode area;
  std::int32_t year = 0;
  std::int64_t persons = 0;
};

struct AreaTables {
  std::vector<Area> areas;
  std::vector<AreaPart> parts;
  std::vector<Population> populations;
};

// The residents to divide by, and how far their year is from the one wanted.
struct Denominator {
  std::int64_t persons = 0;
  std::int32_t year = 0;
  std::int32_t parts = 1;  // 1: the area's own figure; more: a sum over so many areas in it.
};

// How old a denominator may be, in years between the period's year and its own. Measured on the mid-year populations of
// 331 authorities of England and Wales, 2001 to 2020: over five years half of them changed by less than 3.2 per cent
// and nineteen in twenty by less than 8.1; over ten years by 6.6 and 16.1. Within five years the year is named, beyond
// it no rate is given.
inline constexpr std::int32_t k_denominator_years_max = 5;

class Areas {
 public:
  // Of several editions of one area the newest names it; a part is taken from the newest edition that has it.
  [[nodiscard]] static Areas build(AreaTables tables);

  [[nodiscard]] const Area* find(AreaCode code) const;
  // Every area of every kind and edition, by code.
  [[nodiscard]] const std::map<AreaCode, Area>& all() const { return areas_; }

  // A code, or a name in any case, with or without accents and punctuation. Error area_unknown offers the nearest name;
  // area_ambiguous lists the areas that share the name. `kind` narrows the search.
  [[nodiscard]] base::Result<AreaCode> resolve(std::string_view text, std::optional<AreaKind> kind = {}) const;

  // Every area of the kind that has no successor, by name and then by code: the order of every list of areas.
  [[nodiscard]] std::vector<AreaCode> of_kind(AreaKind kind) const;

  // The area of that kind in which it lies; the area itself when it is of that kind. Nothing when unknown, or when its
  // successors lie in different ones.
  [[nodiscard]] std::optional<AreaCode> containing(AreaCode code, AreaKind kind) const;

  // The areas of that kind that lie in it and have no successor, by code. The area itself when it is of that kind.
  [[nodiscard]] std::vector<AreaCode> within(AreaCode code, AreaKind kind) const;

  // The edition by which it lies in its larger area; the area's own edition when it lies in none.
  [[nodiscard]] std::int32_t vintage_of(AreaCode code) const;

  // The force whose name, freed of "Police", "Constabulary" and "Service", is that of the text. For joining what a
  // force calls itself with what the geography calls its area.
  [[nodiscard]] std::optional<AreaCode> force_named(std::string_view reporting_force) const;

  // The population nearest in time to the year: the area's own, or else the sum of those of the authorities in it, when
  // each of them has one for the same year. Nothing when there is none at all.
  [[nodiscard]] std::optional<Denominator> residents(AreaCode code, std::int32_t year) const;

 private:
  [[nodiscard]] base::Error ambiguous(std::string_view text, const std::vector<AreaCode>& found) const;
  [[nodiscard]] std::optional<AreaCode> upwards(AreaCode code, AreaKind kind) const;
  [[nodiscard]] bool is_current(AreaCode code) const;
  [[nodiscard]] std::optional<Denominator> own_residents(AreaCode code, std::int32_t year) const;
  void gather(AreaCode code, AreaKind kind, std::vector<AreaCode>& found) const;

  std::map<AreaCode, Area> areas_;
  std::map<AreaCode, std::vector<AreaPart>> parents_;                     // By child, the newest edition first.
  std::map<AreaCode, std::vector<AreaCode>> children_;                    // By parent.
  std::map<AreaCode, std::map<std::int32_t, std::int64_t>> populations_;  // By area and year.
  std::map<std::string, std::vector<AreaCode>, std::less<>> names_;       // By folded name.
  std::map<std::string, AreaCode> forces_;                                // By their bare names.
};

}  // namespace throughline::evidence
