// How many refusals of one account are written down one by one: of many within a minute the first are entries of their
// own and the others one entry together, so that nobody who is signed in can flood the log. Thread-safe; in memory;
// times are the clock's uptime.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "ledger/ledger.h"

namespace throughline::app {

// Of what has no entry of its own: what has waited for a minute, or, as at the end, all.
enum class TellUnsaid { due, all };

class RefusalNotes {
 public:
  using Time = std::chrono::microseconds;
  static constexpr std::int64_t k_noted_a_minute = 30;  // Of one account.

  // Refusals of one account that have no entry yet.
  struct Unsaid {
    std::int64_t count = 0;
    ledger::Actor last_actor;
    ledger::Act last_act;
    Time since{};  // The first of them.
  };

  // Whether this refusal gets an entry of its own; where not, it is counted until it is taken.
  [[nodiscard]] bool has_entry(const ledger::Actor& actor, const ledger::Act& act, Time now);
  // Takes those that have waited for a minute, by account; without a time, as at the end, all.
  [[nodiscard]] std::vector<Unsaid> take(std::optional<Time> now);
  // Whether take() would give any.
  [[nodiscard]] bool is_due(Time now) const;
  // Of one that was taken and could not be written.
  void give_back(Unsaid unsaid);

 private:
  struct Window {
    Time begun{};
    std::int64_t noted = 0;
  };
  mutable std::mutex mutex_;  // Guards what follows.
  std::map<ledger::AccountId, Window> windows_;
  std::map<ledger::AccountId, Unsaid> unsaid_;
};

}  // namespace throughline::app
