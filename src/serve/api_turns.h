// How many requests of one account are answered at once: as many as a browser sends, so that nobody alone can take
// every thread that answers.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace throughline::serve {

// Browsers keep at most six connections to one place.
inline constexpr int k_turns_per_account = 6;

// Thread-safe.
class Turns {
 public:
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
  std::mutex mutex_;
  std::map<std::string, int> taken_;
};

}  // namespace throughline::serve
