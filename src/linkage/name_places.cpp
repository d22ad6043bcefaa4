#include "linkage/name_places.h"

#include <algorithm>

namespace throughline::linkage {
namespace {

bool is_alike(const BorneName& one, const BorneName& other) {
  if (one.id == other.id) return true;
  if (one.variants != 0 && other.variants != 0 && variant_names().are_forms(one.variants, other.variants)) return true;
  switch (compare_names(one.text, other.text)) {
    case NameLevel::exact:
    case NameLevel::variant:
    case NameLevel::one_edit:
    case NameLevel::near:
    case NameLevel::prefix: return true;
    case NameLevel::missing:
    case NameLevel::initial:
    case NameLevel::different: return false;
  }
  return false;
}

}  // namespace

void NamePlaces::add(const BorneName& name, Place place) {
  if (name.id == 0) return;
  names_.push_back(name);
  bearers_.push_back({.id = name.id, .place = place});
  // So that names repeated a million times do not all lie here until the end.
  if (names_.size() == names_.capacity()) {
    std::ranges::sort(names_, {}, &BorneName::id);
    const auto repeated = std::ranges::unique(names_, {}, &BorneName::id);
    names_.erase(repeated.begin(), repeated.end());
    names_.reserve(2 * names_.size() + 1024);
  }
}

void NamePlaces::add_part(TextId id, Place place) {
  if (id != 0) bearers_.push_back({.id = id, .place = place});
}

void NamePlaces::close() {
  std::ranges::sort(names_, {}, &BorneName::id);
  const auto repeated_names = std::ranges::unique(names_, {}, &BorneName::id);
  names_.erase(repeated_names.begin(), repeated_names.end());
  std::ranges::sort(bearers_);
  const auto repeated = std::ranges::unique(bearers_);
  bearers_.erase(repeated.begin(), repeated.end());
  begins_.assign(bearers_.empty() ? 1 : std::size_t{bearers_.back().id} + 2, 0);
  for (const Bearer& bearer : bearers_) {
    ++begins_[std::size_t{bearer.id} + 1];
    places_.push_back(bearer.place);
  }
  for (std::size_t id = 1; id < begins_.size(); ++id) begins_[id] += begins_[id - 1];
  std::vector<Bearer>().swap(bearers_);
}

std::span<const Place> NamePlaces::bearing(TextId id) const {
  if (id == 0 || std::size_t{id} + 1 >= begins_.size()) return {};
  return std::span(places_).subspan(begins_[id], begins_[std::size_t{id} + 1] - begins_[id]);
}

std::vector<Place> NamePlaces::bearing_like(const BorneName& name, std::int64_t most) const {
  std::vector<Place> places;
  if (name.id == 0) return places;
  for (const BorneName& known : names_) {
    if (!is_alike(known, name)) continue;
    const std::span<const Place> bearers = bearing(known.id);
    places.insert(places.end(), bearers.begin(), bearers.end());
    if (std::ssize(places) > most) break;
  }
  return places;
}

}  // namespace throughline::linkage
