// The sessions of a running server, in memory. What one may do is asked of the ledger each time; here is only whose it
// is and when it ends. Thread-safe. Times are the clock's uptime, so that setting the machine's clock prolongs nothing.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/hash.h"
#include "ledger/model.h"

namespace throughline::app {

struct WebSession {
  ledger::AccountId account;
  ledger::Purpose purpose = ledger::Purpose::unstated;
  std::string reason;
  std::string csrf;
  base::Instant ends_at;  // For people; what ends it is `begun`.
  std::chrono::microseconds begun{};
  std::chrono::microseconds touched{};
  std::chrono::microseconds proved{};
  bool may_collect = false;  // As the roles stood when the ledger was last asked.
};

struct WebSessionLimits {
  std::chrono::microseconds idle;
  std::chrono::microseconds absolute;
};

class WebSessions {
 public:
  // A further session of an account ends its oldest; a further one in all is refused.
  static constexpr std::size_t k_of_account_max = 20;
  static constexpr std::size_t k_in_all_max = 5'000;

  // Clock and entropy must outlive it.
  WebSessions(WebSessionLimits limits, base::Clock& clock, base::Entropy& entropy)
      : limits_(limits), clock_(&clock), entropy_(&entropy) {}

  struct Begun {
    std::string token;
    WebSession session;
  };
  // Nothing when there are as many as there may be.
  [[nodiscard]] std::optional<Begun> begin(ledger::AccountId account);
  // Puts the idle end off. Nothing when it ended or never was.
  [[nodiscard]] std::optional<WebSession> find(const std::string& token);
  // As find(), without putting the idle end off: for what goes on by itself on a session's behalf.
  [[nodiscard]] bool is_living(const std::string& token);
  [[nodiscard]] std::optional<WebSession> peek(const std::string& token);
  void remember(const std::string& token, bool may_collect);
  // Under a new token, proved now; the old one is worth nothing from then on.
  [[nodiscard]] std::optional<Begun> renew(const std::string& token);
  // False when it is no more.
  bool choose(const std::string& token, ledger::Purpose purpose, const std::string& reason);
  bool end(const std::string& token);
  // How many there were. `but` is a token whose session goes on; empty: none.
  std::int64_t end_all(ledger::AccountId account, const std::string& but = {});

 private:
  using Sessions = std::map<base::Hash, WebSession>;
  [[nodiscard]] bool is_over(const WebSession& session, std::chrono::microseconds now) const;
  [[nodiscard]] Sessions::iterator living(const std::string& token, std::chrono::microseconds now);
  void make_room(ledger::AccountId account, std::chrono::microseconds now);
  WebSessionLimits limits_;
  base::Clock* clock_;
  base::Entropy* entropy_;
  std::mutex mutex_;  // Guards what follows.
  Sessions sessions_;
};

}  // namespace throughline::app
