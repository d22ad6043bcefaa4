#include "simulate/observe/known_people.h"

#include <utility>

#include "base/check.h"

namespace throughline::simulate {

namespace {

std::size_t slots_of(const Population& population, std::int32_t town) {
  const auto market = static_cast<std::size_t>(population.market_people(town));
  return market * (1 + k_family_places) + static_cast<std::size_t>(population.bystanders(town));
}

// Nothing for nowhere: who has no telephone holds no table of them.
void fetch(const void* from, std::size_t bytes) {
  if (from == nullptr) return;
  constexpr std::size_t k_line_bytes = 64;
  const auto* const begin = static_cast<const char*>(from);
  for (std::size_t at = 0; at < bytes; at += k_line_bytes) __builtin_prefetch(begin + at);
}

}  // namespace

KnownPeople::KnownPeople(const Population& population) : population_(&population) {
  std::size_t slots = 0;
  for (std::int32_t town = 0; town < population.towns(); ++town) {
    first_.push_back(slots);
    slots += slots_of(population, town);
  }
  slots_ = std::vector<Slot>(slots);
}

KnownPeople::Slot* KnownPeople::slot_of(const PersonRef& person) {
  if (person.generation != 0) return nullptr;
  std::size_t at = first_[index_of(person.town)] + index_of(person.number);
  if (person.circle != Circle::market) at += index_of(population_->market_people(person.town));
  if (person.circle == Circle::family) at += index_of(population_->bystanders(person.town));
  CHECK(at < slots_.size());
  return &slots_[at];
}

// Two threads may put the same person together; the first to be done is kept.
const Identity& KnownPeople::put_together(const PersonRef& person, Slot& slot) {
  Identity made = population_->of(person);
  const std::scoped_lock lock(mutex_);
  const Identity* held = slot.load(std::memory_order_relaxed);
  if (held == nullptr) {
    held = &people_.emplace_back(std::move(made));
    slot.store(held, std::memory_order_release);
  }
  return *held;
}

const Identity& KnownPeople::later_holder(const PersonRef& person) {
  const std::scoped_lock lock(mutex_);
  const Identity*& held = later_[person];
  if (held == nullptr) held = &people_.emplace_back(population_->of(person));
  return *held;
}

const Identity& KnownPeople::of(const PersonRef& person) {
  Slot* const slot = slot_of(person);
  if (slot == nullptr) return later_holder(person);
  const Identity* const held = slot->load(std::memory_order_acquire);
  return held != nullptr ? *held : put_together(person, *slot);
}

void KnownPeople::fetch_early(const PersonRef& person, Soon soon) {
  if (person.number == k_none) return;
  Slot* const slot = slot_of(person);
  if (slot == nullptr) return;
  if (soon == Soon::later) return __builtin_prefetch(slot);
  const Identity* const held = slot->load(std::memory_order_acquire);
  if (held == nullptr) return;
  if (soon == Soon::soon) return fetch(held, sizeof(Identity));
  fetch(held->homes.data(), sizeof(Home));
  fetch(held->telephones.data(), sizeof(Telephone));
}

}  // namespace throughline::simulate
