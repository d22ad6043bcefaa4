// How long failed sign-ins hold the next one up, and how many of them are written down one by one. Thread-safe; in
// memory; times are the clock's uptime.
//
// Three counts are kept, of names and addresses as hashes: of one name from one address, which waits longest; of one
// name from anywhere, which waits half a minute at most, so that a stranger can slow its owner down but not keep them
// out; of one address for any name. A try counts as failed from its beginning, so that a thousand at once are not
// a thousand guesses; success takes it back. All addresses of one IPv6 network of 64 bits are one address: whoever has
// one of them has them all.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/hash.h"

namespace throughline::app {

class SignInThrottle {
 public:
  using Time = std::chrono::microseconds;
  static constexpr std::int64_t k_free_tries = 5;  // Of one name, before the first wait.
  static constexpr std::int64_t k_free_tries_of_address = 20;
  static constexpr std::size_t k_kept_max = 20'000;

  // Whoever tries. An empty name counts for the address alone.
  struct Who {
    std::string account;
    std::string peer;
  };
  // Nought: go on, and the try counts as failed until it succeeds. Else how long to wait; nothing is counted.
  [[nodiscard]] Time begin(const Who& who, Time now);
  void succeeded(const Who& who);

 private:
  struct Count {
    std::int64_t failures = 0;
    Time last{};
  };
  struct Rule {
    std::int64_t free_tries = 0;
    Time wait_max{};
  };
  [[nodiscard]] static Time wait_of(const Count& count, const Rule& rule, Time now);
  void forget_old(Time now);
  std::mutex mutex_;  // Guards what follows.
  std::map<base::Hash, Count> counts_;
};

// Of many failures within a minute the first are entries of their own and the others one entry together, so that the
// log cannot be flooded.
class NoteBudget {
 public:
  using Time = std::chrono::microseconds;
  static constexpr std::int64_t k_noted_a_minute = 30;

  struct Leave {
    bool is_noted = false;    // This one has an entry of its own.
    std::int64_t unsaid = 0;  // How many before it have none, to be said now.
  };
  [[nodiscard]] Leave ask(Time now);
  // Takes how many have none: where their minute is over, or, without a time, as at the end.
  [[nodiscard]] std::int64_t take_unsaid(std::optional<Time> now);
  // Of those that were taken and could not be written.
  void give_back(std::int64_t unsaid);

 private:
  std::mutex mutex_;  // Guards what follows.
  Time window_begun_{};
  std::int64_t noted_ = 0;
  std::int64_t unsaid_ = 0;
};

}  // namespace throughline::app
