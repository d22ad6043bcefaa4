// Everybody who has been asked for, put together once: agencies name the same people again and again.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <vector>

#include "simulate/observe/identity.h"

namespace throughline::simulate {

// Memory: a pointer for each person there could be, about a kilobyte for each who was asked for.
class KnownPeople {
 public:
  // REQUIRES: population lives as long.
  explicit KnownPeople(const Population& population);

  // The same object each time, as long as this lives. From any thread. REQUIRES: is_in(person).
  [[nodiscard]] const Identity& of(const PersonRef& person);
  // How soon somebody will be asked for. Memory brings what is held of a person step by step, for each step says where
  // the next one lies.
  enum class Soon : std::uint8_t { later, soon, next };
  // Has memory begin with that step; nothing for nobody. REQUIRES: as of().
  void fetch_early(const PersonRef& person, Soon soon);

 private:
  using Slot = std::atomic<const Identity*>;

  // Null for those who have no slot of their own: holders of a row after the first, and their families.
  [[nodiscard]] Slot* slot_of(const PersonRef& person);
  [[nodiscard]] const Identity& put_together(const PersonRef& person, Slot& slot);
  [[nodiscard]] const Identity& later_holder(const PersonRef& person);

  const Population* population_;
  std::vector<std::size_t> first_;  // Slot of each town: of its market, then its bystanders, then its families.
  std::vector<Slot> slots_;
  std::mutex mutex_;             // Over what follows.
  std::deque<Identity> people_;  // Nobody moves in it.
  std::map<PersonRef, const Identity*> later_;
};

}  // namespace throughline::simulate
