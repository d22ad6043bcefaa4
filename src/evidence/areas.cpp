#include "evidence/areas.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"

namespace throughline::evidence {
namespace {

// Without curly apostrophes: King’s Lynn is King's Lynn.
std::string folded_name(std::string_view name) {
  constexpr std::string_view k_curly = "\u2019";
  std::string folded = base::fold(name);
  for (std::size_t at = 0; (at = folded.find(k_curly, at)) != std::string::npos;) folded.erase(at, k_curly.size());
  return folded;
}

bool is_of_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// A name without case, accents or punctuation, its words separated by single blanks: what two spellings share.
std::string bare_name(std::string_view name) {
  std::string bare;
  for (const char c : folded_name(name)) {
    const bool is_apart = bare.empty() || bare.back() == ' ';
    if (is_of_word(c)) {
      bare += c;
    } else if (c == '&') {
      bare += is_apart ? "and" : " and";
    } else if (c != '\'' && !is_apart) {
      bare += ' ';
    }
  }
  if (!bare.empty() && bare.back() == ' ') {
    bare.pop_back();
  }
  return bare;
}

// "London, City of" gives "City of London".
std::string turned(std::string_view name) {
  const std::size_t comma = name.find(", ");
  if (comma == std::string_view::npos) {
    return std::string(name);
  }
  return fmt::format("{} {}", name.substr(comma + 2), name.substr(0, comma));
}

// The bare name without the words that only say that it is a police force.
std::string force_name(std::string_view name) {
  std::string bare = bare_name(turned(name));
  constexpr std::array<std::string_view, 4> k_endings{" service", " constabulary", " police", " force"};
  for (bool is_shortened = true; is_shortened;) {
    is_shortened = false;
    for (const std::string_view ending : k_endings) {
      if (bare.ends_with(ending)) {
        bare.resize(bare.size() - ending.size());
        is_shortened = true;
      }
    }
  }
  return bare;
}

base::Error unknown_area(std::string_view text, const std::optional<std::string>& nearest, std::string_view kind) {
  return {.kind = base::ErrorKind::bad_command,
          .code = "area_unknown",
          .what = fmt::format("No {} is called “{}”", kind, text),
          .where = "",
          .remedy = nearest ? fmt::format("The nearest name is “{}”.", *nearest)
                            : "Give its code or its full name. Areas are known once the reference files are ingested."};
}

}  // namespace

std::string area_key(std::string_view name) {
  // Of several places that are one authority the first may be cut off by a comma too: it stays where it is.
  std::string bare = name.ends_with(" of") ? bare_name(turned(name)) : bare_name(name);
  return bare.empty() ? std::string(name) : bare;
}

std::optional<AreaKind> kind_of(AreaCode code) {
  constexpr std::uint32_t k_series_size = 1'000'000;
  const std::string text = code.text();
  if (text[0] != 'E' && text[0] != 'W') {
    return std::nullopt;
  }
  const std::uint32_t series = (code.packed() & ((1U << 27U) - 1)) / k_series_size;
  if (series == 1) {
    return AreaKind::lsoa;
  }
  if (series == 5) {
    return AreaKind::ward;
  }
  if (series >= 6 && series <= 9) {
    return AreaKind::local_authority;
  }
  return series == (text[0] == 'E' ? 23U : 15U) ? std::optional(AreaKind::force) : std::nullopt;
}

Areas Areas::build(AreaTables tables) {
  Areas built;
  for (Area& area : tables.areas) {
    const auto place = built.areas_.find(area.code);
    if (place == built.areas_.end() || place->second.vintage < area.vintage) {
      built.areas_.insert_or_assign(area.code, std::move(area));
    }
  }
  std::ranges::stable_sort(tables.parts, [](const AreaPart& left, const AreaPart& right) {
    return std::pair(right.vintage, left.parent) < std::pair(left.vintage, right.parent);
  });
  std::set<std::pair<AreaCode, AreaCode>> seen;
  for (const AreaPart& part : tables.parts) {
    // The look-up from one edition to the next says of an unchanged area that it has become itself.
    if (part.child != part.parent && seen.insert({part.child, part.parent}).second) {
      built.parents_[part.child].push_back(part);
      built.children_[part.parent].push_back(part.child);
    }
  }
  for (const Population& population : tables.populations) {
    built.populations_[population.area][population.year] = population.persons;
  }
  for (const auto& [code, area] : built.areas_) {
    if (area.kind == AreaKind::force) {
      built.forces_.emplace(force_name(area.name), code);
    }
    built.names_[bare_name(area.name)].push_back(code);
    const std::string other = bare_name(turned(area.name));
    if (other != bare_name(area.name)) {
      built.names_[other].push_back(code);
    }
  }
  return built;
}

const Area* Areas::find(AreaCode code) const {
  const auto place = areas_.find(code);
  return place == areas_.end() ? nullptr : &place->second;
}

base::Error Areas::ambiguous(std::string_view text, const std::vector<AreaCode>& found) const {
  std::string list;
  for (const AreaCode code : found) {
    const Area& area = areas_.at(code);
    list += fmt::format("{}{} {} ({})", list.empty() ? "" : ", ", name_of(area.kind), area.name, code.text());
  }
  return {.kind = base::ErrorKind::bad_command,
          .code = "area_ambiguous",
          .what = fmt::format("“{}” is the name of {} areas: {}", text, found.size(), list),
          .where = "",
          .remedy = "Give the code of the one you mean, or the kind of area."};
}

base::Result<AreaCode> Areas::resolve(std::string_view text, std::optional<AreaKind> kind) const {
  const auto is_wanted = [&](AreaCode code) { return !kind || areas_.at(code).kind == *kind; };
  const std::string_view kind_name = kind ? name_of(*kind) : "area";
  if (const auto code = records::GssCode::parse(text); code && areas_.contains(*code) && is_wanted(*code)) {
    return *code;
  }
  std::vector<AreaCode> found;
  if (const auto place = names_.find(bare_name(text)); place != names_.end()) {
    std::ranges::copy_if(place->second, std::back_inserter(found), is_wanted);
  }
  if (found.size() == 1) {
    return found.front();
  }
  if (found.empty()) {
    std::vector<std::string> candidates;
    for (const auto& [code, area] : areas_) {
      if (is_wanted(code) && area.kind != AreaKind::lsoa) {
        candidates.push_back(area.name);
      }
    }
    return unknown_area(text, base::nearest_name(text, candidates), kind_name);
  }
  return ambiguous(text, found);
}

bool Areas::is_current(AreaCode code) const {
  const auto place = parents_.find(code);
  if (place == parents_.end()) {
    return true;
  }
  const AreaKind kind = areas_.contains(code) ? areas_.at(code).kind : AreaKind::lsoa;
  return std::ranges::none_of(place->second, [&](const AreaPart& part) {
    const Area* parent = find(part.parent);
    return parent != nullptr && parent->kind == kind;
  });
}

std::vector<AreaCode> Areas::of_kind(AreaKind kind) const {
  std::vector<std::pair<std::string, AreaCode>> named;
  for (const auto& [code, area] : areas_) {
    if (area.kind == kind && is_current(code)) {
      named.emplace_back(bare_name(area.name), code);
    }
  }
  std::ranges::sort(named);
  std::vector<AreaCode> codes;
  codes.reserve(named.size());
  for (const auto& [name, code] : named) {
    codes.push_back(code);
  }
  return codes;
}

std::optional<AreaCode> Areas::containing(AreaCode code, AreaKind kind) const {
  if (const auto reached = upwards(code, kind)) {
    return reached;
  }
  // The look-ups place LSOAs in wards and in authorities, but no ward in an authority: its LSOAs must agree.
  const Area* area = find(code);
  const auto parts = children_.find(code);
  if (area == nullptr || area->kind != AreaKind::ward || parts == children_.end()) {
    return std::nullopt;
  }
  std::optional<AreaCode> agreed;
  for (const AreaCode part : parts->second) {
    const auto reached = upwards(part, kind);
    if (!reached || (agreed && *agreed != *reached)) {
      return std::nullopt;
    }
    agreed = reached;
  }
  return agreed;
}

std::optional<AreaCode> Areas::upwards(AreaCode code, AreaKind kind) const {
  const Area* area = find(code);
  if (area != nullptr && area->kind == kind) {
    return code;
  }
  const auto place = parents_.find(code);
  if (place == parents_.end()) {
    return std::nullopt;
  }
  // The newest edition that leads to an area of the kind decides; successors of one edition must agree.
  std::optional<AreaCode> agreed;
  std::int32_t edition = 0;
  for (const AreaPart& part : place->second) {
    if (agreed && part.vintage != edition) {
      break;
    }
    const auto reached = upwards(part.parent, kind);
    if (!reached) {
      continue;
    }
    if (agreed && *agreed != *reached) {
      return std::nullopt;
    }
    agreed = reached;
    edition = part.vintage;
  }
  return agreed;
}

void Areas::gather(AreaCode code, AreaKind kind, std::vector<AreaCode>& found) const {
  const auto place = children_.find(code);
  if (place == children_.end()) {
    return;
  }
  for (const AreaCode child : place->second) {
    const Area* area = find(child);
    if (area != nullptr && area->kind == kind && is_current(child)) {
      found.push_back(child);
    }
    gather(child, kind, found);
  }
}

std::vector<AreaCode> Areas::within(AreaCode code, AreaKind kind) const {
  const Area* area = find(code);
  if (area == nullptr) {
    return {};
  }
  std::vector<AreaCode> found;
  if (area->kind == kind) {
    found.push_back(code);
  } else if (kind == AreaKind::ward) {
    found = of_kind(kind);
    std::erase_if(found, [&](AreaCode ward) { return containing(ward, area->kind) != code; });
  } else {
    gather(code, kind, found);
    std::erase_if(found, [&](AreaCode child) { return containing(child, area->kind) != code; });
  }
  std::ranges::sort(found);
  const auto repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
  return found;
}

std::int32_t Areas::vintage_of(AreaCode code) const {
  const auto place = parents_.find(code);
  if (place != parents_.end()) {
    return place->second.front().vintage;
  }
  const Area* area = find(code);
  return area == nullptr ? 0 : area->vintage;
}

std::optional<AreaCode> Areas::force_named(std::string_view reporting_force) const {
  const auto place = forces_.find(force_name(reporting_force));
  return place == forces_.end() ? std::nullopt : std::optional(place->second);
}

std::optional<Denominator> Areas::own_residents(AreaCode code, std::int32_t year) const {
  const auto place = populations_.find(code);
  if (place == populations_.end()) {
    return std::nullopt;
  }
  std::optional<Denominator> nearest;
  for (const auto& [of_year, persons] : place->second) {
    if (!nearest || std::abs(of_year - year) <= std::abs(nearest->year - year)) {
      nearest = Denominator{.persons = persons, .year = of_year, .parts = 1};
    }
  }
  return nearest;
}

std::optional<Denominator> Areas::residents(AreaCode code, std::int32_t year) const {
  if (const auto own = own_residents(code, year)) {
    return own;
  }
  const Area* area = find(code);
  if (area == nullptr || area->kind != AreaKind::force) {
    return std::nullopt;
  }
  Denominator sum{.persons = 0, .year = 0, .parts = 0};
  for (const AreaCode part : within(code, AreaKind::local_authority)) {
    // A sum that leaves an authority out would not be the force's.
    const auto one = own_residents(part, year);
    if (!one) {
      return std::nullopt;
    }
    if (sum.parts > 0 && one->year != sum.year) {
      return std::nullopt;
    }
    sum = {.persons = sum.persons + one->persons, .year = one->year, .parts = sum.parts + 1};
  }
  return sum.parts == 0 ? std::nullopt : std::optional(sum);
}

}  // namespace throughline::evidence
