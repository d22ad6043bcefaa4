// How many things of one account go on at once, so that nobody alone can take every thread that answers: requests as
// many as a browser sends, and streams of events, each of which holds a thread of its own.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace throughline::serve {

// Browsers keep at most six connections to one place.
inline constexpr int k_requests_per_account = 6;
inline constexpr int k_streams_per_account = 8;

// Thread-safe.
class Turns {
 public:
  explicit Turns(int per_account_max) : per_account_max_(per_account_max) {}
  // Given back when it ends. Must not outlive the turns.
  class Turn {
   public:
    Turn(Turns& turns, std::string account) : turns_(&turns), account_(std::move(account)) {}
    Turn(Turn&& other) noexcept : turns_(std::exchange(other.turns_, nullptr)), account_(std::move(other.account_)) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    Turn& operator=(Turn&&) = delete;
    ~Turn() {
      if (turns_ != nullptr) turns_->give_back(account_);
    }

   private:
    Turns* turns_;
    std::string account_;
  };

  // Nothing when the account has as many as it may.
  [[nodiscard]] std::optional<Turn> take(const std::string& account);

 private:
  void give_back(const std::string& account);
  int per_account_max_;
  std::mutex mutex_;  // Guards what follows.
  std::map<std::string, int> taken_;
};

}  // namespace throughline::serve
