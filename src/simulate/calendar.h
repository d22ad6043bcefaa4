// What happens to whom on which day: a wheel of day buckets, each person in at most one of them.
//
// A bucket holds everybody due on a day that is the same modulo 512; whoever is due a lap later stays in it, so that
// the wheel has no other overflow. Putting in and taking out cost a few words each and no memory, and the whole is
// plain arrays that a checkpoint can hold.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/check.h"

namespace throughline::simulate {

class EventCalendar {
 public:
  static constexpr std::int32_t k_buckets = 512;

  EventCalendar() = default;
  explicit EventCalendar(std::int32_t people)
      : due_(static_cast<std::size_t>(people), k_nothing),
        next_(static_cast<std::size_t>(people), k_nobody),
        previous_(static_cast<std::size_t>(people), k_nobody),
        heads_(static_cast<std::size_t>(k_buckets), k_nobody) {}

  // What was to happen to the person is replaced. REQUIRES: day is 0 or later, and later than the day being worked off.
  void schedule(std::int32_t person, std::int32_t day) {
    cancel(person);
    CHECK(day >= 0);
    const std::size_t bucket = bucket_of(day);
    const std::int32_t head = heads_[bucket];
    due_[at(person)] = day;
    next_[at(person)] = head;
    previous_[at(person)] = k_nobody;
    if (head != k_nobody) previous_[at(head)] = person;
    heads_[bucket] = person;
  }

  // Nothing is to happen to the person.
  void cancel(std::int32_t person) {
    const std::int32_t day = due_[at(person)];
    if (day == k_nothing) return;
    const std::int32_t before = previous_[at(person)];
    const std::int32_t after = next_[at(person)];
    if (before == k_nobody) {
      heads_[bucket_of(day)] = after;
    } else {
      next_[at(before)] = after;
    }
    if (after != k_nobody) previous_[at(after)] = before;
    due_[at(person)] = k_nothing;
  }

  // Calls act(person) for everybody due on that day, after taking them all out; act may schedule anybody for a later
  // day. The order is that of the bucket: the same whatever thread calls.
  template <class Act>
  void work_off(std::int32_t day, const Act& act) {
    called_.clear();
    for (std::int32_t person = heads_[bucket_of(day)]; person != k_nobody; person = next_[at(person)]) {
      if (due_[at(person)] == day) called_.push_back(person);
    }
    for (const std::int32_t person : called_) cancel(person);
    for (const std::int32_t person : called_) act(person);
  }

  // The day on which something is to happen to the person; -1 where nothing is.
  [[nodiscard]] std::int32_t due(std::int32_t person) const { return due_[at(person)]; }
  [[nodiscard]] std::int64_t people() const { return static_cast<std::int64_t>(due_.size()); }

  // That nothing points outside, that each bucket is one list there and back, of people due on its days, and that
  // everybody due is in one; for arrays that came from a file.
  [[nodiscard]] bool is_sound() const { return is_inside() && are_buckets_sound(); }

  // Gives each array to the visitor, for a checkpoint.
  template <class Visit>
  void visit(const Visit& each) {
    each(due_);
    each(next_);
    each(previous_);
    each(heads_);
  }

 private:
  static constexpr std::int32_t k_nothing = -1;
  static constexpr std::int32_t k_nobody = -1;

  static std::size_t at(std::int32_t person) { return static_cast<std::size_t>(person); }
  static std::size_t bucket_of(std::int32_t day) { return static_cast<std::size_t>(day % k_buckets); }

  [[nodiscard]] bool is_inside() const {
    const auto people_count = static_cast<std::int32_t>(due_.size());
    const auto is_person = [&](std::int32_t person) { return person >= k_nobody && person < people_count; };
    return next_.size() == due_.size() && previous_.size() == due_.size() &&
           heads_.size() == static_cast<std::size_t>(k_buckets) && std::ranges::all_of(next_, is_person) &&
           std::ranges::all_of(previous_, is_person) && std::ranges::all_of(heads_, is_person) &&
           std::ranges::all_of(due_, [](std::int32_t day) { return day >= k_nothing; });
  }

  // A person stands in one bucket and has one before them, so that no list can turn back upon itself.
  [[nodiscard]] bool are_buckets_sound() const {
    std::int64_t listed = 0;
    for (std::size_t bucket = 0; bucket < heads_.size(); ++bucket) {
      std::int32_t before = k_nobody;
      for (std::int32_t person = heads_[bucket]; person != k_nobody; person = next_[at(person)]) {
        const std::int32_t day = due_[at(person)];
        if (day == k_nothing || bucket_of(day) != bucket || previous_[at(person)] != before) return false;
        before = person;
        ++listed;
      }
    }
    return listed == std::ranges::count_if(due_, [](std::int32_t day) { return day != k_nothing; });
  }

  std::vector<std::int32_t> due_, next_, previous_, heads_;
  std::vector<std::int32_t> called_;  // Empty between calls, but for its memory.
};

}  // namespace throughline::simulate
